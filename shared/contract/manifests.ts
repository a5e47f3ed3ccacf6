import { z } from 'zod';
import { MANIFEST_ALGORITHMS, MANIFEST_FORMS, OMISSIONS } from '../domain/manifest-forms.ts';
import { attestationSchema } from './attesting.ts';
import {
  dateSchema,
  digestHexSchema,
  idSchema,
  pathSchema,
  procedure,
  textSchema,
  timeSchema,
} from './common.ts';
import { jobSchema } from './jobs.ts';

export const manifestWishSchema = z
  .object({
    /** Collections with those below them, accessions, items, parts or replicas. */
    ids: z.array(idSchema).min(1).max(10_000).optional(),
    /** Id or number. */
    accession: textSchema(500).optional(),
    /** Id, or path of names; with those below it. */
    collection: textSchema(2_000).optional(),
    search: textSchema(1_000).optional(),
    /** Id or name: everything there or, beside one of the others, what of it lies there. */
    location: textSchema(500).optional(),
    form: z.enum(MANIFEST_FORMS).default('gnu'),
    /** Those of the form where none is named. */
    algorithms: z.array(z.enum(MANIFEST_ALGORITHMS)).max(MANIFEST_ALGORITHMS.length).default([]),
    /** Else relative to the root of the one location that it is about. */
    absolute: z.boolean().default(false),
    /** The folder to write into, absolute; default: exports/ of the archive. */
    folder: pathSchema.optional(),
  })
  .refine(
    ({ ids, accession, collection, search, location }) => {
      const named = [ids, accession, collection, search].filter((each) => each !== undefined).length;
      return named === 1 || (named === 0 && location !== undefined);
    },
    { message: 'say one of: ids, accession, collection, search; or a location' },
  );

/** The result of a finished export. Counts are of replicas. */
export const manifestResultSchema = z.object({
  form: z.enum(MANIFEST_FORMS),
  algorithms: z.array(z.enum(MANIFEST_ALGORITHMS)),
  path: pathSchema,
  size: z.int(),
  /** Of the manifest itself; the `exporting` event commits to it. */
  sha256: digestHexSchema,
  files: z.int(),
  bytes: z.int(),
  locations: z.array(z.object({ id: idSchema, name: z.string(), root: pathSchema, files: z.int() })),
  relative: z.boolean(),
  /** Not listed: no such digest is recorded of them, or the form cannot write their name. */
  omitted: z.int(),
  /** The first hundred. */
  omissions: z.array(z.object({ path: pathSchema, reason: z.enum(OMISSIONS) })),
  /** Listed with what they are to be: their last check found them otherwise. */
  amiss: z.int(),
  archive: z.string(),
  at: timeSchema,
  agent: z.string(),
  /** The log as it stood before this was handed out. */
  log: z.object({ events: z.int(), head: digestHexSchema }),
  event: idSchema,
});

export const priorWishSchema = z
  .object({
    /** Absolute. */
    manifest: pathSchema,
    /** Its id or name: paths are relative to its root, or absolute below it. */
    location: textSchema(500).optional(),
    /** Its id or number: paths are relative to the folders that were handed over, or to the payload of its bags. */
    accession: textSchema(500).optional(),
    /** Whose digests these are: a depositor, an earlier keeper. */
    by: textSchema(300).trim().min(1),
    on: dateSchema,
    dryRun: z.boolean().default(false),
    /** Pass over lines that cannot be taken; otherwise nothing is recorded where there is one. */
    skipBad: z.boolean().default(false),
    /** More than half of ten digests or more differ, and that is so. */
    acceptMostDiffering: z.boolean().default(false),
  })
  .refine(({ location, accession }) => location !== undefined || accession !== undefined, {
    message: 'say of which location or accession it is',
  });

/** What an older manifest says of contents. Counts are of copies, save where lines are named; lists are the first hundred. */
export const priorImportSchema = attestationSchema
  .omit({ attested: true, readSince: true, alreadyRecorded: true, replicas: true, notNamed: true })
  .extend({
    /** As recorded: what is in custody now is what it was then. */
    agreeing: z.int(),
    /** Ways of writing that its lines have, and the program that it names. */
    dialects: z.array(z.string()),
    tool: z.string().optional(),
    /** Of the file, and where its names are in another: as what they were found. */
    characterSet: z.string(),
  });

export const manifests = {
  /** Writes a checksum manifest of what is recorded, never over a file, and answers with a job. Reads no recording. */
  create: procedure.input(manifestWishSchema).output(jobSchema),

  /**
   * Takes in somebody's older digests as prior baseline: all of a manifest or, where a line is wrong and that is not waived, nothing. What
   * agrees reaches back to its day, what differs is a finding.
   */
  import: procedure.input(priorWishSchema).output(priorImportSchema),
};

export type ManifestWish = z.infer<typeof manifestWishSchema>;
export type PriorWish = z.infer<typeof priorWishSchema>;
export type PriorImport = z.infer<typeof priorImportSchema>;
export type ManifestResult = z.infer<typeof manifestResultSchema>;
