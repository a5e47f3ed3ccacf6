import { z } from 'zod';
import { pathSchema } from './common.ts';

/**
 * `problem`: what was found does not agree, or cannot be used; a person should look. `note`: worth knowing. `question`: only a
 * person can answer.
 */
export const rebuildProblemSchema = z.object({
  path: pathSchema,
  code: z.enum([
    'snapshot_refused',
    'supplement_refused',
    'older_state',
    'log_forked',
    'no_supplement',
    'log_broken',
    'refers_to_nothing',
    'moved_or_copied',
    'marker_twice',
    'bag_missing',
    'bag_unreadable',
    'not_in_bag',
    'not_in_catalogue',
    'digest_differs',
    'not_there',
    'size_differs',
    'counters_differ',
  ]),
  severity: z.enum(['problem', 'note', 'question']),
  message: z.string(),
});

/** What a rebuild made, and of what. */
export const rebuildResultSchema = z.object({
  archive: z.object({ id: z.uuid(), name: z.string(), path: z.string() }),
  /** The event of the snapshot that it began with; null where none could be used. */
  snapshot: z.object({ path: pathSchema, eventSeq: z.int() }).nullable(),
  /** Supplements that were newer than the snapshot. */
  supplements: z.int(),
  /** Bags that no supplement told of. */
  bagsWithoutSupplement: z.int(),
  accessions: z.int(),
  items: z.int(),
  objects: z.int(),
  replicas: z.int(),
  bags: z.int(),
  descriptions: z.int(),
  events: z.int(),
  /** The first thousand. */
  problems: z.array(rebuildProblemSchema),
  problemsTotal: z.int(),
  notes: z.array(rebuildProblemSchema),
});

export type RebuildProblem = z.infer<typeof rebuildProblemSchema>;
export type RebuildResult = z.infer<typeof rebuildResultSchema>;
