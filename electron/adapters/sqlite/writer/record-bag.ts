import { dueDay } from '../../../../shared/domain/overdue.ts';
import { baseName, joinRaw, parentOf, utf8Path, type RawPath } from '../../../../shared/domain/path.ts';
import type { FilesRead } from '../../../core/ports/catalogue.ts';
import type { ActState } from './acts.ts';
import type { WriterContext } from './context.ts';
import type { FileRecorder } from './record-files.ts';
import { keptReading } from './staged-files.ts';

const SLICE = 500;

export interface StagedCopy {
  readonly path: string;
  readonly object_id: number | null;
  readonly size: number;
  readonly reading: Buffer | null;
  readonly copy_mtime_ns: bigint;
  readonly copy_ctime_ns: bigint;
  readonly copy_inode: bigint;
  readonly read_back_at: bigint;
}

export interface StagedBag {
  readonly accrual_id: number;
  readonly location_id: number;
  readonly path: Buffer;
  readonly octets: number;
  readonly files: number;
  readonly direct: number;
  readonly tag_files: string | null;
}

export function stagedBag({ connection }: WriterContext, actId: number): StagedBag {
  const bag = connection
    .sql<StagedBag>(
      'SELECT accrual_id, location_id, path, octets, files, direct, tag_files FROM staged_bags WHERE act_id = ?',
    )
    .get(actId);
  if (bag === undefined) throw new Error(`act ${actId} fills no bag`);
  return bag;
}

/**
 * Records the next files of a bag that stands in its place; those of an interrupted run are left as they are.
 * @returns the path to go on after; undefined when all are recorded
 */
export function recordBagSlice(
  context: WriterContext,
  recorder: FileRecorder,
  act: ActState,
  after: string,
): string | undefined {
  const bag = stagedBag(context, act.id);
  const { rows, next } = stagedCopies(context, act.id, after);
  const data = joinRaw(bag.path as Uint8Array as RawPath, utf8Path('data'));
  let batch: (FilesRead & { files: FilesRead['files'][number][] }) | undefined;
  const flush = (): void => {
    if (batch !== undefined) recorder.record(act, batch);
    batch = undefined;
  };
  for (const row of rows) {
    const path = joinRaw(data, utf8Path(row.path));
    const folder = parentOf(path);
    const stamp = {
      size: BigInt(row.size),
      mtimeNs: row.copy_mtime_ns,
      ctimeNs: row.copy_ctime_ns,
      inode: row.copy_inode,
    };
    const at = Number(row.read_back_at);
    if (row.reading === null) {
      recordReplica(context, act, bag, folder, baseName(path), { ...row, stamp, at });
      continue;
    }
    if (batch === undefined || Buffer.compare(batch.folder, folder) !== 0) {
      flush();
      const { accrual_id: accrualId, location_id: locationId } = bag;
      batch = { actId: act.id, accrualId, locationId, folder, files: [] };
    }
    const outcome = { ...keptReading(row.reading), stamp };
    batch.files.push({ name: baseName(path), outcome, verifiedAt: at });
  }
  flush();
  return next;
}

/** The next copies that were read back and found equal; `next`: the path to go on after, undefined at the end. */
export function stagedCopies(
  { connection }: WriterContext,
  actId: number,
  after: string,
): { readonly rows: readonly StagedCopy[]; readonly next: string | undefined } {
  const rows = connection
    .sql<StagedCopy>(
      `SELECT path, CAST(object_id AS REAL) AS object_id, CAST(size AS REAL) AS size, reading, copy_mtime_ns, copy_ctime_ns,
         copy_inode, read_back_at
       FROM staged_files WHERE act_id = ? AND path > ? AND read_back_at IS NOT NULL ORDER BY path LIMIT ${SLICE}`,
    )
    .safeIntegers(true)
    .all(actId, after);
  return { rows, next: rows.length < SLICE ? undefined : rows.at(-1)?.path };
}

/** A further copy of what is in custody already, read back and found equal. */
function recordReplica(
  context: WriterContext,
  act: ActState,
  bag: StagedBag,
  folderPath: RawPath,
  name: Uint8Array,
  copy: Pick<StagedCopy, 'object_id' | 'size'> & {
    readonly stamp: { readonly mtimeNs: bigint; readonly ctimeNs: bigint; readonly inode: bigint };
    readonly at: number;
  },
): void {
  const { connection, counters } = context;
  const folder = context.folders.at(bag.location_id, folderPath);
  const { stamp, at, size } = copy;
  const inserted = connection
    .sql(
      `INSERT INTO replicas (object_id, folder_id, accrual_id, name, size, mtime_ns, ctime_ns, inode, outcome, checked_at, verified_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'intact', ?, ?) ON CONFLICT DO NOTHING`,
    )
    .run(
      copy.object_id,
      folder.id,
      bag.accrual_id,
      name,
      size,
      stamp.mtimeNs,
      stamp.ctimeNs,
      stamp.inode,
      at,
      at,
    );
  if (inserted.changes === 0) return;
  const duration =
    connection
      .sql<{ ms: number | null }>('SELECT duration_ms AS ms FROM technical_metadata WHERE object_id = ?')
      .get(copy.object_id)?.ms ?? 0;
  counters.add('total', 'replicas', 1, size, duration);
  counters.add('location', String(bag.location_id), 1, size, duration);
  counters.add('outcome', 'intact', 1, size, duration);
  counters.add('verified', String(dueDay(at, at)), 1, size, duration);
  context.sawCheck();
  context.nowTracked(folder.id, name);
  connection
    .sql(`INSERT INTO act_outcomes (act_id, ordinal, replica_id, outcome) VALUES (?, ?, ?, 'replicated')`)
    .run(act.id, act.nextOrdinal++, Number(inserted.lastInsertRowid));
  act.tally.files++;
  act.tally.bytes += size;
  act.changed = true;
}
