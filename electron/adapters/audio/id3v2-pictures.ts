/** Pictures in ID3v2 tags (id3.org, v2.2 §4.15, v2.3 §4.15, v2.4 §4.14), as evidence. */
import { asciiAt, viewOf } from './content.ts';
import type { Walk, WalkedFile } from './walked-file.ts';
import type { WalkReport } from './walk-report.ts';

/**
 * Passes over ID3v2 tags that stand here and ends at `end`, whatever is in between. The digest of a picture is that of its
 * frame as it is stored, with MIME type and description.
 */
export function* passId3v2(file: WalkedFile, report: WalkReport, end: number): Walk {
  while (file.position < end) {
    const header = yield* file.peek(10);
    if (header.length < 10 || asciiAt(header, 0, 3) !== 'ID3') break;
    const version = header[3] as number;
    const flags = header[5] as number;
    const tagEnd = Math.min(end, file.position + 10 + safe28(header, 6));
    file.advance(10);
    // An extended header (v2.3 §3.2, v2.4 §3.2) says its length first; in v2.4 that counts its own four bytes.
    if (version > 2 && (flags & 0x40) !== 0) {
      const size = yield* file.peek(4);
      if (size.length < 4) break;
      const length = version === 4 ? safe28(size, 0) : viewOf(size).getUint32(0) + 4;
      yield* file.skip(Math.min(length, tagEnd - file.position));
    }
    yield* passFrames(file, report, version, tagEnd);
    yield* file.skip(tagEnd - file.position);
    if ((flags & 0x10) !== 0) yield* file.skip(Math.min(10, end - file.position));
  }
  yield* file.skip(end - file.position);
}

function* passFrames(file: WalkedFile, report: WalkReport, version: number, end: number): Walk {
  const headerLength = version === 2 ? 6 : 10;
  while (end - file.position > headerLength) {
    const header = yield* file.peek(headerLength);
    if (header.length < headerLength || header[0] === 0) return;
    const id = asciiAt(header, 0, version === 2 ? 3 : 4);
    const view = viewOf(header);
    const length =
      version === 2 ? view.getUint32(2) & 0xffffff : version === 4 ? safe28(header, 4) : view.getUint32(4);
    if (length > end - file.position - headerLength) return;
    file.advance(headerLength);
    const isPicture = id === (version === 2 ? 'PIC' : 'APIC');
    if (isPicture) yield* report.evidenceFrom(file, { kind: 'picture', id }, length);
    else yield* file.skip(length);
  }
}

/** Four bytes of seven bits. */
function safe28(bytes: Uint8Array, at: number): number {
  const byte = (i: number): number => (bytes[at + i] as number) & 0x7f;
  return (byte(0) << 21) | (byte(1) << 14) | (byte(2) << 7) | byte(3);
}
