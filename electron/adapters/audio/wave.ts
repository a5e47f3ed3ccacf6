/**
 * WAVE in RIFF, RF64 and BW64: Broadcast WAVE (EBU Tech 3285), RF64 (EBU Tech 3306), BW64 (ITU-R BS.2088). Essence,
 * `wave-1`: the fmt chunk, the sizes of data and samples in ds64 where there is one, and the payload of data without its
 * pad byte. Other chunks are evidence. Checked: the sizes of chunks; and the data by an `MD5 ` chunk where there is one.
 */
import { createHash, type Hash } from 'node:crypto';
import { readBext } from './bext.ts';
import { asciiAt, viewOf } from './content.ts';
import { afterId3v2 } from './id3v2.ts';
import { beforeTrailingTags } from './trailing-tags.ts';
import type { Walk, WalkedFile } from './walked-file.ts';
import type { WalkReport } from './walk-report.ts';
import { dataSize, type Ds64, isChunkId } from './wave-sizes.ts';

/** Filling, and what a rescan of the audio would give again: no evidence. */
const passed = new Set(['JUNK', 'junk', 'PAD ', 'FLLR', 'PEAK', 'fact', 'id3 ', 'ID3 ']);
const mostFormat = 4096;
const mostSizes = 64;
const mostAhead = 200;
const md5Length = 16;
/** MD5s that differ in fewer bits than this differ by damage to one of them: by chance, they differ in some 64. */
const fewBits = 16;
/** Programs that count a RIFF header as content, or forget a pad byte, are off by so much. */
const mostMiscounted = 64;

export function* walkWave(file: WalkedFile, report: WalkReport): Walk {
  const start = afterId3v2((position, length) => file.readAt(position, length));
  yield* file.skip(start);
  const wave = new WaveWalk(file, report, start);
  yield* wave.walk();
}

class WaveWalk {
  readonly #file: WalkedFile;
  readonly #report: WalkReport;
  readonly #start: number;
  #riffEnd = 0;
  #is64 = false;
  #ds64: Ds64 | undefined;
  #format: Uint8Array | undefined;
  #data: { readonly offset: number; readonly md5?: Hash } | undefined;
  #stored: { readonly offset: number; readonly md5: Uint8Array } | undefined;

  constructor(file: WalkedFile, report: WalkReport, start: number) {
    this.#file = file;
    this.#report = report;
    this.#start = start;
  }

