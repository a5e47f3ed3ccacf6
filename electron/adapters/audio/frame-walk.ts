/**
 * Frames that follow each other without a gap and say their length themselves: MPEG audio and ADTS. Where none follows, the
 * next is looked for, as decoders do; tags that were joined into the middle together with a second file are stepped over.
 */
import { asciiAt, viewOf } from './content.ts';
import { findFrames, type Frame, frameAt, headerLength } from './mpeg-frames.ts';
import type { Walk, WalkedFile } from './walked-file.ts';
import type { Place } from './walk-report.ts';

/** What is in view while frames are looked for; they are looked for in its first half. */
const window = 64 * 1024;
const mostBreaks = 50;

export interface FrameSink {
  /** A whole frame at `at` of `bytes`; where it is in file and recording. */
  frame(bytes: Uint8Array, at: number, frame: Frame, offset: number, timeMs: number): void;
  /** All bytes from the first frame to the end of the last, in order, but tags in between; valid during the call. */
  audio(bytes: Uint8Array): void;
}

export interface Break extends Place {
  readonly detail: string;
}

export interface FramesWalked {
  /** Whole ones. */
  readonly frames: number;
  readonly timeMs: number;
  /** Offset behind the last frame; what is between it and the end is no frame. */
  readonly end: number;
  /** Bytes that the last frame lacks. */
  readonly missing: number;
  /** Where no frame followed, the first fifty. */
  readonly breaks: readonly Break[];
  /** What is unusual and no harm. */
  readonly oddities: readonly Break[];
}

/**
 * @param end offset of the first byte that can be no frame
 * @param first a frame of the stream, as it was found
 * @param free as `frameAt` takes it
 */
export function walkFrames(
  file: WalkedFile,
  end: number,
  first: Frame,
  free: number,
  sink: FrameSink,
): Walk<FramesWalked> {
  return new FrameWalk(file, end, first, free, sink).walk();
}

class FrameWalk {
  readonly #file: WalkedFile;
  readonly #end: number;
  readonly #sink: FrameSink;
  #stream: Frame;
  #free: number;
  #frames = 0;
  #bytes = 0;
  #timeMs = 0;
  #missing = 0;
  readonly #breaks: Break[] = [];
  readonly #oddities: Break[] = [];
  /** Behind a gap that was told of and goes on. */
  #gapEnd = -1;
  #isBehindTag = false;

  constructor(file: WalkedFile, end: number, first: Frame, free: number, sink: FrameSink) {
    this.#file = file;
    this.#end = end;
    this.#sink = sink;
    this.#stream = first;
    this.#free = free;
  }

  *walk(): Walk<FramesWalked> {
    const file = this.#file;
    let goesOn = true;
    while (goesOn && file.position < this.#end) {
      if (file.held < headerLength) yield headerLength;
      if (file.held === 0) break;
      if (this.#passWhole() > 0) continue;
      const left = this.#end - file.position;
      const next = frameAt(this.#view(), 0, this.#free);
      if (next?.stream !== this.#stream.stream) goesOn = yield* this.#seek(left);
      else if (left < next.length || file.hasEnded) {
        this.#missing = next.length - (yield* file.pass(left, (piece) => this.#sink.audio(piece)));
      } else yield next.length;
    }
    return {
      frames: this.#frames,
      timeMs: this.#timeMs,
      end: file.position,
      missing: this.#missing,
      breaks: this.#breaks,
      oddities: this.#oddities,
    };
  }

  #view(): Uint8Array {
    const view = this.#file.view();
    const left = this.#end - this.#file.position;
    return view.length > left ? view.subarray(0, left) : view;
  }

  /** The frames that are wholly in view; returns their bytes. */
  #passWhole(): number {
    const file = this.#file;
    const view = this.#view();
    const { stream } = this.#stream;
    let at = 0;
    for (;;) {
      const frame = frameAt(view, at, this.#free);
      if (frame === undefined || frame.stream !== stream || at + frame.length > view.length) break;
      this.#sink.frame(view, at, frame, file.position + at, this.#timeMs);
      this.#frames++;
      this.#timeMs += (frame.samples / frame.sampleRate) * 1000;
      at += frame.length;
    }
    if (at === 0) return 0;
    this.#isBehindTag = false;
    this.#bytes += at;
    this.#sink.audio(view.subarray(0, at));
    file.advance(at);
    return at;
  }

  /** No frame of this stream stands here; returns whether one comes. */
  *#seek(left: number): Walk<boolean> {
    const file = this.#file;
    const bytes = (yield* file.peek(Math.min(window, left))).subarray(0, Math.min(window, left));
    const reachesEnd = bytes.length === left || bytes.length < window;
    const tag = lengthOfTag(bytes);
    if (tag > 0 && tag < left) {
      this.#odd({ offset: file.position, timeMs: this.#timeMs, detail: 'a tag stands between its frames' });
      this.#isBehindTag = true;
      yield* file.skip(tag);
      return true;
    }
    const half = window / 2;
    const found =
      findFrames(bytes, 0, 0, reachesEnd) ??
      findFrames(bytes, 1, half, reachesEnd, this.#stream) ??
      findFrames(bytes, 1, half, reachesEnd);
    const next = found?.format === this.#stream.format ? found : undefined;
    if (next === undefined && reachesEnd) return false;
    const gap = next?.offset ?? half;
    if (gap > 0) yield* this.#passGap(gap);
    else if (!this.#isBehindTag) {
      this.#odd({ offset: file.position, timeMs: this.#timeMs, detail: 'frames of another kind follow' });
    }
    if (next === undefined) return true;
    this.#free = next.free;
    this.#stream = frameAt(bytes, next.offset, next.free) ?? this.#stream;
    return true;
  }

  *#passGap(length: number): Walk {
    const file = this.#file;
    const offset = file.position;
    if (offset !== this.#gapEnd && this.#breaks.length < mostBreaks) {
      this.#breaks.push({ offset, timeMs: this.#timeMs, detail: 'no frame follows here' });
    }
    this.#gapEnd = offset + length;
    // The time goes on meanwhile, as long as so many bytes last elsewhere.
    if (this.#bytes > 0) this.#timeMs += (this.#timeMs * length) / this.#bytes;
    this.#bytes += length;
    yield* file.pass(length, (piece) => this.#sink.audio(piece));
  }

  #odd(oddity: Break): void {
    if (this.#oddities.length < mostBreaks) this.#oddities.push(oddity);
  }
}

/** Of a tag that begins here: ID3v2 (id3.org, v2.4 §3.1), ID3v1, APEv2 with its header; 0 where there is none. */
function lengthOfTag(bytes: Uint8Array): number {
  const start = asciiAt(bytes, 0, 8);
  if (start.startsWith('ID3') && bytes.length >= 10) {
    const [a = 0, b = 0, c = 0, d = 0] = bytes.subarray(6, 10);
    if ((a | b | c | d) > 0x7f) return 0;
    return 10 + ((a << 21) | (b << 14) | (c << 7) | d) + (((bytes[5] ?? 0) & 0x10) === 0 ? 0 : 10);
  }
  if (start === 'APETAGEX' && bytes.length >= 32) return 32 + viewOf(bytes).getUint32(12, true);
  return start.startsWith('TAG') ? 128 : 0;
}
