import { searchTokens } from '../../../../shared/domain/search-text.ts';
import type { Connection } from '../connection.ts';
import type { SearchWord } from './search-terms.ts';

/** What an accession and the collections around it say of themselves, and what people wrote of them. */
const WORDS = `
  WITH RECURSIVE up (accession_id, collection_id) AS (
    SELECT id, collection_id FROM accessions WHERE collection_id IS NOT NULL
    UNION
    SELECT up.accession_id, c.parent_id FROM up JOIN collections c ON c.id = up.collection_id WHERE c.parent_id IS NOT NULL
  )
  SELECT id, concat_ws(' ', number, title, source, acquired, agreement) AS words FROM accessions
  UNION ALL SELECT up.accession_id, c.name FROM up JOIN collections c ON c.id = up.collection_id
  UNION ALL SELECT entity_id, value FROM descriptions WHERE entity = 'accession' AND superseded_by IS NULL
  UNION ALL SELECT up.accession_id, d.value FROM up JOIN descriptions d
    ON d.entity = 'collection' AND d.entity_id = up.collection_id AND d.superseded_by IS NULL`;

const STATE =
  'SELECT (SELECT count(*) FROM accessions) AS accessions, (SELECT max(seq) FROM events) AS events';

/** An accession that has some of the words, and the words that must then be found in its recordings. */
export interface AccessionFound {
  readonly id: number;
  readonly left: readonly SearchWord[];
}

/**
 * The words of accessions. Thousands at most, and they change only with an act: so they are kept in memory, and read again when
 * the log has grown.
 */
export class AccessionWords {
  readonly #connection: Connection;
  #state = '';
  #words = new Map<number, Set<string>>();

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Accessions that have at least one of the words, those with the most of them first. */
  find(words: readonly SearchWord[]): AccessionFound[] {
    this.#refresh();
    const found: AccessionFound[] = [];
    for (const [id, tokens] of this.#words) {
      const left = words.filter((word) => !holds(tokens, word));
      if (left.length < words.length) found.push({ id, left });
    }
    return found.sort((a, b) => a.left.length - b.left.length || a.id - b.id);
  }

  #refresh(): void {
    const state = JSON.stringify(this.#connection.sql(STATE).get());
    if (state === this.#state) return;
    this.#words = new Map();
    for (const row of this.#connection.sql<{ id: number; words: string }>(WORDS).iterate()) {
      let tokens = this.#words.get(row.id);
      if (tokens === undefined) this.#words.set(row.id, (tokens = new Set()));
      for (const token of searchTokens(row.words)) tokens.add(token);
    }
    this.#state = state;
  }
}

function holds(tokens: ReadonlySet<string>, word: SearchWord): boolean {
  const isThere = (wanted: string): boolean => {
    if (tokens.has(wanted)) return true;
    for (const token of tokens) if (token.startsWith(wanted)) return true;
    return false;
  };
  return word.tokens.every(isThere);
}
