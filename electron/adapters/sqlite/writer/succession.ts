import { baseName, joinRaw, parentOf, utf8Path, type RawPath } from '../../../../shared/domain/path.ts';
import type { OpenedSuccession, SuccessionWriter } from '../../../core/ports/succession.ts';
import { editionOf } from '../../../../shared/domain/bag-path.ts';
import { payloadBounds, successorPath } from '../successions.ts';
import type { ActState } from './acts.ts';
import { openedBag } from './bag-acts.ts';
import { bagFacts, keptIn, type RecordedBag } from './bag-facts.ts';
import { chooseSentinels } from './close-accession.ts';
import { dropStagedBag, insertBag } from './close-bag.ts';
import type { WriterContext } from './context.ts';
import { counted } from './counted.ts';
import { recordDecision } from './decisions.ts';
import { refuseDeaccessioned } from './held-objects.ts';
import { refreshItemsOfAct } from './item-facts.ts';
import { merkleOfAct } from './leaves.ts';
import { stagedBag, stagedCopies, type StagedBag, type StagedCopy } from './record-bag.ts';
import type { FileRecorder } from './record-files.ts';
import { keptReading } from './staged-files.ts';
import { verifyReplica } from './verified-replica.ts';

type Methods = {
  [Name in keyof SuccessionWriter]: (
    ...args: Parameters<SuccessionWriter[Name]>
  ) => Awaited<ReturnType<SuccessionWriter[Name]>>;
};

/** Bags that succeed others, as the writer's thread serves them. */
export function successionMethods(context: WriterContext, files: FileRecorder): Methods {
  const { transactions, acts } = context;
  return {
    openSuccession: (...args) => transactions.single(() => openSuccession(context, ...args)),
    recordSuccessorSlice: (actId, decisionActId, after) =>
      transactions.bulk(500, () =>
        recordSuccessorSlice(
          context,
          files,
          { act: acts.use(actId), decision: acts.use(decisionActId) },
          after,
        ),
      ),
    closeSuccession(actId, state) {
      acts.use(actId);
      transactions.single(() => closeSuccession(context, acts.use(actId), state));
    },
  };
}

interface Superseded {
  readonly id: number;
  readonly accrualId: number;
  readonly locationId: number;
  readonly path: RawPath;
  /** Hex SHA-256 of its tag manifest. */
  readonly sealedBy: string | null;
}

const SUPERSEDED = `
  SELECT b.id, b.accrual_id AS accrualId, b.location_id AS locationId, b.path,
    (SELECT lower(hex(t.sha256)) FROM bag_tag_files t WHERE t.bag_id = b.id AND t.name = CAST('tagmanifest-sha256.txt' AS BLOB)) AS sealedBy
  FROM bags b`;

function openSuccession(context: WriterContext, jobId: number, bagId: number): OpenedSuccession {
  const { connection } = context;
  const bag = connection.sql<Superseded>(`${SUPERSEDED} WHERE b.id = ?`).get(bagId);
  if (bag === undefined) throw new Error(`there is no bag ${bagId}`);
  const open = connection
    .sql<{ id: number }>(
      `SELECT a.id FROM acts a JOIN staged_bags s ON s.act_id = a.id
       WHERE a.job_id = ? AND a.kind = 'succession' AND a.closed_at IS NULL AND s.accrual_id = ? AND s.location_id = ?`,
    )
    .get(jobId, bag.accrualId, bag.locationId);
  if (open !== undefined) context.acts.reopen(open.id);
  const actId = open?.id ?? beginSuccession(context, jobId, bag);
  const opened = openedBag(context, actId, jobId);
  const archive = connection.sql<string>('SELECT id FROM archive').pluck(true).get() ?? '';
  return { ...opened, bagId, edition: editionOf(opened.path, archive, opened.accession) };
}

function beginSuccession({ connection }: WriterContext, jobId: number, bag: Superseded): number {
  const accessionId = connection
    .sql<number>('SELECT accession_id FROM accruals WHERE id = ?')
    .pluck(true)
    .get(bag.accrualId);
  refuseDeaccessioned(connection, accessionId ?? 0);
  const actId = Number(
    connection
      .sql(`INSERT INTO acts (kind, job_id, opened_at) VALUES ('succession', ?, ?)`)
      .run(jobId, Date.now()).lastInsertRowid,
  );
  connection
    .sql('INSERT INTO staged_bags (act_id, accrual_id, location_id, path) VALUES (?, ?, ?, ?)')
    .run(actId, bag.accrualId, bag.locationId, successorPath(connection, bag));
  return actId;
}

/** The bag that a staged one succeeds; to be called before that one is recorded. */
function supersededBy({ connection }: WriterContext, bag: StagedBag): Superseded {
  const found = connection
    .sql<Superseded>(`${SUPERSEDED} WHERE b.accrual_id = ? AND b.location_id = ? ORDER BY b.id DESC LIMIT 1`)
    .get(bag.accrual_id, bag.location_id);
  if (found === undefined) throw new Error('a successor succeeds no bag');
  return found;
}

interface BothActs {
  readonly act: ActState;
  readonly decision: ActState;
}

