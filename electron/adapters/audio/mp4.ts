/**
 * MP4, M4A and QuickTime (ISO/IEC 14496-12, -14). Essence, `mp4-1`: of each track of sound, in the order of the tracks, the digest
 * over its sample descriptions (`stsd`) and its samples in the order of decoding, each with its length. Where samples stand
 * is no essence: a retag moves them. The format carries no check of the samples; that all of them are there, is checked.
 */
import { boxAt } from './mp4-boxes.ts';
import { fragmentRuns, type TrackRun } from './mp4-fragments.ts';
import { type Box, type Movie, readMovie, type Track } from './mp4-movie.ts';
import { chunkRuns, type Run, sampleSizes, TableFault } from './mp4-tables.ts';
import { mostInView, type Walk, type WalkedFile } from './walked-file.ts';
import type { WalkReport } from './walk-report.ts';

/** Of the digest of each track; the whole is digested under the same. */
const definition = 'mp4-1';
const mostBoxes = 1000;

export function* walkMp4(file: WalkedFile, report: WalkReport): Walk {
  const box = findMovie(file);
  if (typeof box === 'string') {
    if (box === 'cut short')
      report.truncated({ offset: file.size }, 'it ends before what describes its samples (moov)');
    else report.limited({ offset: 0 }, 'nothing describes its samples (moov)');
    return;
  }
  if (box.at + box.size > file.size) {
    report.truncated({ offset: file.size }, 'it ends within what describes its samples (moov)');
    return;
  }
  const movie = readMovie(file, box);
  if (movie.tracks.length === 0) report.limited({ offset: box.at }, 'no track of sound is described');
  else if (movie.tracks.some(({ isElsewhere }) => isElsewhere)) {
    report.limited({ offset: box.at }, 'its samples are in another file');
  } else yield* new SampleWalk(file, report, movie, box).walk();
}

/** `moov` among the outermost boxes, before the samples or behind them. */
function findMovie(file: WalkedFile): Box | 'cut short' | 'missing' {
  let at = 0;
  for (let count = 0; count < mostBoxes && at + 8 <= file.size; count++) {
    const box = boxAt(file.readAt(at, 16), 0, file.size - at);
    if (box === undefined) return 'missing';
    if (box.type === 'moov') return { at, ...box };
    at += box.size;
  }
  if (at + 8 <= file.size) throw new RangeError('it begins with more boxes than this program reads');
  return at === file.size ? 'missing' : 'cut short';
}

/** @throws TableFault */
function* runsOf({ tables }: Track, isFragmented: boolean): Generator<Run, void> {
  // Samples may all stand in fragments, and the tables be left out or empty.
  if (!isFragmented || tables.stsz !== undefined || tables.stz2 !== undefined) yield* chunkRuns(tables);
}

class SampleWalk {
  readonly #file: WalkedFile;
  readonly #report: WalkReport;
  readonly #movie: Movie;
  readonly #box: Box;
  #isShort = false;
  /** Pictures that have been met or passed over. */
  #pictures = 0;

  constructor(file: WalkedFile, report: WalkReport, movie: Movie, box: Box) {
    this.#file = file;
    this.#report = report;
    this.#movie = movie;
    this.#box = box;
  }

  *walk(): Walk {
    const file = this.#file;
    const { tracks, isFragmented, hasVideo } = this.#movie;
    try {
      for (const track of tracks) this.#describe(track);
      yield* this.#chunks();
      if (isFragmented) yield* this.#fragments();
    } catch (error) {
      if (!(error instanceof TableFault)) throw error;
      this.#report.headerDamaged({ offset: this.#box.at }, error.message);
    }
    if (!this.#isShort) yield* this.#goTo(file.size);
    if (tracks.some(({ descriptions }) => descriptions === undefined)) {
      this.#report.headerDamaged({ offset: this.#box.at }, 'sample descriptions are missing');
      return;
    }
    this.#report.lacks('a check of the samples: the format carries none');
    if (hasVideo) this.#report.lacks('a rule for moving pictures: the sound alone is essence');
    this.#report.essence.parameter('container', Buffer.from('MP4'));
    for (const { essence } of tracks)
      this.#report.essence.audio(essence.digest(definition)?.value as Uint8Array);
  }

  /** @throws TableFault */
  #describe(track: Track): void {
    const { descriptions, essence, tables } = track;
    if (descriptions !== undefined) essence.parameter('stsd', descriptions);
    if (tables.stsz === undefined && tables.stz2 === undefined) return;
    const { count, size } = sampleSizes(tables);
    track.count = count;
    if (size !== undefined) essence.parameter('sample size', Buffer.from(String(size)));
  }

