import { z } from 'zod';
import { digestHexSchema, pageInput, pageOf, procedure } from './common.ts';
import { eventSummarySchema } from './holdings.ts';

export const logVerificationSchema = z.object({
  ok: z.boolean(),
  events: z.int(),
  head: digestHexSchema,
  /** The first event that does not hold, and why. */
  firstBad: z.object({ seq: z.int(), reason: z.string() }).optional(),
});

export const events = {
  /** Newest first. */
  list: procedure.input(z.object({ ...pageInput })).output(pageOf(eventSummarySchema)),
  verify: procedure.output(logVerificationSchema),
};

export type LogVerification = z.infer<typeof logVerificationSchema>;
