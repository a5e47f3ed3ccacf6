import type { Connection } from '../connection.ts';
import { itemCounterKey, type Counters, type ItemFacts } from './counters.ts';

/** A replica last found in one of these states holds nothing. */
export const BAD_OUTCOMES = `('altered', 'truncated', 'missing', 'unreadable')`;

// Only what was read here and found intact counts, as in shared/domain/preservation-status.ts: a place that could not be
// reached since does not undo it, a finding does. Replicas of an unknown failure group depend on all others.
const VERIFIED = `x.object_id = p.object_id AND x.verified_at IS NOT NULL AND x.outcome IN ('intact', 'not_checked')`;
const FACTS = `
  SELECT count(*) AS parts, coalesce(sum(held), 0) AS parts_held, coalesce(min(day), 0) AS verified_day,
    coalesce(min(copies), 0) AS copies
  FROM (
    SELECT
      EXISTS (SELECT 1 FROM replicas x WHERE x.object_id = p.object_id AND x.outcome NOT IN ${BAD_OUTCOMES}) AS held,
      coalesce((SELECT max(x.verified_at) FROM replicas x WHERE ${VERIFIED}), 0) / 86400000 AS day,
      (SELECT max(count(DISTINCT nullif(l.failure_group, '')), min(count(*), 1))
       FROM replicas x CROSS JOIN folders f ON f.id = x.folder_id CROSS JOIN locations l ON l.id = f.location_id
       WHERE ${VERIFIED}) AS copies
    FROM representations r CROSS JOIN parts p ON p.representation_id = r.id
    WHERE r.item_id = ?)`;

export interface ItemRow extends ItemFacts {
  readonly bytes: number;
  readonly duration_ms: number;
}

const ITEM = 'SELECT parts, parts_held, verified_day, copies, bytes, duration_ms FROM items WHERE id = ?';

/** The facts of an item as they follow from its parts and their replicas. */
export function itemFacts(connection: Connection, itemId: number): ItemFacts {
  const facts = connection.sql<ItemFacts>(FACTS).get(itemId);
  return facts ?? { parts: 0, parts_held: 0, verified_day: 0, copies: 0 };
}

type OnChange = (was: ItemFacts, is: ItemFacts) => void;

/** Derives the facts of an item anew, and moves its counter where they changed. Says what they were and are, where they did. */
export function refreshItem(
  connection: Connection,
  counters: Counters,
  itemId: number,
  onChange?: OnChange,
): void {
  const before = connection.sql<ItemRow>(ITEM).get(itemId);
  if (before === undefined) return;
  const after = itemFacts(connection, itemId);
  const same =
    before.parts === after.parts &&
    before.parts_held === after.parts_held &&
    before.verified_day === after.verified_day &&
    before.copies === after.copies;
  if (same) return;
  connection
    .sql('UPDATE items SET parts = ?, parts_held = ?, verified_day = ?, copies = ? WHERE id = ?')
    .run(after.parts, after.parts_held, after.verified_day, after.copies, itemId);
  counters.add('item', itemCounterKey(before), -1, -before.bytes, -before.duration_ms);
  counters.add('item', itemCounterKey(after), 1, before.bytes, before.duration_ms);
  onChange?.(before, after);
}

/** Items of which this content is a part. */
export function itemsOfObject(connection: Connection, objectId: number): number[] {
  return connection
    .sql<{ id: number }>(
      `SELECT DISTINCT r.item_id AS id FROM parts p JOIN representations r ON r.id = p.representation_id
       WHERE p.object_id = ?`,
    )
    .all(objectId)
    .map(({ id }) => id);
}

/** Refreshes every item that an act's checks touched. */
export function refreshItemsOfAct(connection: Connection, counters: Counters, actId: number): void {
  refreshItems(
    connection,
    counters,
    `FROM act_outcomes a CROSS JOIN replicas x ON x.id = a.replica_id WHERE a.act_id = ?`,
    actId,
  );
}

/** Refreshes every item whose independence rests on a location: the others have no verified replica there. */
export function refreshItemsAt(
  connection: Connection,
  counters: Counters,
  locationId: number,
  onChange: OnChange,
): void {
  refreshItems(
    connection,
    counters,
    `FROM folders f CROSS JOIN replicas x ON x.folder_id = f.id WHERE f.location_id = ? AND x.verified_at IS NOT NULL`,
    locationId,
    onChange,
  );
}

/** @param replicas the end of a query over the replicas `x` whose items are meant, with one parameter */
function refreshItems(
  connection: Connection,
  counters: Counters,
  replicas: string,
  parameter: number,
  onChange?: OnChange,
): void {
  connection.db.exec('CREATE TEMP TABLE IF NOT EXISTS touched (item_id INTEGER PRIMARY KEY)');
  connection.sql('DELETE FROM temp.touched').run();
  connection
    .sql(
      `INSERT OR IGNORE INTO temp.touched
       SELECT r.item_id FROM (SELECT x.object_id ${replicas}) o
         CROSS JOIN parts p ON p.object_id = o.object_id CROSS JOIN representations r ON r.id = p.representation_id`,
    )
    .run(parameter);
  const next = connection.sql<{ id: number }>(
    'SELECT item_id AS id FROM temp.touched WHERE item_id > ? ORDER BY item_id LIMIT 1000',
  );
  let last = 0;
  for (let rows = next.all(last); rows.length > 0; rows = next.all(last)) {
    for (const { id } of rows) refreshItem(connection, counters, id, onChange);
    last = rows.at(-1)?.id ?? last;
  }
  connection.sql('DELETE FROM temp.touched').run();
}

/** Where the stored facts of items differ from what their parts say; empty when they agree. */
export function compareItems(connection: Connection): string[] {
  const differences: string[] = [];
  const next = connection.sql<ItemRow & { readonly id: number }>(
    `SELECT id, parts, parts_held, verified_day, copies, bytes, duration_ms FROM items WHERE id > ? ORDER BY id LIMIT 1000`,
  );
  const sums = connection.sql<{ bytes: number; ms: number }>(
    `SELECT coalesce(sum(p.size), 0) AS bytes, coalesce(sum(p.duration_ms), 0) AS ms
     FROM representations r CROSS JOIN parts p ON p.representation_id = r.id WHERE r.item_id = ?`,
  );
  let last = 0;
  for (let rows = next.all(last); rows.length > 0; rows = next.all(last)) {
    for (const { id, ...kept } of rows) {
      const { bytes, ms } = sums.get(id) ?? { bytes: 0, ms: 0 };
      const found = { ...itemFacts(connection, id), bytes, duration_ms: ms };
      const [says, is] = [text(kept), text(found)];
      if (says !== is) differences.push(`item ${id}: ${says} kept, ${is} found`);
    }
    last = rows.at(-1)?.id ?? last;
  }
  return differences;
}

function text(row: ItemRow): string {
  return `${row.parts_held}/${row.parts} parts, day ${row.verified_day}, ${row.copies} copies, ${row.bytes} bytes, ${row.duration_ms} ms`;
}
