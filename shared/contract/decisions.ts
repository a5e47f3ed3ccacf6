import { z } from 'zod';
import { RESOLUTIONS, WAYS_OUT } from '../domain/deciding.ts';
import { MASS_DECISIONS, MASS_LOOKS } from '../domain/mass-change.ts';
import { ASIDE_STATES } from '../domain/quarantine.ts';
import { idSchema, pathSchema, procedure, textSchema, timeSchema } from './common.ts';
import { jobSchema } from './jobs.ts';
import { sweptSchema } from './quarantine.ts';

/** One state of a file: as it was expected, or as it was found. */
const contentSchema = z.object({
  sha256: z.string().optional(),
  size: z.int().optional(),
  /** Where it was recorded. */
  modifiedAt: timeSchema.optional(),
});

const checkSchema = z.object({ at: timeSchema, run: idSchema, outcome: z.string() });

/** Everything that a person decides on: the facts side by side, and what each way out would do. */
export const findingDetailSchema = z.object({
  id: idSchema,
  path: pathSchema,
  location: z.object({ id: idSchema, name: z.string() }),
  accession: z.object({ id: idSchema, number: z.string() }),
  replica: idSchema,
  object: idSchema,
  outcome: z.string(),
  /** Evidence as JSON text, as in the list. */
  detail: z.string(),
  openedAt: timeSchema,
  lastSeenAt: timeSchema,
  run: idSchema,
  expected: contentSchema,
  found: contentSchema.optional(),
  /** The passing checks on either side of the failure, as far as they are recorded. */
  lastGood: checkSchema.optional(),
  nextGood: checkSchema.optional(),
  /** Of the same content, with how they were last found. */
  otherCopies: z.array(
    z.object({
      replica: idSchema,
      path: pathSchema,
      location: z.object({ id: idSchema, name: z.string() }),
      outcome: z.string(),
      verifiedAt: timeSchema.optional(),
    }),
  ),
  /** What each way out would do, or why it does not fit. */
  ways: z.array(
    z.object({ way: z.enum(WAYS_OUT), fits: z.boolean(), does: z.string(), command: z.string() }),
  ),
  massChange: idSchema.optional(),
  /** Damaged files that its recovery set aside, the newest first: more than one only where a recovery was interrupted. */
  setAside: z.array(z.object({ id: idSchema, state: z.enum(ASIDE_STATES) })),
  resolution: z
    .object({
      as: z.string(),
      at: timeSchema,
      by: z.string().optional(),
      reason: z.string().optional(),
      event: idSchema.optional(),
    })
    .optional(),
});

/** Which open findings are meant: these, or all that fit. */
export const findingSelectionSchema = z.object({
  findings: z.array(idSchema).max(10_000).optional(),
  /** A location, by name or id. */
  location: z.string().optional(),
  outcome: z.string().optional(),
  /** Those that changed together, as one mass change. */
  massChange: idSchema.optional(),
  /** Every open one; without it a selection that names nothing is refused. */
  all: z.boolean().optional(),
});

export const newResolutionSchema = findingSelectionSchema.extend({
  as: z.enum(RESOLUTIONS),
  reason: textSchema(2000).optional(),
});

const refusedSchema = z.object({ finding: idSchema, path: pathSchema, reason: z.string() });

/** A bag that succeeds a sealed one, in which a change is accepted. */
const successorSchema = z.object({
  location: z.object({ id: idSchema, name: z.string() }),
  path: pathSchema,
  /** The bag that it succeeds; it stays as it is. */
  supersedes: pathSchema,
  files: z.int(),
  bytes: z.int(),
});

/** What a resolution or a recovery would do with each finding, as far as that can be told without reading the files. */
export const decisionPreviewSchema = z.object({
  willDo: z.array(
    z.object({
      finding: idSchema,
      path: pathSchema,
      outcome: z.string(),
      /** Of a recovery: the copy that is tried first. */
      from: pathSchema.optional(),
    }),
  ),
  refused: z.array(refusedSchema),
  /** What will be written: of a recovery the copies, of an acceptance in sealed bags the bags that succeed them. */
  bytes: z.int(),
  /** Of an acceptance: the bags that would be made; absent where that is none. */
  successors: z.array(successorSchema).optional(),
});

/** The result of a finished resolution or recovery; lists hold the first thousand. */
export const decisionResultSchema = z.object({
  done: z.int(),
  refused: z.array(refusedSchema),
  refusedTotal: z.int(),
  /** Of a recovery: damaged files that were set aside. */
  quarantined: z.int(),
  bytes: z.int(),
  /** Of a recovery: what earlier ones that were interrupted had left; absent where that was nothing. */
  swept: sweptSchema.optional(),
  /** Of an acceptance: the bags that were made; absent where that was none. */
  successors: z.array(successorSchema).optional(),
});

export const massChangeSchema = z.object({
  id: idSchema,
  location: z.object({ id: idSchema, name: z.string() }),
  run: idSchema,
  looksLike: z.enum(MASS_LOOKS),
  /** That holds all of them; the location's root where they have nothing closer in common. */
  folder: pathSchema,
  files: z.int(),
  ofFiles: z.int(),
  outcomes: z.record(z.string(), z.int()),
  /** Of its findings, those that wait for a decision of their own. */
  openFindings: z.int(),
  /** When the last run ended that found one of them intact. */
  lastIntactAt: timeSchema.optional(),
  openedAt: timeSchema,
  lastSeenAt: timeSchema,
  decided: z
    .object({
      as: z.string(),
      at: timeSchema,
      by: z.string(),
      reason: z.string(),
      event: idSchema.optional(),
    })
    .optional(),
});

export const decisions = {
  finding: procedure.input(z.object({ id: idSchema })).output(findingDetailSchema),
  previewResolution: procedure.input(newResolutionSchema).output(decisionPreviewSchema),
  /** A job of kind `resolution`, whose result is a decisionResult. */
  resolve: procedure.input(newResolutionSchema).output(jobSchema),
  previewRecovery: procedure.input(findingSelectionSchema).output(decisionPreviewSchema),
  /** A job of kind `recovery`, whose result is a decisionResult. */
  recover: procedure.input(findingSelectionSchema).output(jobSchema),
  /** Newest first; with `all` those that were decided too. */
  massChanges: procedure
    .input(z.object({ all: z.boolean().default(false) }))
    .output(z.object({ rows: z.array(massChangeSchema), next: z.null() })),
  massChange: procedure.input(z.object({ id: idSchema })).output(massChangeSchema),
  decideMassChange: procedure
    .input(z.object({ id: idSchema, as: z.enum(MASS_DECISIONS), reason: textSchema(2000).trim().min(1) }))
    .output(massChangeSchema),
};

export type FindingDetail = z.infer<typeof findingDetailSchema>;
export type FindingSelection = z.infer<typeof findingSelectionSchema>;
export type NewResolution = z.infer<typeof newResolutionSchema>;
export type DecisionPreview = z.infer<typeof decisionPreviewSchema>;
export type DecisionResult = z.infer<typeof decisionResultSchema>;
export type MassChange = z.infer<typeof massChangeSchema>;
