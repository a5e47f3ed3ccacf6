import { describe, expect, expectTypeOf, it } from 'vitest';
import { makeBridge, type Bridge, type Ipc } from '../../../electron/preload/bridge.ts';
import {
  CONNECT,
  handOverPorts,
  PORT,
  type PageWindow,
  type PortSender,
} from '../../../electron/preload/hand-over.ts';
import * as page from '../../../renderer/client/bridge.ts';
import { CHANNELS } from '../../../shared/shell/channels.ts';

function ipc() {
  const calls: unknown[][] = [];
  const listeners = new Map<string, (event: unknown, ...args: unknown[]) => void>();
  const spy: Ipc = {
    invoke: (...args) => Promise.resolve(void calls.push(args)).then(() => true),
    send: (...args) => calls.push(args),
    on: (channel, listener) => listeners.set(channel, listener),
    removeListener: (channel) => listeners.delete(channel),
  };
  return { spy, calls, listeners };
}

const system = { platform: 'linux', pathForFile: (file: File) => file.name };

describe('the bridge', () => {
  it('is what the renderer declares, in type and in words', () => {
    expectTypeOf<Bridge>().toEqualTypeOf<page.Bridge>();
    expect({ CONNECT, PORT }).toEqual({ CONNECT: page.CONNECT, PORT: page.PORT });
  });

  it('has these names and no others', () => {
    expect(Object.keys(makeBridge(ipc().spy, system)).sort()).toEqual([
      'chooseFolder',
      'kind',
      'notify',
      'onNavigate',
      'openArchive',
      'pathOfFile',
      'platform',
      'reveal',
      'setProgress',
    ]);
  });

  it('speaks on its own channels only', async () => {
    const { spy, calls } = ipc();
    const bridge = makeBridge(spy, system);
    await bridge.chooseFolder('Take in');
    await bridge.reveal({ display: '/a' });
    await bridge.openArchive?.({ display: '/b' });
    bridge.notify('a', 'b');
    bridge.setProgress(0.5);
    expect(calls).toEqual([
      [CHANNELS.chooseFolder, 'Take in'],
      [CHANNELS.reveal, { display: '/a' }],
      [CHANNELS.openArchive, { display: '/b' }],
      [CHANNELS.notify, 'a', 'b'],
      [CHANNELS.progress, 0.5],
    ]);
  });

  it('keeps the event of Electron to itself', () => {
    const { spy, listeners } = ipc();
    const heard: unknown[][] = [];
    const stop = makeBridge(spy, system).onNavigate?.((...args) => heard.push(args));
    listeners.get(CHANNELS.navigate)?.({ sender: 'ipcRenderer' }, '/log');
    listeners.get(CHANNELS.navigate)?.({ sender: 'ipcRenderer' }, { to: '/log' });
    expect(heard).toEqual([['/log']]);
    stop?.();
    expect(listeners.size).toBe(0);
  });

  it('tells no path that it cannot tell exactly', () => {
    const bridge = makeBridge(ipc().spy, system);
    expect(bridge.pathOfFile(new File([], '/tapes/1.wav'))).toEqual({ display: '/tapes/1.wav' });
    expect(bridge.pathOfFile(new File([], ''))).toBeUndefined();
    expect(bridge.pathOfFile(new File([], '/tapes/\u{fffd}.wav'))).toBeUndefined();
  });
});

describe('the line to the host', () => {
  type Listener = Parameters<PageWindow['addEventListener']>[1];

  function handed() {
    let listener: Listener = () => undefined;
    const posted: { message: unknown; origin: string; ports: number }[] = [];
    const sent: { channel: string; message: unknown; ports: number }[] = [];
    const ports: { close(): void }[] = [];
    const window: PageWindow = {
      location: { origin: 'app://holdfast' },
      addEventListener: (_type, given) => (listener = given),
      postMessage(message, origin, transfer) {
        ports.push(...(transfer as unknown as { close(): void }[]));
        posted.push({ message, origin, ports: transfer.length });
      },
    };
    const sender: PortSender = {
      postMessage(channel, message, transfer) {
        ports.push(...(transfer as unknown as { close(): void }[]));
        sent.push({ channel, message, ports: transfer.length });
      },
    };
    handOverPorts(window, sender);
    const ask = (event: object): void => {
      listener({ source: window, origin: 'app://holdfast', data: { type: CONNECT, nonce: 'n-1' }, ...event });
      for (const port of ports) port.close();
    };
    return { ask, posted, sent };
  }

  it('is given to the page that asks, with its nonce, to its own origin', () => {
    const { ask, posted, sent } = handed();
    ask({});
    expect(posted).toEqual([{ message: { type: PORT, nonce: 'n-1' }, origin: 'app://holdfast', ports: 1 }]);
    expect(sent).toEqual([{ channel: CHANNELS.connect, message: null, ports: 1 }]);
  });

  it.each([
    { source: {} },
    { source: null },
    { origin: 'https://example.org' },
    { data: null },
    { data: 'holdfast:connect' },
    { data: { type: PORT, nonce: 'n-1' } },
    { data: { type: CONNECT } },
    { data: { type: CONNECT, nonce: 7 } },
    { data: { type: CONNECT, nonce: '' } },
    { data: { type: CONNECT, nonce: 'n'.repeat(65) } },
  ])('is given to nobody else: %j', (event) => {
    const { ask, posted, sent } = handed();
    ask(event);
    expect([posted, sent]).toEqual([[], []]);
  });
});
