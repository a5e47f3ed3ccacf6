import type { Holding, HoldingsSort } from '../../../../shared/contract/holdings.ts';
import { publicId } from '../../../../shared/domain/ids.ts';
import type { Page, PageRequest } from '../../../core/ports/catalogue.ts';
import type { Connection } from '../connection.ts';
import { decodeCursor, encodeCursor, pageLimit } from './cursor.ts';
import { hex, Paths, timeIf } from './rows.ts';

/** The index column of each offered sort; `added` is the order of ids. */
const SORT_COLUMNS = {
  added: undefined,
  title: 'title_key',
  artist: 'artist_key',
  album: 'album_key',
  duration: 'duration_ms',
  size: 'size',
} as const satisfies Record<HoldingsSort, string | undefined>;

export type Direction = 'ascending' | 'descending';

/**
 * A page of holdings. In two steps, so that its cost never depends on what the planner knows: ids and keys from the sort's
 * own index alone, then the rows of those ids.
 */
export function holdingsPage(
  connection: Connection,
  sort: HoldingsSort,
  direction: Direction,
  page: PageRequest,
): Page<Holding> {
  const limit = pageLimit(page.limit);
  const column = SORT_COLUMNS[sort];
  const list = `holdings ${sort} ${direction}`;
  const numeric = sort === 'duration' || sort === 'size';
  const after = decodeCursor(
    page.cursor,
    list,
    column === undefined ? ['integer'] : [numeric ? 'integer' : 'text', 'integer'],
  );
  // One more than asked for tells whether there is a next page.
  const found = connection
    .sql<{ id: number; key: string | number }>(pageSql(column, direction, after !== undefined))
    .all(...(after ?? []), limit + 1);
  const rows = found.slice(0, limit);
  const last = found.length > limit ? rows.at(-1) : undefined;
  return {
    rows: holdingsOf(
      connection,
      rows.map((row) => row.id),
    ),
    next: last === undefined ? null : encodeCursor(list, column === undefined ? [last.id] : [last.key, last.id]),
  };
}

function pageSql(column: string | undefined, direction: Direction, after: boolean): string {
  const [order, than] = direction === 'ascending' ? ['ASC', '>'] : ['DESC', '<'];
  if (column === undefined)
    return `SELECT id, id AS key FROM parts ${after ? `WHERE id ${than} ?` : ''} ORDER BY id ${order} LIMIT ?`;
  return (
    `SELECT id, ${column} AS key FROM parts ${after ? `WHERE (${column}, id) ${than} (?, ?)` : ''} ` +
    `ORDER BY ${column} ${order}, id ${order} LIMIT ?`
  );
}

interface PartRow {
  readonly id: number;
  readonly object_id: number;
  readonly name_title: string | null;
  readonly duration_ms: number;
  readonly size: number;
  readonly role: string;
  readonly item_id: number;
  readonly item_title: string;
  readonly item_date: string | null;
  readonly accession_id: number;
  readonly accession: string;
  readonly sha256: Buffer;
  readonly kind: string;
  readonly format: string;
  readonly title: string | null;
  readonly artist: string | null;
  readonly album: string | null;
  readonly album_artist: string | null;
  readonly date: string | null;
}

// CROSS JOIN fixes the order of the joins: from the part outwards, whatever the statistics say.
const PART = `
  SELECT p.id, p.object_id, p.name_title, p.duration_ms, p.size, r.role, i.id AS item_id, i.title AS item_title,
    i.date AS item_date, a.id AS accession_id, a.number AS accession, o.sha256, o.kind, f.name AS format,
    e.title, e.artist, e.album, e.album_artist, e.date
  FROM parts p
  CROSS JOIN representations r ON r.id = p.representation_id
  CROSS JOIN items i ON i.id = r.item_id
  CROSS JOIN accessions a ON a.id = i.accession_id
  CROSS JOIN objects o ON o.id = p.object_id
  CROSS JOIN formats f ON f.id = o.format_id
  LEFT JOIN embedded_metadata e ON e.object_id = p.object_id
  WHERE p.id = ?`;

interface CopyRow {
  readonly folder_id: number;
  readonly accession_id: number;
  readonly name: Buffer;
  readonly outcome: string;
  readonly verified_at: number | null;
}

/** Some contents (silence, an empty file) stand at thousands of paths; one is shown, so only these are looked at. */
const COPIES_LOOKED_AT = 16;

const COPIES = `
  SELECT r.folder_id, c.accession_id, r.name, r.outcome, r.verified_at
  FROM replicas r CROSS JOIN accruals c ON c.id = r.accrual_id
  WHERE r.object_id = ? ORDER BY r.id LIMIT ${COPIES_LOOKED_AT + 1}`;

/** The rows of these parts, in the order given; ids that are none are passed over. */
export function holdingsOf(connection: Connection, partIds: readonly number[]): Holding[] {
  const paths = new Paths(connection);
  const part = connection.sql<PartRow>(PART);
  const copies = connection.sql<CopyRow>(COPIES);
  const count = connection.sql<{ n: number }>('SELECT count(*) AS n FROM replicas WHERE object_id = ?');
  const counts = new Map<number, number>();
  const rows: Holding[] = [];
  for (const id of partIds) {
    const row = part.get(id);
    if (row === undefined) continue;
    const found = copies.all(row.object_id);
    let replicas = found.length;
    if (replicas > COPIES_LOOKED_AT) {
      replicas = counts.get(row.object_id) ?? count.get(row.object_id)?.n ?? replicas;
      counts.set(row.object_id, replicas);
    }
    // The copy that came with this item says most about it.
    const shown = found.find((copy) => copy.accession_id === row.accession_id) ?? found[0];
    rows.push({ ...described(row), replicas, ...standing(connection, paths, row, shown) });
  }
  return rows;
}

function described(row: PartRow) {
  return {
    id: publicId('part', row.id),
    item: publicId('item', row.item_id),
    itemTitle: row.item_title,
    accession: row.accession,
    role: row.role,
    kind: row.kind,
    title: row.title ?? row.name_title ?? '',
    artist: row.artist ?? row.album_artist ?? '',
    album: row.album ?? '',
    date: row.date ?? row.item_date ?? '',
    format: row.format,
    durationMs: row.duration_ms,
    size: row.size,
    sha256: hex(row.sha256),
  };
}

function standing(connection: Connection, paths: Paths, row: PartRow, shown: CopyRow | undefined) {
  if (shown !== undefined)
    return {
      path: paths.json(shown.folder_id, shown.name),
      location: publicId('location', paths.folder(shown.folder_id)?.locationId ?? 0),
      outcome: shown.outcome,
      ...timeIf('verifiedAt', shown.verified_at),
    };
  // A part whose every copy was given up: it is where the accession was, and nothing stands there.
  const root = connection
    .sql<{ location_id: number }>('SELECT location_id FROM accession_roots WHERE accession_id = ? LIMIT 1')
    .get(row.accession_id);
  return {
    path: { display: '' },
    location: publicId('location', root?.location_id ?? 1),
    outcome: 'not_checked',
  };
}
