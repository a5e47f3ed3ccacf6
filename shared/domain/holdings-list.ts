/** The closed list of sorts that stay fast over a million rows. */
export const HOLDINGS_SORTS = ['added', 'title', 'artist', 'album', 'duration', 'size'] as const;
export type HoldingsSort = (typeof HOLDINGS_SORTS)[number];

/** How many rows of a filtered list can be reached; the rest is beyond what a person looks through. */
export const MOST_FILTERED = 20_000;
