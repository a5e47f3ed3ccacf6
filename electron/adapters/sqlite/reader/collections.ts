import type { Collection } from '../../../../shared/contract/collections.ts';
import { formatCollectionPath } from '../../../../shared/domain/collection-path.ts';
import { HoldfastError } from '../../../../shared/domain/errors.ts';
import { parsePublicId, publicId } from '../../../../shared/domain/ids.ts';
import { sortKey } from '../../../../shared/domain/search-text.ts';
import { namesOf } from '../collection-names.ts';
import type { Connection } from '../connection.ts';
import { time } from './rows.ts';

interface CollectionRow {
  readonly id: number;
  readonly parent_id: number | null;
  readonly name: string;
  readonly created_at: number;
  readonly accessions: number;
  readonly items: number;
  readonly replicas: number;
  readonly bytes: number;
  readonly ms: number;
}

interface Totals {
  collections: number;
  accessions: number;
  items: number;
  replicas: number;
  bytes: number;
  ms: number;
}

/** At and below one collection, or below none for all of them. */
const BELOW = `WITH RECURSIVE below (id, level) AS (
  SELECT id, 0 FROM collections WHERE id = coalesce(?, id) AND (id = ? OR parent_id IS NULL)
  UNION ALL SELECT c.id, level + 1 FROM below b CROSS JOIN collections c ON c.parent_id = b.id WHERE level < 100)`;

const HOUR_MS = 3_600_000;

/** Each collection before what lies in it, siblings by name; the totals of each hold those below it. */
export function collectionTree(connection: Connection, under?: number): Collection[] {
  return connection.db.transaction(() => {
    const rows = connection
      .sql<CollectionRow>(
        `${BELOW}
         SELECT c.id, c.parent_id, c.name, c.created_at, count(a.id) AS accessions,
           coalesce(sum((SELECT count(*) FROM items i WHERE i.accession_id = a.id)), 0) AS items,
           coalesce(sum((SELECT sum(bytes) FROM items i WHERE i.accession_id = a.id)), 0) AS bytes,
           coalesce(sum((SELECT sum(duration_ms) FROM items i WHERE i.accession_id = a.id)), 0) AS ms,
           coalesce(sum((SELECT count(*) FROM accruals k CROSS JOIN replicas r ON r.accrual_id = k.id
             WHERE k.accession_id = a.id)), 0) AS replicas
         FROM below b CROSS JOIN collections c ON c.id = b.id LEFT JOIN accessions a ON a.collection_id = c.id
         GROUP BY c.id`,
      )
      .all(under ?? null, under ?? null);
    const above = under === undefined ? [] : namesOf(connection, under).slice(0, -1);
    return new Tree(rows).walk(under, above);
  })();
}

class Tree {
  readonly #children = new Map<number | null, CollectionRow[]>();
  readonly #rows: readonly CollectionRow[];

  constructor(rows: readonly CollectionRow[]) {
    this.#rows = rows;
    for (const row of rows) {
      const siblings = this.#children.get(row.parent_id);
      if (siblings === undefined) this.#children.set(row.parent_id, [row]);
      else siblings.push(row);
    }
    const order = (row: CollectionRow) => `${sortKey(row.name, 300)}\0${row.name}`;
    for (const siblings of this.#children.values()) siblings.sort((a, b) => (order(a) < order(b) ? -1 : 1));
  }

  walk(under: number | undefined, above: readonly string[]): Collection[] {
    const shown: Collection[] = [];
    const roots =
      under === undefined ? (this.#children.get(null) ?? []) : this.#rows.filter(({ id }) => id === under);
    for (const row of roots) this.#visit(row, above, shown);
    return shown;
  }

  #visit(row: CollectionRow, above: readonly string[], shown: Collection[]): Totals {
    const names = [...above, row.name];
    const totals: Totals = { collections: 1, ...pick(row) };
    const at = shown.length;
    shown.push(collectionOf(row, names, totals));
    for (const child of this.#children.get(row.id) ?? []) {
      const theirs = this.#visit(child, names, shown);
      for (const key of Object.keys(totals) as (keyof Totals)[]) totals[key] += theirs[key];
    }
    shown[at] = collectionOf(row, names, totals);
    return totals;
  }
}

function pick({ accessions, items, replicas, bytes, ms }: CollectionRow): Omit<Totals, 'collections'> {
  return { accessions, items, replicas, bytes, ms };
}

function collectionOf(row: CollectionRow, names: readonly string[], { ms, ...totals }: Totals): Collection {
  return {
    id: publicId('collection', row.id),
    name: row.name,
    path: formatCollectionPath(names),
    ...(row.parent_id !== null && { parent: publicId('collection', row.parent_id) }),
    depth: names.length - 1,
    createdAt: time(row.created_at),
    ownAccessions: row.accessions,
    totals: { ...totals, collections: totals.collections - 1, hours: ms / HOUR_MS },
  };
}

/** Ids of the accessions of a collection and of all below it, oldest first. */
export function accessionsBelow(connection: Connection, collectionId: number): number[] {
  return connection
    .sql<{ id: number }>(
      `${BELOW} SELECT a.id FROM below b CROSS JOIN accessions a ON a.collection_id = b.id ORDER BY a.id`,
    )
    .all(collectionId, collectionId)
    .map(({ id }) => id);
}

/** By id or number. @throws HoldfastError NOT_FOUND */
export function accessionMeant(connection: Connection, word: string): number {
  const known = parsePublicId(word);
  const row =
    known?.kind === 'accession'
      ? connection.sql<{ id: number }>('SELECT id FROM accessions WHERE id = ?').get(known.id)
      : connection.sql<{ id: number }>('SELECT id FROM accessions WHERE number = ?').get(word);
  if (row !== undefined) return row.id;
  throw new HoldfastError(
    'NOT_FOUND',
    `There is no accession "${word}" in this archive. Give its id, such as acc-3, or its number.`,
  );
}
