import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../../electron/core/events/canonical-json.ts';
import type { Json } from '../../../electron/core/events/canonical-json.ts';
import {
  commit,
  eventHash,
  NO_EVENT,
  opensCommitment,
  signEvent,
  verifyChain,
} from '../../../electron/core/events/chain.ts';
import type { EventBody, SealedEvent } from '../../../electron/core/events/chain.ts';

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const stranger = generateKeyPairSync('ed25519');
const keys = new Map([['k1', publicKey]]);

function seal(body: EventBody, key = privateKey): SealedEvent {
  const text = canonicalJson(body as unknown as Json);
  const hash = eventHash(text);
  return { body: text, hash, signature: signEvent(key, hash), keyId: 'k1' };
}

function bodyOf(seq: number, previous: string, more: Partial<EventBody> = {}): EventBody {
  const at = '2026-11-22T12:00:00Z';
  return {
    seq,
    id: `event-${seq}`,
    type: 'fixity check',
    at,
    agent: 1,
    outcome: 'success',
    links: [],
    facts: { n: seq },
    previous,
    ...more,
  };
}

function chainOf(length: number): SealedEvent[] {
  const events: SealedEvent[] = [];
  for (let seq = 1, previous = NO_EVENT; seq <= length; seq++) {
    const event = seal(bodyOf(seq, previous));
    previous = Buffer.from(event.hash).toString('hex');
    events.push(event);
  }
  return events;
}

const chain = chainOf(6);
const headOf = (index: number) => Buffer.from(chain[index]?.hash ?? []).toString('hex');

describe('a chain of events', () => {
  it('that nobody touched is good', () => {
    expect(verifyChain(chain, keys)).toEqual({ events: 6, head: headOf(5), ok: true });
    expect(verifyChain([], keys)).toEqual({ events: 0, head: NO_EVENT, ok: true });
  });

  it('can be walked from a head that is trusted already', () => {
    expect(verifyChain(chain.slice(3), keys, { seq: 4, previous: headOf(2) })).toEqual({
      events: 3,
      head: headOf(5),
      ok: true,
    });
  });

  const at3 = (change: (event: SealedEvent) => SealedEvent) =>
    chain.map((event, i) => (i === 2 ? change(event) : event));
  const flip = (bytes: Uint8Array) => Uint8Array.from(bytes, (byte, i) => (i === 7 ? byte ^ 1 : byte));
  it.each([
    [
      'an edited body',
      at3((e) => ({ ...e, body: e.body.replace('success', 'failure') })),
      'hash does not match',
    ],
    [
      'an edited body, hashed again',
      at3((e) => ({
        ...e,
        body: e.body.replace('"n":3', '"n":4'),
        hash: eventHash(e.body.replace('"n":3', '"n":4')),
      })),
      'signature does not match',
    ],
    ['another hash', at3((e) => ({ ...e, hash: flip(e.hash) })), 'hash does not match'],
    ['another signature', at3((e) => ({ ...e, signature: flip(e.signature) })), 'signature does not match'],
    [
      'a cut signature',
      at3((e) => ({ ...e, signature: e.signature.subarray(0, 10) })),
      'signature does not match',
    ],
    ['an unknown key', at3((e) => ({ ...e, keyId: 'k2' })), 'unknown key'],
    ['a forger', at3(() => seal(bodyOf(3, headOf(1)), stranger.privateKey)), 'signature does not match'],
    ['a dropped event', chain.toSpliced(2, 1), 'sequence is broken'],
    ['a repeated event', chain.toSpliced(2, 0, chain[1] as SealedEvent), 'sequence is broken'],
    ['a link to something else', at3(() => seal(bodyOf(3, NO_EVENT))), 'does not follow the event before'],
    [
      'another spelling',
      at3((e) => ({
        ...e,
        body: ` ${e.body}`,
        hash: eventHash(` ${e.body}`),
        signature: signEvent(privateKey, eventHash(` ${e.body}`)),
      })),
      'not canonical JSON',
    ],
    ['no JSON', at3((e) => ({ ...e, body: '{', hash: eventHash('{') })), 'not canonical JSON'],
    ['no object', at3((e) => ({ ...e, body: 'null', hash: eventHash('null') })), 'not canonical JSON'],
  ] as const)('shows %s', (_, events, reason) => {
    expect(verifyChain(events, keys)).toEqual({
      events: 2,
      head: headOf(1),
      ok: false,
      firstBad: { seq: 3, reason },
    });
  });

  it('that was rewritten from an event on has another head', () => {
    const edited = seal(bodyOf(6, headOf(4), { outcome: 'fail' }));
    const report = verifyChain([...chain.slice(0, 5), edited], keys);
    expect(report.ok).toBe(true);
    expect(report.head).not.toBe(headOf(5));
  });

  it('never starts in the middle by itself', () => {
    expect(verifyChain(chain.slice(1), keys).firstBad).toEqual({ seq: 1, reason: 'sequence is broken' });
  });
});

describe('a commitment', () => {
  it('opens with its details and salt only, and is never the same twice', () => {
    const details = { donor: 'A. Person', paths: ['a/b'] };
    const one = commit(details);
    const two = commit(details);
    expect(one.commitment).toMatch(/^[0-9a-f]{64}$/);
    expect(one.salt).toMatch(/^[0-9a-f]{64}$/);
    expect(two.commitment).not.toBe(one.commitment);
    expect(opensCommitment({ paths: ['a/b'], donor: 'A. Person' }, one.salt, one.commitment)).toBe(true);
    expect(opensCommitment({ ...details, donor: 'B' }, one.salt, one.commitment)).toBe(false);
    expect(opensCommitment(details, two.salt, one.commitment)).toBe(false);
  });
});

describe('canonical JSON', () => {
  it('is that of RFC 8785', () => {
    // §3.2.2 and §3.2.3
    const sample = {
      numbers: [333333333.33333329, 1e30 / 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
      string: '\u20ac$\u000F\u000aA\'\u0042\u0022\u005c\\"/',
      literals: [null, true, false],
    };
    expect(canonicalJson(sample)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
    expect(
      canonicalJson({ '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\u{1f600}': 5, '\u0080': 6, '\u00f6': 7 }),
    ).toBe('{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"😀":5,"\ufb33":3}');
    expect(canonicalJson(-0)).toBe('0');
  });

  it('says the same for the same value, and reads back as it', () => {
    const json = fc
      .jsonValue({ noUnicodeString: false })
      .map((value) => JSON.parse(JSON.stringify(value)) as Json);
    fc.assert(
      fc.property(json, (value) => {
        let text: string;
        try {
          text = canonicalJson(value);
        } catch {
          return;
        }
        expect(canonicalJson(JSON.parse(text) as Json)).toBe(text);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  const circle: Record<string, unknown> = {};
  circle['self'] = circle;
  it.each([
    ['undefined', undefined],
    ['an undefined property', { a: undefined }],
    ['an undefined element', [undefined]],
    ['a hole', new Array<Json>(2)],
    ['NaN', { a: NaN }],
    ['infinity', -Infinity],
    ['a bigint', { a: 1n }],
    ['a number that others read otherwise', 2 ** 53],
    ['a function', { a: () => 1 }],
    ['a symbol', [Symbol('a')]],
    ['a date', new Date(0)],
    ['bytes', { a: new Uint8Array(1) }],
    ['a map', new Map()],
    ['half a surrogate pair', { a: '\ud800' }],
    ['half a surrogate pair in a key', { '\ud800': 1 }],
    ['a circle', circle],
  ])('refuses %s', (_, value) => {
    expect(() => canonicalJson(value as Json)).toThrow(TypeError);
  });
});
