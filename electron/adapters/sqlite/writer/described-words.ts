import { nameBeforeBag } from '../../../../shared/domain/bag-name.ts';
import { folderInBag } from '../../../../shared/domain/bag-path.ts';
import { creatorOf, creatorShown } from '../../../../shared/domain/description/creators.ts';
import { fieldOf, type Contributor, type FieldName } from '../../../../shared/domain/description/fields.ts';
import { displayPath, type RawPath } from '../../../../shared/domain/path.ts';
import { searchDocument, sortKey } from '../../../../shared/domain/search-text.ts';
import type { Connection } from '../connection.ts';
import { TRACK_LINES, trackTokens } from '../track-words.ts';

/** What was written of one thing, in the columns that lists, sorts and search read. */
interface DescribedWords {
  readonly title: string | null;
  readonly creator: string | null;
  readonly date: string | null;
  /** Everything, folded as for search; empty where nothing was written. */
  readonly all: string;
}

interface PartRow {
  readonly id: number;
  readonly name_title: string | null;
  readonly title_key: string;
  readonly artist_key: string;
  readonly album_key: string;
  readonly item_id: number;
  readonly title: string | null;
  readonly artist: string | null;
  readonly album: string | null;
  readonly album_artist: string | null;
  readonly item_creator: string | null;
  readonly identifiers: string | null;
  readonly tracks: string | null;
  readonly folder: Uint8Array | null;
  readonly name: Uint8Array | null;
}

/** Of the full-text index: rowid, title, artist, album, path, identifiers. */
type SearchRow = readonly [number, string, string, string, string, string];

const SEARCH_ROWS = 2_000;
const NOTHING: DescribedWords = { title: null, creator: null, date: null, all: '' };

const PART = `
  SELECT p.id, p.name_title, p.title_key, p.artist_key, p.album_key, r.item_id, e.title, e.artist, e.album, e.album_artist,
    i.creator AS item_creator,
    (SELECT group_concat(value, ' ') FROM identifiers WHERE entity = 'object' AND entity_id = p.object_id) AS identifiers,
    ${TRACK_LINES} AS tracks, f.path AS folder, x.name
  FROM parts p CROSS JOIN representations r ON r.id = p.representation_id CROSS JOIN items i ON i.id = r.item_id
  LEFT JOIN embedded_metadata e ON e.object_id = p.object_id
  LEFT JOIN replicas x ON x.id = p.replica_id LEFT JOIN folders f ON f.id = x.folder_id
  WHERE p.id = ?`;

/** Brings what lists, sorts and search say of these things up to what is written of them, parts of the items included. */
export function refreshWords(
  connection: Connection,
  itemIds: Iterable<number>,
  partIds: Iterable<number>,
): void {
  const words = new Words(connection);
  const parts = new Set(partIds);
  const ofItem = connection
    .sql<number>(
      `SELECT p.id FROM representations r CROSS JOIN parts p ON p.representation_id = r.id -- one column
       WHERE r.item_id = ?`,
    )
    .pluck(true);
  for (const itemId of itemIds) {
    words.item(itemId);
    for (const id of ofItem.all(itemId)) {
      words.part(id);
      parts.delete(id);
    }
  }
  for (const id of parts) words.part(id);
  words.flush();
}

/** The same for parts that were proposed anew or moved: nothing is done where nobody has written anything. */
export function refreshDescribedPart(connection: Connection, partId: number): void {
  const described = connection
    .sql(
      `SELECT 1 FROM parts p CROSS JOIN representations r ON r.id = p.representation_id
       WHERE p.id = ? AND (p.described_words IS NOT NULL
         OR EXISTS (SELECT 1 FROM descriptions d WHERE d.entity = 'item' AND d.entity_id = r.item_id))`,
    )
    .get(partId);
  if (described !== undefined) refreshWords(connection, [], [partId]);
}

/** The same for items to which parts were proposed: with them, what their files agree on may have changed. */
export function refreshDescribedItems(connection: Connection, itemIds: Iterable<number>): void {
  const described = connection.sql(
    `SELECT 1 FROM descriptions WHERE entity = 'item' AND entity_id = ? LIMIT 1`,
  );
  for (const id of itemIds) if (described.get(id) !== undefined) refreshWords(connection, [id], []);
}

