/**
 * WavPack (David Bryant, "WavPack 4 & 5 Binary File / Block Format"). Essence, `wavpack-1`: version and flags of the first
 * block with sound, and all bytes of the blocks with sound, and of what stands in between and is no block. Checked: that blocks follow each other and
 * their samples too, that their parts add up, and the checksum that WavPack 5 puts at the end of each block. The CRC in a
 * block's header is of decoded samples.
 */
import { afterId3v2 } from './id3v2.ts';
import { beforeTrailingTags } from './trailing-tags.ts';
import { type Block, blockAt, headerLength, partsOf } from './wavpack-block.ts';
import type { Walk, WalkedFile } from './walked-file.ts';
import type { Place, WalkReport } from './walk-report.ts';

/** What is looked through at once for the next block. */
const window = 64 * 1024;

export function* walkWavPack(file: WalkedFile, report: WalkReport): Walk {
  const start = afterId3v2((position, length) => file.readAt(position, length));
  yield* file.skip(start);
  const end = Math.max(start, beforeTrailingTags(file, start));
  yield* new Blocks(file, report, end).walk();
}

class Blocks {
  readonly #file: WalkedFile;
  readonly #report: WalkReport;
  readonly #end: number;
  /** The first with sound. */
  #first: Block | undefined;
  #nextSample = 0;
  #blocks = 0;
  #checked = 0;
  #isDamaged = false;
  #hasMd5 = false;
  #unchecked: Place | undefined;

  constructor(file: WalkedFile, report: WalkReport, end: number) {
    this.#file = file;
    this.#report = report;
    this.#end = end;
  }

  *walk(): Walk {
    const file = this.#file;
    while (file.position < this.#end) {
      const left = this.#end - file.position;
      const header = yield* file.peek(Math.min(headerLength, left));
      const block = blockAt(header, 0);
      if (block === undefined) {
        if (!(yield* this.#seek())) break;
      } else if (block.length > left) {
        this.#meet(block);
        yield* this.#pass(left);
        this.#missing(block.length - left);
        return;
      } else yield* this.#read(block);
    }
    this.#judge();
  }

  *#pass(length: number): Walk {
    yield* this.#file.pass(length, (piece) => this.#report.essence.audio(piece));
  }

  *#read(block: Block): Walk {
    const file = this.#file;
    const bytes = yield* file.peek(block.length);
    const place = this.#placeOf(block);
    const parts = partsOf(bytes);
    if (!parts.addUp) {
      // Its length may be what is wrong: the next is looked for from here on.
      this.#damage(place, 'the parts of the block do not add up');
      yield* this.#pass(4);
      yield* this.#seek();
      return;
    }
    this.#meet(block);
    this.#blocks++;
    if (parts.hasMd5) this.#hasMd5 = true;
    if (parts.checksum === 'wrong') this.#damage(place, 'the checksum of the block is wrong');
    if (parts.checksum === 'none') this.#unchecked ??= place;
    else this.#checked++;
    for (const { id, from, to } of parts.wrappers) {
      this.#report.evidence({ kind: 'chunk', id, offset: place.offset + from }, bytes.subarray(from, to));
    }
    if (block.samples === 0) yield* file.skip(block.length);
    else yield* this.#pass(block.length);
  }

  /** The samples of a block, which in several channels has others of the same samples beside it. */
  #meet(block: Block): void {
    if (block.samples === 0) return;
    const place = this.#placeOf(block);
    if (this.#first === undefined) {
      this.#first = block;
      this.#report.essence.parameter('WavPack', block.parameters);
      this.#report.versionIs(`stream version 0x${block.version.toString(16)}`);
      if (block.index > 0) this.#report.odd(place, `it begins with sample ${block.index}`);
    } else if (block.isInitial && block.index !== this.#nextSample) {
      const detail = `sample ${block.index} follows, and ${this.#nextSample} should`;
      if (block.index > this.#nextSample) this.#damage(place, detail);
      else this.#report.odd(place, detail);
    }
    this.#nextSample = block.index + block.samples;
  }

  /** Looks for the next block; returns whether there is one. */
  *#seek(): Walk<boolean> {
    const file = this.#file;
    const offset = file.position;
    for (let isFirst = true; ; isFirst = false) {
      const left = this.#end - file.position;
      const bytes = yield* file.peek(Math.min(window, left));
      const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      for (let at = buffer.indexOf('wvpk'); at >= 0; at = buffer.indexOf('wvpk', at + 1)) {
        if (blockAt(bytes, at) === undefined) continue;
        if (file.position + at > offset)
          this.#damage({ offset, timeMs: this.#time(this.#nextSample) }, 'no block follows here');
        yield* this.#pass(at);
        return true;
      }
      const isLast = bytes.length === left || bytes.length < window;
      if (isLast && isFirst) {
        this.#behind(bytes, offset);
        return false;
      }
      yield* this.#pass(isLast ? bytes.length : bytes.length - headerLength);
      if (isLast) {
        this.#damage({ offset, timeMs: this.#time(this.#nextSample) }, 'no block follows here');
        return false;
      }
    }
  }

  /** What stands between the last block and the tags: the rest of a block whose header is damaged, or nothing of ours. */
  #behind(bytes: Uint8Array, offset: number): void {
    const same = [...'wvpk'].filter((letter, i) => bytes[i] === letter.charCodeAt(0)).length;
    if (bytes.length >= 4 && same < 3)
      this.#report.odd({ offset }, `${bytes.length} bytes behind the last block are none`);
    else
      this.#damage(
        { offset, timeMs: this.#time(this.#nextSample) },
        'the last block is damaged or cut short',
      );
    if (same >= 3) this.#report.essence.audio(bytes);
  }

  #judge(): void {
    const report = this.#report;
    const first = this.#first;
    if (first === undefined) {
      report.truncated({ offset: this.#end }, 'it ends before its first block of sound');
      return;
    }
    const found = this.#nextSample - first.index;
    if (first.totalSamples !== undefined && found < first.totalSamples) this.#missing(0);
    else if (first.totalSamples !== undefined && found > first.totalSamples) {
      report.odd({ offset: this.#end }, `${found} samples, and it says ${first.totalSamples}`);
    }
    if (!this.#hasMd5) report.lacks('MD5 of the samples: never set');
    if (this.#checked === 0) report.lacks('checksums of its blocks: WavPack writes them from version 5 on');
    else if (this.#unchecked !== undefined)
      this.#damage(this.#unchecked, 'the block has no checksum, and others have');
    else if (!this.#isDamaged) report.proved(`checksum of every block (${this.#blocks})`);
  }

  #missing(bytes: number): void {
    const total = this.#first?.totalSamples;
    const place = { offset: this.#end, timeMs: this.#time(this.#nextSample) };
    const found = this.#nextSample - (this.#first?.index ?? 0);
    if (bytes > 0) this.#report.truncated(place, `the last block lacks ${bytes} bytes`);
    else this.#report.truncated(place, `${found} samples, and it says ${total ?? 'more'}`);
  }

  #damage(place: Place, detail: string): void {
    this.#isDamaged = true;
    this.#report.essenceDamaged(place, detail);
  }

  #placeOf(block: Block): Place {
    return { offset: this.#file.position, timeMs: block.samples === 0 ? undefined : this.#time(block.index) };
  }

  #time(sample: number): number | undefined {
    const rate = this.#first?.sampleRate ?? 0;
    return rate === 0 ? undefined : ((sample - (this.#first?.index ?? 0)) / rate) * 1000;
  }
}
