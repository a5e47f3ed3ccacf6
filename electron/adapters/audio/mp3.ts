/**
 * MPEG audio (ISO/IEC 11172-3, 13818-3): layer III, and layers I and II as far as their frames tell. Essence, `mpeg-1`: what
 * all frames have in common of their headers; the samples that players are to leave out, where a LAME tag says so; and all
 * bytes from the frame behind a Xing, Info or VBRI tag to the end of the last frame, without tags in between. Checked:
 * that frames follow each other, the CRC-16 of frames that carry one, the LAME tag, and its CRC-16 over all of the audio.
 */
import { asciiAt } from './content.ts';
import { crc16, crc16Reflected } from './crc16.ts';
import { type Break, type FramesWalked, walkFrames } from './frame-walk.ts';
import { passId3v2 } from './id3v2-pictures.ts';
import { afterId3v2 } from './id3v2.ts';
import { type EncoderTag, encoderTagOf, frameStarts, mostOfTag } from './lame-tag.ts';
import { findFrames, type FoundFrames, type Frame, frameAt, mostBeforeFrames } from './mpeg-frames.ts';
import { beforeTrailingTags } from './trailing-tags.ts';
import type { Walk, WalkedFile } from './walked-file.ts';
import type { WalkReport } from './walk-report.ts';

/** Four frames and more; nearly all files have been seen through with that. */
const quickSample = 16 * 1024;

/** The beginning of a stream; offsets are of the sample that it was found in. */
interface Lead {
  /** Of the first frame, with a tag or without. */
  readonly start: number;
  /** Of the first frame of sound. */
  readonly audio: number;
  readonly tag?: EncoderTag | undefined;
  /** Whether the header of the frame that holds the tag is damaged. */
  readonly isBroken?: boolean;
}

export function* walkMp3(file: WalkedFile, report: WalkReport): Walk {
  const start = afterId3v2((position, length) => file.readAt(position, length));
  yield* passId3v2(file, report, start);
  let sample = yield* sampleOf(file, quickSample);
  let found = findFrames(sample, 0, 0, start + sample.length === file.size);
  if (found === undefined) {
    sample = yield* sampleOf(file, mostBeforeFrames * 2);
    found = findFrames(sample, 0, mostBeforeFrames, start + sample.length === file.size);
  }
  const first = found === undefined ? undefined : frameAt(sample, found.offset, found.free);
  if (found === undefined || first === undefined) {
    report.limited({ offset: start }, 'no frames were found');
    return;
  }
  const lead = leadOf(sample, found, first);
  // Of a frame of sound: the one with the tag may have been put there by another program.
  const isSound = frameAt(sample, lead.audio, found.free)?.stream === first.stream;
  const mode = (sample[(isSound ? lead.audio : found.offset) + 3] as number) & 0xc0;
  const common = Uint8Array.from([first.stream & 0xff, first.stream >> 8, mode]);
  report.versionIs(versionOf(sample[found.offset + 1] as number));
  if (lead.start > 0) report.odd({ offset: start }, `${lead.start} bytes stand before the first frame`);
  const music = new Music(start + lead.audio, start + lead.start + (lead.tag?.lame?.musicLength ?? 0));
  const checks = new FrameChecks();
  yield* file.skip(lead.audio);
  const end = Math.max(file.position, beforeTrailingTags(file, start));
  const walked = yield* walkFrames(file, end, first, found.free, {
    frame: (bytes, at, frame, offset, timeMs) => checks.check(bytes, at, frame, offset, timeMs),
    audio: (bytes) => {
      report.essence.audio(bytes);
      if (lead.tag?.lame !== undefined) music.feed(bytes);
    },
  });
  const atLastFrame = music.crc;
  yield* file.pass(Math.min(end, music.claimedEnd) - file.position, (piece) => music.feed(piece));
  const lame = lead.tag?.lame;
  const isSet = lame !== undefined && lame.musicCrc !== 0 && walked.frames > 0;
  const fitsClaimed = isSet && music.atClaimed === lame.musicCrc;
  const fits = (isSet && atLastFrame === lame.musicCrc) || (fitsClaimed && music.claimedEnd >= walked.end);
  report.essence.parameter('MPEG', common);
  if (lame !== undefined && (fits || lame.isSound || lame.isNamed)) {
    report.essence.parameter('gapless', lame.gapless);
  }
  if (end > walked.end) {
    report.odd({ offset: walked.end }, `${end - walked.end} bytes behind the last frame are none`);
  }
  judge(report, file, {
    ...{ lead, walked, checks, fits, start, end },
    claimedEnd: music.claimedEnd,
    isJoined: fitsClaimed && !fits,
  });
}

