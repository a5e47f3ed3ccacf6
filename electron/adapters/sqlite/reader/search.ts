import { HoldfastError } from '../../../../shared/domain/errors.ts';
import type { Holding } from '../../../../shared/contract/holdings.ts';
import type { Connection } from '../connection.ts';
import { holdingsOf } from './holdings.ts';
import { Ranking } from './search-rank.ts';
import { AccessionWords } from './search-accessions.ts';
import { searchWords, Terms, type Expression, type SearchWord } from './search-terms.ts';

/** Matches that are ranked at most. */
const CANDIDATES = 600;
/** Of these, how many are looked for in titles when everything together is too much. */
const IN_TITLES = 300;
/** Milliseconds of this thread's work after which no further range of ids is asked. */
const BUDGET_MS = 10;
const TITLE_BUDGET_MS = 4;
/** Of the words that an accession does not have: recordings that are looked through for them. */
const MOST_REST = 20_000;
/** Up to here everything is asked at once, however long it takes: the same words always find the same. */
const SMALL_CATALOGUE = 20_000;

/**
 * Matches among a range of ids. Numbers are bound as floats, and FTS5 goes straight to the beginning of a range only where it is told
 * integers: else it steps over all matches before it, milliseconds for a word that is common.
 */
const MATCHES = `
  SELECT rowid FROM search WHERE search MATCH ? AND rowid BETWEEN CAST(? AS INTEGER) AND CAST(? AS INTEGER)`;

const PARTS_OF_ACCESSION = `
  SELECT p.id FROM items i CROSS JOIN representations r ON r.item_id = i.id
  CROSS JOIN parts p ON p.representation_id = r.id WHERE i.accession_id = ?`;

/** Full-text search over parts, and over what their accessions and collections say of themselves. */
export class Search {
  readonly #connection: Connection;
  readonly #terms: Terms;
  readonly #accessions: AccessionWords;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#terms = new Terms(connection);
    this.#accessions = new AccessionWords(connection);
  }

  /**
   * Words and beginnings of words, all of which must occur. Of more matches than can be ranked in time (`capped`), those
   * with the words in their titles come first, then an even sample over the whole catalogue.
   */
  search(text: string, limit: number): { rows: Holding[]; capped: boolean } {
    // One snapshot: what is found is what is ranked and shown.
    return this.#connection.db.transaction(() => {
      const { ids, capped } = this.ranked(text, limit);
      return { rows: holdingsOf(this.#connection, ids), capped };
    })();
  }

  /** The same as ids alone; at most CANDIDATES of them. Recordings of accessions that have the words come after all others. */
  ranked(text: string, limit = CANDIDATES): { ids: number[]; capped: boolean } {
    const words = searchWords(text);
    if (words.length === 0) return { ids: [], capped: false };
    const { candidates, capped } = this.#candidates(words);
    const best = new Ranking(this.#connection, words).best(candidates, limit);
    if (capped || best.length >= limit) return { ids: best, capped };
    const further = this.#ofAccessions(words, candidates, limit - best.length + 1);
    return { ids: [...best, ...further].slice(0, limit), capped: best.length + further.length > limit };
  }

  #candidates(words: readonly SearchWord[]): { candidates: Set<number>; capped: boolean } {
    const found = new Set<number>();
    const expression = this.#terms.beginning(words);
    if (expression === undefined) return { candidates: found, capped: false };
    const maxId = this.#connection.sql<number | null>('SELECT max(id) FROM parts').pluck(true).get() ?? 0;
    const complete = this.#gather(expression, found, CANDIDATES, maxId, BUDGET_MS);
    const capped = !complete || expression.partial;
    if (complete) return { candidates: found, capped };
    const candidates = new Set<number>();
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
    return { candidates, capped };
  }

  /**
   * Recordings of accessions that have all the words, a donor's name or a collection's; and where nothing else was found, of
   * those that have some, if the recording has the rest.
   */
  #ofAccessions(words: readonly SearchWord[], known: ReadonlySet<number>, most: number): number[] {
    const accessions = this.#accessions.find(words);
    const isFound = known.size > 0 || accessions[0]?.left.length === 0;
    const ids: number[] = [];
    for (const { id, left } of accessions) {
      if (ids.length >= most || (left.length > 0 && isFound)) break;
      const rest = left.length === 0 ? undefined : this.#terms.beginning(left);
      if (left.length > 0 && rest === undefined) continue;
      const condition =
        rest === undefined
          ? ''
          : `AND p.id IN (SELECT rowid FROM search WHERE search MATCH ? LIMIT ${MOST_REST})`;
      const found = this.#connection
        .sql<number>(`${PARTS_OF_ACCESSION} ${condition} ORDER BY i.id, p.id LIMIT ?`)
        .pluck(true)
        .all(id, ...(rest === undefined ? [] : [rest.text]), most + known.size);
      ids.push(...found.filter((part) => !known.has(part)));
    }
    return ids.slice(0, most);
  }

  /** These parts by how well they match, as many as can be ranked in time; the rest after them as they came. */
  byRank(text: string, ids: readonly number[]): number[] {
    const first = ids.slice(0, CANDIDATES);
    const best = new Ranking(this.#connection, searchWords(text)).best(new Set(first), CANDIDATES);
    return [...best, ...ids.slice(CANDIDATES)];
  }

  /** Matches among these parts, or among all, in the order of ids; `capped` when there are more than `most` or time is up. */
  within(
    text: string,
    among: readonly number[] | undefined,
    most: number,
    budgetMs: number,
  ): { ids: number[]; capped: boolean } {
    const words = searchWords(text);
    if (words.length === 0 || among?.length === 0) return { ids: [], capped: false };
    const expression = this.#terms.beginning(words);
    const wanted = among && new Set(among);
    // The parts of an accession were numbered one after another: most of what is elsewhere is never looked at.
    const from = among?.reduce((least, id) => Math.min(least, id)) ?? 1;
    const to = among?.reduce((most, id) => Math.max(most, id)) ?? Number.MAX_SAFE_INTEGER;
    const found = new Set<number>();
    const deadline = workDone() + budgetMs;
    let seen = 0;
    const matches = [
      ...(expression === undefined
        ? []
        : [this.#connection.sql<number>(MATCHES).pluck(true).iterate(expression.text, from, to)]),
      this.#partsOfAccessions(words),
    ];
    const inOrder = (): number[] => [...found].sort((a, b) => a - b);
    for (const parts of matches)
      for (const id of parts) {
        if (found.size >= most || (++seen % 1_000 === 0 && workDone() > deadline))
          return { ids: inOrder(), capped: true };
        if (wanted?.has(id) !== false) found.add(id);
      }
    return { ids: inOrder(), capped: expression?.partial ?? false };
  }

  /** Recordings of the accessions that have all of the words. */
  *#partsOfAccessions(words: readonly SearchWord[]): Generator<number> {
    for (const { id, left } of this.#accessions.find(words)) {
      if (left.length > 0) return;
      yield* this.#connection
        .sql<number>(`${PARTS_OF_ACCESSION} ORDER BY i.id, p.id`)
        .pluck(true)
        .iterate(id);
    }
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
    const query = this.#connection.sql<number>(`${MATCHES} LIMIT ?`).pluck(true);
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
