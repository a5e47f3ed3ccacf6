import { isFinding } from '../../../../shared/domain/audit-outcome.ts';
import type { HoldingsNarrowing } from '../../../core/ports/holdings-list.ts';
import type { Connection } from '../connection.ts';
import { accessionsBelow } from './collections.ts';
import { gapSql } from './gaps.ts';
import { freshNow, statusSql } from './item-status.ts';

/** One thing that a list is narrowed by, as a test of a part and as a way to the parts that pass it. */
export interface Condition {
  /** Parts that pass, roughly. */
  readonly expected: number;
  /** Rows that are looked at, one after another, to find them. */
  readonly scanned: number;
  /** SQL over `p` (the part), `r`, `i` and `o`. */
  readonly test: string;
  /** What the test looks at beside the part. */
  readonly tables: readonly Table[];
  /** Leads to `p`; the tables that it passes are joined by it. */
  readonly way: { readonly from: string; readonly where?: string; readonly tables: readonly Table[] };
}

/** `r`: representations, `i`: items, `o`: objects. */
export type Table = 'r' | 'i' | 'o';

export interface Conditions {
  readonly all: readonly Condition[];
  /** Of the statements that they are put in. */
  readonly params: Readonly<Record<string, string | number>>;
  /** Nothing can pass. */
  readonly isEmpty: boolean;
}

const FROM_ITEMS =
  'CROSS JOIN representations r ON r.item_id = i.id CROSS JOIN parts p ON p.representation_id = r.id';

/** The conditions of a filter but for its text. Their sizes come from counters and indexes, never from a scan of all parts. */
export function conditionsOf(connection: Connection, filter: HoldingsNarrowing, total: number): Conditions {
  const accessions = accessionsOf(connection, filter);
  const formats = filter.format === undefined ? undefined : formatIds(connection, filter.format);
  const count = new Sizes(connection, total);
  const all: Condition[] = [];
  if (filter.itemId !== undefined)
    all.push({
      expected: 1,
      scanned: 0,
      test: 'r.item_id = @item',
      tables: ['r'],
      way: {
        from: 'representations r CROSS JOIN parts p ON p.representation_id = r.id',
        where: 'r.item_id = @item',
        tables: ['r'],
      },
    });
  if (accessions !== undefined)
    all.push({
      expected: count.ofAccessions(accessions),
      scanned: 0,
      test: 'i.accession_id IN (SELECT value FROM json_each(@accessions))',
      tables: ['r', 'i'],
      way: {
        from: `json_each(@accessions) g CROSS JOIN items i ON i.accession_id = g.value ${FROM_ITEMS}`,
        tables: ['r', 'i'],
      },
    });
  if (filter.status !== undefined) {
    const test = statusSql(filter.status, freshNow(connection));
    all.push({
      expected: count.itemsThat(test) * count.perItem,
      scanned: count.items,
      test,
      tables: ['r', 'i'],
      way: { from: `items i ${FROM_ITEMS}`, where: test, tables: ['r', 'i'] },
    });
  }
  if (filter.role !== undefined)
    all.push({
      expected: count.ofRole(filter.role),
      scanned: count.items,
      test: 'r.role = @role',
      tables: ['r'],
      way: {
        from: 'representations r CROSS JOIN parts p ON p.representation_id = r.id',
        where: 'r.role = @role',
        tables: ['r'],
      },
    });
  if (filter.kind !== undefined)
    all.push(ofObjects('o.kind = @kind', count.counted('kind', filter.kind), total));
  if (formats !== undefined)
    all.push(
      ofObjects(
        `o.format_id IN (${formats.join(', ')})`,
        count.counted('format', filter.format ?? ''),
        total,
      ),
    );
  if (filter.locationId !== undefined || filter.outcome !== undefined)
    all.push(ofReplicas(connection, filter, count));
  return {
    all,
    params: {
      item: filter.itemId ?? 0,
      accessions: JSON.stringify(accessions ?? []),
      role: filter.role ?? '',
      kind: filter.kind ?? '',
      location: filter.locationId ?? 0,
      outcome: filter.outcome ?? '',
    },
    isEmpty:
      accessions?.length === 0 ||
      formats?.length === 0 ||
      filter.status === 'safe' ||
      all.some(({ expected }) => expected === 0),
  };
}

function ofObjects(test: string, expected: number, scanned: number): Condition {
  const from = 'objects o CROSS JOIN parts p ON p.object_id = o.id';
  return { expected, scanned, test, tables: ['o'], way: { from, where: test, tables: ['o'] } };
}