function* sampleOf(file: WalkedFile, most: number): Walk<Uint8Array> {
  return yield* file.peek(Math.min(most, file.size - file.position));
}

function versionOf(second: number): string {
  const version = ['2.5', '?', '2', '1'][(second >> 3) & 3] as string;
  return `MPEG-${version} layer ${['?', 'III', 'II', 'I'][(second >> 1) & 3] as string}`;
}

function leadOf(sample: Uint8Array, found: FoundFrames, first: Frame): Lead {
  const { offset, free } = found;
  const tag = encoderTagOf(sample.subarray(offset, offset + first.length));
  if (tag !== undefined) return { start: offset, audio: offset + first.length, tag };
  // Frames that follow each other begin only here, though one before may hold a tag: then one of the two is damaged.
  const before = sample.subarray(0, offset);
  const text = Buffer.from(before.buffer, before.byteOffset, before.byteLength);
  const at = [text.indexOf('Xing'), text.indexOf('Info')]
    .filter((place) => place >= 0)
    .toSorted((a, b) => a - b)[0];
  for (const start of at === undefined ? [] : frameStarts(at)) {
    const lone = encoderTagOf(before.subarray(start, start + Math.max(mostOfTag, first.length)));
    if (lone?.lame === undefined) continue;
    const frame = frameAt(sample, start, free);
    if (lone.lame.isSound && frame !== undefined) {
      return { start, audio: Math.min(offset, start + frame.length), tag: lone };
    }
    if (lone.lame.isNamed) return { start, audio: offset, tag: lone, isBroken: true };
  }
  const isCutInto = offset > 0 && frameAt(sample, 0, free)?.stream === first.stream;
  return isCutInto ? { start: 0, audio: 0 } : { start: offset, audio: offset };
}

/** CRC-16/ARC of the audio as LAME's tag counts it, both up to where the tag says it ends and up to where it does. */
class Music {
  readonly claimedEnd: number;
  crc = 0;
  atClaimed: number | undefined;
  #left: number;

  constructor(start: number, claimedEnd: number) {
    this.claimedEnd = claimedEnd;
    this.#left = claimedEnd - start;
  }

  feed(bytes: Uint8Array): void {
    const { length } = bytes;
    const within = this.#left >= 0 && this.#left <= length ? this.#left : 0;
    this.crc = crc16Reflected(this.crc, bytes, 0, within);
    this.#left -= length;
    if (within > 0) this.atClaimed = this.crc;
    this.crc = crc16Reflected(this.crc, bytes, within, length);
  }
}

/** ISO/IEC 11172-3, 2.4.3.1: a CRC-16 over the last two bytes of the header and the side information. */
class FrameChecks {
  right = 0;
  wrong = 0;
  readonly places: Break[] = [];

  check(bytes: Uint8Array, at: number, frame: Frame, offset: number, timeMs: number): void {
    const second = bytes[at + 1] as number;
    if ((second & 1) !== 0 || frame.format !== 'mp3') return;
    const isMono = (bytes[at + 3] as number) >> 6 === 3;
    const side = (second & 8) !== 0 ? (isMono ? 17 : 32) : isMono ? 9 : 17;
    const stored = ((bytes[at + 4] as number) << 8) | (bytes[at + 5] as number);
    if (frame.length < 6 + side) return;
    const crc = crc16(crc16(0xffff, bytes, at + 2, at + 4), bytes, at + 6, at + 6 + side);
    if (crc === stored) this.right++;
    else {
      this.wrong++;
      if (this.places.length < 50)
        this.places.push({ offset, timeMs, detail: 'CRC-16 of the frame is wrong' });
    }
  }
}

