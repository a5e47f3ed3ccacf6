import type { HoldingsSort } from '../../../../shared/domain/holdings-list.ts';

/** The index column of each offered sort; `added` is the order of ids. */
export const SORT_COLUMNS = {
  added: undefined,
  title: 'title_key',
  artist: 'artist_key',
  album: 'album_key',
  duration: 'duration_ms',
  size: 'size',
} as const satisfies Record<HoldingsSort, string | undefined>;

export type Direction = 'ascending' | 'descending';
