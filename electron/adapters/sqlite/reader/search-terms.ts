import { searchQuery } from '../../../../shared/domain/search-text.ts';
import type { Connection } from '../connection.ts';

/** What one word of a query asks for: all of its tokens, or, for a code typed with hyphens, its parts as one. */
export interface SearchWord {
  readonly tokens: readonly string[];
  readonly joined?: string;
}

/** Words that begin with the same letters, looked for one by one. */
const MOST_WORDS = 150;
/** As in the `prefix` option of the table: a shorter beginning has an index of its own. */
const INDEXED_PREFIX = 3;
/** Bounds against hostile text. */
const MOST_TEXT = 10_000;
const MOST_TOKENS = 40;
/** Codes such as `GB-AYE-99-00001`; shorter ones would join what does not belong together. */
const SHORTEST_CODE = 6;
const ISRC = /^[a-z]{2}[a-z0-9]{3}\d{7}$/;

/** The words that were typed, each once. No word, when there is nothing to look for. */
export function searchWords(text: string): SearchWord[] {
  const words = new Map<string, SearchWord>();
  let count = 0;
  for (const typed of text.slice(0, MOST_TEXT).split(/\s+/)) {
    const tokens = tokensOf(typed);
    const joined = tokens.join('');
    if (tokens.length === 0 || words.has(joined)) continue;
    const isCode =
      tokens.length > 1 && joined.length >= SHORTEST_CODE && /^[a-z0-9]*\d[a-z0-9]*$/.test(joined);
    words.set(joined, isCode ? { tokens, joined } : { tokens });
    // More would only narrow what is found already.
    if ((count += tokens.length) >= MOST_TOKENS) break;
  }
  const all = [...words.values()].flatMap(({ tokens }) => tokens);
  const joined = all.join('');
  // An ISRC read aloud or copied from a label often has spaces: it is one thing, and no four words.
  return words.size > 1 && ISRC.test(joined) ? [{ tokens: all, joined }] : [...words.values()];
}

/** Tokens are letters and digits, so the quotes of the expression part them safely. */
function tokensOf(text: string): string[] {
  return Array.from((searchQuery(text) ?? '').matchAll(/"([^"]+)"\*/g), (match) => match[1] ?? '');
}

/** An FTS5 expression and what it costs to begin with. */
export interface Expression {
  readonly text: string;
  /** Single words and prefixes in it. */
  readonly terms: number;
  /** Some words with a typed beginning were left out. */
  readonly partial: boolean;
}

/**
 * Writes FTS5 expressions. Beginnings of more than three letters are replaced by the words that have them: for those, FTS5
 * would first gather all rows of all such words, which takes half a second for a frequent one, before it gives the first.
 */
export class Terms {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
    // In the connection's own temporary schema: the catalogue itself is not written to.
    connection.db.pragma('query_only = OFF');
    connection.db.exec(
      `CREATE VIRTUAL TABLE temp.search_words USING fts5vocab('main', 'search', 'instance')`,
    );
    connection.db.pragma('query_only = ON');
  }

  /** All words, each as a beginning; undefined when one of them begins no word of the catalogue. */
  beginning(words: readonly SearchWord[]): Expression | undefined {
    return this.#all(words, (token) => this.#prefix(token));
  }

  /** All words, each as a whole. */
  whole(words: readonly SearchWord[]): Expression | undefined {
    return this.#all(words, (token) => ({ text: `"${token}"`, terms: 1, partial: false }));
  }

  #all(words: readonly SearchWord[], of: (token: string) => Expression | undefined): Expression | undefined {
    const expressions: Expression[] = [];
    for (const word of words) {
      const parts = [...new Set(word.tokens)].map(of);
      const apart = parts.every((part) => part !== undefined) ? both(parts, 'AND') : undefined;
      const joined = word.joined === undefined ? undefined : of(word.joined);
      const either = [apart, joined].filter((expression) => expression !== undefined);
      if (either.length === 0) return undefined;
      expressions.push(both(either, 'OR'));
    }
    return both(expressions, 'AND');
  }

  #prefix(token: string): Expression | undefined {
    if (Array.from(token).length <= INDEXED_PREFIX) return { text: `"${token}" *`, terms: 1, partial: false };
    const words: string[] = [];
    const next = this.#connection
      .sql<string>('SELECT term FROM temp.search_words WHERE term >= ? AND term < ? LIMIT 1')
      .pluck(true);
    const end = `${token}\u{10ffff}`;
    for (let from = token; words.length <= MOST_WORDS;) {
      const word = next.get(from, end);
      if (word === undefined) break;
      words.push(word);
      from = `${word}\0`;
    }
    if (words.length === 0) return undefined;
    const partial = words.length > MOST_WORDS;
    const kept = words.slice(0, MOST_WORDS);
    return { text: `(${kept.map((word) => `"${word}"`).join(' OR ')})`, terms: kept.length, partial };
  }
}

function both(expressions: readonly Expression[], operator: 'AND' | 'OR'): Expression {
  const text = expressions.map((expression) => expression.text).join(` ${operator} `);
  return {
    text: expressions.length > 1 ? `(${text})` : text,
    terms: expressions.reduce((sum, { terms }) => sum + terms, 0),
    partial: expressions.some(({ partial }) => partial),
  };
}
