import type { ReplicaHistory, ReplicaStep } from '../../../../shared/contract/replica-history.ts';
import { publicId } from '../../../../shared/domain/ids.ts';
import type { Connection } from '../connection.ts';
import { time, valueIf } from './rows.ts';

/** Outcomes that are looked through for the checks of one replica: they have no index by replica, which would double the record. */
const MOST_LOOKED_THROUGH = 2_000_000;
const MOST_CHECKS = 200;

interface Custody {
  readonly at: number;
  readonly act_id: number | null;
  readonly accession_id: number;
  readonly number: string;
  readonly location_id: number;
  readonly verified_at: number | null;
}

/** What happened to a replica, newest first; undefined where none in custody has this number. */
export function replicaHistory(connection: Connection, id: number): ReplicaHistory | undefined {
  const custody = connection
    .sql<Custody>(
      `SELECT c.opened_at AS at, c.act_id, a.id AS accession_id, a.number, f.location_id, r.verified_at
       FROM replicas r JOIN accruals c ON c.id = r.accrual_id JOIN accessions a ON a.id = c.accession_id
         JOIN folders f ON f.id = r.folder_id WHERE r.id = ?`,
    )
    .get(id);
  if (custody === undefined) return undefined;
  const found = findingsOf(connection, id);
  const { checks, isWhole } = checksOf(connection, id, custody, found.acts);
  const dated = [
    ...found.steps,
    ...checks,
    ...asideOf(connection, id),
    ...attestedOf(connection, id),
    {
      ms: custody.at,
      step: {
        what: 'custody',
        id: publicId('accession', custody.accession_id),
        as: custody.number,
      } as const,
    },
  ];
  const rows = dated.sort((a, b) => b.ms - a.ms).map(({ ms, step }) => ({ ...step, at: time(ms) }));
  return { replica: publicId('replica', id), rows, isWhole };
}

interface Dated {
  /** Since 1970. */
  readonly ms: number;
  readonly step: Omit<ReplicaStep, 'at'>;
}

interface FindingRow {
  readonly id: number;
  readonly act_id: number;
  readonly outcome: string;
  readonly opened_at: number;
  readonly resolved_at: number | null;
  readonly resolution: string | null;
  readonly reason: string | null;
  readonly resolver: string | null;
}

function findingsOf(connection: Connection, id: number): { steps: Dated[]; acts: ReadonlySet<number> } {
  const rows = connection
    .sql<FindingRow>(
      `SELECT n.id, n.act_id, n.outcome, n.opened_at, n.resolved_at, n.resolution, n.reason, a.name AS resolver
       FROM findings n LEFT JOIN agents a ON a.id = n.resolved_by WHERE n.replica_id = ? ORDER BY n.opened_at`,
    )
    .all(id);
  const steps = rows.flatMap((row): Dated[] => {
    const finding = publicId('finding', row.id);
    return [
      { ms: row.opened_at, step: { what: 'finding', outcome: row.outcome, id: finding } },
      ...(row.resolved_at === null
        ? []
        : [
            {
              ms: row.resolved_at,
              step: {
                what: 'resolved',
                id: finding,
                as: row.resolution ?? '',
                ...valueIf('by', row.resolver),
                ...valueIf('reason', row.reason),
              } as const,
            },
          ]),
    ];
  });
  // What the acts that opened them found of it stands there already.
  return { steps, acts: new Set(rows.map((row) => row.act_id)) };
}

interface ActRow {
  readonly id: number;
  readonly closed_at: number;
  readonly outcomes: number;
}

function checksOf(
  connection: Connection,
  id: number,
  custody: Custody,
  told: ReadonlySet<number>,
): { checks: Dated[]; isWhole: boolean } {
  const acts = connection
    .sql<ActRow>(
      `SELECT a.id, a.closed_at, coalesce(r.checked, 0) AS outcomes FROM acts a LEFT JOIN runs r ON r.act_id = a.id
       WHERE a.closed_at IS NOT NULL AND a.id > ? AND a.kind IN ('audit', 'rescan', 'replication', 'succession')
         AND coalesce(r.location_id, ?) = ? ORDER BY a.id DESC`,
    )
    .all(custody.act_id ?? 0, custody.location_id, custody.location_id);
  const outcomeIn = connection
    .sql<string>('SELECT outcome FROM act_outcomes WHERE act_id = ? AND replica_id = ? LIMIT 1')
    .pluck(true);
  const checks: Dated[] = [];
  let lookedThrough = 0;
  let isWhole = true;
  for (const act of acts) {
    if (checks.length === MOST_CHECKS || lookedThrough > MOST_LOOKED_THROUGH) {
      isWhole = false;
      break;
    }
    lookedThrough += act.outcomes;
    const outcome = told.has(act.id) ? undefined : outcomeIn.get(act.id, id);
    if (outcome === undefined) continue;
    checks.push({
      ms: act.closed_at,
      step:
        outcome === 'replicated' || outcome === 'repackaged'
          ? { what: outcome === 'replicated' ? 'copied' : 'repackaged' }
          : { what: 'check', outcome, id: publicId('run', act.id) },
    });
  }
  const oldest = checks.at(-1)?.ms ?? Infinity;
  if (!isWhole && custody.verified_at !== null && custody.verified_at < oldest)
    checks.push({ ms: custody.verified_at, step: { what: 'check', outcome: 'intact' } });
  return { checks, isWhole };
}

function asideOf(connection: Connection, id: number): Dated[] {
  return connection
    .sql<{ finding_id: number; at: number; released_at: number | null }>(
      'SELECT finding_id, at, released_at FROM quarantined WHERE replica_id = ?',
    )
    .all(id)
    .flatMap(({ finding_id, at, released_at }): Dated[] => {
      const finding = publicId('finding', finding_id);
      return [
        { ms: at, step: { what: 'set aside', id: finding } },
        ...(released_at === null
          ? []
          : [{ ms: released_at, step: { what: 'left quarantine', id: finding } as const }]),
      ];
    });
}

function attestedOf(connection: Connection, id: number): Dated[] {
  return connection
    .sql<{ outcome: string; attested_by: string; attested_on: string }>(
      `SELECT t.outcome, a.attested_by, a.attested_on FROM attested_replicas t JOIN attestations a ON a.act_id = t.act_id
       WHERE t.replica_id = ?`,
    )
    .all(id)
    .map(({ outcome, attested_by, attested_on }) => ({
      ms: Date.parse(attested_on),
      step: { what: 'attested', outcome, by: attested_by },
    }));
}
