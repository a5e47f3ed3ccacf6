/**
 * AIFF and AIFF-C (Apple, Audio Interchange File Format 1.3 and AIFF-C, draft of 1991). Essence, `aiff-1`: COMM up to the
 * compression type, and the samples of SSND behind its offset. Checked: that the sizes fit each other and the file; the
 * format has no checksum.
 */
import { asciiAt, viewOf } from './content.ts';
import { passId3v2 } from './id3v2-pictures.ts';
import type { Walk, WalkedFile } from './walked-file.ts';
import type { WalkReport } from './walk-report.ts';

/** A file has a dozen. */
const mostChunks = 10_000;
const commonLength = 18;

interface Common {
  readonly offset: number;
  readonly channels: number;
  readonly frames: number;
  readonly sampleRate: number;
  /** Of one frame of all channels; 0 where the compression does not say. */
  readonly frameBytes: number;
}

interface Found {
  common?: Common;
  /** What SSND holds behind its offset. */
  samples?: { readonly offset: number; readonly claimed: number; readonly there: number };
}

export function* walkAiff(file: WalkedFile, report: WalkReport): Walk {
  const form = yield* file.take(12);
  const formEnd = 8 + viewOf(form).getUint32(4);
  const isCompressed = asciiAt(form, 8, 4) === 'AIFC';
  const found: Found = {};
  let claimedEnd = file.position;
  for (let count = 0; ; count++) {
    if (count === mostChunks) {
      report.limited({ offset: file.position }, `it has more than ${mostChunks} chunks`);
      return;
    }
    const isDone = found.common !== undefined && found.samples !== undefined;
    if (isDone && file.position >= formEnd) break;
    const header = yield* nextHeader(file, report);
    if (header === undefined) break;
    const { id, length } = header;
    claimedEnd = file.position + length;
    if (id === 'COMM' && found.common === undefined)
      yield* readCommon(file, report, found, length, isCompressed);
    else if (id === 'SSND' && found.samples === undefined) yield* readSamples(file, report, found, length);
    else if (id === 'ID3 ') yield* passId3v2(file, report, claimedEnd);
    else if (id === 'FVER') yield* file.skip(length);
    else yield* report.evidenceFrom(file, { kind: 'chunk', id }, length);
    if (file.position < claimedEnd) yield* file.skip(claimedEnd - file.position);
    if (length % 2 === 1) yield* passPad(file);
  }
  judge(file, report, found, claimedEnd, formEnd);
}

/** Undefined at the end, and where no chunk begins. */
function* nextHeader(file: WalkedFile, report: WalkReport): Walk<{ id: string; length: number } | undefined> {
  const header = yield* file.peek(8);
  if (header.length < 8) return undefined;
  const id = asciiAt(header, 0, 4);
  if (!/^[\x20-\x7e]{4}$/.test(id)) {
    report.headerDamaged({ offset: file.position }, 'no chunk begins here');
    return undefined;
  }
  file.advance(8);
  return { id, length: viewOf(header).getUint32(4) };
}

/** Chunks are padded to an even length; not all writers do. */
function* passPad(file: WalkedFile): Walk {
  const next = yield* file.peek(5);
  const isMissing =
    /^[\x20-\x7e]{4}/.test(asciiAt(next, 0, 4)) && !/^[\x20-\x7e]{4}/.test(asciiAt(next, 1, 4));
  if (next.length > 0 && !isMissing) file.advance(1);
}

