import { searchTokens } from '../../../shared/domain/search-text.ts';

/** What the cue sheets say of the tracks inside a part `p`: a line a track, NULL where there is none. */
export const TRACK_LINES = `(SELECT group_concat(concat_ws(' ', t.title, t.performer, t.isrc), char(10))
  FROM tracks t WHERE t.audio_object_id = p.object_id)`;

/** The lines of TRACK_LINES as words, as the full-text index has them. */
export function trackTokens(lines: string | null): string[] {
  return lines === null ? [] : [...new Set(lines.split('\n').flatMap((line) => searchTokens(line)))];
}
