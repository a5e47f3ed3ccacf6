import { z } from 'zod';
import { procedure, textSchema } from './common.ts';

/** `columns.holdings`, `views.holdings`: what a screen remembers of itself. */
const keySchema = z.string().regex(/^[a-z][a-z0-9.-]{0,79}$/, 'a key is written like columns.holdings');

/**
 * What screens remember for this user and archive: widths, filters, saved views. Kept beside the user's settings and never in the
 * archive, since it is nobody's description of anything. Values are JSON of at most 64 KiB.
 */
export const preferences = {
  get: procedure.input(z.object({ key: keySchema })).output(z.object({ value: z.unknown() })),
  set: procedure
    .input(z.object({ key: keySchema, value: z.unknown() }))
    .output(z.object({ value: z.unknown() })),
  /** Archives that were opened, the newest first; those that are gone are not listed. */
  recentArchives: procedure.output(
    z.object({ rows: z.array(z.object({ name: textSchema(1000), path: textSchema(4096) })), next: z.null() }),
  ),
};
