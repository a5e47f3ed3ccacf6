import { z } from 'zod';
import { RIGHTS_BASES, RIGHTS_UNKNOWN } from '../domain/rights.ts';
import {
  dateSchema,
  idSchema,
  pageInput,
  pageOf,
  pathSchema,
  procedure,
  tallySchema,
  timeSchema,
  textSchema,
} from './common.ts';
import { deaccessionSchema } from './custody.ts';
import { jobSchema, problemSchema } from './jobs.ts';
import { priorImportSchema } from './manifests.ts';
import { bagReportSchema } from './packaging.ts';

/** `unknown` only when said explicitly; it is shown everywhere as a gap and blocks sharing. */
export const rightsBasisSchema = z.enum([...RIGHTS_BASES, RIGHTS_UNKNOWN]);

export const newAccessionSchema = z.object({
  paths: z.array(pathSchema).min(1),
  title: textSchema(1000).trim().min(1),
  rightsBasis: rightsBasisSchema,
  rightsNote: textSchema(10_000).default(''),
  /** From whom; absent is a gap. */
  source: textSchema(10_000).optional(),
  /** How and when; absent is a gap. */
  acquired: textSchema(10_000).optional(),
  agreement: textSchema(10_000).optional(),
  collection: textSchema(1000).optional(),
  /** A managed location, by name or id, into which the files are copied as a bag; in place without. */
  to: z.string().optional(),
  /** Copies no faster than this. */
  bytesPerSecond: z.int().positive().optional(),
  /** Takes a folder that is a BagIt bag as any other: it is not judged, and its digests are not used. */
  asFolder: z.boolean().optional(),
});

/** What one payload manifest of a bag says of what is now in custody. Counts are of copies, save where lines are named. */
export const receivedManifestSchema = priorImportSchema
  .pick({
    lines: true,
    agreeing: true,
    differing: true,
    differences: true,
    notComparable: true,
    findings: true,
    recorded: true,
    before: true,
  })
  .extend({
    /** As the name of the manifest has it, in lower case and without punctuation. */
    algorithm: z.string(),
    /** Lines that name nothing of it that is in custody; the first hundred. */
    absent: z.int(),
    absentLines: priorImportSchema.shape.unmatchedLines,
    /** Why nothing was compared; absent where it was. */
    notTaken: z.enum(['algorithm', 'unreadable']).optional(),
    event: idSchema.optional(),
  });

/** A folder that came as a BagIt bag. */
export const receivedBagSchema = bagReportSchema
  .pick({ path: true, version: true, verdict: true, findings: true, findingsTotal: true })
  .extend({
    /** Whose digests they are taken to be, and of which day. */
    by: z.string(),
    on: dateSchema,
    /** Copies that are as every manifest says that could be compared; and others. */
    agreeing: z.int(),
    differing: z.int(),
    manifests: z.array(receivedManifestSchema),
  });

export const accessionSchema = z.object({
  id: idSchema,
  number: z.string(),
  title: z.string(),
  collection: z.string().optional(),
  source: z.string().optional(),
  acquired: z.string().optional(),
  agreement: z.string().optional(),
  mode: z.enum(['in-place', 'managed']),
  rightsBasis: rightsBasisSchema,
  rightsNote: z.string(),
  agent: z.string(),
  openedAt: timeSchema,
  roots: z.array(z.object({ location: idSchema, path: pathSchema })),
  accruals: z.array(z.object({ number: z.int(), openedAt: timeSchema, sealedAt: timeSchema.optional() })),
  /** How and why custody of it ended; absent while it lasts. */
  deaccession: deaccessionSchema.optional(),
});

/** What is known by now of an accession, by its id or number. */
export const knownNowSchema = z.object({
  accession: textSchema(200).trim().min(1),
  rightsBasis: z.enum(RIGHTS_BASES).optional(),
  rightsNote: textSchema(10_000).optional(),
  source: textSchema(10_000).trim().min(1).optional(),
  acquired: textSchema(10_000).trim().min(1).optional(),
});

/** The result of a finished accession job. Lists carry the first thousand rows; `jobs.problems` has all. */
export const accessionResultSchema = z.object({
  accession: z.object({ id: idSchema, number: z.string(), accrual: z.int() }),
  /** Files taken into custody by this run of the act, its interrupted beginnings included. */
  files: z.int(),
  /** Distinct contents new to the archive. */
  objects: z.int(),
  bytes: z.int(),
  items: z.int(),
  /** Files that were in custody already. */
  alreadyHeld: z.int(),
  refused: z.array(z.object({ path: pathSchema, reason: z.string() })),
  refusedTotal: z.int(),
  problems: z.array(problemSchema.pick({ path: true, code: true, message: true })),
  problemsTotal: z.int(),
  leftOut: z.int(),
  gaps: z.array(z.enum(['rights', 'source', 'acquired'])),
  /** Where the sealed bag stands, of a deposit into a managed location. */
  bag: pathSchema.optional(),
  /**
   * Folders that were handed over as bags, judged before anything was taken, their structure alone; what their manifests say is prior
   * baseline. Absent where there are none.
   */
  receivedBags: z.array(receivedBagSchema).optional(),
});

/** The result of a survey: what is there, with nothing taken into custody. */
export const surveyResultSchema = z.object({
  files: z.int(),
  bytes: z.int(),
  hours: z.number(),
  byFormat: z.record(z.string(), tallySchema),
  byKind: z.record(z.string(), tallySchema),
  /** Contents that stand at more than one path, or that the archive holds already. */
  duplicates: z.object({ files: z.int(), bytes: z.int(), alreadyHeld: z.int() }),
  refused: z.array(z.object({ path: pathSchema, reason: z.string() })),
  refusedTotal: z.int(),
  problems: z.array(problemSchema.pick({ path: true, code: true, message: true })),
  problemsTotal: z.int(),
  /** Worth knowing, and no reason to refuse anything. */
  advisories: z.array(problemSchema.pick({ path: true, code: true, message: true })),
  advisoriesTotal: z.int(),
  leftOut: z.array(z.object({ path: pathSchema, reason: z.string() })),
  leftOutTotal: z.int(),
});

export const accession = {
  survey: procedure.input(z.object({ paths: z.array(pathSchema).min(1) })).output(jobSchema),
  /**
   * Starts or resumes the act over these roots. A root that is a BagIt bag is judged first, its structure alone: one that is not valid is
   * refused (BAD_INPUT) unless `asFolder`.
   */
  start: procedure.input(newAccessionSchema).output(jobSchema),
  list: procedure.input(z.object(pageInput)).output(pageOf(accessionSchema)),
  get: procedure.input(z.object({ id: idSchema })).output(accessionSchema),
  /** What went wrong or was refused when it and its accruals were taken; what a person must look at comes first. */
  problems: procedure.input(z.object({ id: idSchema, ...pageInput })).output(pageOf(problemSchema)),
  /** Records what was not known of an accession; refused for what is known already. */
  closeGaps: procedure.input(knownNowSchema).output(accessionSchema),
};

export type NewAccession = z.infer<typeof newAccessionSchema>;
export type KnownNow = z.infer<typeof knownNowSchema>;
export type Accession = z.infer<typeof accessionSchema>;
export type AccessionResult = z.infer<typeof accessionResultSchema>;
export type ReceivedBag = z.infer<typeof receivedBagSchema>;
export type ReceivedManifest = z.infer<typeof receivedManifestSchema>;
export type SurveyResult = z.infer<typeof surveyResultSchema>;
