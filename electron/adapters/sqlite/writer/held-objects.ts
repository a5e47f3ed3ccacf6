import { HoldfastError } from '../../../../shared/domain/errors.ts';
import type { Connection } from '../connection.ts';
import type { WriterContext } from './context.ts';

/** What counting a content needs to know of it. */
export interface CountedObject {
  readonly id: number;
  readonly size: number;
  readonly kind: string;
  /** Of its format. */
  readonly name: string;
  readonly duration_ms: number | null;
}

/**
 * Counts a content again that custody had ended of. To be called when a replica of a content that was recorded before is
 * about to be recorded. Returns whether it was held by nobody.
 */
export function takeBackObject({ connection, counters }: WriterContext, object: CountedObject): boolean {
  const held = connection.sql('SELECT 1 FROM replicas WHERE object_id = ? LIMIT 1').get(object.id);
  if (held !== undefined) return false;
  const duration = object.duration_ms ?? 0;
  counters.add('total', 'objects', 1, object.size, duration);
  counters.add('format', object.name, 1, object.size, duration);
  counters.add('kind', object.kind, 1, object.size, duration);
  return true;
}

/** Counts a content off that no replica holds any more. Its digests stay. */
export function letGoOfObject({ connection, counters }: WriterContext, objectId: number): void {
  const object = connection
    .sql<CountedObject>(
      `SELECT o.id, o.size, o.kind, f.name, t.duration_ms FROM objects o JOIN formats f ON f.id = o.format_id
         LEFT JOIN technical_metadata t ON t.object_id = o.id
       WHERE o.id = ? AND NOT EXISTS (SELECT 1 FROM replicas r WHERE r.object_id = o.id)`,
    )
    .get(objectId);
  if (object === undefined) return;
  const duration = object.duration_ms ?? 0;
  counters.add('total', 'objects', -1, -object.size, -duration);
  counters.add('format', object.name, -1, -object.size, -duration);
  counters.add('kind', object.kind, -1, -object.size, -duration);
}

/** @throws HoldfastError BAD_INPUT when custody of the accession has ended: then nothing is added to it, copied or moved. */
export function refuseDeaccessioned(connection: Connection, accessionId: number): void {
  const ended = connection
    .sql<{ number: string }>(
      'SELECT a.number FROM deaccessions d JOIN accessions a ON a.id = d.accession_id WHERE d.accession_id = ?',
    )
    .get(accessionId);
  if (ended === undefined) return;
  throw new HoldfastError(
    'BAD_INPUT',
    `Custody of accession ${ended.number} has ended, so nothing can be added to it or copied. ` +
      'Take its folder into custody anew as an accession of its own.',
  );
}
