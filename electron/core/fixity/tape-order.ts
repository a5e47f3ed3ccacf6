/** The order in which a tape is read: that in which files lie on it. Any other would have it wind to and fro, for hours, and wear. */
import type { CatalogueReader } from '../ports/catalogue.ts';
import type { Files } from '../ports/files.ts';
import type { AuditLane } from './audit-lanes.ts';

const SLICE = 2_000;
const DAY_MS = 86_400_000;

/**
 * A lane of a tape, with what it is to read in the order of the tape: by the block at which files begin, where LTFS tells it, and else
 * in the order in which they were written, by the time at which the file system last changed them: a tape only grows at its end,
 * so that what was written later lies behind. Other lanes are left as they are.
 *
 * What is read stays chosen by how long it was not verified. Where a budget may end the run before its plan (`mayEndEarly`), nobody knows
 * how far it will come: then those that were last verified on the same day are read in the tape's order, the earliest day first. Without
 * that, every such run would begin at the beginning of the tape, and never come to its end.
 */
export async function inTapeOrder(
  lane: AuditLane,
  { files, reader }: { readonly files: Files; readonly reader: CatalogueReader },
  mayEndEarly: boolean,
  signal: AbortSignal,
): Promise<AuditLane> {
  const { location, plan } = lane;
  const { ids, verifiedAt } = plan;
  if (location.isTape !== true || ids.length === 0) return lane;
  const written = new Map<number, number>();
  for (const [rank, id] of (await reader.writtenOrder(location.id)).entries()) written.set(id, rank);
  const blocks = await blocksOf(files, reader, ids, signal);
  const day = (at: number): number => (mayEndEarly ? Math.floor((verifiedAt[at] ?? -1) / DAY_MS) : 0);
  const order = Int32Array.from(ids.keys()).sort(
    (a, b) =>
      day(a) - day(b) ||
      difference(blocks[a] ?? Infinity, blocks[b] ?? Infinity) ||
      difference(written.get(ids[a] ?? 0) ?? Infinity, written.get(ids[b] ?? 0) ?? Infinity),
  );
  return {
    ...lane,
    plan: {
      ids: order.map((at) => ids[at] ?? 0),
      // As long unverified as its longest: a tape that was begun is not to wait for disks.
      verifiedAt: new Float64Array(ids.length).fill(
        verifiedAt.reduce((least, time) => Math.min(least, time)),
      ),
    },
  };
}

/** Infinity less Infinity is no number. */
function difference(a: number, b: number): number {
  return a === b ? 0 : a - b;
}

/** In the order of `ids`; Infinity where nobody tells. Where none of the first is told, none of the others is asked for. */
async function blocksOf(
  files: Files,
  reader: CatalogueReader,
  ids: Int32Array,
  signal: AbortSignal,
): Promise<Float64Array> {
  const places = new Map(Array.from(ids, (id, at) => [id, at]));
  const blocks = new Float64Array(ids.length).fill(Infinity);
  for (let from = 0; from < ids.length && !signal.aborted; from += SLICE) {
    const checks = await reader.plannedChecks(ids.slice(from, from + SLICE));
    const told = await files.tapeBlocks(
      checks.map(({ path }) => path),
      signal,
    );
    if (told.every((block) => block === undefined)) break;
    for (const [at, block] of told.entries())
      if (block !== undefined) blocks[places.get(checks[at]?.replicaId ?? -1) ?? -1] = block;
  }
  return blocks;
}
