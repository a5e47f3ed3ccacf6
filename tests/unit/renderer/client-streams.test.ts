import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CONNECTION_LOST, FailedCall } from '../../../renderer/client/errors.ts';
import { StreamHub } from '../../../renderer/client/stream-hub.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A stream that the test feeds, one opening after another. */
function feeds() {
  interface Feed {
    say(value: unknown): Promise<void>;
    end(): Promise<void>;
    fail(error: Error): Promise<void>;
    signal: AbortSignal;
  }
  const opened: Feed[] = [];
  const changed = new Set<() => void>();
  const settle = () => vi.advanceTimersByTimeAsync(0);
  const hub = new StreamHub({
    whenConnected: () => Promise.resolve(),
    whenChanged: (_service, signal) =>
      new Promise((resolve) => {
        changed.add(resolve);
        signal.addEventListener('abort', () => resolve(), { once: true });
      }),
    open(_service, _procedure, _input, signal) {
      const queue: unknown[] = [];
      let wake: () => void = () => undefined;
      let over: 'end' | Error | undefined;
      const poke = async () => {
        wake();
        await settle();
      };
      opened.push({
        signal,
        say(value) {
          queue.push(value);
          return poke();
        },
        end() {
          over = 'end';
          return poke();
        },
        fail(error) {
          over = error;
          return poke();
        },
      });
      return Promise.resolve(
        (async function* () {
          for (;;) {
            while (queue.length > 0) yield queue.shift();
            if (over === 'end') return;
            if (over !== undefined) throw over;
            await new Promise<void>((resolve) => {
              wake = resolve;
            });
          }
        })(),
      );
    },
  });
  const change = async () => {
    for (const resolve of changed) resolve();
    changed.clear();
    await settle();
  };
  return { hub, opened, change, settle };
}

describe('streams', () => {
  it('are open once, however many look, and end a while after the last has gone', async () => {
    const { hub, opened, settle } = feeds();
    const seen: unknown[] = [];
    const stop1 = hub.subscribe('k', 'jobs', 'watchOpen', {}, () => seen.push(hub.snapshot('k')));
    const stop2 = hub.subscribe('k', 'jobs', 'watchOpen', {}, () => undefined);
    await settle();
    expect(opened).toHaveLength(1);
    await opened[0]?.say(1);
    expect(seen).toEqual([1]);
    stop1();
    stop2();
    const again = hub.subscribe('k', 'jobs', 'watchOpen', {}, () => undefined);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(opened[0]?.signal.aborted).toBe(false);
    again();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(opened[0]?.signal.aborted).toBe(true);
    expect(opened).toHaveLength(1);
  });

  it('are asked for again after a loss, and show the last snapshot meanwhile', async () => {
    const { hub, opened, settle } = feeds();
    const stop = hub.subscribe('k', 'jobs', 'watchOpen', {}, () => undefined);
    await settle();
    await opened[0]?.say('before');
    await opened[0]?.fail(new FailedCall(CONNECTION_LOST, 'The host is away.'));
    expect(hub.snapshot('k')).toBe('before');
    expect(opened).toHaveLength(2);
    await opened[1]?.say('after');
    expect(hub.snapshot('k')).toBe('after');
    stop();
  });

  it('that ended by themselves are asked for again only after a change', async () => {
    const { hub, opened, change, settle } = feeds();
    const stop = hub.subscribe('k', 'jobs', 'watch', { id: 'job-1' }, () => undefined);
    await settle();
    await opened[0]?.say('done');
    await opened[0]?.end();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(opened).toHaveLength(1);
    await change();
    expect(opened).toHaveLength(2);
    expect(hub.snapshot('k')).toBe('done');
    stop();
  });
});