  /** The chunks of all tracks, as they come in the file. */
  *#chunks(): Walk {
    const open = this.#movie.tracks.map((track) => {
      const runs = runsOf(track, this.#movie.isFragmented);
      return { track, runs, next: runs.next() };
    });
    for (;;) {
      const going = open.filter(({ next }) => next.done !== true);
      const [first, ...others] = going;
      if (first === undefined) return;
      const lowest = others.reduce(
        (a, b) => ((b.next.value as Run).offset < (a.next.value as Run).offset ? b : a),
        first,
      );
      yield* this.#pass(lowest.track, lowest.next.value as Run);
      if (this.#isShort) return;
      lowest.next = lowest.runs.next();
    }
  }

  *#fragments(): Walk {
    const file = this.#file;
    let pending: TrackRun[] = [];
    for (let at = 0; at + 8 <= file.size;) {
      if (file.position < at) yield* this.#goTo(at);
      const header = file.position === at ? yield* file.peek(16) : file.readAt(at, 16);
      const box = boxAt(header, 0, file.size - at);
      if (box === undefined || at + box.size > file.size) {
        if (box === undefined || box.type === 'moof') {
          this.#report.truncated({ offset: file.size }, 'it ends within a fragment');
          return;
        }
      }
      if (box.type === 'moof') {
        yield* this.#passAll(pending);
        pending = yield* this.#fragment(at, box);
      } else if (box.type === 'mdat') {
        yield* this.#passAll(pending);
        pending = [];
      }
      if (this.#isShort) return;
      at += box.size;
    }
    yield* this.#passAll(pending);
    this.#report.lacks('a count of the fragments, so that an end cut off between two of them cannot be seen');
  }

  *#fragment(at: number, box: Omit<Box, 'at'>): Walk<TrackRun[]> {
    if (box.size > mostInView) throw new RangeError('a fragment is larger than this program reads');
    if (this.#file.position > at)
      throw new RangeError('fragments do not stand in the order of their samples');
    const bytes = yield* this.#file.peek(box.size);
    return fragmentRuns(bytes.subarray(box.header), at, this.#movie);
  }

  *#passAll(runs: readonly TrackRun[]): Walk {
    for (const { track, run } of runs) {
      if (!this.#isShort) yield* this.#pass(track, run);
    }
  }

  /** Moves on, and takes the pictures on the way as evidence. */
  *#goTo(offset: number): Walk {
    const file = this.#file;
    const { pictures } = this.#movie;
    for (let next = pictures[this.#pictures]; next !== undefined; next = pictures[this.#pictures]) {
      if (next.offset + next.length > offset) break;
      this.#pictures++;
      if (next.offset < file.position) continue;
      yield* file.skip(next.offset - file.position);
      yield* this.#report.evidenceFrom(file, { kind: 'picture', id: 'covr' }, next.length);
    }
    yield* file.skip(offset - file.position);
  }

  *#pass(track: Track, { offset, first, count, size, sizeOf }: Run): Walk {
    const file = this.#file;
    const { essence } = track;
    const update = (piece: Uint8Array): void => essence.audio(piece);
    if (count === 0) return;
    if (offset < file.position)
      throw new RangeError('its samples do not stand in the order in which they are decoded');
    yield* this.#goTo(offset);
    if (size !== undefined) {
      // Of PCM there are millions, of a few bytes each: their common size is told once, as a parameter.
      const there = yield* file.pass(count * size, update);
      if (there < count * size) this.#short(track, first + Math.floor(there / size));
      return;
    }
    for (let sample = first; sample < first + count; sample++) {
      const length = sizeOf(sample);
      if (file.held >= length) {
        update(file.view().subarray(0, length));
        file.advance(length);
      } else if ((yield* file.pass(length, update)) < length) return this.#short(track, sample);
      essence.packetEnd(length);
    }
  }

  #short(track: Track, sample: number): void {
    this.#isShort = true;
    const { durationMs, count } = track;
    const timeMs = count === 0 || durationMs === 0 ? undefined : (sample / count) * durationMs;
    this.#report.truncated({ offset: this.#file.size, timeMs }, 'it ends before its samples do');
  }
}
