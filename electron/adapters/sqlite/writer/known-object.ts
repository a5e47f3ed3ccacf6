import type { FileReading } from '../../../core/ports/readings.ts';
import { DUE_DAY, itemCounterKey } from './counters.ts';
import type { WriterContext } from './context.ts';
import type { ItemRow } from './item-facts.ts';

// A content read as audio under one name and as something else under another (an empty file, a damaged one) is the first
// of these, so that the catalogue does not depend on which was read first.
const KIND_ORDER = 'audio video cue log playlist checksum image document text other'.split(' ');

export interface KnownObject {
  readonly id: number;
  readonly size: number;
  readonly kind: string;
  readonly name: string;
  readonly mime: string;
  readonly puid: string;
  /** Undefined where there is no technical metadata. */
  readonly duration_ms: number | null;
  readonly has_technical: number;
}

/** Whether a reading says better what a recorded content is than the one that is kept. */
export function saysBetter(reading: FileReading, known: KnownObject): boolean {
  const order =
    rank(reading.kind) - rank(known.kind) ||
    compare(reading.format.name, known.name) ||
    compare(reading.format.mime, known.mime) ||
    compare(reading.format.puid, known.puid);
  return order < 0;
}

/** Gives a recorded content another kind and format. */
export function reclassify(
  { connection, counters }: WriterContext,
  known: KnownObject,
  reading: FileReading,
  formatId: number,
): void {
  const duration = known.duration_ms ?? 0;
  connection
    .sql('UPDATE objects SET kind = ?, format_id = ? WHERE id = ?')
    .run(reading.kind, formatId, known.id);
  counters.add('format', known.name, -1, -known.size, -duration);
  counters.add('format', reading.format.name, 1, known.size, duration);
  counters.add('kind', known.kind, -1, -known.size, -duration);
  counters.add('kind', reading.kind, 1, known.size, duration);
  // What was passed over as a paper is a recording after all.
  connection
    .sql(
      'UPDATE open_folders SET recordings_proposed = 0 WHERE folder_id IN (SELECT folder_id FROM replicas WHERE object_id = ?)',
    )
    .run(known.id);
}

/** Adds a duration to everything that counts a content whose duration became known only now. */
export function addDuration(
  { connection, counters }: WriterContext,
  objectId: number,
  names: { readonly kind: string; readonly format: string },
  ms: number,
): void {
  if (ms === 0) return;
  counters.add('total', 'objects', 0, 0, ms);
  counters.add('format', names.format, 0, 0, ms);
  counters.add('kind', names.kind, 0, 0, ms);
  const replicas = connection
    .sql<{ location: number; outcome: string; day: number }>(
      `SELECT f.location_id AS location, r.outcome, ${DUE_DAY} AS day
       FROM replicas r JOIN folders f ON f.id = r.folder_id JOIN accruals c ON c.id = r.accrual_id
       WHERE r.object_id = ?`,
    )
    .all(objectId);
  for (const { location, outcome, day } of replicas) {
    counters.add('total', 'replicas', 0, 0, ms);
    counters.add('location', String(location), 0, 0, ms);
    counters.add('outcome', outcome, 0, 0, ms);
    counters.add('verified', String(day), 0, 0, ms);
  }
  connection.sql('UPDATE parts SET duration_ms = ? WHERE object_id = ?').run(ms, objectId);
  const items = connection
    .sql<ItemRow & { id: number; times: number }>(
      `SELECT i.id, i.parts, i.parts_held, i.verified_day, i.copies, i.bytes, i.duration_ms, count(*) AS times
       FROM parts p JOIN representations r ON r.id = p.representation_id JOIN items i ON i.id = r.item_id
       WHERE p.object_id = ? GROUP BY i.id`,
    )
    .all(objectId);
  for (const item of items) {
    connection
      .sql('UPDATE items SET duration_ms = duration_ms + ? WHERE id = ?')
      .run(ms * item.times, item.id);
    counters.add('total', 'items', 0, 0, ms * item.times);
    counters.add('item', itemCounterKey(item), 0, 0, ms * item.times);
  }
}

function rank(kind: string): number {
  const at = KIND_ORDER.indexOf(kind);
  return at < 0 ? KIND_ORDER.length : at;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
