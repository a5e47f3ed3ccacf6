/** A file as the readers of this folder see it: its beginning at hand, the rest in small bounded reads. */
export interface Content {
  readonly size: number;
  /** The first bytes, as many as are retained (1 MiB) or as there are. */
  readonly head: Uint8Array;
  /** Reads into `target`; returns how many bytes there were. Throws as read(2) fails. */
  read(position: number, target: Uint8Array): number;
}

/** `length` bytes at `position`, fewer at the end of the file. No copy where they lie in the head. */
export function bytesAt(content: Content, position: number, length: number): Uint8Array {
  if (position >= content.size || length <= 0) return new Uint8Array(0);
  if (position + length <= content.head.length || content.head.length === content.size) {
    return content.head.subarray(position, position + length);
  }
  const target = new Uint8Array(length);
  return target.subarray(0, content.read(position, target));
}

/** A view for numbers of more than one byte. */
export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** ASCII at an offset, for codes of four characters. */
export function asciiAt(bytes: Uint8Array, at: number, length: number): string {
  let text = '';
  for (let i = at; i < at + length && i < bytes.length; i++) text += String.fromCharCode(bytes[i] as number);
  return text;
}
