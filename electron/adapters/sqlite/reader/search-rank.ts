import { displayPath, joinRaw, type RawPath } from '../../../../shared/domain/path.ts';
import { searchTokens } from '../../../../shared/domain/search-text.ts';
import type { Connection } from '../connection.ts';
import { TRACK_LINES, trackTokens } from '../track-words.ts';
import type { SearchWord } from './search-terms.ts';

/** What a word is worth where it is found, as a beginning; a whole word is worth WHOLE more. */
const WORTH = { title: 10, artist: 8, tracks: 7, identifiers: 6, described: 5, album: 4, path: 2 } as const;
const WHOLE = 5;

/** id, title, artist, album, codes parted by spaces, folded words of the description, lines of its tracks, path of the folder, name of the file. */
type Candidate = readonly [
  id: number,
  title: string,
  artist: string,
  album: string,
  codes: string | null,
  described: string | null,
  tracks: string | null,
  folder: Uint8Array | null,
  name: Uint8Array | null,
];

/** As in the full-text index; see the writer. */
const CANDIDATES = `
  SELECT p.id, coalesce(p.described_title, e.title, p.name_title, ''), coalesce(p.described_creator, e.artist, e.album_artist, ''),
    coalesce(e.album, ''),
    (SELECT group_concat(value, ' ') FROM identifiers WHERE entity = 'object' AND entity_id = p.object_id),
    p.described_words, ${TRACK_LINES}, f.path, x.name
  FROM json_each(?) j
  CROSS JOIN parts p ON p.id = j.value
  LEFT JOIN embedded_metadata e ON e.object_id = p.object_id
  LEFT JOIN replicas x ON x.id = p.replica_id
  LEFT JOIN folders f ON f.id = x.folder_id`;

/** Ranks by the fields in which the words are found, and whether as whole words. Equal ones stay in the order of ids. */
export class Ranking {
  readonly #connection: Connection;
  readonly #words: readonly SearchWord[];
  readonly #wanted: readonly string[];

  constructor(connection: Connection, words: readonly SearchWord[]) {
    this.#connection = connection;
    this.#words = words;
    this.#wanted = words.flatMap(({ tokens }) => tokens);
  }

  best(ids: ReadonlySet<number>, limit: number): number[] {
    return this.#connection
      .sql(CANDIDATES)
      .raw(true)
      .all(JSON.stringify([...ids]))
      .map((row) => ({ id: (row as Candidate)[0], score: this.#score(row as Candidate) }))
      .sort((a, b) => b.score - a.score || a.id - b.id)
      .slice(0, limit)
      .map(({ id }) => id);
  }

  #score([, titleText, artist, album, codes, described, tracks, folder, name]: Candidate): number {
    const wanted = this.#wanted;
    const title = searchTokens(titleText);
    const scores = wanted.map((token) => worth(token, title, WORTH.title));
    const isTitle = title.length === wanted.length && wanted.every((token, i) => token === title[i]);
    this.#raise(scores, WORTH.artist, () => searchTokens(artist));
    if (codes !== null) {
      const tokens = searchTokens(codes);
      this.#raise(scores, WORTH.identifiers, () => tokens);
      this.#raiseCodes(scores, tokens);
    }
    if (tracks !== null) {
      const tokens = trackTokens(tracks);
      this.#raise(scores, WORTH.tracks, () => tokens);
      this.#raiseCodes(scores, tokens);
    }
    if (described !== null) {
      const tokens = described.split(' ');
      this.#raise(scores, WORTH.described, () => tokens);
      this.#raiseCodes(scores, tokens);
    }
    this.#raise(scores, WORTH.album, () => searchTokens(album));
    // What is found in none of these must be in the path.
    if (scores.includes(0) && folder !== null && name !== null)
      this.#raise(scores, WORTH.path, () => searchTokens(displayPath(joinRaw(folder as RawPath, name))));
    return scores.reduce((sum, score) => sum + score, isTitle ? WHOLE : 0);
  }

  /** Looks into a field only when it could still raise a score. */
  #raise(scores: number[], worthOfField: number, field: () => readonly string[]): void {
    if (scores.every((score) => score >= worthOfField + WHOLE)) return;
    const tokens = field();
    if (tokens.length === 0) return;
    this.#wanted.forEach(
      (token, i) => (scores[i] = Math.max(scores[i] ?? 0, worth(token, tokens, worthOfField))),
    );
  }

  /** A code that was typed in parts and stands as one. */
  #raiseCodes(scores: number[], codes: readonly string[]): void {
    let at = 0;
    for (const { tokens, joined } of this.#words) {
      const value = joined === undefined ? 0 : worth(joined, codes, WORTH.identifiers);
      for (let i = 0; i < tokens.length; i++, at++) scores[at] = Math.max(scores[at] ?? 0, value);
    }
  }
}

function worth(token: string, tokens: readonly string[], worthOfField: number): number {
  let best = 0;
  for (const other of tokens) {
    if (other === token) return worthOfField + WHOLE;
    if (best === 0 && other.startsWith(token)) best = worthOfField;
  }
  return best;
}
