import type { Item } from '../../../../shared/contract/items.ts';
import { publicId } from '../../../../shared/domain/ids.ts';
import type { RepresentationRole } from '../../../../shared/domain/vocabulary.ts';
import type { Page, PageRequest } from '../../../core/ports/catalogue.ts';
import type { Connection } from '../connection.ts';
import { accessionsBelow } from './collections.ts';
import { decodeCursor, encodeCursor, pageLimit } from './cursor.ts';
import { valueIf } from './rows.ts';

interface ItemRow {
  readonly id: number;
  readonly accession_id: number;
  readonly grouping_key: string;
  readonly number: string;
  readonly title: string;
  readonly creator: string | null;
  readonly date: string | null;
  readonly parts: number;
  readonly bytes: number;
  readonly duration_ms: number;
  readonly arranged: number;
}

const ITEM = `SELECT i.id, i.accession_id, i.grouping_key, a.number, coalesce(i.described_title, i.title) AS title,
    coalesce(i.described_creator, i.creator) AS creator, coalesce(i.described_date, i.date) AS date, i.parts, i.bytes,
    i.duration_ms, i.arranged
  FROM items i CROSS JOIN accessions a ON a.id = i.accession_id`;
const PAGE = `${ITEM} WHERE (i.accession_id, i.grouping_key) > (?, ?) ORDER BY i.accession_id, i.grouping_key LIMIT ?`;
const PAGE_OF_ACCESSION = `${ITEM} WHERE i.accession_id = ? AND i.grouping_key > ? ORDER BY i.grouping_key LIMIT ?`;

/** In the order of accessions, then of folders: the one in which the index of items has them. */
export function itemsPage(
  connection: Connection,
  of: { readonly accessionId?: number; readonly collectionId?: number },
  page: PageRequest,
): Page<Item> {
  const limit = pageLimit(page.limit);
  const [accession, key] = decodeCursor(page.cursor, 'items', ['integer', 'text']) ?? [0, ''];
  return connection.db.transaction((): Page<Item> => {
    const after = { accession: Number(accession), key: String(key) };
    const found = rowsAfter(connection, of, after, limit + 1);
    const rows = found.slice(0, limit);
    const last = found.length > limit ? rows.at(-1) : undefined;
    return {
      rows: itemsOf(connection, rows),
      next: last === undefined ? null : encodeCursor('items', [last.accession_id, last.grouping_key]),
    };
  })();
}

export function item(connection: Connection, id: number): Item | undefined {
  const row = connection.sql<ItemRow>(`${ITEM} WHERE i.id = ?`).get(id);
  return row && itemsOf(connection, [row])[0];
}

function rowsAfter(
  connection: Connection,
  of: { readonly accessionId?: number; readonly collectionId?: number },
  after: { readonly accession: number; readonly key: string },
  most: number,
): ItemRow[] {
  const accessions = accessionsOf(connection, of);
  if (accessions === undefined) return connection.sql<ItemRow>(PAGE).all(after.accession, after.key, most);
  const rows: ItemRow[] = [];
  const next = connection.sql<ItemRow>(PAGE_OF_ACCESSION);
  for (const id of accessions) {
    if (id < after.accession) continue;
    if (rows.length >= most) break;
    rows.push(...next.all(id, id === after.accession ? after.key : '', most - rows.length));
  }
  return rows;
}

/** In order; undefined: all of them. */
function accessionsOf(
  connection: Connection,
  { accessionId, collectionId }: { readonly accessionId?: number; readonly collectionId?: number },
): number[] | undefined {
  if (collectionId === undefined) return accessionId === undefined ? undefined : [accessionId];
  const below = accessionsBelow(connection, collectionId);
  return accessionId === undefined ? below : below.filter((id) => id === accessionId);
}

function itemsOf(connection: Connection, rows: readonly ItemRow[]): Item[] {
  const roles = new Map<number, Partial<Record<RepresentationRole, number>>>();
  for (const { item_id, role, parts } of connection
    .sql<{ item_id: number; role: RepresentationRole; parts: number }>(
      `SELECT r.item_id, r.role, (SELECT count(*) FROM parts p WHERE p.representation_id = r.id) AS parts
       FROM json_each(?) j CROSS JOIN representations r ON r.item_id = j.value ORDER BY r.id`,
    )
    .all(JSON.stringify(rows.map(({ id }) => id))))
    roles.set(item_id, { ...roles.get(item_id), [role]: parts });
  return rows.map((row) => ({
    id: publicId('item', row.id),
    title: row.title,
    ...valueIf('creator', row.creator),
    ...valueIf('date', row.date),
    accession: row.number,
    accessionId: publicId('accession', row.accession_id),
    parts: row.parts,
    roles: roles.get(row.id) ?? {},
    bytes: row.bytes,
    durationMs: row.duration_ms,
    arranged: row.arranged > 0,
  }));
}

/** The item that this one was merged into. */
export function mergedInto(connection: Connection, id: number): number | undefined {
  return connection.sql<{ item_id: number }>('SELECT item_id FROM item_aliases WHERE merged_id = ?').get(id)
    ?.item_id;
}
