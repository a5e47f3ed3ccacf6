import { z } from 'zod';
import { EVENT_OUTCOMES, EVENT_TYPES } from '../domain/vocabulary.ts';
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
import { lodgedHeadSchema } from './proofs.ts';
import { eventSummarySchema } from './holdings.ts';

export const logVerificationSchema = z.object({
  ok: z.boolean(),
  events: z.int(),
  head: digestHexSchema,
  /** The first event that does not hold, and why. */
  firstBad: z.object({ seq: z.int(), reason: z.string() }).optional(),
  /** Heads that others hold, and those of them that the chain no longer has: it was cut off, or made anew. */
  lodged: z.object({ heads: z.int(), broken: z.array(lodgedHeadSchema) }).optional(),
});

/** All of what is said holds at once. */
export const eventFilterSchema = z.object({
  type: z.enum(EVENT_TYPES).optional(),
  outcome: z.enum(EVENT_OUTCOMES).optional(),
  /** An agent's name. */
  agent: textSchema(300).optional(),
  since: timeSchema.optional(),
  until: timeSchema.optional(),
  /** A word of its note, upper and lower case alike. */
  text: textSchema(300).optional(),
});

/** One event as the chain has it. */
export const eventSchema = eventSummarySchema.extend({
  seq: z.int(),
  /** SHA-256 of this event and of the one before it, in the chain. */
  digest: digestHexSchema,
  previous: digestHexSchema,
  /** Of the outcomes that the act closed with; absent where it had none. */
  merkleRoot: digestHexSchema.optional(),
  outcomes: z.int().optional(),
  /** What it is about. */
  links: z.array(z.object({ kind: z.string(), id: idSchema, title: z.string() })),
  /** Plain facts that are in the chain. */
  facts: z.record(z.string(), z.unknown()),
});

export const events = {
  /** Newest first. */
  list: procedure
    .input(z.object({ filter: eventFilterSchema.optional(), ...pageInput }))
    .output(pageOf(eventSummarySchema)),
  get: procedure.input(z.object({ id: idSchema })).output(eventSchema),
  /** Writes the log, an event a line as JSON, into `exports/`. */
  export: procedure
    .input(z.object({ filter: eventFilterSchema.optional() }))
    .output(z.object({ path: pathSchema, events: z.int() })),
  verify: procedure.output(logVerificationSchema),
};

export type EventDetail = z.infer<typeof eventSchema>;
export type EventFilter = z.infer<typeof eventFilterSchema>;
export type LogVerification = z.infer<typeof logVerificationSchema>;
