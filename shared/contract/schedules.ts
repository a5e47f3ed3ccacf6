import { z } from 'zod';
import { idSchema, pathSchema, procedure, textSchema, timeSchema } from './common.ts';
import { auditBudgetSchema } from './fixity.ts';
import { jobSchema } from './jobs.ts';

/** How a run ended, for a person: `attention` where there are findings or something was left undone. */
export const RUN_TONES = ['well', 'attention', 'failed', 'running'] as const;

/** What an audit or a rescan did, found and did not do: sentences, so that text, HTML and screens say the same. */
export const runSummarySchema = z.object({
  archive: z.string(),
  /** Name of the schedule that it was run for. */
  schedule: z.string().optional(),
  /** Absent where the run did not happen. */
  job: idSchema.optional(),
  title: z.string(),
  tone: z.enum(RUN_TONES),
  headline: z.string(),
  startedAt: timeSchema,
  finishedAt: timeSchema.optional(),
  agent: z.string(),
  checked: z.array(z.string()),
  /** The first hundred. */
  found: z.array(z.object({ path: pathSchema, location: z.string(), what: z.string() })),
  foundTotal: z.int(),
  /** What was planned and did not happen, and why. */
  notDone: z.array(z.string()),
  /** What is due now or next. */
  due: z.array(z.string()),
});

export const scheduleSchema = z.object({
  name: z.string(),
  kind: z.enum(['audit', 'rescan']),
  /** Absent: all locations. */
  location: z.object({ id: idSchema, name: z.string() }).optional(),
  /** How much and how often, in plain words. */
  words: z.string(),
  /** Five fields, in the time zone beside it (IANA). */
  cron: z.string(),
  timeZone: z.string(),
  budget: auditBudgetSchema,
  paused: z.boolean(),
  createdAt: timeSchema,
  /** Absent while it is paused. */
  nextDueAt: timeSchema.optional(),
  /** The due time that has come and is not run yet: the run is overdue. */
  overdueSince: timeSchema.optional(),
  /** Due times before that one that passed without a run, counted up to a hundred; they are caught up with one run. */
  missed: z.int(),
  lastRun: z
    .object({
      job: idSchema,
      at: timeSchema,
      tone: z.enum(RUN_TONES),
      headline: z.string(),
    })
    .optional(),
});

export const newScheduleSchema = z.object({
  /** "a twelfth every month", or cron; see shared/domain/schedule-words.ts. */
  words: textSchema(200),
  kind: z.enum(['audit', 'rescan']).default('audit'),
  location: z.string().optional(),
  name: textSchema(100).trim().min(1).optional(),
  /** Default: that of the machine. */
  timeZone: textSchema(60).optional(),
});

const nameInput = z.object({ name: z.string() });

export const schedules = {
  list: procedure.output(z.object({ rows: z.array(scheduleSchema), next: z.null() })),
  add: procedure.input(newScheduleSchema).output(scheduleSchema),
  pause: procedure.input(nameInput).output(scheduleSchema),
  resume: procedure.input(nameInput).output(scheduleSchema),
  remove: procedure.input(nameInput).output(scheduleSchema),
  /** Those whose time has come, in the order of their due times. */
  due: procedure.output(z.object({ rows: z.array(scheduleSchema), next: z.null() })),
  /** Starts what is due of it; whatever was missed before is caught up by the same run. */
  run: procedure.input(nameInput).output(jobSchema),
};

export type Schedule = z.infer<typeof scheduleSchema>;
export type NewSchedule = z.infer<typeof newScheduleSchema>;
export type RunSummary = z.infer<typeof runSummarySchema>;
export type RunTone = (typeof RUN_TONES)[number];
