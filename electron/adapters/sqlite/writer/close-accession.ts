import type { ClosedAccession } from '../../../core/ports/catalogue.ts';
import { accrualOf, type ActState } from './acts.ts';
import { bagFacts, type RecordedBag } from './bag-facts.ts';
import { endJob } from './jobs.ts';
import type { WriterContext } from './context.ts';
import { merkleOfAct } from './leaves.ts';
import type { ItemProposer } from './propose-items.ts';

const SENTINELS = 5;
/** A sentinel is read in full to tell whether a location is itself. */
const SENTINEL_MAX_BYTES = 256 * 1024 * 1024;
const SENTINEL_MIN_BYTES = 1;

/**
 * Proposes what an interruption left open. Committed as it goes, since it can be done again: only the seal must stand
 * or fall as one.
 */
export function proposeOpenFolders(context: WriterContext, proposer: ItemProposer, act: ActState): void {
  const accrual = accrualOf(act);
  const next = context.connection.sql<{ folder_id: number }>(
    `SELECT folder_id FROM open_folders WHERE accrual_id = ? AND folder_id > ? AND recordings_proposed >= ?
     ORDER BY folder_id LIMIT 500`,
  );
  for (const pass of ['recordings', 'papers'] as const) {
    let last = 0;
    for (;;) {
      const rows = next.all(accrual.id, last, pass === 'papers' ? 1 : 0);
      if (rows.length === 0) break;
      for (const { folder_id: id } of rows)
        context.transactions.bulk(1, () =>
          proposer[pass](context.acts.use(act.id), context.folders.byId(id)),
        );
      last = rows.at(-1)?.folder_id ?? last;
    }
  }
}

/**
 * Seals the accrual and closes its act with the event that commits to all of it. An accrual to which nothing came, and
 * of which nothing was refused, is none: it is taken back, and the log does not grow.
 */
export function sealAccession(
  context: WriterContext,
  act: ActState,
  state: 'done' | 'cancelled',
  bag?: RecordedBag,
): ClosedAccession {
  const { connection, events } = context;
  const accrual = accrualOf(act);
  const now = Date.now();
  endJob(connection, act.jobId, state, now);
  if (accrual.number > 1 && act.tally.files + act.tally.problems + act.tally.refused === 0) {
    connection.sql('DELETE FROM accruals WHERE id = ?').run(accrual.id);
    connection
      .sql('UPDATE acts SET closed_at = ?, tally = ? WHERE id = ?')
      .run(now, JSON.stringify(act.tally), act.id);
    context.acts.closed(act.id);
    return { tally: { ...act.tally }, accrual: accrual.number - 1 };
  }
  const locations = connection
    .sql<{ id: number }>(
      'SELECT DISTINCT location_id AS id FROM accession_roots WHERE accession_id = ? ORDER BY id',
    )
    .all(accrual.accessionId)
    .map(({ id }) => id);
  for (const id of locations) chooseSentinels(context, id);
  const { tally } = act;
  const incomplete = state === 'cancelled' || tally.problems + tally.refused > 0;
  const further = connection.sql<{ json: string }>('SELECT further_digests AS json FROM archive').get();
  const seq = events.append(
    {
      type: 'accession',
      outcome: incomplete ? 'warning' : 'success',
      agentId: act.agentId,
      actId: act.id,
      links: [
        { kind: 'accession', id: accrual.accessionId },
        { kind: 'accrual', id: accrual.id },
        ...(accrual.collectionId === null ? [] : [{ kind: 'collection', id: accrual.collectionId }]),
        ...locations.map((id) => ({ kind: 'location', id })),
        ...(bag === undefined ? [] : [{ kind: 'location', id: bag.locationId }]),
      ],
      facts: {
        accession: accrual.accessionId,
        accrual: accrual.number,
        state,
        digests: ['sha256', ...(JSON.parse(further?.json ?? '[]') as string[])],
        counts: { ...tally },
        ...(bag && { bag: bagFacts(bag) }),
      },
      merkle: merkleOfAct(connection, act.id),
      details: {
        note:
          `Accession ${accrual.accessionNumber}, accrual ${accrual.number}: ` +
          (state === 'cancelled' ? 'cancelled; what had been taken stays in custody' : 'taken into custody') +
          ` (${tally.files} files, ${tally.bytes} bytes, ${tally.problems} problems, ${tally.refused} refused)`,
        number: accrual.accessionNumber,
        title: accrual.accessionTitle,
      },
    },
    now,
  );
  connection
    .sql('UPDATE acts SET closed_at = ?, event_seq = ?, tally = ? WHERE id = ?')
    .run(now, seq, JSON.stringify(tally), act.id);
  connection.sql('UPDATE accruals SET sealed_at = ? WHERE id = ?').run(now, accrual.id);
  context.acts.closed(act.id);
  return { tally: { ...tally }, accrual: accrual.number };
}

/** Files by which a location is known; those of the smallest digests, which lie anywhere and are the same next time. */
export function chooseSentinels({ connection }: WriterContext, locationId: number): void {
  if (
    connection.sql('SELECT 1 FROM location_sentinels WHERE location_id = ? LIMIT 1').get(locationId) !==
    undefined
  )
    return;
  const chosen = connection
    .sql<{ path: Buffer; size: number; sha256: Buffer }>(
      `SELECT DISTINCT CASE WHEN length(f.path) = 0 THEN r.name ELSE CAST(f.path || x'2f' || r.name AS BLOB) END AS path,
         o.size, o.sha256
       FROM objects o CROSS JOIN replicas r ON r.object_id = o.id CROSS JOIN folders f ON f.id = r.folder_id
       WHERE f.location_id = ? AND o.size BETWEEN ? AND ?
       ORDER BY o.sha256, path LIMIT ?`,
    )
    .all(locationId, SENTINEL_MIN_BYTES, SENTINEL_MAX_BYTES, SENTINELS * 4);
  const insert = connection.sql(
    'INSERT INTO location_sentinels (location_id, path, size, sha256) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
  );
  let count = 0;
  let previous: Buffer | undefined;
  for (const { path, size, sha256 } of chosen) {
    // Copies of one content vouch for no more than one of them.
    if (count === SENTINELS || previous?.equals(sha256) === true) continue;
    insert.run(locationId, path, size, sha256);
    previous = sha256;
    count++;
  }
}
