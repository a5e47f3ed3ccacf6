import { dueDay } from '../../../../shared/domain/overdue.ts';
import { displayPath, type RawPath } from '../../../../shared/domain/path.ts';
import type { FileReading } from '../../../core/ports/readings.ts';
import type { ActState } from './acts.ts';
import type { WriterContext } from './context.ts';
import { refreshWords } from './described-words.ts';
import { letGoOfObject } from './held-objects.ts';
import { ItemEdit } from './item-edit.ts';
import { withoutExtension } from './propose-items.ts';
import type { FileRecorder } from './record-files.ts';
import { keepFormerBaseline, requireReplica, type ReplicaRow } from './verified-replica.ts';

/**
 * What was read now becomes the content of a replica. Like what an accession takes in it is not verified yet: the next audit
 * compares it for the first time. The content that it was stays with its digests; an item keeps it as a part for as long as
 * the accession holds another copy of it, and has the new one beside it.
 */
export function acceptContent(
  context: WriterContext,
  files: FileRecorder,
  act: ActState,
  accepted: { readonly findingId: number; readonly replicaId: number; readonly reading: FileReading },
): void {
  const { connection, counters } = context;
  const { replicaId, reading } = accepted;
  const before = requireReplica(connection, replicaId);
  keepFormerBaseline(context, act.id, accepted.findingId, before);
  const { objectId, duration } = files.content(act, reading);
  const { stamp } = reading;
  const size = Number(stamp.size);
  connection
    .sql(
      `UPDATE replicas SET object_id = ?, size = ?, mtime_ns = ?, ctime_ns = ?, inode = ?, outcome = 'not_checked',
         checked_at = NULL, verified_at = NULL WHERE id = ?`,
    )
    .run(objectId, stamp.size, stamp.mtimeNs, stamp.ctimeNs, stamp.inode, replicaId);
  const [bytes, ms] = [size - before.size, duration - before.duration_ms];
  counters.add('total', 'replicas', 0, bytes, ms);
  counters.add('location', String(before.location_id), 0, bytes, ms);
  counters.add('outcome', before.outcome, -1, -before.size, -before.duration_ms);
  counters.add('outcome', 'not_checked', 1, size, duration);
  const { verified_at, accrued_at } = before;
  counters.add('verified', String(dueDay(verified_at, accrued_at)), -1, -before.size, -before.duration_ms);
  counters.add('verified', String(dueDay(null, accrued_at)), 1, size, duration);
  letGoOfObject(context, before.object_id);
  giveToParts(context, before, objectId, size, duration);
}

interface PartRow {
  readonly id: number;
  readonly representation_id: number;
  readonly item_id: number;
}

function giveToParts(
  context: WriterContext,
  replica: ReplicaRow,
  objectId: number,
  size: number,
  ms: number,
): void {
  const { connection } = context;
  const stays =
    connection
      .sql(
        `SELECT 1 FROM replicas r JOIN accruals c ON c.id = r.accrual_id
         WHERE r.object_id = ? AND c.accession_id = ? LIMIT 1`,
      )
      .get(replica.object_id, replica.accession_id) !== undefined;
  const parts = connection
    .sql<PartRow>(
      `SELECT p.id, p.representation_id, r.item_id FROM parts p JOIN representations r ON r.id = p.representation_id
         JOIN items i ON i.id = r.item_id WHERE p.object_id = ? AND i.accession_id = ?
       ORDER BY p.replica_id IS ? DESC, p.id`,
    )
    .all(replica.object_id, replica.accession_id, replica.id);
  const edit = new ItemEdit(context);
  const title = connection
    .sql<string | null>('SELECT title FROM embedded_metadata WHERE object_id = ?')
    .pluck(true)
    .get(objectId);
  const nameTitle =
    title == null ? withoutExtension(displayPath(replica.name as Uint8Array as RawPath)) : null;
  const changed: number[] = [];
  for (const part of stays ? parts.slice(0, 1) : parts) {
    const twin = connection
      .sql<{ id: number }>('SELECT id FROM parts WHERE representation_id = ? AND object_id = ?')
      .get(part.representation_id, objectId);
    edit.touch(part.item_id);
    if (twin !== undefined) {
      if (!stays) edit.absorb(part.id, twin.id);
      continue;
    }
    if (!stays) {
      connection
        .sql(
          'UPDATE parts SET object_id = ?, size = ?, duration_ms = ?, name_title = ?, replica_id = ? WHERE id = ?',
        )
        .run(objectId, size, ms, nameTitle, replica.id, part.id);
      changed.push(part.id);
      continue;
    }
    const added = connection
      .sql(
        `INSERT INTO parts (representation_id, object_id, replica_id, position, name_title, title_key, duration_ms, size)
         SELECT representation_id, ?, ?, position, ?, title_key, ?, ? FROM parts WHERE id = ?`,
      )
      .run(objectId, replica.id, nameTitle, ms, size, part.id);
    changed.push(Number(added.lastInsertRowid));
  }
  edit.settle();
  refreshWords(connection, [], changed);
}
