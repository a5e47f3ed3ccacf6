import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { JOB_KINDS, JOB_STATES } from '../domain/vocabulary.ts';
import { idSchema, pageInput, pageOf, pathSchema, procedure, timeSchema } from './common.ts';

export const progressSchema = z.object({
  /** What is being done now, e.g. `scanning`, `reading`, `sealing`. */
  phase: z.string(),
  files: z.int(),
  bytes: z.int(),
  /** Known once the scan has ended. */
  filesTotal: z.int().optional(),
  bytesTotal: z.int().optional(),
  /** Over the last seconds. */
  bytesPerSecond: z.number(),
  filesPerSecond: z.number(),
  secondsLeft: z.number().optional(),
  problems: z.int(),
});

/** A job as it stands; `version` grows with every change, so that an older snapshot is never shown over a newer. */
export const jobSchema = z.object({
  id: idSchema,
  kind: z.enum(JOB_KINDS),
  title: z.string(),
  state: z.enum(JOB_STATES),
  version: z.int(),
  progress: progressSchema,
  result: z.unknown().optional(),
  /** `trace` says where in the program, for its makers; only a fault of the program has one. */
  error: z.object({ code: z.string(), message: z.string(), trace: z.string().optional() }).optional(),
  agent: z.string(),
  createdAt: timeSchema,
  finishedAt: timeSchema.optional(),
});

export const problemSchema = z.object({
  path: pathSchema,
  location: idSchema.optional(),
  code: z.string(),
  severity: z.enum(['problem', 'advisory', 'refusal']),
  message: z.string(),
});

export const jobs = {
  list: procedure.input(z.object(pageInput)).output(pageOf(jobSchema)),
  get: procedure.input(z.object({ id: idSchema })).output(jobSchema),
  /** A coalesced hint, at most four a second; the last one is a state in which the job rests. */
  watch: procedure.input(z.object({ id: idSchema })).output(eventIterator(jobSchema)),
  /** All jobs that are not over (running, paused, interrupted), newest first; again whenever one of them changes, at most four a second. */
  watchOpen: procedure.output(eventIterator(z.object({ rows: z.array(jobSchema) }))),
  pause: procedure.input(z.object({ id: idSchema })).output(jobSchema),
  cancel: procedure.input(z.object({ id: idSchema })).output(jobSchema),
  resume: procedure.input(z.object({ id: idSchema })).output(jobSchema),
  /** Everything that went wrong or was left out, a row each. */
  problems: procedure.input(z.object({ id: idSchema, ...pageInput })).output(pageOf(problemSchema)),
};

export type Job = z.infer<typeof jobSchema>;
export type JobProgress = z.infer<typeof progressSchema>;
export type Problem = z.infer<typeof problemSchema>;
