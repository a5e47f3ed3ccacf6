import { z } from 'zod';
import { ASIDE_STATES } from '../domain/quarantine.ts';
import {
  digestHexSchema,
  idSchema,
  pageInput,
  pageOf,
  pathSchema,
  procedure,
  textSchema,
  timeSchema,
} from './common.ts';

const reasonSchema = textSchema(2000).trim().min(1);

/** A damaged file that a recovery set aside. */
export const asideSchema = z.object({
  id: idSchema,
  state: z.enum(ASIDE_STATES),
  /** Where it was set aside. */
  path: pathSchema,
  /** Where it stood before. */
  stoodAt: pathSchema,
  location: z.object({ id: idSchema, name: z.string() }),
  finding: idSchema,
  replica: idSchema,
  outcome: z.string(),
  size: z.int(),
  /** Absent where it could not be read. */
  sha256: digestHexSchema.optional(),
  at: timeSchema,
  by: z.string(),
  job: idSchema,
  released: z
    .object({
      at: timeSchema,
      by: z.string(),
      secondAgent: z.string().optional(),
      reason: z.string(),
      /** Where it was given back to. */
      to: z.string().optional(),
      event: idSchema,
    })
    .optional(),
});

export const asideDetailSchema = asideSchema.extend({
  /** Whether a file stands in quarantine now; absent where its location cannot be reached. */
  stands: z.boolean().optional(),
  /** Whether anything stands where it stood before; absent where that cannot be seen now, or it has left quarantine. */
  placeTaken: z.boolean().optional(),
  /** The text that was put beside it. */
  story: z.string().optional(),
  /** Why its bytes may not be removed now. */
  keepBecause: z.string().optional(),
});

/** What interrupted recoveries had left, and what became of it. */
export const sweptSchema = z.object({
  /** Staged copies that were removed: their content stands elsewhere, read and found good. */
  removed: z.int(),
  /** Damaged files in quarantine that no record told of, recorded now. */
  recorded: z.int(),
  /** Texts beside them that were lacking and were written, or told of a file that is not there and were removed. */
  stories: z.int(),
  /** What was left as it is, and why. */
  kept: z.array(z.object({ path: pathSchema, reason: z.string() })),
});

export const quarantine = {
  /** Newest first; with `all` those that were given back or removed too. */
  list: procedure
    .input(z.object({ ...pageInput, all: z.boolean().default(false) }))
    .output(pageOf(asideSchema)),
  /** How many stand in quarantine, and how many were given back or removed. */
  counts: procedure.output(z.object({ aside: z.int(), released: z.int() })),
  show: procedure.input(z.object({ id: idSchema })).output(asideDetailSchema),
  /** Gives it back to where it stood, or to another path in its location; never where anything stands. */
  restore: procedure
    .input(z.object({ id: idSchema, reason: reasonSchema, to: pathSchema.optional() }))
    .output(asideSchema),
  /** Removes its bytes, by two named agents. */
  discard: procedure
    .input(z.object({ id: idSchema, reason: reasonSchema, secondAgent: textSchema(1000).trim().min(1) }))
    .output(asideSchema),
  /** Settles what interrupted recoveries left, in every location that can be reached and written to. */
  sweep: procedure.output(sweptSchema),
};

export type Aside = z.infer<typeof asideSchema>;
export type AsideDetail = z.infer<typeof asideDetailSchema>;
export type Swept = z.infer<typeof sweptSchema>;
