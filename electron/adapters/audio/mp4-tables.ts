/**
 * Where the samples of one track stand (ISO/IEC 14496-12 §8.7): chunk by chunk, out of tables that are kept as they were read.
 * What they claim is never more than counted.
 */
import { viewOf } from './content.ts';

/** Samples that follow each other in the file. */
export interface Run {
  readonly offset: number;
  /** Number of its first sample within the track. */
  readonly first: number;
  readonly count: number;
  /** Bytes of one sample, where all have as many. */
  readonly size: number | undefined;
  readonly sizeOf: (sample: number) => number;
}

/** Contents of boxes, from their version on; as much as there is. */
export interface SampleTables {
  stsz?: Uint8Array;
  stz2?: Uint8Array;
  stsc?: Uint8Array;
  stco?: Uint8Array;
  co64?: Uint8Array;
}

export interface SampleSizes {
  readonly count: number;
  readonly size: number | undefined;
  readonly sizeOf: (sample: number) => number;
}

/** What about the tables cannot be right; they are not followed further. */
export class TableFault extends Error {}

function entries(table: Uint8Array, header: number, bits: number, claimed: number): number {
  const there = Math.floor(((table.length - header) * 8) / bits);
  if (claimed > there)
    throw new TableFault(`a sample table claims ${claimed} entries, and holds ${Math.max(0, there)}`);
  return claimed;
}

/** §8.7.3: one size for all, or one each of 32, 16, 8 or 4 bits. */
export function sampleSizes({ stsz, stz2 }: SampleTables): SampleSizes {
  const table = stsz ?? stz2;
  if (table === undefined || table.length < 12) throw new TableFault('sizes of samples are missing');
  const view = viewOf(table);
  const claimed = view.getUint32(8);
  const size = stsz === undefined ? 0 : view.getUint32(4);
  if (size > 0) return { count: claimed, size, sizeOf: () => size };
  const bits = stsz === undefined ? (table[7] as number) : 32;
  if (![4, 8, 16, 32].includes(bits)) throw new TableFault(`sizes of samples have ${bits} bits`);
  const sizeOf = (sample: number): number => {
    if (bits === 32) return view.getUint32(12 + sample * 4);
    if (bits === 16) return view.getUint16(12 + sample * 2);
    if (bits === 8) return view.getUint8(12 + sample);
    const pair = view.getUint8(12 + (sample >> 1));
    return sample % 2 === 0 ? pair >> 4 : pair & 15;
  };
  return { count: entries(table, 12, bits, claimed), size: undefined, sizeOf };
}

/** §8.7.4 and §8.7.5: each chunk in turn, in the order of decoding. @throws TableFault */
export function* chunkRuns(tables: SampleTables): Generator<Run, void> {
  const { count, size, sizeOf } = sampleSizes(tables);
  if (count === 0) return;
  const { stsc, co64 } = tables;
  const offsets = tables.stco ?? co64;
  if (stsc === undefined || stsc.length < 8 || offsets === undefined || offsets.length < 8) {
    throw new TableFault('places of samples are missing');
  }
  const width = tables.stco === undefined ? 8 : 4;
  const [places, groups] = [viewOf(offsets), viewOf(stsc)];
  const chunks = entries(offsets, 8, width * 8, places.getUint32(4));
  const mostGroups = entries(stsc, 8, 96, groups.getUint32(4));
  let group = -1;
  let perChunk = 0;
  let first = 0;
  for (let chunk = 1; chunk <= chunks && first < count; chunk++) {
    while (group + 1 < mostGroups && groups.getUint32(8 + (group + 1) * 12) <= chunk) group++;
    if (group < 0) throw new TableFault('chunks do not say how many samples they hold');
    perChunk = groups.getUint32(8 + group * 12 + 4);
    const at = 8 + (chunk - 1) * width;
    const offset = width === 4 ? places.getUint32(at) : Number(places.getBigUint64(at));
    if (first + perChunk > count)
      throw new TableFault(`chunks hold more samples than the ${count} that have sizes`);
    yield { offset, first, count: perChunk, size, sizeOf };
    first += perChunk;
  }
  if (first < count) throw new TableFault(`${count} samples have sizes, and ${first} of them a place`);
}
