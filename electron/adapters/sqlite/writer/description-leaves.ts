import { hash } from 'node:crypto';
import { MerkleAccumulator } from '../../../core/events/merkle.ts';
import type { EventBody } from '../../../core/events/chain.ts';
import type { Connection } from '../connection.ts';

/** One value as it was written. */
interface WrittenValue {
  readonly row: number;
  readonly entity: string;
  readonly id: number;
  readonly field: string;
  readonly value: string;
  readonly salt: Uint8Array;
}

const SLICE = 5_000;

/**
 * The canonical JSON (RFC 8785) of {commitment, entity, field, id, row}, its keys in order. `commitment` is SHA-256 of salt and
 * value, so that the value can be erased.
 */
export function descriptionLeaf({ row, entity, id, field, value, salt }: WrittenValue): string {
  const commitment = hash('sha256', Buffer.concat([salt, Buffer.from(value)]), 'hex');
  return `{"commitment":"${commitment}","entity":"${entity}","field":"${field}","id":${id},"row":${row}}`;
}

/** What the event of an edit commits to, made anew; undefined for an event of none. */
export function merkleOfEdit(
  connection: Connection,
  eventSeq: number,
): NonNullable<EventBody['merkle']> | undefined {
  const edit = connection
    .sql<{ id: number }>('SELECT id FROM description_edits WHERE event_seq = ?')
    .get(eventSeq);
  if (edit === undefined) return undefined;
  const tree = new MerkleAccumulator();
  const next = connection.sql<WrittenValue>(
    `SELECT d.id AS row, d.entity, coalesce(d.written_of, d.entity_id) AS id, d.field, d.value, coalesce(d.salt, x'') AS salt
     FROM descriptions d WHERE d.edit_id = ? AND d.id > ? ORDER BY d.id LIMIT ${SLICE}`,
  );
  let last = 0;
  for (let rows = next.all(edit.id, last); rows.length > 0; rows = next.all(edit.id, last)) {
    for (const row of rows) tree.add(descriptionLeaf(row));
    last = rows.at(-1)?.row ?? last;
  }
  return { root: tree.root().toString('hex'), leaves: tree.size };
}