/** Of a replica that stands there and was last found so: both are said of the same one. */
function ofReplicas(
  connection: Connection,
  { locationId, outcome }: HoldingsNarrowing,
  count: Sizes,
): Condition {
  const here = locationId === undefined ? undefined : count.counted('location', String(locationId));
  const so = outcome === undefined ? undefined : count.counted('outcome', outcome);
  const found = outcome === undefined ? '' : 'AND x.outcome = @outcome';
  const replicas =
    locationId !== undefined && (so === undefined || (here ?? 0) <= so)
      ? `SELECT DISTINCT x.object_id FROM folders f CROSS JOIN replicas x ON x.folder_id = f.id
         WHERE f.location_id = @location ${found}`
      : findings(connection, outcome, so ?? 0) +
        (locationId === undefined
          ? ''
          : ' AND (SELECT f.location_id FROM folders f WHERE f.id = x.folder_id) = @location');
  return {
    expected: Math.min(here ?? Infinity, so ?? Infinity),
    scanned: replicas.includes('folders f CROSS') ? 0 : count.replicas,
    test: `EXISTS (SELECT 1 FROM replicas x WHERE x.object_id = p.object_id ${found} ${
      locationId === undefined
        ? ''
        : 'AND (SELECT f.location_id FROM folders f WHERE f.id = x.folder_id) = @location'
    })`,
    tables: [],
    way: { from: `(${replicas}) g CROSS JOIN parts p ON p.object_id = g.object_id`, tables: [] },
  };
}

/** A bad outcome has an open finding, which is found without looking at every replica; where that does not agree, all are. */
function findings(connection: Connection, outcome: HoldingsNarrowing['outcome'], counted: number): string {
  const from = `FROM findings n CROSS JOIN replicas x ON x.id = n.replica_id WHERE n.resolved_at IS NULL AND x.outcome = `;
  if (outcome !== undefined && isFinding(outcome)) {
    const known = connection.sql<number>(`SELECT count(*) ${from} ?`).pluck(true).get(outcome);
    if (known === counted) return `SELECT DISTINCT x.object_id ${from} @outcome`;
  }
  return 'SELECT DISTINCT x.object_id FROM replicas x WHERE x.outcome = @outcome';
}

/** Undefined where nothing is said of accessions. */
function accessionsOf(
  connection: Connection,
  { accessionId, collectionId, gap }: HoldingsNarrowing,
): number[] | undefined {
  let ids = accessionId === undefined ? undefined : [accessionId];
  const narrow = (further: readonly number[]): void => {
    const wanted = new Set(further);
    ids = ids === undefined ? [...wanted] : ids.filter((id) => wanted.has(id));
  };
  if (collectionId !== undefined) narrow(accessionsBelow(connection, collectionId));
  if (gap !== undefined)
    narrow(
      connection
        .sql<number>(`SELECT a.id FROM accessions a WHERE ${gapSql(gap)}`)
        .pluck(true)
        .all(),
    );
  return ids;
}

/** One name may be given with several media types. */
function formatIds(connection: Connection, name: string): number[] {
  return connection.sql<number>('SELECT id FROM formats WHERE name = ?').pluck(true).all(name);
}

/** How many there are of something, as the catalogue counts. */
class Sizes {
  readonly #connection: Connection;
  readonly #total: number;
  readonly items: number;
  readonly replicas: number;

  constructor(connection: Connection, total: number) {
    this.#connection = connection;
    this.#total = total;
    this.items = this.counted('total', 'items');
    this.replicas = this.counted('total', 'replicas');
  }

  counted(facet: string, key: string): number {
    return this.#number('SELECT count FROM counters WHERE facet = ? AND key = ?', facet, key);
  }

  get perItem(): number {
    return this.#total / Math.max(1, this.items);
  }

  ofAccessions(ids: readonly number[]): number {
    const items = this.#number(
      'SELECT count(*) FROM json_each(?) g CROSS JOIN items i ON i.accession_id = g.value',
      JSON.stringify(ids),
    );
    return items * this.perItem;
  }

  itemsThat(test: string): number {
    return this.#connection.db
      .prepare(`SELECT count(*) FROM items i WHERE ${test}`)
      .pluck(true)
      .get() as number;
  }

  ofRole(role: string): number {
    const all = this.#number('SELECT count(*) FROM representations');
    const some = this.#number('SELECT count(*) FROM representations WHERE role = ?', role);
    return (some * this.#total) / Math.max(1, all);
  }

  #number(sql: string, ...values: readonly string[]): number {
    return (
      this.#connection
        .sql<number>(sql)
        .pluck(true)
        .get(...values) ?? 0
    );
  }
}
