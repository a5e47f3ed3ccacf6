import type { ClosedAccession } from '../../../core/ports/catalogue.ts';
import type { VirusCheckOfAct } from '../../../core/ports/virus-scanner.ts';
import { displayPath, rawPath } from '../../../../shared/domain/path.ts';
import type { ProblemCode } from '../../../../shared/domain/problem-codes.ts';
import { accrualOf, type ActState } from './acts.ts';
import { bagFacts, type RecordedBag } from './bag-facts.ts';
import { counted } from './counted.ts';
import { endJob } from './jobs.ts';
import type { WriterContext } from './context.ts';
import { merkleOfAct } from './leaves.ts';
import type { ItemProposer } from './propose-items.ts';

const SENTINELS = 5;
/** Among how many they are looked for: enough to meet the folders of a large location, few enough to be read at once. */
const SENTINEL_CANDIDATES = 500;
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
  {
    bag,
    viruses,
    remark,
  }: {
    readonly bag?: RecordedBag | undefined;
    readonly viruses?: VirusCheckOfAct | undefined;
    readonly remark?: string | undefined;
  } = {},
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
  if (viruses !== undefined) recordVirusCheck(context, act, viruses, now);
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
          ` (${counted(tally.files, 'file')}, ${counted(tally.bytes, 'byte')}, ` +
          `${counted(tally.problems, 'problem')}, ${tally.refused} refused)${remark === undefined ? '' : `; ${remark}`}`,
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

/** Files with a virus that the event names; the problems of its job are all of them. */
const MOST_NAMED = 5;

/** What was shown to a virus scanner, and what it found; or that it was asked for and could not be done. */
function recordVirusCheck(
  { connection, events }: WriterContext,
  act: ActState,
  viruses: VirusCheckOfAct,
  now: number,
): void {
  const accrual = accrualOf(act);
  const links = [
    { kind: 'accession', id: accrual.accessionId },
    { kind: 'accrual', id: accrual.id },
  ];
  const base = { type: 'virus check', agentId: act.agentId, actId: act.id, links } as const;
  const of = `Accession ${accrual.accessionNumber}, accrual ${String(accrual.number)}: `;
  if ('reason' in viruses) {
    const note = `${of}no file was looked at for viruses, though the policy asks for it (${viruses.reason})`;
    events.append({ ...base, outcome: 'fail', facts: { checked: 0 }, details: { note } }, now);
    return;
  }
  const count = (code: ProblemCode): number =>
    connection
      .sql<number>('SELECT count(*) FROM problems WHERE act_id = ? AND code = ?')
      .pluck(true)
      .get(act.id, code) ?? 0;
  const [found, notChecked] = [count('virus_found'), count('virus_not_checked')];
  // What was taken in before an interruption is vouched for by nobody: it may have been without a scanner.
  const before = Math.max(0, act.tally.files - viruses.looked - notChecked);
  const infected = connection
    .sql<Buffer>(
      `SELECT path FROM problems WHERE act_id = ? AND code = 'virus_found' ORDER BY id LIMIT ${MOST_NAMED}`,
    )
    .pluck(true)
    .all(act.id)
    .map((path) => displayPath(rawPath(path)));
  const more = found > infected.length ? ` and ${String(found - infected.length)} more` : '';
  const where = found === 0 ? '' : ` (${infected.join(', ')}${more})`;
  const tail = before === 0 ? '' : `; ${String(before)} were taken in before the accession was interrupted`;
  events.append(
    {
      ...base,
      outcome: found > 0 ? 'fail' : notChecked + before > 0 ? 'warning' : 'success',
      facts: { scanner: viruses.scanner, checked: viruses.looked, found, notChecked, before },
      details: {
        note: `${of}${String(viruses.looked)} files looked at by ${viruses.scanner}, ${String(found)} with a virus${where}, ${String(notChecked)} could not be looked at${tail}`,
      },
    },
    now,
  );
}

/**
 * Files by which a location is known: those of the smallest digests, which are the same next time, a folder each as far as there are so
 * many folders. A part of it that is not mounted must not take all of them along.
 */
export function chooseSentinels({ connection }: WriterContext, locationId: number): void {
  if (
    connection.sql('SELECT 1 FROM location_sentinels WHERE location_id = ? LIMIT 1').get(locationId) !==
    undefined
  )
    return;
  const candidates = connection
    .sql<{ folder: number; path: Buffer; size: number; sha256: Buffer }>(
      `SELECT DISTINCT f.id AS folder, CASE WHEN length(f.path) = 0 THEN r.name ELSE CAST(f.path || x'2f' || r.name AS BLOB) END AS path,
         o.size, o.sha256
       FROM objects o CROSS JOIN replicas r ON r.object_id = o.id CROSS JOIN folders f ON f.id = r.folder_id
       WHERE f.location_id = ? AND o.size BETWEEN ? AND ?
       ORDER BY o.sha256, path LIMIT ${SENTINEL_CANDIDATES}`,
    )
    .all(locationId, SENTINEL_MIN_BYTES, SENTINEL_MAX_BYTES);
  const ofFolder = new Map<number, number>();
  let previous: Buffer | undefined;
  const chosen = candidates
    .filter(({ sha256 }) => {
      // Copies of one content vouch for no more than one of them.
      const isCopy = previous?.equals(sha256) === true;
      previous = sha256;
      return !isCopy;
    })
    .map((file) => {
      const turn = ofFolder.get(file.folder) ?? 0;
      ofFolder.set(file.folder, turn + 1);
      return { ...file, turn };
    })
    .sort((a, b) => a.turn - b.turn)
    .slice(0, SENTINELS);
  const insert = connection.sql(
    'INSERT INTO location_sentinels (location_id, path, size, sha256) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
  );
  for (const { path, size, sha256 } of chosen) insert.run(locationId, path, size, sha256);
}
