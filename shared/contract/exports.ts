import { z } from 'zod';
import { DUBLIN_CORE_FILES, RECORD_FORMS } from '../domain/record-forms.ts';
import { digestHexSchema, idSchema, pathSchema, procedure, textSchema, timeSchema } from './common.ts';
import { jobSchema } from './jobs.ts';

export const exportWishSchema = z
  .object({
    /** Collections with those below them, accessions, items, parts, contents or replicas. */
    ids: z.array(idSchema).min(1).max(10_000).optional(),
    /** Id or number. */
    accession: textSchema(500).optional(),
    /** Id, or path of names; with those below it. */
    collection: textSchema(2_000).optional(),
    search: textSchema(1_000).optional(),
    /** Everything that is in sealed custody. */
    everything: z.literal(true).optional(),
    /** With names of people, and notes in their own words; they stay behind otherwise. */
    sensitive: z.boolean().default(false),
    /** The folder to write into, absolute; default: exports/ of the archive. */
    folder: pathSchema.optional(),
  })
  .refine(
    ({ ids, accession, collection, search, everything }) =>
      [ids, accession, collection, search, everything].filter((each) => each !== undefined).length === 1,
    { message: 'say one of: ids, accession, collection, search, everything' },
  );

/** The result of a finished export. */
export const exportResultSchema = z.object({
  form: z.enum(RECORD_FORMS),
  path: pathSchema,
  size: z.int(),
  /** Of the file itself; the `exporting` event commits to it. */
  sha256: digestHexSchema,
  /** What the file holds, by name: files, items, events, … */
  counts: z.record(z.string(), z.int()),
  sensitive: z.boolean(),
  archive: z.string(),
  at: timeSchema,
  agent: z.string(),
  /** The log as it stood before this was handed out. */
  log: z.object({ events: z.int(), head: digestHexSchema }),
  event: idSchema,
});

/** Records of what is kept, for other systems. Each is written as a job, never over a file, and reads no recording. */
export const exports = {
  /** PREMIS 3.0: objects, events, agents and rights. */
  premis: procedure.input(exportWishSchema).output(jobSchema),

  /** METS 1.12 with PREMIS and Dublin Core inside: of packages, of up to 100,000 files. */
  mets: procedure.input(exportWishSchema).output(jobSchema),

  /** Dublin Core of items, as a table or as XML. */
  dublinCore: procedure
    .input(exportWishSchema.safeExtend({ as: z.enum(DUBLIN_CORE_FILES).default('csv') }))
    .output(jobSchema),

  /** EBUCore 1.8 of items. */
  ebucore: procedure.input(exportWishSchema).output(jobSchema),
};

export type ExportWish = z.infer<typeof exportWishSchema>;
export type ExportResult = z.infer<typeof exportResultSchema>;
