/** Where the samples of a movie fragment stand: `moof`, `traf`, `tfhd`, `trun` (ISO/IEC 14496-12 §8.8). */
import { viewOf } from './content.ts';
import { boxAt } from './mp4-boxes.ts';
import type { Movie, Track } from './mp4-movie.ts';
import { type Run, TableFault } from './mp4-tables.ts';

export interface TrackRun {
  readonly track: Track;
  readonly run: Run;
}

interface Child {
  readonly type: string;
  readonly body: Uint8Array;
}

function* children(bytes: Uint8Array): Generator<Child, void> {
  for (let at = 0; at + 8 <= bytes.length;) {
    const box = boxAt(bytes, at, bytes.length - at);
    if (box === undefined) return;
    yield { type: box.type, body: bytes.subarray(at + box.header, at + box.size) };
    at += box.size;
  }
}

/** @param moof its content @param offset of its header in the file @throws TableFault */
export function fragmentRuns(moof: Uint8Array, offset: number, movie: Movie): TrackRun[] {
  const runs: TrackRun[] = [];
  // §8.8.7: without a base of its own a track goes on behind the data of the one before it.
  let base = offset;
  for (const traf of children(moof)) {
    if (traf.type === 'traf') base = trackRuns(traf.body, offset, base, movie, runs);
  }
  return runs.sort((a, b) => a.run.offset - b.run.offset);
}

/** @returns where the data of this track ends */
function trackRuns(traf: Uint8Array, moof: number, before: number, movie: Movie, runs: TrackRun[]): number {
  let end = before;
  let size = 0;
  let base = before;
  let track: Track | undefined;
  for (const { type, body } of children(traf)) {
    const view = viewOf(body);
    if (body.length < 8) continue;
    const flags = view.getUint32(0) & 0xffffff;
    if (type === 'tfhd') {
      const id = view.getUint32(4);
      track = movie.tracks.find((candidate) => candidate.id === id);
      size = movie.defaultSizes.get(id) ?? 0;
      const fields = fieldsOf(flags, [0x1, 8], [0x2, 4], [0x8, 4], [0x10, 4]);
      if (body.length < 8 + fields.length) throw new TableFault('a track fragment is shorter than it says');
      if ((flags & 0x1) !== 0) base = Number(view.getBigUint64(8));
      else if ((flags & 0x20000) !== 0) base = moof;
      end = base;
      if ((flags & 0x10) !== 0) size = view.getUint32(8 + fields.at(0x10));
    } else if (type === 'trun') {
      const run = runOf(body, flags, size, base, end);
      end = run.offset + run.bytes;
      if (track !== undefined) runs.push({ track, run });
    }
  }
  return end;
}

/** §8.8.8. */
function runOf(
  trun: Uint8Array,
  flags: number,
  common: number,
  base: number,
  next: number,
): Run & { bytes: number } {
  const view = viewOf(trun);
  const count = view.getUint32(4);
  const head = fieldsOf(flags, [0x1, 4], [0x4, 4]);
  const each = fieldsOf(flags, [0x100, 4], [0x200, 4], [0x400, 4], [0x800, 4]);
  if (trun.length < 8 + head.length + count * each.length) {
    throw new TableFault(`a track run claims ${count} samples, and holds fewer`);
  }
  const offset = (flags & 0x1) === 0 ? next : base + view.getInt32(8);
  if (offset < 0) throw new TableFault('a track run stands before the beginning of the file');
  if ((flags & 0x200) === 0) {
    return { offset, first: 0, count, size: common, sizeOf: () => common, bytes: count * common };
  }
  const sizes = Uint32Array.from({ length: count }, (_, i) =>
    view.getUint32(8 + head.length + i * each.length + each.at(0x200)),
  );
  const bytes = sizes.reduce((sum, size) => sum + size, 0);
  return { offset, first: 0, count, size: undefined, sizeOf: (sample) => sizes[sample] as number, bytes };
}

/** Optional fields, each there if its flag is set: how long all are, and where one begins. */
function fieldsOf(
  flags: number,
  ...fields: (readonly [flag: number, length: number])[]
): { length: number; at: (flag: number) => number } {
  const upTo = (end: number): number =>
    fields.reduce((sum, [flag, length]) => (flag < end && (flags & flag) !== 0 ? sum + length : sum), 0);
  return { length: upTo(Infinity), at: upTo };
}