interface Findings {
  readonly lead: Lead;
  readonly walked: FramesWalked;
  readonly checks: FrameChecks;
  /** Whether the audio fits the checksum in LAME's tag. */
  readonly fits: boolean;
  /** Whether the audio fits it up to where the tag says that it ends, and there is more. */
  readonly isJoined: boolean;
  readonly start: number;
  readonly end: number;
  readonly claimedEnd: number;
}

function judge(report: WalkReport, file: WalkedFile, found: Findings): void {
  const { lead, walked, checks, fits, start, end } = found;
  const lame = lead.tag?.lame;
  const tagPlace = { offset: start + lead.start };
  for (const { detail, ...place } of walked.oddities) report.odd(place, detail);
  // An encoder that computes them in its own way does so in all frames.
  const isOwnWay = checks.wrong > checks.right;
  if (isOwnWay) report.odd(checks.places[0] as Break, 'the CRC-16 of most frames is wrong');
  const breaks = [...walked.breaks, ...(isOwnWay ? [] : checks.places)];
  for (const { detail, ...place } of breaks) {
    if (fits) report.odd(place, detail);
    else report.essenceDamaged(place, detail);
  }
  if (fits) {
    report.proved(`the encoder's checksum of ${walked.frames} frames`);
    if (lame?.isSound !== true || lead.isBroken === true) {
      report.headerDamaged(tagPlace, "the encoder's tag does not fit its own checksum");
    }
  } else judgeWithout(report, file, found);
  if (walked.missing > 0 && (fits || isExcerpt(found) || end < file.size)) {
    report.odd({ offset: walked.end }, `the last frame lacks ${walked.missing} bytes`);
  }
  const claimed = lead.tag?.frames ?? walked.frames;
  if (Math.abs(claimed - walked.frames) > 1) {
    report.odd(
      tagPlace,
      `its ${lead.tag?.kind ?? 'first'} frame counts ${claimed} frames, there are ${walked.frames}`,
    );
  }
}

function judgeWithout(report: WalkReport, file: WalkedFile, found: Findings): void {
  const { lead, walked, claimedEnd, start, end } = found;
  const lame = lead.tag?.lame;
  const isTrusted = lame?.isSound === true && lame.musicCrc !== 0;
  const last = { offset: walked.end, timeMs: walked.timeMs };
  if (found.isJoined) {
    report.odd({ offset: claimedEnd }, "more audio follows what the encoder's checksum covers, and fits");
    report.lacks(`the encoder's checksum: it covers the audio up to byte ${claimedEnd}`);
  } else if (isTrusted) {
    const lacking = claimedEnd - walked.end;
    if (lacking > 0 && walked.missing > 0) report.truncated(last, `${lacking} bytes of audio are missing`);
    const claimed = lead.tag?.frames ?? walked.frames;
    const count = claimed === walked.frames ? '' : `; ${walked.frames} of ${claimed} frames are there`;
    const gain = hasGainTag(file, end) ? '; mp3gain has left its tag' : '';
    report.checksumDiffers({ offset: start + lead.audio }, `all of its audio taken together${count}${gain}`);
  }
  if (found.isJoined || isTrusted) return;
  if (walked.missing > 0 && !isExcerpt(found) && end === file.size) {
    report.truncated(last, `the last frame lacks ${walked.missing} bytes`);
  }
  if (lame?.isNamed === true && lame.musicCrc !== 0) {
    report.lacks("the encoder's checksum: its tag does not fit its own checksum, and proves nothing");
  } else report.lacks("the encoder's checksum: never set");
}

/** Cut out of the middle of a stream: it begins within a frame too. */
function isExcerpt({ lead }: Findings): boolean {
  return lead.start > 0 && lead.tag === undefined;
}

/** mp3gain writes how to undo its change into an APE tag. */
function hasGainTag(file: WalkedFile, end: number): boolean {
  const tags = file.readAt(end, 64 * 1024);
  return asciiAt(tags, 0, tags.length).includes('MP3GAIN_');
}
