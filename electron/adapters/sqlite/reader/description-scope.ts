import type { Describable, Scope } from '../../../core/ports/describing.ts';
import type { Connection } from '../connection.ts';
import type { Search } from './search.ts';

type Held = Exclude<Scope, { readonly ids: unknown }>;

/** Items looked at together. */
const ITEMS = 500;

/**
 * A slice of what is to be described: collections, accessions, then items, each before its parts. Answers from `after` on, so that what is
 * written meanwhile neither repeats nor hides anything.
 */
export function scopeSlice(
  connection: Connection,
  search: () => Search,
  scope: Scope,
  after: Describable | undefined,
  limit: number,
): Describable[] {
  if ('ids' in scope) {
    const from = after === undefined ? 0 : scope.ids.findIndex((each) => same(each, after)) + 1;
    return scope.ids.slice(from, from + limit);
  }
  return connection.db.transaction(() => new Walk(connection, scope, search).from(after, limit))();
}

function same(a: Describable, b: Describable): boolean {
  return a.entity === b.entity && a.id === b.id;
}

/** A collection and those below it. */
const BELOW =
  'WITH RECURSIVE below (id) AS (SELECT ? UNION SELECT c.id FROM below b JOIN collections c ON c.parent_id = b.id)';

const ORDER = ['collection', 'accession', 'item', 'part'];

function isPast(after: Describable, entity: Describable['entity']): boolean {
  return ORDER.indexOf(after.entity) > ORDER.indexOf(entity);
}

class Walk {
  readonly #connection: Connection;
  readonly #scope: Held;
  /** Parts that a search found; undefined where all of an item count. */
  readonly #found: ReadonlySet<number> | undefined;
  readonly #next: (above: number) => number[];

  constructor(connection: Connection, scope: Held, search: () => Search) {
    this.#connection = connection;
    this.#scope = scope;
    this.#found = 'search' in scope ? new Set(search().all(scope.search)) : undefined;
    this.#next = this.#items();
  }

  from(after: Describable | undefined, limit: number): Describable[] {
    const rows: Describable[] = [];
    for (const entity of ['collection', 'accession'] as const) {
      if (!this.#scope.of.includes(entity) || (after !== undefined && isPast(after, entity))) continue;
      const above = after?.entity === entity ? after.id : 0;
      for (const id of this.#above(entity, above, limit - rows.length)) rows.push({ entity, id });
      if (rows.length >= limit) return rows;
    }
    let item = after === undefined ? 0 : this.#itemAt(after);
    // The item after which it goes on may have parts left.
    if (after !== undefined && item > 0) this.#parts(item, after.entity === 'part' ? after.id : 0, rows);
    for (let items = this.#next(item); items.length > 0 && rows.length < limit; items = this.#next(item))
      for (item of items) {
        if (rows.length >= limit) break;
        if (this.#scope.of.includes('item')) rows.push({ entity: 'item', id: item });
        this.#parts(item, 0, rows);
      }
    return rows.slice(0, limit);
  }

  #parts(item: number, above: number, rows: Describable[]): void {
    if (!this.#scope.of.includes('part')) return;
    const ids = this.#connection
      .sql<{ id: number }>(
        `SELECT p.id FROM representations r CROSS JOIN parts p ON p.representation_id = r.id
         WHERE r.item_id = ? AND p.id > ? ORDER BY p.id`,
      )
      .all(item, above);
    for (const { id } of ids) if (this.#found?.has(id) !== false) rows.push({ entity: 'part', id });
  }

  /** The item that it had come to; 0 where it had come to none. */
  #itemAt({ entity, id }: Describable): number {
    if (entity === 'item') return id;
    return entity === 'part' ? this.#itemOf(id) : 0;
  }

  /** Collections or accessions of the scope above an id. */
  #above(entity: 'collection' | 'accession', id: number, limit: number): number[] {
    const ids = (sql: string, ...values: number[]): number[] =>
      this.#connection
        .sql<{ id: number }>(`${sql} AND t.id > ? ORDER BY t.id LIMIT ?`)
        .all(...values, id, limit)
        .map((row) => row.id);
    const scope = this.#scope;
    const table = entity === 'collection' ? 'collections' : 'accessions';
    if ('all' in scope) return ids(`SELECT t.id FROM ${table} t WHERE true`);
    if ('collectionId' in scope)
      return ids(
        `${BELOW} SELECT t.id FROM below b CROSS JOIN ${table} t ON t.${entity === 'collection' ? 'id' : 'collection_id'} = b.id
         WHERE true`,
        scope.collectionId,
      );
    if ('accessionId' in scope && entity === 'accession')
      return ids('SELECT t.id FROM accessions t WHERE t.id = ?', scope.accessionId);
    return [];
  }

  #itemOf(partId: number): number {
    return (
      this.#connection
        .sql<{ id: number }>(
          'SELECT r.item_id AS id FROM parts p JOIN representations r ON r.id = p.representation_id WHERE p.id = ?',
        )
        .get(partId)?.id ?? 0
    );
  }

  /** The next items of the scope above an id. */
  #items(): (above: number) => number[] {
    const ids = (sql: string, ...values: (number | string)[]) => {
      const query = this.#connection.sql<{ id: number }>(`${sql} AND i.id > ? ORDER BY i.id LIMIT ${ITEMS}`);
      return (above: number) => query.all(...values, above).map(({ id }) => id);
    };
    const scope = this.#scope;
    if ('accessionId' in scope)
      return ids('SELECT i.id FROM items i WHERE i.accession_id = ?', scope.accessionId);
    if ('collectionId' in scope)
      return ids(
        `${BELOW}
         SELECT i.id FROM below b CROSS JOIN accessions a ON a.collection_id = b.id CROSS JOIN items i ON i.accession_id = a.id
         WHERE true`,
        scope.collectionId,
      );
    if ('search' in scope)
      return ids(
        `SELECT DISTINCT i.id FROM json_each(?) j CROSS JOIN parts p ON p.id = j.value
         CROSS JOIN representations r ON r.id = p.representation_id CROSS JOIN items i ON i.id = r.item_id WHERE true`,
        JSON.stringify([...(this.#found ?? [])]),
      );
    return ids('SELECT i.id FROM items i WHERE true');
  }
}
