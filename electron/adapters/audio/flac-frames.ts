/**
 * The frames of a FLAC stream, told apart without decoding (RFC 9639 §9). A frame begins where a header whose CRC-8 is
 * right follows a frame whose CRC-16 is right. Sixteen bits of sync and eight of CRC come about by chance once in some
 * gigabytes, so that a header behind a wrong CRC-16 is believed only once the frame that it begins, or the header after it,
 * bears it out.
 */
import { crc16 } from './crc16.ts';
import { frameLength } from './flac-frame-end.ts';
import { type FrameHeader, frameHeaderAt, isSameStream, longestHeader } from './flac-frame.ts';
import type { Place, WalkReport } from './walk-report.ts';

/** The largest frame has some 2 MiB: 65,535 samples of 32 bits in 8 channels. */
const mostLast = 4 * 1024 * 1024;

interface OpenFrame {
  readonly header: FrameHeader;
  readonly offset: number;
  /** Of its bytes so far; 0 behind its own CRC. */
  crc: number;
  /** Where a sync code stood behind a right CRC-16 with a wrong header: the damage, if there is any, is there. */
  brokenAt?: number;
}

/** What the frames are compared with: STREAMINFO, zeros for what it does not say. */
export interface Expected {
  readonly sampleRate: number;
  readonly bitDepth: number;
  readonly totalSamples: number;
  /** Samples in a frame other than the last; 0 where frames differ. */
  readonly blockSize: number;
}

export class FlacFrames {
  readonly #report: WalkReport;
  readonly #expected: Expected;
  #first: FrameHeader | undefined;
  #firstOffset = 0;
  #needle = Buffer.from([0xff, 0xf8]);
  #open: OpenFrame | undefined;
  /** A header seen behind a wrong CRC-16: either the frame before it is damaged, or it is no header. */
  #doubtful: OpenFrame | undefined;
  #whole = 0;
  #isDamaged = false;

  constructor(report: WalkReport, expected: Expected) {
    this.#report = report;
    this.#expected = expected;
  }

  /** Header of the first frame that was found. */
  get first(): FrameHeader | undefined {
    return this.#first;
  }

  get firstOffset(): number {
    return this.#firstOffset;
  }

  /** The first frame, wherever it was found; what follows goes to `scan` from there on. */
  begin(header: FrameHeader, offset: number): void {
    this.#first = header;
    this.#firstOffset = offset;
    this.#needle = Buffer.from([0xff, header.isVariable ? 0xf9 : 0xf8]);
    this.#open = { header, offset, crc: 0 };
  }

