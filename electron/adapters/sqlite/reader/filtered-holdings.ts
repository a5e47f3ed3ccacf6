import { createHash } from 'node:crypto';
import type { HoldingsSort } from '../../../../shared/domain/holdings-list.ts';
import { MOST_FILTERED } from '../../../../shared/domain/holdings-list.ts';
import type { HoldingsNarrowing, HoldingsPage, HoldingsRequest } from '../../../core/ports/holdings-list.ts';
import type { Connection } from '../connection.ts';
import { decodeCursor, encodeCursor, pageLimit } from './cursor.ts';
import { holdingsOf, refuseBoth } from './holdings.ts';
import { conditionsOf, type Condition, type Conditions, type Table } from './holdings-conditions.ts';
import { partCount } from './holdings-positions.ts';
import { SORT_COLUMNS, type Direction } from './holdings-sorts.ts';
import { Remembered, type DependsOn } from './remembered.ts';
import type { Search } from './search.ts';

/** Parts in the order of a list, at most MOST_FILTERED of them. */
interface Found {
  readonly ids: readonly number[];
  /** There are more. */
  readonly capped: boolean;
}

/** Lists that are kept: a screen pages through one and may come back to the one before. */
const KEPT = 12;
/** Milliseconds that matches of a text are looked for when something else narrows the list too. */
const TEXT_BUDGET_MS = 80;
const DAY_MS = 86_400_000;

/** Rows of a scan are cheap beside rows that are looked up one by one; so is a walk by id, in whose order parts stand. */
const COST = { scanned: 0.1, lookedUp: 1, walkedById: 0.4 } as const;

const JOINS: Readonly<Record<Table, string>> = {
  r: 'CROSS JOIN representations r ON r.id = p.representation_id',
  i: 'CROSS JOIN items i ON i.id = r.item_id',
  o: 'CROSS JOIN objects o ON o.id = p.object_id',
};

/**
 * Narrowed lists of holdings. A filter is resolved once into the ids of its rows; pages are then look-ups. Few rows are
 * gathered through what narrows them most and sorted; where nearly everything passes, the sort's own index is walked until
 * there are enough. With a text the list is of its best matches, and stands by rank where no other order is asked for
 * (`added`, ascending).
 */
export class FilteredHoldings {
  readonly #connection: Connection;
  readonly #search: () => Search;
  readonly #kept: Remembered<Found>;

  readonly #most: number;

  constructor(connection: Connection, search: () => Search, most = MOST_FILTERED) {
    this.#connection = connection;
    this.#most = most;
    this.#search = search;
    this.#kept = new Remembered(connection, KEPT);
  }

