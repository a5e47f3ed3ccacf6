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
const OUTCOMES = `
  SELECT a.ordinal, a.outcome, a.replica_id, o.sha256, p.salt, p.path, p.code
  FROM act_outcomes a LEFT JOIN replicas r ON r.id = a.replica_id
    LEFT JOIN removed_replicas d ON r.id IS NULL AND d.id = a.replica_id
    LEFT JOIN objects o ON o.id = coalesce(r.object_id, d.object_id) LEFT JOIN problems p ON p.id = a.problem_id
  WHERE a.act_id = ? AND a.ordinal > ? ORDER BY a.ordinal LIMIT ${SLICE}`;

/** Commits to what became of every file of an act, in the order in which it was recorded. */
export function merkleOfAct(connection: Connection, actId: number): NonNullable<EventBody['merkle']> {
  const tree = new MerkleAccumulator();
  const next = connection.sql<OutcomeRow>(OUTCOMES);
  let last = -1;
  for (let rows = next.all(actId, last); rows.length > 0; rows = next.all(actId, last)) {
    for (const row of rows) tree.add(leafOf(row));
    last = rows.at(-1)?.ordinal ?? last;
  }
  return { root: tree.root().toString('hex'), leaves: tree.size };
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
