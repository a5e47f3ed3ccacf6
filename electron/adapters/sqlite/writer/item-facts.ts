import type { Connection } from '../connection.ts';
import { itemCounterKey, type Counters, type ItemFacts } from './counters.ts';

/** A replica last found in one of these states holds nothing. */
export const BAD_OUTCOMES = `('altered', 'truncated', 'missing', 'unreadable')`;

// Only what was read here and found intact counts, as in shared/domain/preservation-status.ts: a place that could not be
// reached since does not undo it, a finding does. Replicas of an unknown failure group depend on all others.
const VERIFIED = `x.verified_at IS NOT NULL AND x.outcome IN ('intact', 'not_checked')`;

/** @param items a table with a column `item_id`; of items without parts there is no row */
function factsOf(items: string): string {
  return `
    SELECT count(*) AS parts, sum(held) AS parts_held, min(day) AS verified_day, min(copies) AS copies, item_id
    FROM (
      SELECT r.item_id,
        max(coalesce(x.outcome NOT IN ${BAD_OUTCOMES}, 0)) AS held,
        coalesce(max(CASE WHEN ${VERIFIED} THEN x.verified_at END), 0) / 86400000 AS day,
        max(count(DISTINCT CASE WHEN ${VERIFIED} THEN nullif(l.failure_group, '') END), max(coalesce(${VERIFIED}, 0))) AS copies
      FROM ${items} t CROSS JOIN representations r ON r.item_id = t.item_id CROSS JOIN parts p ON p.representation_id = r.id
        LEFT JOIN replicas x ON x.object_id = p.object_id LEFT JOIN folders f ON f.id = x.folder_id
        LEFT JOIN locations l ON l.id = f.location_id
      GROUP BY r.item_id, p.id)
    GROUP BY item_id`;
}

const FACTS_OF_ONE = factsOf('(SELECT ? AS item_id)');

export interface ItemRow extends ItemFacts {
  readonly bytes: number;
  readonly duration_ms: number;
}

const ITEM = 'SELECT parts, parts_held, verified_day, copies, bytes, duration_ms FROM items WHERE id = ?';

/** The facts of an item as they follow from its parts and their replicas. */
export function itemFacts(connection: Connection, itemId: number): ItemFacts {
  return (
    connection.sql<ItemFacts>(FACTS_OF_ONE).get(itemId) ?? {
      parts: 0,
      parts_held: 0,
      verified_day: 0,
      copies: 0,
    }
  );
}

/** Derives the facts of an item anew, and moves its counter where they changed. */
export function refreshItem(connection: Connection, counters: Counters, itemId: number): void {
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
export function refreshItemsAt(connection: Connection, counters: Counters, locationId: number): Moved[] {
  return refreshItems(
    connection,
    counters,
    `FROM folders f CROSS JOIN replicas x ON x.folder_id = f.id WHERE f.location_id = ? AND x.verified_at IS NOT NULL`,
    locationId,
  );
}

/** How many items of these facts have those now. */
interface Moved {
  readonly was: ItemFacts;
  readonly is: ItemFacts;
  readonly items: number;
}

const TEMPORARY = `
  CREATE TEMP TABLE IF NOT EXISTS touched (item_id INTEGER PRIMARY KEY);
  CREATE TEMP TABLE IF NOT EXISTS changed (item_id INTEGER PRIMARY KEY, parts, parts_held, verified_day, copies);`;
const EMPTIED = `
  DELETE FROM temp.touched;
  DELETE FROM temp.changed;`;

const MOVED = `
  SELECT i.parts AS wasParts, i.parts_held AS wasHeld, i.verified_day AS wasDay, i.copies AS wasCopies,
    n.parts, n.parts_held, n.verified_day, n.copies, count(*) AS items, sum(i.bytes) AS bytes, sum(i.duration_ms) AS ms
  FROM temp.changed n CROSS JOIN items i ON i.id = n.item_id GROUP BY 1, 2, 3, 4, 5, 6, 7, 8`;

interface MovedRow extends ItemFacts {
  readonly wasParts: number;
  readonly wasHeld: number;
  readonly wasDay: number;
  readonly wasCopies: number;
  readonly items: number;
  readonly bytes: number;
  readonly ms: number;
}

/**
 * All at once: a statement for each item would keep the writer busy for four times as long.
 * @param replicas the end of a query over the replicas `x` whose items are meant, with one parameter
 */
function refreshItems(
  connection: Connection,
  counters: Counters,
  replicas: string,
  parameter: number,
): Moved[] {
  connection.db.exec(TEMPORARY + EMPTIED);
  connection
    .sql(
      `INSERT OR IGNORE INTO temp.touched
       SELECT r.item_id FROM (SELECT x.object_id ${replicas}) o
         CROSS JOIN parts p ON p.object_id = o.object_id CROSS JOIN representations r ON r.id = p.representation_id`,
    )
    .run(parameter);
  connection
    .sql(
      `INSERT INTO temp.changed (parts, parts_held, verified_day, copies, item_id)
       SELECT n.* FROM (${factsOf('temp.touched')}) n CROSS JOIN items i ON i.id = n.item_id
       WHERE (n.parts, n.parts_held, n.verified_day, n.copies) <> (i.parts, i.parts_held, i.verified_day, i.copies)`,
    )
    .run();
  const moved = connection.sql<MovedRow>(MOVED).all();
  connection
    .sql(
      `UPDATE items SET (parts, parts_held, verified_day, copies) = (n.parts, n.parts_held, n.verified_day, n.copies)
       FROM temp.changed n WHERE n.item_id = items.id`,
    )
    .run();
  connection.db.exec(EMPTIED);
  return moved.map(({ items, bytes, ms, wasParts, wasHeld, wasDay, wasCopies, ...is }) => {
    const was = { parts: wasParts, parts_held: wasHeld, verified_day: wasDay, copies: wasCopies };
    counters.add('item', itemCounterKey(was), -items, -bytes, -ms);
    counters.add('item', itemCounterKey(is), items, bytes, ms);
    return { was, is, items };
  });
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
