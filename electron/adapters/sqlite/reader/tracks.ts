import type { Track } from '../../../../shared/contract/items.ts';
import { publicId } from '../../../../shared/domain/ids.ts';
import { FRAMES_PER_SECOND } from '../../../../shared/domain/disc-time.ts';
import type { Connection } from '../connection.ts';
import { valueIf } from './rows.ts';

interface TrackRow {
  readonly part_id: number;
  readonly cue_object_id: number;
  readonly number: number;
  readonly title: string | null;
  readonly performer: string | null;
  readonly isrc: string | null;
  readonly gap_frame: number | null;
  readonly start_frame: number;
  readonly end_frame: number | null;
  readonly duration_ms: number;
}

/** Tracks inside the files of an item or of one part, in order; more than anybody looks at are left out. */
const MOST = 10_000;

const OF = {
  item: 'r.item_id = ?',
  part: 'p.id = ?',
} as const;

export function tracksOf(
  connection: Connection,
  { kind, id }: { readonly kind: 'item' | 'part'; readonly id: number },
): Track[] {
  return connection
    .sql<TrackRow>(
      `SELECT p.id AS part_id, p.duration_ms, t.cue_object_id, t.number, t.title, t.performer, t.isrc, t.gap_frame,
         t.start_frame, t.end_frame
       FROM representations r CROSS JOIN parts p ON p.representation_id = r.id
         CROSS JOIN tracks t ON t.audio_object_id = p.object_id
       WHERE ${OF[kind]} ORDER BY r.id, p.position, p.id, t.cue_object_id, t.number LIMIT ${MOST}`,
    )
    .all(id)
    .map((row) => ({
      part: publicId('part', row.part_id),
      number: row.number,
      ...valueIf('title', row.title),
      ...valueIf('performer', row.performer),
      ...valueIf('isrc', row.isrc),
      ...valueIf('gapFrame', row.gap_frame),
      startFrame: row.start_frame,
      ...valueIf('endFrame', row.end_frame ?? endOfFile(row)),
      cue: publicId('object', row.cue_object_id),
    }));
}

/** The last track runs to the end of its file, where that is known and the sheet does not contradict it. */
function endOfFile({ duration_ms: ms, start_frame: start }: TrackRow): number | undefined {
  const frames = Math.round((ms * FRAMES_PER_SECOND) / 1000);
  return frames > start ? frames : undefined;
}
