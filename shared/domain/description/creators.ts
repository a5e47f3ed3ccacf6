/** Who stands for a recording in lists and sorts, out of all who contributed to it. */
import type { Contributor } from './fields.ts';

/** The first tier of which somebody is named; whoever engineered a tape does not become its artist. */
const TIERS: readonly ReadonlySet<string>[] = [
  new Set(
    (
      'creator artist performer singer vocalist musician instrumentalist soloist ensemble band choir chorus orchestra ' +
      'conductor dj actor reader narrator storyteller reciter speaker interviewee lecturer preacher'
    ).split(' '),
  ),
  new Set('composer songwriter author lyricist librettist poet writer'.split(' ')),
  new Set('interviewer recordist collector fieldworker broadcaster'.split(' ')),
];

/** Their names in the order in which they were written; undefined where nobody is named who could be called creator. */
export function creatorOf(contributors: readonly Contributor[]): string | undefined {
  for (const tier of TIERS) {
    const names = contributors.filter(({ role }) => tier.has(role)).map(({ name }) => name);
    if (names.length > 0) return [...new Set(names)].join('; ');
  }
  return undefined;
}

/** What is known of who made a part, from what was written and from its tags. */
export interface CreatorWords {
  /** Written of the part. */
  readonly own: string | null;
  /** The part's tag. */
  readonly artist: string | null;
  /** Written of its item. */
  readonly item: string | null;
  /** What the files of the item agree on. */
  readonly itemFiles: string | null;
  readonly albumArtist: string | null;
}

/**
 * Who is shown as creator of a part. What was written of the item stands in for what the files of the item agree on, so that a
 * guest on one track of it keeps the name.
 */
export function creatorShown({ own, artist, item, itemFiles, albumArtist }: CreatorWords): string {
  if (own !== null) return own;
  if (item !== null && (artist === null || artist === itemFiles)) return item;
  return artist ?? albumArtist ?? '';
}
