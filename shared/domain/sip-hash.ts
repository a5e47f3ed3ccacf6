/**
 * SipHash-2-4 (Aumasson and Bernstein, 2012): 64 bits of a byte string under a key of 128. Without the key nobody can prepare two that
 * collide, which is all that a table needs; digests that prove anything are made elsewhere. A 64-bit word is two of 32, `l` and `h`.
 */

/** Four words of 32 bits, little-endian, as the paper writes k0 and k1. */
export type SipKey = readonly [number, number, number, number];

/** A key that nobody knows, for tables of one process. */
export function randomSipKey(): SipKey {
  const [a = 0, b = 0, c = 0, d = 0] = crypto.getRandomValues(new Uint32Array(4));
  return [a, b, c, d];
}

/**
 * @param out takes the low and the high word: an array that is used again, because this is called for every name of a collection
 */
export function sipHash([k0l, k0h, k1l, k1h]: SipKey, bytes: Uint8Array, out: Uint32Array): void {
  // "somepseudorandomlygeneratedbytes", as the paper has it.
  let al = k0l ^ 0x70736575;
  let ah = k0h ^ 0x736f6d65;
  let bl = k1l ^ 0x6e646f6d;
  let bh = k1h ^ 0x646f7261;
  let cl = k0l ^ 0x6e657261;
  let ch = k0h ^ 0x6c796765;
  let dl = k1l ^ 0x79746573;
  let dh = k1h ^ 0x74656462;
  const whole = bytes.length - (bytes.length & 7);
  // Each word of the message, the last with its length, and then the rounds that end it.
  for (let at = 0; at <= whole + 8; at += 8) {
    const isEnd = at > whole;
    const ml = isEnd ? 0 : wordAt(bytes, at);
    const mh = isEnd ? 0 : at < whole ? wordAt(bytes, at + 4) : wordAt(bytes, at + 4) | (bytes.length << 24);
    if (isEnd) cl ^= 0xff;
    dl ^= ml;
    dh ^= mh;
    for (let round = isEnd ? 4 : 2; round > 0; round--) {
      let sum = (al >>> 0) + (bl >>> 0);
      ah = (ah + bh + (sum > 0xffff_ffff ? 1 : 0)) | 0;
      al = sum | 0;
      let word = (bl << 13) | (bh >>> 19);
      bh = ((bh << 13) | (bl >>> 19)) ^ ah;
      bl = word ^ al;
      word = al;
      al = ah;
      ah = word;

      sum = (cl >>> 0) + (dl >>> 0);
      ch = (ch + dh + (sum > 0xffff_ffff ? 1 : 0)) | 0;
      cl = sum | 0;
      word = (dl << 16) | (dh >>> 16);
      dh = ((dh << 16) | (dl >>> 16)) ^ ch;
      dl = word ^ cl;

      sum = (al >>> 0) + (dl >>> 0);
      ah = (ah + dh + (sum > 0xffff_ffff ? 1 : 0)) | 0;
      al = sum | 0;
      word = (dl << 21) | (dh >>> 11);
      dh = ((dh << 21) | (dl >>> 11)) ^ ah;
      dl = word ^ al;

      sum = (cl >>> 0) + (bl >>> 0);
      ch = (ch + bh + (sum > 0xffff_ffff ? 1 : 0)) | 0;
      cl = sum | 0;
      word = (bl << 17) | (bh >>> 15);
      bh = ((bh << 17) | (bl >>> 15)) ^ ch;
      bl = word ^ cl;
      word = cl;
      cl = ch;
      ch = word;
    }
    al ^= ml;
    ah ^= mh;
  }
  out[0] = al ^ bl ^ cl ^ dl;
  out[1] = ah ^ bh ^ ch ^ dh;
}

/** Little-endian; what is beyond the end is 0. */
function wordAt(bytes: Uint8Array, at: number): number {
  return (
    (bytes[at] ?? 0) |
    ((bytes[at + 1] ?? 0) << 8) |
    ((bytes[at + 2] ?? 0) << 16) |
    ((bytes[at + 3] ?? 0) << 24)
  );
}
