import { z } from 'zod';
import { APPRAISAL_STATES } from '../domain/vocabulary.ts';
import { newAccessionSchema, surveyResultSchema } from './accession.ts';
import { idSchema, pageInput, pageOf, pathSchema, procedure, textSchema, timeSchema } from './common.ts';
import { jobSchema } from './jobs.ts';

const reasonSchema = textSchema(10_000).trim().min(1, 'A decision needs its reason.');

/** What was looked at before custody, and what was decided. */
export const appraisalSchema = z.object({
  id: idSchema,
  title: z.string(),
  source: z.string().optional(),
  /** `surveyed`: open, nothing is decided. */
  state: z.enum(APPRAISAL_STATES),
  paths: z.array(pathSchema),
  files: z.int(),
  bytes: z.int(),
  hours: z.number(),
  refused: z.int(),
  problems: z.int(),
  agent: z.string(),
  surveyedAt: timeSchema,
  decision: z
    .object({
      agent: z.string(),
      reason: z.string(),
      at: timeSchema,
      /** Of an acceptance. */
      accession: z.object({ id: idSchema, number: z.string(), job: idSchema }).optional(),
    })
    .optional(),
});

/** With what the survey found; its lists carry the first hundred rows. */
export const appraisalDetailSchema = appraisalSchema.extend({ survey: surveyResultSchema });

/** The result of the job that surveys. */
export const appraisalResultSchema = surveyResultSchema.extend({ appraisal: idSchema });

/** What an acceptance says beyond what was said at the survey; title and source stand as said there unless given. */
export const acceptanceSchema = newAccessionSchema
  .omit({ paths: true })
  .extend({ title: newAccessionSchema.shape.title.optional(), id: idSchema, reason: reasonSchema });

export const appraisals = {
  /** Surveys, and records an open appraisal with what was found. Nothing is taken into custody. */
  survey: procedure
    .input(
      newAccessionSchema
        .pick({ title: true, source: true })
        .extend({ paths: z.array(pathSchema).min(1).max(10_000) }),
    )
    .output(jobSchema),
  /** Newest first. */
  list: procedure
    .input(z.object({ state: z.enum(APPRAISAL_STATES).optional(), ...pageInput }))
    .output(pageOf(appraisalSchema)),
  get: procedure.input(z.object({ id: idSchema })).output(appraisalDetailSchema),
  /** Starts the accession, or resumes that of an acceptance that was interrupted. */
  accept: procedure.input(acceptanceSchema).output(jobSchema),
  decline: procedure.input(z.object({ id: idSchema, reason: reasonSchema })).output(appraisalSchema),
};

export type Appraisal = z.infer<typeof appraisalSchema>;
export type AppraisalDetail = z.infer<typeof appraisalDetailSchema>;
export type AppraisalResult = z.infer<typeof appraisalResultSchema>;
export type Acceptance = z.infer<typeof acceptanceSchema>;
