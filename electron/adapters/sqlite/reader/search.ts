import { HoldfastError } from '../../../../shared/domain/errors.ts';
import type { Holding } from '../../../../shared/contract/holdings.ts';
import type { Connection } from '../connection.ts';
import { holdingsOf } from './holdings.ts';
import { Ranking } from './search-rank.ts';
import { searchWords, Terms, type Expression } from './search-terms.ts';

/** Matches that are ranked at most. */
const CANDIDATES = 600;
/** Of these, how many are looked for in titles when everything together is too much. */
const IN_TITLES = 300;
/** Milliseconds of this thread's work after which no further range of ids is asked. */
const BUDGET_MS = 10;
const TITLE_BUDGET_MS = 4;
/** Up to here everything is asked at once, however long it takes: the same words always find the same. */
const SMALL_CATALOGUE = 20_000;

/** Full-text search over parts. */
export class Search {
  readonly #connection: Connection;
  readonly #terms: Terms;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#terms = new Terms(connection);
  }

  /**
   * Words and beginnings of words, all of which must occur. Of more matches than can be ranked in time (`capped`), those
   * with the words in their titles come first, then an even sample over the whole catalogue.
   */
  search(text: string, limit: number): { rows: Holding[]; capped: boolean } {
    const words = searchWords(text);
    // One snapshot: what is found is what is ranked and shown.
    return this.#connection.db.transaction(() => {
      const expression = words.length === 0 ? undefined : this.#terms.beginning(words);
      if (expression === undefined) return { rows: [], capped: false };
      const maxId = this.#connection.sql<number | null>('SELECT max(id) FROM parts').pluck(true).get() ?? 0;
      const found = new Set<number>();
      const complete = this.#gather(expression, found, CANDIDATES, maxId, BUDGET_MS);
      const capped = !complete || expression.partial;
      let candidates = found;
      if (!complete) {
        candidates = new Set();
        for (const inTitle of [this.#terms.whole(words), expression])
          if (inTitle !== undefined && candidates.size < IN_TITLES)
            this.#gather(
              { ...inTitle, text: `{title} : ${inTitle.text}` },
              candidates,
              IN_TITLES,
              maxId,
              TITLE_BUDGET_MS,
            );
        for (const id of found) if (candidates.size < CANDIDATES) candidates.add(id);
      }
      const ranked = new Ranking(this.#connection, words).best(candidates, limit);
      return { rows: holdingsOf(this.#connection, ranked), capped };
    })();
  }

  /**
   * Every part that matches, however long it takes.
   * @throws HoldfastError BAD_INPUT where a word begins so many others that not all of them are looked for.
   */
  all(text: string): number[] {
    return this.#connection.db.transaction(() => {
      const words = searchWords(text);
      const expression = words.length === 0 ? undefined : this.#terms.beginning(words);
      if (expression === undefined) return [];
      if (expression.partial)
        throw new HoldfastError(
          'BAD_INPUT',
          `"${text.slice(0, 100)}" begins too many words to be sure of finding all of them. Write the words out.`,
        );
      return this.#connection
        .sql<{ id: number }>('SELECT rowid AS id FROM search WHERE search MATCH ?')
        .all(expression.text)
        .map(({ id }) => id);
    })();
  }

  /**
   * Adds matches to `found` until there are `want`. Goes over the ids in ranges, far apart ones first, so that the oldest do
   * not crowd out the rest and time can be looked at in between. True when there is no further match.
   */
  #gather(
    expression: Expression,
    found: Set<number>,
    want: number,
    maxId: number,
    budgetMs: number,
  ): boolean {
    const deadline = workDone() + budgetMs;
    const query = this.#connection
      .sql<number>('SELECT rowid FROM search WHERE search MATCH ? AND rowid BETWEEN ? AND ? LIMIT ?')
      .pluck(true);
    // To begin a query costs a look-up for each of its terms.
    const ranged = maxId > SMALL_CATALOGUE;
    const count = !ranged ? 1 : expression.terms <= 4 ? 32 : expression.terms <= 30 ? 8 : 4;
    const width = Math.max(1, Math.ceil(maxId / count));
    let ranges = spread(count).map((i) => ({ from: i * width + 1, to: (i + 1) * width }));
    while (ranges.length > 0) {
      const quota = Math.max(1, Math.ceil((want - found.size) / ranges.length));
      const further: typeof ranges = [];
      for (const range of ranges) {
        if (found.size >= want || (ranged && workDone() > deadline)) return false;
        if (range.from > maxId) continue;
        const rows = query.all(expression.text, range.from, range.to, quota);
        for (const id of rows) found.add(id);
        const last = rows.at(-1);
        if (rows.length === quota && last !== undefined && last < range.to)
          further.push({ from: last + 1, to: range.to });
      }
      ranges = further;
    }
    return true;
  }
}

/** 0 … count-1 (a power of two) with neighbours far apart: the numbers with their bits reversed. */
function spread(count: number): number[] {
  let order = [0];
  for (let size = 1; size < count; size *= 2)
    order = [...order.map((i) => i * 2), ...order.map((i) => i * 2 + 1)];
  return order;
}

/** Milliseconds; not those in which the machine was busy with something else, where Node can tell. */
function workDone(): number {
  // Node 22 has no threadCpuUsage.
  const measured = (process as Partial<Pick<typeof process, 'threadCpuUsage'>>).threadCpuUsage?.();
  return measured === undefined ? performance.now() : (measured.user + measured.system) / 1_000;
}