  page(
    filter: HoldingsNarrowing,
    sort: HoldingsSort,
    direction: Direction,
    page: Omit<HoldingsRequest, 'filter'>,
  ): HoldingsPage {
    refuseBoth(page);
    const limit = pageLimit(page.limit);
    const list = `holdings ${digestOf(keyOf(filter, sort, direction))}`;
    const [after] = decodeCursor(page.cursor, list, ['integer']) ?? [page.offset ?? 0];
    const from = Number(after);
    return this.#connection.db.transaction((): HoldingsPage => {
      const { ids, capped } = this.#found(filter, sort, direction);
      const end = from + limit;
      return {
        rows: holdingsOf(this.#connection, ids.slice(from, end)),
        next: end < ids.length ? encodeCursor(list, [end]) : null,
        counted: { count: ids.length, capped },
      };
    })();
  }

  /** How many rows the list has, in whatever order. */
  count(filter: HoldingsNarrowing): { count: number; capped: boolean } {
    return this.#connection.db.transaction(() => {
      const { ids, capped } = this.#anyOrder(filter);
      return { count: ids.length, capped };
    })();
  }

  #anyOrder(filter: HoldingsNarrowing): Found {
    for (const sort of Object.keys(SORT_COLUMNS) as HoldingsSort[])
      for (const direction of ['ascending', 'descending'] as const) {
        const found = this.#kept.standing(keyOf(filter, sort, direction), dependsOn(filter));
        if (found !== undefined) return found;
      }
    return this.#found(filter, 'added', 'ascending');
  }

  #found(filter: HoldingsNarrowing, sort: HoldingsSort, direction: Direction): Found {
    return this.#kept.get(keyOf(filter, sort, direction), dependsOn(filter), () =>
      this.#resolve(filter, sort, direction),
    );
  }

  #resolve(filter: HoldingsNarrowing, sort: HoldingsSort, direction: Direction): Found {
    const byRank = sort === 'added' && direction === 'ascending';
    // The most frequent list of all, as one types: nothing of it needs to be weighed against the whole.
    if (byRank && isTextAlone(filter)) return this.#search().ranked(filter.text);
    const total = partCount(this.#connection);
    const conditions = conditionsOf(this.#connection, filter, total);
    if (conditions.isEmpty) return { ids: [], capped: false };
    if (filter.text === undefined) return this.#narrowed(conditions, sort, direction, total);
    const { ids, capped } = this.#matching(filter.text, conditions, total);
    if (byRank)
      return { ids: conditions.all.length === 0 ? ids : this.#search().byRank(filter.text, ids), capped };
    const sorted = this.#run('json_each(@ids) j CROSS JOIN parts p ON p.id = j.value', [], sort, direction, {
      ids: JSON.stringify(ids),
    });
    return { ids: sorted, capped };
  }

  /** By rank where nothing else narrows, else by id. */
  #matching(text: string, conditions: Conditions, total: number): Found {
    const search = this.#search();
    const { all, params } = conditions;
    if (all.length === 0) return search.ranked(text);
    const [least] = [...all].sort((a, b) => a.expected - b.expected);
    if (least !== undefined && least.expected <= this.#most) {
      const among = this.#narrowed(conditions, 'added', 'ascending', total);
      const { ids, capped } = search.within(text, among.ids, this.#most, TEXT_BUDGET_MS);
      return { ids, capped: capped || among.capped };
    }
    const matches = search.within(text, undefined, this.#most, TEXT_BUDGET_MS);
    const from = 'json_each(@ids) j CROSS JOIN parts p ON p.id = j.value';
    const ids = this.#run(`${from} ${joins(all, [])}`, tests(all), 'added', 'ascending', {
      ...params,
      ids: JSON.stringify(matches.ids),
    });
    return { ids, capped: matches.capped };
  }

  #narrowed({ all, params }: Conditions, sort: HoldingsSort, direction: Direction, total: number): Found {
    const matches = all.reduce((share, { expected }) => share * Math.min(1, expected / total), 1) * total;
    const perRow = sort === 'added' ? COST.walkedById : COST.lookedUp;
    const walking = Math.min(total, (total * this.#most) / Math.max(1, matches)) * perRow;
    const cost = ({ expected, scanned }: Condition) => expected * COST.lookedUp + scanned * COST.scanned;
    const [best] = [...all].sort((a, b) => cost(a) - cost(b));
    const ids =
      best === undefined || cost(best) > walking
        ? this.#run(`${walk(sort)} ${joins(all, [])}`, tests(all), sort, direction, params)
        : this.#gather(best, all, sort, direction, params);
    return ids.length > this.#most ? { ids: ids.slice(0, this.#most), capped: true } : { ids, capped: false };
  }

  #gather(
    best: Condition,
    all: readonly Condition[],
    sort: HoldingsSort,
    direction: Direction,
    params: Conditions['params'],
  ): number[] {
    const others = all.filter((condition) => condition !== best);
    const where = [...(best.way.where === undefined ? [] : [best.way.where]), ...tests(others)];
    return this.#run(`${best.way.from} ${joins(others, best.way.tables)}`, where, sort, direction, params);
  }

  /** Not kept as a statement: there are thousands of them, and each is run once in a while. */
  #run(
    from: string,
    where: readonly string[],
    sort: HoldingsSort,
    direction: Direction,
    params: Conditions['params'],
  ): number[] {
    const column = SORT_COLUMNS[sort];
    const order = direction === 'ascending' ? 'ASC' : 'DESC';
    const by = column === undefined ? `p.id ${order}` : `p.${column} ${order}, p.id ${order}`;
    return this.#connection.db
      .prepare(
        `SELECT p.id FROM ${from} ${where.length === 0 ? '' : `WHERE ${where.join(' AND ')}`}
         ORDER BY ${by} LIMIT ${String(this.#most + 1)}`,
      )
      .pluck(true)
      .all(params) as number[];
  }
}

function isTextAlone(filter: HoldingsNarrowing): filter is HoldingsNarrowing & { readonly text: string } {
  return (
    filter.text !== undefined &&
    Object.entries(filter).every(([key, value]) => key === 'text' || value === undefined)
  );
}

function walk(sort: HoldingsSort): string {
  return sort === 'added' ? 'parts p NOT INDEXED' : `parts p INDEXED BY parts_by_${sort}`;
}

function tests(conditions: readonly Condition[]): string[] {
  return conditions.map(({ test }) => `(${test})`);
}

/** What tests look at, but for what is there already. */
function joins(conditions: readonly Condition[], there: readonly Table[]): string {
  const needed = new Set(conditions.flatMap(({ tables }) => tables));
  return (['r', 'i', 'o'] as const)
    .filter((table) => needed.has(table) && !there.includes(table))
    .map((table) => JOINS[table])
    .join(' ');
}

/** A status is of a day: what was verified in time yesterday may be overdue today. */
function keyOf(filter: HoldingsNarrowing, sort: HoldingsSort, direction: Direction): string {
  const said = Object.entries(filter)
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const day = filter.status === undefined ? '' : String(Math.floor(Date.now() / DAY_MS));
  return `${sort} ${direction} ${day} ${JSON.stringify(said)}`;
}

/** A cursor names its list in few characters, however long a text was looked for. */
function digestOf(key: string): string {
  return createHash('sha256').update(key).digest('base64url');
}

function dependsOn({ outcome, status }: HoldingsNarrowing): DependsOn {
  return outcome === undefined && status === undefined ? 'parts' : 'checks';
}
