import { describe, expect, it } from 'vitest';
import { answerPages } from '../../../electron/main/ipc.ts';
import { CHANNELS } from '../../../shared/shell/channels.ts';

type Listener = (event: unknown, ...args: unknown[]) => unknown;

const OWN = { senderFrame: { url: 'app://holdfast/overview', parent: null } };
const STRANGERS = [
  { senderFrame: { url: 'https://example.org/', parent: null } },
  { senderFrame: { url: 'app://holdfast/', parent: { url: 'app://holdfast/' } } },
  { senderFrame: null },
];

function answered() {
  const handled = new Map<string, Listener>();
  const heard = new Map<string, Listener>();
  const acts: unknown[][] = [];
  answerPages<string>(
    {
      handle: (channel, listener) => handled.set(channel, listener as Listener),
      on: (channel, listener) => heard.set(channel, listener as Listener),
    },
    {
      connect: (port) => acts.push(['connect', port]),
      chooseFolder: (title) => Promise.resolve(void acts.push(['chooseFolder', title])).then(() => undefined),
      reveal: (path) => acts.push(['reveal', path]) > 0,
      notify: (title, body) => acts.push(['notify', title, body]),
      setProgress: (share) => acts.push(['progress', share]),
      openArchive: (path) => Promise.resolve(void acts.push(['openArchive', path])),
    },
  );
  return { handled, heard, acts };
}

describe('messages of pages', () => {
  it('are answered on the channels of the bridge and on no other', () => {
    const { handled, heard } = answered();
    const { navigate: _, ...asked } = CHANNELS;
    expect([...handled.keys(), ...heard.keys()].sort()).toEqual(Object.values(asked).sort());
  });

  it.each(STRANGERS)('do nothing where a stranger sends them: $senderFrame', (stranger) => {
    const { handled, heard, acts } = answered();
    for (const listener of handled.values())
      expect(() => listener(stranger, { display: '/x' })).toThrow('Only the app itself is answered.');
    for (const listener of heard.values()) listener({ ...stranger, ports: ['port'] }, 'title', 'body');
    expect(acts).toEqual([]);
  });

  it('hand over one port', () => {
    const { heard, acts } = answered();
    const connect = heard.get(CHANNELS.connect);
    connect?.({ ...OWN, ports: ['a'] });
    connect?.({ ...OWN, ports: [] });
    connect?.({ ...OWN, ports: ['a', 'b'] });
    expect(acts).toEqual([['connect', 'a']]);
  });

  it('name only absolute paths that can be said to the system', () => {
    const { handled, acts } = answered();
    const reveal = handled.get(CHANNELS.reveal);
    for (const value of [
      undefined,
      '/etc',
      {},
      { display: 1 },
      { display: 'relative' },
      { display: '/a\0b' },
      { display: '/a\\xff', bytes: 'L2H/' },
      { display: `/${'a'.repeat(5000)}` },
    ]) {
      expect(reveal?.(OWN, value)).toBe(false);
      expect(() => handled.get(CHANNELS.openArchive)?.(OWN, value)).toThrow('absolute path');
    }
    expect(acts).toEqual([]);
    expect(reveal?.(OWN, { display: '/tapes/a b' })).toBe(true);
    expect(acts).toEqual([['reveal', '/tapes/a b']]);
  });

  it('are cut to what a notification can show, and progress is a share', () => {
    const { heard, acts } = answered();
    heard.get(CHANNELS.notify)?.(OWN, 'x'.repeat(500), 'y'.repeat(5000));
    heard.get(CHANNELS.notify)?.(OWN, 7, 'y');
    for (const share of [0.5, 2, -1, Number.NaN, 'full', undefined])
      heard.get(CHANNELS.progress)?.(OWN, share);
    expect(acts).toEqual([
      ['notify', 'x'.repeat(200), 'y'.repeat(1000)],
      ['progress', 0.5],
      ['progress', undefined],
    ]);
  });
});