  *walk(): Walk {
    const file = this.#file;
    const head = yield* file.take(12);
    this.#is64 = asciiAt(head, 0, 4) !== 'RIFF';
    const size = head.length < 8 ? 0 : viewOf(head).getUint32(4, true);
    this.#riffEnd = this.#start + 8 + size;
    while (yield* this.#chunk());
    this.#judgeEnd(size);
    this.#judgeData();
  }

  /** @returns whether a chunk stood here and another may follow */
  *#chunk(): Walk<boolean> {
    const file = this.#file;
    const header = yield* file.peek(8);
    const stated = header.length < 8 ? 0 : viewOf(header).getUint32(4, true);
    // Behind the end of the whole, four letters are no chunk unless it fits.
    const isBehind = this.#data !== undefined && file.position >= this.#riffEnd;
    const isTooLong = stated > file.size - file.position - 8;
    if (header.length < 8 || !isChunkId(header, 0) || (isBehind && isTooLong)) {
      yield* this.#trailing(header.length);
      return false;
    }
    const id = asciiAt(header, 0, 4);
    file.advance(8);
    if (id === 'data' && this.#data === undefined) yield* this.#audio(stated);
    else {
      const size = stated === 0xffffffff ? (this.#ds64?.others.get(id) ?? stated) : stated;
      const offset = file.position;
      const there = yield* this.#content(id, size);
      if (size - there > 1) {
        this.#report.headerDamaged(
          { offset: offset - 4 },
          `chunk ${id} claims ${size} bytes, ${there} are there`,
        );
      }
      if (size % 2 === 1) yield* this.#pad();
    }
    return true;
  }

  /** Everything but the audio. @returns how many bytes there were */
  *#content(id: string, size: number): Walk<number> {
    const file = this.#file;
    const report = this.#report;
    if (id === 'ds64' && this.#is64 && this.#ds64 === undefined) return yield* this.#sizes(size);
    if (id === 'fmt ' && this.#format === undefined && size <= mostFormat) {
      const format = yield* file.take(size);
      this.#format = Uint8Array.from(format);
      return format.length;
    }
    if (passed.has(id)) return yield* file.skip(size);
    if (id === 'MD5 ' && size === md5Length && this.#stored === undefined) {
      const md5 = yield* file.peek(size);
      if (md5.length === size) this.#stored = { offset: file.position, md5: Uint8Array.from(md5) };
    }
    const list = id === 'LIST' && size >= 4 ? yield* file.peek(4) : undefined;
    const name = list !== undefined && isChunkId(list, 0) ? `LIST/${asciiAt(list, 0, 4)}` : id.trimEnd();
    return yield* report.evidenceFrom(
      file,
      { kind: 'chunk', id: name },
      size,
      id === 'bext' ? readBext : undefined,
    );
  }

  /** riffSize, dataSize, sampleCount, then a table of other chunks that are longer than 4 GiB. */
  *#sizes(size: number): Walk<number> {
    const file = this.#file;
    const bytes = yield* file.take(Math.min(size, 28 + mostSizes * 12));
    if (bytes.length < 24) return bytes.length;
    const view = viewOf(bytes);
    const others = new Map<string, number>();
    for (let at = 28; at + 12 <= bytes.length; at += 12) {
      others.set(asciiAt(bytes, at, 4), Number(view.getBigUint64(at + 4, true)));
    }
    this.#riffEnd = this.#start + 8 + Number(view.getBigUint64(0, true));
    this.#ds64 = { data: Number(view.getBigUint64(8, true)), others };
    this.#report.essence.parameter('ds64', bytes.subarray(8, 24));
    return bytes.length + (yield* file.skip(size - bytes.length));
  }

  *#audio(stated: number): Walk {
    const file = this.#file;
    const offset = file.position;
    const next = Uint8Array.from(yield* file.peek(8));
    const { there, claimed, wrong } = dataSize(stated, file.size - offset, next, this.#ds64);
    const md5 = this.#hasMd5(offset + there + (there % 2)) ? createHash('md5') : undefined;
    this.#data = { offset, ...(md5 === undefined ? {} : { md5 }) };
    if (wrong !== undefined) this.#report.headerDamaged({ offset: offset - 4 }, wrong);
    if (this.#is64 && this.#ds64 === undefined) {
      this.#report.headerDamaged(
        { offset: this.#start + 12 },
        'the ds64 chunk, which holds its sizes, is not there',
      );
    }
    const passed = yield* file.pass(there, (piece) => {
      this.#report.essence.audio(piece);
      md5?.update(piece);
    });
    if (claimed !== undefined) {
      const place = { offset: offset + passed, timeMs: this.#timeOf(passed) };
      this.#report.truncated(place, `${claimed} bytes of audio were to be there, ${passed} are`);
    } else if (there % 2 === 1) yield* this.#pad();
  }

  /** Some programs leave the pad byte out: then a chunk begins where it was to be. */
  *#pad(): Walk {
    const file = this.#file;
    const next = yield* file.peek(5);
    if (next.length === 0) return;
    if (next[0] !== 0 && isChunkId(next, 0) && !isChunkId(next, 1)) {
      this.#report.odd({ offset: file.position }, 'the pad byte behind an odd chunk is not there');
    } else file.advance(1);
  }

