/** Names and paths cross threads in one piece: each ended by a NUL, the one byte that cannot be part of any. */

/** Always a buffer of its own, so that it can be transferred. */
export function packNames(names: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  let length = names.length;
  for (const name of names) length += name.length;
  const packed = new Uint8Array(length);
  let at = 0;
  for (const name of names) {
    packed.set(name, at);
    at += name.length + 1;
  }
  return packed;
}

/** The same for names in latin1, where a character is a byte. */
export function packLatin1(names: readonly string[]): Uint8Array<ArrayBuffer> {
  const text = names.join('\0');
  const packed = new Uint8Array(names.length === 0 ? 0 : text.length + 1);
  Buffer.from(packed.buffer).write(text, 'latin1');
  return packed;
}

/** The names as views of the packed bytes: nothing is copied. */
export function unpackNames(
  packed: Uint8Array,
  count: number,
  from = 0,
): { names: Uint8Array[]; end: number } {
  const names = new Array<Uint8Array>(count);
  let at = from;
  for (let i = 0; i < count; i++) {
    const end = packed.indexOf(0, at);
    names[i] = packed.subarray(at, end);
    at = end + 1;
  }
  return { names, end: at };
}
