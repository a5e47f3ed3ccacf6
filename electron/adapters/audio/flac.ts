/**
 * FLAC (RFC 9639). Essence, `flac-1`: STREAMINFO less its MD5, and all bytes behind the last metadata block up to any tags
 * at the end. Checked: CRC-8 of every frame header, CRC-16 of every frame, their numbers, and the length in STREAMINFO.
 */
import { asciiAt, viewOf } from './content.ts';
import { frameHeaderAt, longestHeader } from './flac-frame.ts';
import { type Expected, FlacFrames } from './flac-frames.ts';
import { afterId3v2 } from './id3v2.ts';
import { beforeTrailingTags } from './trailing-tags.ts';
import type { Walk, WalkedFile } from './walked-file.ts';
import type { WalkReport } from './walk-report.ts';

/** Block types (RFC 9639 §8.1). */
const streamInfo = 0;
const padding = 1;
const application = 2;
const seekTable = 3;
const vorbisComment = 4;
const cueSheet = 5;
const picture = 6;
const forbidden = 127;

const streamInfoLength = 34;
/** STREAMINFO up to its MD5. */
const decodingLength = 18;

interface Metadata {
  /** STREAMINFO up to its MD5; undefined where it was not found. */
  info?: Uint8Array;
  infoOffset: number;
  /** Whether the blocks led to a last one, within the file. */
  isWhole: boolean;
}

export function* walkFlac(file: WalkedFile, report: WalkReport): Walk {
  const start = afterId3v2((position, length) => file.readAt(position, length));
  yield* file.skip(start);
  yield* file.skip(4);
  const metadata = yield* readMetadata(file, report);
  if (metadata.info === undefined) report.headerDamaged({ offset: start + 4 }, 'no STREAMINFO');
  else report.essence.parameter('STREAMINFO', metadata.info);
  const expected = expectedOf(metadata.info);
  const audioStart = file.position;
  const end = Math.max(audioStart, beforeTrailingTags(file, audioStart));
  const frames = new FlacFrames(report, expected);
  yield* walkFrames(file, report, frames, end);
  judgeBeginning(report, metadata, frames, expected, audioStart, end);
  frames.end(file.position, (position, length) => file.readAt(position, length));
}

function* readMetadata(file: WalkedFile, report: WalkReport): Walk<Metadata> {
  const metadata: Metadata = { infoOffset: file.position, isWhole: false };
  for (let count = 0; ; count++) {
    const header = yield* file.peek(longestHeader);
    if (header.length < 4) return metadata;
    const [first = 0] = header;
    const type = first & 0x7f;
    // A flag that says "last" was lost, or a length was: frames begin where a block was to be.
    if (frameHeaderAt(header, 0) !== undefined || type === forbidden) return metadata;
    const length = viewOf(header).getUint32(0) & 0xffffff;
    if (file.position + 4 + length > file.size) return metadata;
    file.advance(4);
    if (type === streamInfo && count === 0 && length === streamInfoLength) {
      metadata.infoOffset = file.position;
      const info = yield* file.take(length);
      metadata.info = info.slice(0, decodingLength);
      const md5 = info.subarray(decodingLength);
      if (md5.every((byte) => byte === 0)) report.lacks('MD5 of the samples: never set');
      else report.samplesMd5Is(md5);
    } else {
      yield* readBlock(file, report, type, length);
    }
    if (first >= 0x80) {
      metadata.isWhole = true;
      return metadata;
    }
  }
}

function* readBlock(file: WalkedFile, report: WalkReport, type: number, length: number): Walk {
  if (type === padding || type === seekTable || type === vorbisComment) yield* file.skip(length);
  else if (type === picture) yield* report.evidenceFrom(file, { kind: 'picture', id: 'PICTURE' }, length);
  else if (type === cueSheet) yield* report.evidenceFrom(file, { kind: 'cue sheet', id: 'CUESHEET' }, length);
  else if (type === application) {
    const name = asciiAt(yield* file.peek(4), 0, 4).replace(/[^\x20-\x7e]/g, '?');
    yield* report.evidenceFrom(file, { kind: 'chunk', id: `APPLICATION ${name}` }, length);
  } else yield* report.evidenceFrom(file, { kind: 'chunk', id: `block ${type}` }, length);
}