class Words {
  readonly #connection: Connection;
  readonly #search: SearchRow[] = [];
  #item: { readonly id: number; readonly words: DescribedWords } | undefined;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  item(id: number): void {
    const words = this.#written('item', id, true);
    this.#item = { id, words };
    this.#connection
      .sql('UPDATE items SET described_title = ?, described_creator = ?, described_date = ? WHERE id = ?')
      .run(words.title, words.creator, words.date, id);
  }

  part(id: number): void {
    const row = this.#connection.sql<PartRow>(PART).get(id);
    if (row === undefined) return;
    const own = this.#written('part', id, false);
    const item = this.#ofItem(row.item_id);
    const all = [own.all, item.all].filter((words) => words !== '').join(' ');
    const title = own.title ?? row.title ?? row.name_title ?? '';
    const album = item.title ?? row.album ?? '';
    const creator = creatorShown({
      own: own.creator,
      artist: row.artist,
      item: item.creator,
      itemFiles: row.item_creator,
      albumArtist: row.album_artist,
    });
    const [titleKey, artistKey, albumKey] = [title, creator, album].map((text) => sortKey(text));
    const written = [own.title, own.creator, own.date, all === '' ? null : all];
    const keys = [titleKey ?? '', artistKey ?? '', albumKey ?? ''];
    // An index is rewritten for a column that is named, even where it stays as it was.
    const moves = titleKey !== row.title_key || artistKey !== row.artist_key || albumKey !== row.album_key;
    this.#connection
      .sql(
        `UPDATE parts SET ${moves ? 'title_key = ?, artist_key = ?, album_key = ?,' : ''}
           described_title = ?, described_creator = ?, described_date = ?, described_words = ? WHERE id = ?`,
      )
      .run(...(moves ? keys : []), ...written, id);
    // Where the tags tell, both of what they tell is found.
    const artists = creator === row.artist ? [row.artist, item.creator ?? row.album_artist] : [creator];
    const path = row.name === null ? '' : displayed(row.folder, row.name);
    this.#search.push([
      id,
      searchDocument(title),
      searchDocument([...new Set(artists.filter((name) => name !== null))].join(' ')),
      [searchDocument(album), all, ...trackTokens(row.tracks)].filter((words) => words !== '').join(' '),
      searchDocument(path),
      searchDocument(row.identifiers ?? ''),
    ]);
    if (this.#search.length >= SEARCH_ROWS) this.flush();
  }

  /** Writes what waits for the full-text index: deletes and inserts that take turns cost it three times as much. */
  flush(): void {
    const remove = this.#connection.sql('DELETE FROM search WHERE rowid = ?');
    const insert = this.#connection.sql(
      'INSERT INTO search (rowid, title, artist, album, path, identifiers) VALUES (?, ?, ?, ?, ?, ?)',
    );
    this.#search.sort((a, b) => a[0] - b[0]);
    for (const [id] of this.#search) remove.run(id);
    for (const row of this.#search) insert.run(...row);
    this.#search.length = 0;
  }

  #ofItem(id: number): DescribedWords {
    if (this.#item?.id !== id) this.#item = { id, words: this.#written('item', id, true) };
    return this.#item.words;
  }

  #written(entity: 'item' | 'part', id: number, withTitle: boolean): DescribedWords {
    const rows = this.#connection
      .sql<{ field: FieldName; value: string }>(
        `SELECT field, value FROM descriptions
         WHERE entity = ? AND entity_id = ? AND superseded_by IS NULL AND value <> 'null'`,
      )
      .all(entity, id);
    if (rows.length === 0) return NOTHING;
    const text = (field: FieldName): string | null => {
      const value = rows.find((row) => row.field === field)?.value;
      return value === undefined ? null : (JSON.parse(value) as string);
    };
    const contributors = rows.find(({ field }) => field === 'contributor')?.value;
    return {
      title: text('title'),
      date: text('date'),
      creator:
        contributors === undefined ? null : (creatorOf(JSON.parse(contributors) as Contributor[]) ?? null),
      all: rows
        .filter(({ field }) => withTitle || field !== 'title')
        .flatMap(({ field, value }) => wordsOf(field, JSON.parse(value) as string | (string | Contributor)[]))
        .map(searchDocument)
        .filter((words) => words !== '')
        .join(' '),
    };
  }
}

/** Texts of a value; a code also without what people part it by. */
function wordsOf(field: FieldName, value: string | readonly (string | Contributor)[]): string[] {
  const texts =
    typeof value === 'string' ? [value] : value.map((one) => (typeof one === 'string' ? one : one.name));
  if (fieldOf(field).scheme === undefined) return texts;
  return texts.flatMap((text) => [...new Set([text, text.replace(/[\s.-]/g, '')])]);
}

function displayed(folder: Uint8Array | null, name: Uint8Array): string {
  const [above = '', file = ''] = [folder ?? new Uint8Array(), name].map((bytes) =>
    displayPath(bytes as RawPath),
  );
  const shown = folderInBag(above);
  const path = shown === '' ? file : `${shown}/${file}`;
  return shown === above ? path : nameBeforeBag(path);
}
