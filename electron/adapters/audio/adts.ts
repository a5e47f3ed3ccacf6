/**
 * AAC in ADTS (ISO/IEC 13818-7, 6.2; 14496-3, 1.A.2.2). Essence, `adts-1`: what all frames have in common of their headers,
 * and all bytes from the first frame to the end of the last, without tags in between. Checked: that frames follow each other.
 * A CRC in a frame covers the first bits of each of its elements, which only a decoder can tell apart.
 */
import { walkFrames } from './frame-walk.ts';
import { passId3v2 } from './id3v2-pictures.ts';
import { afterId3v2 } from './id3v2.ts';
import { findFrames, frameAt, mostBeforeFrames } from './mpeg-frames.ts';
import { beforeTrailingTags } from './trailing-tags.ts';
import type { Walk, WalkedFile } from './walked-file.ts';
import type { WalkReport } from './walk-report.ts';

export function* walkAdts(file: WalkedFile, report: WalkReport): Walk {
  const start = afterId3v2((position, length) => file.readAt(position, length));
  yield* passId3v2(file, report, start);
  const sample = yield* file.peek(Math.min(mostBeforeFrames * 2, file.size - file.position));
  const found = findFrames(sample, 0, mostBeforeFrames, start + sample.length === file.size);
  const first = found === undefined ? undefined : frameAt(sample, found.offset);
  if (found === undefined || first === undefined) {
    report.limited({ offset: start }, 'no frames were found');
    return;
  }
  // A frame that no other follows is the place of damage, where it is the first of the file.
  const isCutInto = frameAt(sample, 0)?.stream === first.stream;
  const lead = isCutInto ? 0 : found.offset;
  // ID, layer, profile, sampling frequency and channel configuration; the private and copyright bits play no part.
  const [, second = 0, third = 0, fourth = 0] = sample.subarray(found.offset, found.offset + 4);
  report.essence.parameter('ADTS', Uint8Array.from([second & 0xfe, third & 0xfd, fourth & 0xc0]));
  report.versionIs(`MPEG-${(second & 8) === 0 ? 4 : 2} AAC`);
  if (lead > 0) report.odd({ offset: start }, `${lead} bytes stand before the first frame`);
  const hasCrc = (second & 1) === 0;
  yield* file.skip(lead);
  const end = Math.max(file.position, beforeTrailingTags(file, start));
  const walked = yield* walkFrames(file, end, first, 0, {
    frame: () => undefined,
    audio: (bytes) => report.essence.audio(bytes),
  });
  report.lacks(
    hasCrc ? 'a checksum of all of the audio: frames have one of some bits' : 'a checksum: none is set',
  );
  for (const { detail, ...place } of walked.oddities) report.odd(place, detail);
  for (const { detail, ...place } of walked.breaks) report.essenceDamaged(place, detail);
  const last = { offset: walked.end, timeMs: walked.timeMs };
  if (end > walked.end) report.odd(last, `${end - walked.end} bytes behind the last frame are none`);
  if (walked.missing === 0) return;
  const detail = `the last frame lacks ${walked.missing} bytes`;
  if (lead > 0 || end < file.size) report.odd(last, detail);
  else report.truncated(last, detail);
}
