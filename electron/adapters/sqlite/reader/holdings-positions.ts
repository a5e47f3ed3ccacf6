import type { HoldingsSort } from '../../../../shared/domain/holdings-list.ts';
import type { Connection } from '../connection.ts';
import { SORT_COLUMNS, type Direction } from './holdings-sorts.ts';
import { Remembered } from './remembered.ts';

/** A row's id and its sort key. */
export interface Row {
  readonly id: number;
  readonly key: string | number;
}

/** A row whose place in the ascending order is known; without one, an end of the order. */
interface Mark {
  readonly at: number;
  readonly row?: Row;
}

/** What is known of one order. */
interface Order {
  readonly total: number;
  /** In order, both ends among them. */
  readonly marks: Mark[];
  /** Where ids have no gap, an id tells its place. */
  readonly firstId?: number;
}

/** Rows between two marks: stepping over so many takes a millisecond or two. */
const STRIDE = 20_000;

/** Parts in custody. Counted over the pages of an index: milliseconds for a million. */
export function partCount(connection: Connection): number {
  return connection.sql<number>('SELECT count(*) FROM parts').pluck(true).get() ?? 0;
}

/**
 * Finds rows by their place in an order. An index has no numbers in it: one has to step. Who steps far leaves marks on the way,
 * and nobody steps far twice while the holdings are the same.
 */
export class Positions {
  readonly #connection: Connection;
  readonly #orders: Remembered<Order>;

  readonly #stride: number;

  constructor(connection: Connection, stride = STRIDE) {
    this.#connection = connection;
    this.#stride = stride;
    this.#orders = new Remembered(connection, Object.keys(SORT_COLUMNS).length + 1);
  }

  rows(sort: HoldingsSort, direction: Direction, offset: number, most: number): Row[] {
    return this.#connection.db.transaction(() => {
      const order = this.#orders.get(sort, 'parts', () => this.#order(sort));
      const wanted = Math.min(most, order.total - offset);
      if (wanted <= 0) return [];
      return direction === 'ascending'
        ? this.#range(sort, order, offset, wanted)
        : this.#range(sort, order, order.total - offset - wanted, wanted).reverse();
    })();
  }

  /** Of the whole list. */
  count(): number {
    return this.#connection.db.transaction(
      () => this.#orders.get('added', 'parts', () => this.#order('added')).total,
    )();
  }

  #order(sort: HoldingsSort): Order {
    const total = partCount(this.#connection);
    const marks = [{ at: 0 }, { at: total - 1 }];
    if (sort !== 'added') return { total, marks };
    const [first, last] = this.#connection
      .sql('SELECT (SELECT min(id) FROM parts), (SELECT max(id) FROM parts)')
      .raw(true)
      .get() as [number, number];
    return { total, marks, ...(last - first + 1 === total && { firstId: first }) };
  }

  #range(sort: HoldingsSort, order: Order, first: number, count: number): Row[] {
    if (order.firstId !== undefined)
      return this.#step(sort, { at: first, row: { id: order.firstId + first, key: '' } }, true, 0, count);
    const last = first + count - 1;
    for (;;) {
      const [below, above] = around(order.marks, first, last);
      const isForward = first - below.at <= above.at - last;
      const from = isForward ? below : above;
      const steps = isForward ? first - below.at : above.at - last;
      if (steps <= this.#stride) {
        const rows = this.#step(sort, from, isForward, steps, count);
        return isForward ? rows : rows.reverse();
      }
      const [row] = this.#step(sort, from, isForward, this.#stride, 1);
      if (row === undefined) return [];
      const mark = { at: from.at + (isForward ? this.#stride : -this.#stride), row };
      order.marks.splice(
        order.marks.findIndex(({ at }) => at > mark.at),
        0,
        mark,
      );
    }
  }

  #step(sort: HoldingsSort, { row }: Mark, isForward: boolean, steps: number, count: number): Row[] {
    const column = SORT_COLUMNS[sort];
    const [order, than] = isForward ? ['ASC', '>='] : ['DESC', '<='];
    const keys = column === undefined ? 'id' : `${column}, id`;
    const by = column === undefined ? `id ${order}` : `${column} ${order}, id ${order}`;
    const from = row === undefined ? '' : `WHERE (${keys}) ${than} (${column === undefined ? '?' : '?, ?'})`;
    const values = row === undefined ? [] : column === undefined ? [row.id] : [row.key, row.id];
    return this.#connection
      .sql<Row>(`SELECT id, ${column ?? 'id'} AS key FROM parts ${from} ORDER BY ${by} LIMIT ? OFFSET ?`)
      .all(...values, count, steps);
  }
}

/** The marks nearest to a range that leave it between them. */
function around(marks: readonly Mark[], first: number, last: number): [Mark, Mark] {
  const [start, end] = [marks[0], marks.at(-1)];
  if (start === undefined || end === undefined) throw new Error('an order without ends');
  const between = marks.slice(1, -1);
  return [between.findLast(({ at }) => at <= first) ?? start, between.find(({ at }) => at >= last) ?? end];
}