/** RFC 9639 §8.2: block sizes 16 + 16 bits, frame sizes 24 + 24, rate 20, channels 3, depth 5, samples 36. */
function expectedOf(info: Uint8Array | undefined): Expected & { channels: number } {
  if (info === undefined) return { sampleRate: 0, totalSamples: 0, blockSize: 0, channels: 0, bitDepth: 0 };
  const view = viewOf(info);
  const smallest = view.getUint16(0);
  const packed = view.getBigUint64(10);
  return {
    blockSize: smallest === view.getUint16(2) ? smallest : 0,
    sampleRate: Number(packed >> 44n),
    channels: Number((packed >> 41n) & 7n) + 1,
    bitDepth: Number((packed >> 36n) & 31n) + 1,
    totalSamples: Number(packed & 0xfffffffffn),
  };
}

function* walkFrames(file: WalkedFile, report: WalkReport, frames: FlacFrames, end: number): Walk {
  while (file.position < end) {
    const wanted = Math.min(longestHeader, end - file.position);
    if (file.held < wanted) yield wanted;
    if (file.held === 0) return;
    const view = file.view();
    const bytes = view.length > end - file.position ? view.subarray(0, end - file.position) : view;
    const isLast = file.position + bytes.length === end || file.hasEnded;
    // A header that stands across the end of what is in view is met again with the next chunk.
    const length = isLast ? bytes.length : bytes.length - longestHeader + 1;
    let from = 0;
    if (frames.first === undefined) from = seekFirst(bytes, length, file.position, frames);
    if (from < length) frames.scan(bytes.subarray(from), length - from, file.position + from);
    report.essence.audio(bytes.subarray(0, length));
    file.advance(length);
  }
}

/** Where the first frame begins in `bytes`; `length` where it does not. */
function seekFirst(bytes: Uint8Array, length: number, offset: number, frames: FlacFrames): number {
  for (let at = bytes.indexOf(0xff); at >= 0 && at < length; at = bytes.indexOf(0xff, at + 1)) {
    const header = frameHeaderAt(bytes, at);
    if (header === undefined) continue;
    frames.begin(header, offset + at);
    return at;
  }
  return length;
}

/** What stands between the metadata and the first frame, and whether STREAMINFO says what the frames say. */
function judgeBeginning(
  report: WalkReport,
  { infoOffset, isWhole, info }: Metadata,
  frames: FlacFrames,
  expected: ReturnType<typeof expectedOf>,
  audioStart: number,
  end: number,
): void {
  const { first, firstOffset } = frames;
  const place = { offset: audioStart };
  if (first === undefined) {
    if (!isWhole) report.truncated({ offset: end }, 'it ends within its metadata');
    else if (end - audioStart < longestHeader) {
      if (expected.totalSamples > 0) report.truncated({ offset: end }, 'it ends before its first frame');
      else report.lacks('any audio');
    } else report.essenceDamaged(place, 'no frame was found');
    return;
  }
  if (firstOffset > audioStart && first.number > 0) {
    report.essenceDamaged({ ...place, timeMs: 0 }, `the first frame found is ${first.number}`);
  } else if (!isWhole) report.headerDamaged(place, 'metadata blocks do not lead to a last one');
  else if (firstOffset > audioStart) {
    report.headerDamaged(place, `${firstOffset - audioStart} bytes stand before the first frame`);
  }
  if (info === undefined) return;
  const differs = [
    expected.sampleRate !== 0 && first.sampleRate !== 0 && first.sampleRate !== expected.sampleRate
      ? `${expected.sampleRate} Hz, frames ${first.sampleRate}`
      : '',
    first.channels === expected.channels ? '' : `${expected.channels} channels, frames ${first.channels}`,
    first.bitDepth === 0 || first.bitDepth === expected.bitDepth
      ? ''
      : `${expected.bitDepth} bits, frames ${first.bitDepth}`,
  ].filter((text) => text !== '');
  if (differs.length > 0) {
    report.headerDamaged({ offset: infoOffset }, `STREAMINFO says ${differs.join('; ')}`);
  }
}
