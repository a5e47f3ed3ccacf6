import Database from 'better-sqlite3';
import type { MadeFile } from './written-catalogue.ts';

/** What a query answers on a connection of its own; integers beyond 2^53 are rounded. */
export function rowsOf<Row = Record<string, unknown>>(path: string, query: string): Row[] {
  const db = new Database(path, { readonly: true });
  try {
    return db.prepare(query).all() as Row[];
  } finally {
    db.close();
  }
}

/** The recordings of one album, tagged, each with an ISRC. */
export function album(n: number, tracks = 3): MadeFile[] {
  return Array.from({ length: tracks }, (_, track) => ({
    name: `0${track + 1} t${n}.flac`,
    content: `${n}/${track}`,
    embedded: {
      title: `Title ${n}/${track}`,
      artist: `Artist ${n}`,
      album: `Album ${n}`,
      date: `19${n}0`,
      track: track + 1,
    },
    identifiers: [['isrc', `X${n}${track}`]] as const,
  }));
}