  /**
   * The next `length` of `bytes`, which stand at `offset`; what there is beyond them is only looked at, for headers.
   */
  scan(bytes: Uint8Array, length: number, offset: number): void {
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    let done = 0;
    for (let at = buffer.indexOf(this.#needle); at >= 0 && at < length;) {
      this.#digest(bytes, done, at);
      done = at;
      if (this.#open !== undefined && offset + at > this.#open.offset) this.#meet(bytes, at, offset + at);
      at = buffer.indexOf(this.#needle, at + 2);
    }
    this.#digest(bytes, done, length);
  }

  /**
   * @param end offset behind the last byte of audio
   * @param readAt reads the last frame once more, where it does not end there
   */
  end(end: number, readAt: (position: number, length: number) => Uint8Array): void {
    if (this.#open === undefined) return;
    if (this.#open.crc !== 0 && this.#doubtful !== undefined) {
      const { crc, header } = this.#doubtful;
      if (crc === 0 || header.number === nextNumber(this.#open.header)) this.#believe();
    }
    const last = this.#open;
    const { totalSamples, blockSize } = this.#expected;
    const found =
      this.#sampleAt(last.header) + last.header.blockSize - this.#sampleAt(this.#first ?? last.header);
    const place = { offset: end, timeMs: this.#timeOf(last) };
    const behind = last.crc === 0 ? 0 : this.#bytesBehind(last, end - last.offset, readAt);
    const next = behind > 0 && totalSamples === 0 ? readAt(end - behind, longestHeader) : undefined;
    if (next !== undefined && this.#isNearlyHeader(next, nextNumber(last.header))) {
      // No length says that the stream was over before.
      this.#damage(
        { offset: end - behind, timeMs: this.#timeOf(last) },
        'the header of the last frame is wrong',
      );
    } else if (behind > 0) {
      // Decoders stop at the length that STREAMINFO says, and find nothing wrong.
      this.#report.odd({ offset: end - behind }, `${behind} bytes behind the last frame`);
    } else if (last.crc !== 0) {
      if (found < totalSamples)
        this.#report.truncated(place, `${totalSamples - found} samples and more are missing`);
      else this.#damage(this.#placeOf(last), 'the last frame is damaged or cut short');
      return;
    }
    this.#whole++;
    const isShort = blockSize > 0 && last.header.blockSize < blockSize;
    if (totalSamples === 0) {
      this.#report.lacks('length: never set, so that an end cut off between two frames cannot be seen');
      if (!isShort) return;
    } else if (found < totalSamples) {
      // Only the last frame may be shorter than the others (RFC 9639 §9.1): then this was it.
      const detail = `${found} samples, and STREAMINFO says ${totalSamples}`;
      if (isShort && !this.#isDamaged) this.#report.headerDamaged(place, detail);
      else this.#report.truncated(place, detail);
    } else if (found > totalSamples) {
      this.#report.odd(place, `${found} samples, and STREAMINFO says ${totalSamples}`);
    }
    if (!this.#isDamaged) this.#report.proved(`CRC-16 of ${this.#whole} frames`);
  }

  /** Whether one bit turned back makes of these bytes the header that is awaited. */
  #isNearlyHeader(bytes: Uint8Array, awaited: number): boolean {
    const tried = Uint8Array.from(bytes);
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const [at, mask] = [bit >> 3, 1 << (bit & 7)];
      tried[at] = (bytes[at] as number) ^ mask;
      const header = frameHeaderAt(tried, 0);
      if (header?.number === awaited && isSameStream(header, this.#first ?? header)) return true;
      tried[at] = bytes[at] as number;
    }
    return false;
  }

  /** How many bytes stand behind a frame that is whole; 0 where it is not. */
  #bytesBehind(
    { header, offset }: OpenFrame,
    there: number,
    readAt: (position: number, length: number) => Uint8Array,
  ): number {
    const bytes = readAt(offset, Math.min(there, mostLast));
    const length = frameLength(bytes, header, header.bitDepth || this.#expected.bitDepth);
    return length !== undefined && crc16(0, bytes, 0, length) === 0 ? there - length : 0;
  }

  #digest(bytes: Uint8Array, from: number, to: number): void {
    const open = this.#open;
    if (open === undefined || from === to) return;
    open.crc = crc16(open.crc, bytes, from, to);
    const doubtful = this.#doubtful;
    if (doubtful !== undefined) doubtful.crc = crc16(doubtful.crc, bytes, from, to);
  }

  /** A sync code at `at`. */
  #meet(bytes: Uint8Array, at: number, offset: number): void {
    const open = this.#open as OpenFrame;
    const header = frameHeaderAt(bytes, at);
    if (header === undefined) {
      if (open.crc === 0) open.brokenAt ??= offset;
      return;
    }
    if (open.crc === 0) {
      this.#follow(header, offset);
      return;
    }
    if (!isSameStream(header, open.header)) return;
    const doubtful = this.#doubtful;
    if (doubtful !== undefined && (doubtful.crc === 0 || header.number === nextNumber(doubtful.header))) {
      this.#believe();
      this.#meet(bytes, at, offset);
      return;
    }
    const awaited = nextNumber(open.header);
    if (header.number < awaited) return;
    if (doubtful?.header.number !== awaited || header.number === awaited) {
      this.#doubtful = { header, offset, crc: 0 };
    }
  }

  /** A header behind a whole frame. */
  #follow(header: FrameHeader, offset: number): void {
    const open = this.#open as OpenFrame;
    this.#whole++;
    const awaited = nextNumber(open.header);
    const place = { offset, timeMs: this.#timeOf(open) };
    if (header.number > awaited && header.isVariable === open.header.isVariable) {
      this.#damage(place, `frames are missing: ${open.header.number} is followed by ${header.number}`);
    } else if (header.number !== awaited) {
      this.#report.odd(place, `frame ${open.header.number} is followed by frame ${header.number}`);
    }
    this.#open = { header, offset, crc: 0 };
    this.#doubtful = undefined;
  }

  /** The frame before the doubtful header is damaged, or frames between them are. */
  #believe(): void {
    const open = this.#open as OpenFrame;
    const next = this.#doubtful as OpenFrame;
    const lost = next.header.number - nextNumber(open.header);
    const detail = `CRC-16 of frame ${open.header.number}${lost > 0 ? ' and of what follows it' : ''} is wrong`;
    this.#damage(this.#placeOf(open), detail);
    this.#open = next;
    this.#doubtful = undefined;
  }

  #damage(place: Place, detail: string): void {
    this.#isDamaged = true;
    this.#report.essenceDamaged(place, detail);
  }

  #placeOf(frame: OpenFrame): Place {
    return { offset: frame.brokenAt ?? frame.offset, timeMs: this.#timeOf(frame) };
  }

  #timeOf({ header }: OpenFrame): number | undefined {
    const rate = this.#expected.sampleRate || header.sampleRate;
    return rate === 0 ? undefined : (this.#sampleAt(header) / rate) * 1000;
  }

  /** Number of the first sample of a frame. */
  #sampleAt({ isVariable, number }: FrameHeader): number {
    if (isVariable) return number;
    return number * (this.#expected.blockSize || (this.#first?.blockSize ?? 0));
  }
}

function nextNumber({ isVariable, number, blockSize }: FrameHeader): number {
  return number + (isVariable ? blockSize : 1);
}
