import { z } from 'zod';
import { JOB_STATES } from '../domain/vocabulary.ts';
import { idSchema, pageInput, pageOf, procedure, timeSchema } from './common.ts';
import { auditBudgetSchema, findingSchema } from './fixity.ts';

const placeSchema = z.object({ id: idSchema, name: z.string() });

/** An audit or a rescan, as it was asked for and as it went. */
export const runSchema = z.object({
  id: idSchema,
  kind: z.enum(['audit', 'rescan']),
  /** Of the job that ran it. */
  job: idSchema,
  /** Of that job: a run that is not over has no counts yet. */
  state: z.enum(JOB_STATES),
  /** Absent: all locations. */
  location: placeSchema.optional(),
  agent: z.string(),
  startedAt: timeSchema,
  /** Pauses lie between the two. */
  finishedAt: timeSchema.optional(),
  /** Empty where everything was asked for. */
  asked: auditBudgetSchema,
  planned: z.int(),
  checked: z.int(),
  bytesRead: z.int(),
  /** Absent where it is not known. */
  cached: z.boolean().optional(),
  outcomes: z.record(z.string(), z.int()),
  complete: z.boolean(),
  /** The bound that ended it before its plan. */
  endedBy: z.enum(['time', 'bytes']).optional(),
  /** Replicas in reach that its budget did not plan. */
  leftForLater: z.int().optional(),
  /** Names of locations that could not be reached. */
  unreachable: z.array(z.string()),
  /** That closed it. */
  event: idSchema.optional(),
});

/** What a list of open findings is narrowed to. */
export const findingFilterSchema = z.object({
  outcome: z.string().optional(),
  location: idSchema.optional(),
});

/** How many open findings there are, by outcome and location; those of which there is none have no row. */
export const findingCountSchema = z.object({
  outcome: z.string(),
  location: placeSchema,
  count: z.int(),
});

/** Lists of fixity that screens look through; they stand beside what acts. */
export const fixityLists = {
  /** Newest first. */
  runs: procedure.input(z.object(pageInput)).output(pageOf(runSchema)),
  /** Open ones that fit, newest first. */
  openFindings: procedure
    .input(z.object({ filter: findingFilterSchema.optional(), ...pageInput }))
    .output(pageOf(findingSchema)),
  findingCounts: procedure.output(z.object({ rows: z.array(findingCountSchema) })),
};

export type Run = z.infer<typeof runSchema>;
export type FindingFilter = z.infer<typeof findingFilterSchema>;
export type FindingCount = z.infer<typeof findingCountSchema>;