function* readCommon(
  file: WalkedFile,
  report: WalkReport,
  found: Found,
  length: number,
  isCompressed: boolean,
): Walk {
  const offset = file.position;
  const wanted = isCompressed ? commonLength + 4 : commonLength;
  const bytes = yield* file.take(Math.min(length, wanted));
  if (bytes.length < wanted) {
    report.headerDamaged({ offset }, 'COMM is too short');
    return;
  }
  report.essence.parameter('COMM', bytes);
  const view = viewOf(bytes);
  const channels = view.getUint16(0);
  const bits = view.getUint16(6);
  const type = isCompressed ? asciiAt(bytes, commonLength, 4) : 'NONE';
  const isLinear = ['NONE', 'twos', 'sowt', 'raw ', 'in24', 'in32', 'fl32', 'FL32', 'fl64', 'FL64'].includes(
    type,
  );
  found.common = {
    ...{ offset, channels, frames: view.getUint32(2), sampleRate: extended(view, 8) },
    frameBytes: isLinear ? channels * Math.ceil(bits / 8) : 0,
  };
  if (channels === 0 || !(found.common.sampleRate > 0)) {
    report.headerDamaged({ offset }, `COMM says ${channels} channels at ${found.common.sampleRate} Hz`);
  }
}

/** IEEE 754 extended, 80 bits: sign and exponent 16, significand 64. */
function extended(view: DataView, at: number): number {
  const exponent = (view.getUint16(at) & 0x7fff) - 16383 - 63;
  const sign = view.getUint16(at) >= 0x8000 ? -1 : 1;
  return sign * Number(view.getBigUint64(at + 2)) * 2 ** exponent;
}

function* readSamples(file: WalkedFile, report: WalkReport, found: Found, length: number): Walk {
  const chunk = file.position;
  const header = yield* file.take(Math.min(8, length));
  // Left at zero by a recorder that was cut off: the samples go on to the end of the file.
  const isUnset = length < 8;
  const shift = isUnset || header.length < 8 ? 0 : viewOf(header).getUint32(0);
  if (isUnset) report.headerDamaged({ offset: chunk }, 'the size of SSND was never set');
  const claimed = isUnset ? file.size - file.position : length - 8;
  if (shift > claimed) report.headerDamaged({ offset: chunk }, `SSND begins ${shift} bytes behind itself`);
  const isShifted = shift <= claimed;
  if (isShifted) yield* file.skip(shift);
  const offset = file.position;
  const wanted = isShifted ? claimed - shift : claimed;
  const there = yield* file.pass(wanted, (piece) => report.essence.audio(piece));
  found.samples = { offset, claimed: wanted, there };
}

function judge(
  file: WalkedFile,
  report: WalkReport,
  { common, samples }: Found,
  claimedEnd: number,
  formEnd: number,
): void {
  report.lacks('a checksum: the format has none');
  const timeAt = (bytes: number): number | undefined =>
    common === undefined || common.frameBytes === 0 || !(common.sampleRate > 0)
      ? undefined
      : (bytes / common.frameBytes / common.sampleRate) * 1000;
  if (samples !== undefined && samples.there < samples.claimed) {
    const place = { offset: samples.offset + samples.there, timeMs: timeAt(samples.there) };
    report.truncated(place, `${samples.claimed - samples.there} bytes of audio are missing`);
  } else if (samples === undefined && (common === undefined || common.frames > 0)) {
    report.truncated({ offset: file.position }, 'there is no SSND chunk');
  } else if (claimedEnd > file.size) {
    report.headerDamaged({ offset: file.size }, 'it ends within its last chunk');
  } else if (formEnd > file.size + 1) {
    report.headerDamaged({ offset: 4 }, `FORM says ${formEnd} bytes, and ${file.size} are there`);
  } else if (file.size > Math.max(formEnd, claimedEnd) + 1) {
    const end = Math.max(formEnd, claimedEnd);
    report.odd({ offset: end }, `${file.size - end} bytes stand behind its end`);
  }
  if (common === undefined) {
    report.headerDamaged({ offset: 12 }, 'no COMM chunk was found');
    return;
  }
  const wanted = common.frames * common.frameBytes;
  const claimed = samples?.claimed ?? 0;
  if (wanted > claimed) {
    report.headerDamaged(
      { offset: common.offset },
      `COMM says ${common.frames} frames, which is ${wanted - claimed} bytes more than SSND says`,
    );
  } else if (common.frameBytes > 0 && claimed - wanted >= common.frameBytes) {
    report.odd({ offset: common.offset }, `SSND has ${claimed - wanted} bytes more than COMM says`);
  }
}
