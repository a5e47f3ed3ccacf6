import { readFileSync } from 'node:fs';
import { fixturePath } from '../../fixtures/index.ts';

const LAST = 0x80;
const STREAMINFO = 0;
const VORBIS_COMMENT = 4;

/** A real FLAC whose tags are HTML, overrides, control characters, heaps of marks, and two megabytes of one letter. */
export function hostileFlac(): Buffer {
  const zalgo = `Z${'\u0335\u0321\u0322\u0328\u0316\u0331\u0323\u0330'.repeat(40)}algo`;
  const comments = [
    `TITLE=<img src=x onerror=alert(1)> \u202Eevil\u202C \u0007bell ${zalgo}`,
    `ARTIST=\u200B\u2066${'A'.repeat(3000)}`,
    `ALBUM=${zalgo} <b>bold</b>`,
    `COMMENT=${'x'.repeat(2_000_000)}`,
  ].map((text) => Buffer.from(text));
  const vendor = Buffer.from('hostile');
  const body = Buffer.concat([
    length(vendor.length),
    vendor,
    length(comments.length),
    ...comments.flatMap((comment) => [length(comment.length), comment]),
  ]);
  const { info, sound } = parts(readFileSync(fixturePath('flac-24-stereo.flac')));
  return Buffer.concat([
    Buffer.from('fLaC'),
    header(STREAMINFO, info.length),
    info,
    header(VORBIS_COMMENT | LAST, body.length),
    body,
    sound,
  ]);
}

/** Its STREAMINFO, and its frames after the last metadata block. */
function parts(flac: Buffer): { info: Buffer; sound: Buffer } {
  let at = 4;
  let info: Buffer | undefined;
  for (;;) {
    const kind = flac.readUInt8(at);
    const end = at + 4 + flac.readUIntBE(at + 1, 3);
    if ((kind & ~LAST) === STREAMINFO) info = flac.subarray(at + 4, end);
    at = end;
    if ((kind & LAST) !== 0) return { info: info ?? Buffer.alloc(0), sound: flac.subarray(at) };
  }
}

function header(kind: number, size: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt8(kind);
  bytes.writeUIntBE(size, 1, 3);
  return bytes;
}

function length(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
