import { expect, it } from 'vitest';
import { randomSipKey, sipHash, type SipKey } from '../../../shared/domain/sip-hash.ts';

/** The key of the paper: bytes 0 to 15. */
const KEY: SipKey = [0x03020100, 0x07060504, 0x0b0a0908, 0x0f0e0d0c];

function hashed(bytes: Uint8Array, key = KEY): string {
  const out = new Uint32Array(2);
  sipHash(key, bytes, out);
  return Buffer.from(out.buffer).toString('hex');
}

it.each([
  [0, '310e0edd47db6f72'],
  [1, 'fd67dc93c539f874'],
  [2, '5a4fa9d909806c0d'],
  [3, '2d7efbd796666785'],
  [4, 'b7877127e09427cf'],
  [5, '8da699cd64557618'],
  [6, 'cee3fe586e46c9cb'],
  [7, '37d1018bf50002ab'],
  [8, '6224939a79f5f593'],
  [9, 'b0e4a90bdf82009e'],
  // Appendix A of the paper: a129ca6149be45e5.
  [15, 'e545be4961ca29a1'],
])('is what its authors say of the bytes 0 to %i', (length, expected) => {
  expect(hashed(Uint8Array.from({ length }, (_, i) => i))).toBe(expected);
});

it('is another under each key', () => {
  const name = Buffer.from('data/tape 1/side a.wav');
  expect(new Set(Array.from({ length: 100 }, () => hashed(name, randomSipKey()))).size).toBe(100);
});