  /** What is no chunk, from here to the end of the file. */
  *#trailing(held: number): Walk {
    const file = this.#file;
    if (held === 0) return;
    const offset = file.position;
    const end = beforeTrailingTags(file, offset);
    if (end > offset) {
      const where = offset < this.#riffEnd ? 'where a chunk was to be' : 'behind the last chunk';
      const detail = `${end - offset} bytes ${where}`;
      if (this.#data === undefined && offset < this.#riffEnd) this.#report.headerDamaged({ offset }, detail);
      else this.#report.odd({ offset }, detail);
    }
    yield* file.skip(file.size - offset);
  }

  /** Looks ahead, since the digest must be begun before the chunk that holds it is met. */
  #hasMd5(from: number): boolean {
    if (this.#stored !== undefined) return true;
    for (let at = from, count = 0; count < mostAhead; count++) {
      const header = this.#file.readAt(at, 8);
      if (header.length < 8 || !isChunkId(header, 0)) return false;
      if (asciiAt(header, 0, 4) === 'MD5 ') return true;
      const size = viewOf(header).getUint32(4, true);
      at += 8 + size + (size % 2);
    }
    return false;
  }

  #judgeEnd(size: number): void {
    const report = this.#report;
    const offset = this.#file.size;
    if (this.#data === undefined) {
      if (this.#riffEnd > offset) report.truncated({ offset }, 'it ends before its audio');
      else report.headerDamaged({ offset: this.#start }, 'it has no data chunk');
      return;
    }
    if (this.#format === undefined) report.headerDamaged({ offset: this.#start }, 'it has no fmt chunk');
    else {
      report.essence.parameter('fmt', this.#format);
      this.#judgeFormat(this.#format);
    }
    // 0 and −1 were never written; nothing follows from them.
    const missing = size === 0 || size >= 0x7fff0000 ? 0 : this.#riffEnd - offset;
    if (missing > mostMiscounted && !report.isTruncated) {
      report.headerDamaged(
        { offset: this.#start + 4 },
        `the whole claims ${missing} bytes more than there are`,
      );
    }
  }

  #judgeFormat(format: Uint8Array): void {
    if (format.length < 16) {
      this.#report.headerDamaged({ offset: this.#start }, `the fmt chunk has ${format.length} bytes, not 16`);
    }
  }

  /** The `MD5 ` chunk of BWF MetaEdit: 128 bits, least significant byte first; others write them as they come. */
  #judgeData(): void {
    const stored = this.#stored;
    const digest = this.#data?.md5?.digest();
    if (stored === undefined || digest === undefined || this.#data === undefined) {
      if (this.#data !== undefined) this.#report.lacks('MD5 chunk: none');
      return;
    }
    if (stored.md5.every((byte) => byte === 0)) {
      this.#report.lacks('MD5 chunk: never set');
      return;
    }
    const bits = Math.min(bitsApart(digest, stored.md5), bitsApart(digest.toReversed(), stored.md5));
    if (bits < fewBits) this.#report.proved('MD5 of the data');
    if (bits >= fewBits) {
      this.#report.essenceDamaged({ offset: this.#data.offset }, 'the data are not those of the MD5 chunk');
    } else if (bits > 0)
      this.#report.headerDamaged({ offset: stored.offset }, 'the MD5 chunk itself is damaged');
  }

  /** Time at a number of bytes into the data, by the byte rate in fmt (WAVEFORMATEX nAvgBytesPerSec). */
  #timeOf(bytes: number): number | undefined {
    const format = this.#format;
    const rate = format === undefined || format.length < 12 ? 0 : viewOf(format).getUint32(8, true);
    return rate === 0 ? undefined : (bytes / rate) * 1000;
  }
}

function bitsApart(a: Uint8Array, b: Uint8Array): number {
  let bits = 0;
  for (let i = 0; i < a.length; i++) {
    for (let rest = (a[i] as number) ^ (b[i] as number); rest !== 0; rest &= rest - 1) bits++;
  }
  return bits;
}
