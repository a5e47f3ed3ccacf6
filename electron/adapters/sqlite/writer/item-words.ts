import type { Connection } from '../connection.ts';

/** What the recordings of an item say of who made it and when; equal values are one. */
export interface ItemWords {
  parts: number;
  artists: number;
  firstAlbumArtist: string | null;
  lastAlbumArtist: string | null;
  firstArtist: string | null;
  lastArtist: string | null;
  firstDate: string | null;
}

interface PartWords {
  readonly artist: string | null;
  readonly album_artist: string | null;
  readonly date: string | null;
}

export function noWords(): ItemWords {
  return {
    parts: 0,
    artists: 0,
    firstAlbumArtist: null,
    lastAlbumArtist: null,
    firstArtist: null,
    lastArtist: null,
    firstDate: null,
  };
}

/** Adds what one recording says. */
export function addWords(words: ItemWords, { artist, album_artist: albumArtist, date }: PartWords): void {
  words.parts++;
  if (artist !== null) {
    words.artists++;
    words.firstArtist = least(words.firstArtist, artist);
    words.lastArtist = greatest(words.lastArtist, artist);
  }
  if (albumArtist !== null) {
    words.firstAlbumArtist = least(words.firstAlbumArtist, albumArtist);
    words.lastAlbumArtist = greatest(words.lastAlbumArtist, albumArtist);
  }
  if (date !== null && date !== '') words.firstDate = least(words.firstDate, date);
}

/** The words of everything that stands in a representation. */
export function wordsOf(connection: Connection, representationId: number): ItemWords {
  const words = connection
    .sql<ItemWords>(
      `SELECT count(*) AS parts, count(e.artist) AS artists,
         min(e.album_artist) AS firstAlbumArtist, max(e.album_artist) AS lastAlbumArtist,
         min(e.artist) AS firstArtist, max(e.artist) AS lastArtist, min(nullif(e.date, '')) AS firstDate
       FROM parts p LEFT JOIN embedded_metadata e ON e.object_id = p.object_id WHERE p.representation_id = ?`,
    )
    .get(representationId);
  return words ?? noWords();
}

/** The album artist, else the artist, where all recordings agree on one. */
export function creatorOf(words: ItemWords): string | null {
  if (words.firstAlbumArtist !== null)
    return words.firstAlbumArtist === words.lastAlbumArtist ? words.firstAlbumArtist : null;
  return words.artists === words.parts && words.firstArtist === words.lastArtist ? words.firstArtist : null;
}

// In the order of SQLite's own min() and max(), so that both ways of counting agree.
function least(a: string | null, b: string): string {
  return a === null || (a !== b && Buffer.compare(Buffer.from(b), Buffer.from(a)) < 0) ? b : a;
}

function greatest(a: string | null, b: string): string {
  return a === null || (a !== b && Buffer.compare(Buffer.from(b), Buffer.from(a)) > 0) ? b : a;
}
