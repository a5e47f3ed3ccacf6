import { hash } from 'node:crypto';
import { MerkleAccumulator } from '../../../core/events/merkle.ts';
import type { EventBody } from '../../../core/events/chain.ts';
import type { Connection } from '../connection.ts';

interface OutcomeRow {
  readonly ordinal: number;
  readonly outcome: string;
  readonly replica_id: number | null;
  readonly sha256: Buffer | null;
  readonly salt: Buffer | null;
  readonly path: Buffer | null;
  readonly code: string | null;
}

const SLICE = 5_000;

/**
 * An outcome is of the content that was expected when the act closed: where a person has accepted another one since, the former
 * baseline tells. Only where there are any, since that is asked of every row.
 */
const THEN = `(SELECT b.object_id FROM former_baselines b
   WHERE b.replica_id = a.replica_id AND b.until_event >= (SELECT event_seq FROM acts WHERE id = a.act_id)
   ORDER BY b.until_event, b.id LIMIT 1)`;

function outcomesSql(anyFormer: boolean): string {
  const objectId = `coalesce(${anyFormer ? `${THEN}, ` : ''}r.object_id, d.object_id)`;
  return `SELECT a.ordinal, a.outcome, a.replica_id, o.sha256, p.salt, p.path, p.code
    FROM act_outcomes a LEFT JOIN replicas r ON r.id = a.replica_id
      LEFT JOIN removed_replicas d ON r.id IS NULL AND d.id = a.replica_id
      LEFT JOIN objects o ON o.id = ${objectId} LEFT JOIN problems p ON p.id = a.problem_id
    WHERE a.act_id = ? AND a.ordinal > ? ORDER BY a.ordinal LIMIT ${SLICE}`;
}

/** Commits to what became of every file of an act, in the order in which it was recorded. */
export function merkleOfAct(connection: Connection, actId: number): NonNullable<EventBody['merkle']> {
  const tree = new MerkleAccumulator();
  for (const { leaf } of leavesOfAct(connection, actId)) tree.add(leaf);
  return { root: tree.root().toString('hex'), leaves: tree.size };
}

/** What the root of an act is made over, in order; a slice in memory at a time. */
export function* leavesOfAct(
  connection: Connection,
  actId: number,
): Generator<{ readonly ordinal: number; readonly leaf: string }> {
  const anyFormer = connection.sql('SELECT 1 FROM former_baselines LIMIT 1').get() !== undefined;
  const next = connection.sql<OutcomeRow>(outcomesSql(anyFormer));
  let last = -1;
  for (let rows = next.all(actId, last); rows.length > 0; rows = next.all(actId, last)) {
    for (const row of rows) yield { ordinal: row.ordinal, leaf: leafOf(row) };
    last = rows.at(-1)?.ordinal ?? last;
  }
}

/**
 * The canonical JSON (RFC 8785) of {outcome, ordinal, replica?, sha256?, commitment?}, its keys in order. Written out by hand:
 * a million leaves are made at once. `commitment` is SHA-256 of salt, path and code of a problem, so that the path can be
 * erased.
 */
function leafOf(row: OutcomeRow): string {
  let leaf = '{';
  if (row.salt !== null && row.path !== null)
    leaf += `"commitment":"${hash('sha256', Buffer.concat([row.salt, row.path, Buffer.from(row.code ?? '')]), 'hex')}",`;
  leaf += `"ordinal":${row.ordinal},"outcome":${JSON.stringify(row.outcome)}`;
  if (row.replica_id !== null) leaf += `,"replica":${row.replica_id}`;
  if (row.sha256 !== null) leaf += `,"sha256":"${row.sha256.toString('hex')}"`;
  return `${leaf}}`;
}
