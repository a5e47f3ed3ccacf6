import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { HostProcess, type Child } from '../../../electron/main/host-process.ts';
import type { FromHost, ToHost } from '../../../electron/main/host-messages.ts';

/** A process that does what its test says. */
class Standin implements Child<string> {
  readonly got: ToHost[] = [];
  isKilled = false;
  isAlive = true;
  #message: (message: FromHost) => void = () => undefined;
  #exit: (code: number) => void = () => undefined;

  postMessage(message: ToHost): void {
    this.got.push(message);
    if (message.type === 'ping' && this.isAlive) this.say({ type: 'pong' });
  }

  on(event: string, listener: (value: never) => void): void {
    if (event === 'message') this.#message = listener as (message: FromHost) => void;
    else this.#exit = listener as (code: number) => void;
  }

  kill(): void {
    this.isKilled = true;
    this.end(1);
  }

  say(message: FromHost): void {
    this.#message(message);
  }

  end(code: number): void {
    this.#exit(code);
  }
}

function started() {
  const children: Standin[] = [];
  const said: FromHost[] = [];
  const events: string[] = [];
  const host = new HostProcess<string>({
    fork() {
      const child = new Standin();
      children.push(child);
      return child;
    },
    onMessage: (message) => said.push(message),
    onRestart: () => events.push('restart'),
    onGiveUp: () => events.push('give up'),
  });
  return { host, children, said, events };
}

describe('the process of the host', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('is asked every five seconds whether it lives, and left alone while it answers', async () => {
    const { host, children } = started();
    await host.open('/a');
    vi.advanceTimersByTime(60_000);
    expect(children).toHaveLength(1);
    expect(children[0]?.got.filter(({ type }) => type === 'ping')).toHaveLength(12);
  });

  it('is ended and started again with the same archive after three pings without an answer', async () => {
    const { host, children, events } = started();
    await host.open('/a', ['job-1']);
    const [first] = children;
    if (first !== undefined) first.isAlive = false;
    vi.advanceTimersByTime(15_000);
    expect(first?.isKilled).toBe(false);
    vi.advanceTimersByTime(5_000);
    expect(first?.isKilled).toBe(true);
    expect(events).toEqual(['restart']);
    expect(children[1]?.got[0]).toEqual({ type: 'open', archive: '/a', resume: [] });
  });

  it('is started again three times within ten minutes, and then no more', async () => {
    const { host, children, events } = started();
    await host.open('/a');
    for (let at = 0; at < 4; at += 1) children.at(-1)?.end(9);
    expect(children).toHaveLength(4);
    expect(events).toEqual(['restart', 'restart', 'restart', 'give up']);
    expect(host.send({ type: 'audit' })).toBe(false);
  });

  it('is forgiven what was longer ago', async () => {
    const { host, children, events } = started();
    await host.open('/a');
    for (let at = 0; at < 6; at += 1) {
      children.at(-1)?.end(9);
      vi.advanceTimersByTime(5 * 60_000);
    }
    expect(events).toEqual(Array.from({ length: 6 }, () => 'restart'));
  });

  it('is not started again when it was told to close, and killed where it does not', async () => {
    const { host, children, events } = started();
    await host.open('/a');
    const closing = host.close();
    expect(host.close()).toBe(closing);
    children[0]?.end(0);
    await closing;
    expect(children).toHaveLength(1);
    await host.open('/a');
    const hanging = host.close();
    vi.advanceTimersByTime(30_000);
    await hanging;
    expect(children[1]?.isKilled).toBe(true);
    expect(events).toEqual([]);
  });

  it('opens another archive in a fresh process, and hears nothing more of the old one', async () => {
    const { host, children, said } = started();
    await host.open('/a');
    const opening = host.open('/b');
    children[0]?.end(0);
    await opening;
    children[0]?.say({ type: 'note', message: 'late' });
    children[1]?.say({ type: 'note', message: 'now' });
    expect(said).toEqual([{ type: 'note', message: 'now' }]);
    expect(children[1]?.got[0]).toEqual({ type: 'open', archive: '/b', resume: [] });
  });
});