/** What an interrupted run has recorded is not found under the bag before any more, and left as it is. */
function recordSuccessorSlice(
  context: WriterContext,
  files: FileRecorder,
  acts: BothActs,
  after: string,
): string | undefined {
  const staged = stagedBag(context, acts.act.id);
  const before = supersededBy(context, staged);
  const replicaAt = context.connection
    .sql<number>(
      `SELECT r.id FROM folders f CROSS JOIN replicas r ON r.folder_id = f.id
       WHERE f.location_id = ? AND f.path = ? AND r.name = ?`,
    )
    .pluck(true);
  const { rows, next } = stagedCopies(context, acts.act.id, after);
  for (const row of rows) {
    const was = inPayload(before.path, row.path);
    const replicaId = replicaAt.get(
      before.locationId,
      Buffer.from(parentOf(was)),
      Buffer.from(baseName(was)),
    );
    if (replicaId === undefined) continue;
    if (row.reading !== null) accept(context, files, acts.decision, replicaId, row.reading);
    const to = inPayload(staged.path as Uint8Array as RawPath, row.path);
    moveToSuccessor(context, acts.act, { replicaId, locationId: before.locationId, to, row });
  }
  return next;
}

function inPayload(bag: RawPath, path: string): RawPath {
  return joinRaw(joinRaw(bag, utf8Path('data')), utf8Path(path));
}

/** While it is still expected where it was: that is what its former baseline tells. */
function accept(
  context: WriterContext,
  files: FileRecorder,
  decision: ActState,
  replicaId: number,
  reading: Buffer,
): void {
  const findingId = context.connection
    .sql<number>(
      `SELECT n.id FROM findings n JOIN finding_steps s ON s.finding_id = n.id
       WHERE n.replica_id = ? AND s.act_id = ? AND n.resolved_at IS NULL`,
    )
    .pluck(true)
    .get(replicaId, decision.id);
  if (findingId === undefined)
    throw new Error(`rep-${replicaId} is accepted for no finding of act ${decision.id}`);
  recordDecision(context, files, decision, { findingId, became: 'accepted', reading: keptReading(reading) });
}

function moveToSuccessor(
  context: WriterContext,
  act: ActState,
  move: {
    readonly replicaId: number;
    readonly locationId: number;
    readonly to: RawPath;
    readonly row: StagedCopy;
  },
): void {
  const { connection } = context;
  const { replicaId, to, row } = move;
  const folder = context.folders.at(move.locationId, parentOf(to));
  connection.sql('UPDATE replicas SET folder_id = ? WHERE id = ?').run(folder.id, replicaId);
  context.nowTracked(folder.id, baseName(to));
  const stamp = {
    size: BigInt(row.size),
    mtimeNs: row.copy_mtime_ns,
    ctimeNs: row.copy_ctime_ns,
    inode: row.copy_inode,
  };
  verifyReplica(context, replicaId, stamp, Number(row.read_back_at));
  connection
    .sql(`INSERT INTO act_outcomes (act_id, ordinal, replica_id, outcome) VALUES (?, ?, ?, 'repackaged')`)
    .run(act.id, act.nextOrdinal++, replicaId);
  act.tally.files++;
  act.tally.bytes += row.size;
  act.changed = true;
}

function closeSuccession(context: WriterContext, act: ActState, state: 'done' | 'cancelled'): void {
  const { connection } = context;
  const now = Date.now();
  const staged = stagedBag(context, act.id);
  const before = supersededBy(context, staged);
  const made = state === 'done' ? insertBag(context, staged) : undefined;
  dropStagedBag(context, act.id);
  let seq: number | null = null;
  if (made !== undefined) {
    renewSentinels(context, before);
    refreshItemsOfAct(connection, context.counters, act.id);
    seq = appendEvent(context, act, staged, { before, made }, now);
  }
  connection
    .sql('UPDATE acts SET closed_at = ?, event_seq = ?, tally = ? WHERE id = ?')
    .run(now, seq, JSON.stringify(act.tally), act.id);
  context.acts.closed(act.id);
}

/** Files of the bag before vouch for their location no more: nobody looks after them. */
function renewSentinels(context: WriterContext, before: Superseded): void {
  const [locationId, , from, to] = payloadBounds(before);
  context.connection
    .sql('DELETE FROM location_sentinels WHERE location_id = ? AND path > ? AND path < ?')
    .run(locationId, from, to);
  chooseSentinels(context, locationId);
}

function appendEvent(
  { connection, events }: WriterContext,
  act: ActState,
  staged: StagedBag,
  { before, made }: { readonly before: Superseded; readonly made: RecordedBag },
  now: number,
): number {
  const of = keptIn(connection, staged);
  const [name, was] = [staged.path, Buffer.from(before.path)].map((path) =>
    baseName(path as Uint8Array as RawPath),
  );
  const { files, bytes } = act.tally;
  return events.append(
    {
      type: 'information package creation',
      outcome: 'success',
      agentId: act.agentId,
      actId: act.id,
      links: [
        { kind: 'accession', id: of.accession },
        { kind: 'accrual', id: staged.accrual_id },
        { kind: 'location', id: staged.location_id },
      ],
      facts: {
        accession: of.accession,
        accrual: of.accrual,
        location: staged.location_id,
        bag: bagFacts(made),
        supersedes: { id: before.id, tagManifestSha256: before.sealedBy ?? '' },
        counts: { files, bytes },
      },
      merkle: merkleOfAct(connection, act.id),
      details: {
        note:
          `Accession ${of.number}, accrual ${of.accrual}: bag ${String(name)} made at "${of.location}" for an accepted change and read back ` +
          `(${counted(files, 'file')}, ${counted(bytes, 'byte')}); it succeeds ${String(was)}, which stays as it is`,
      },
    },
    now,
  );
}
