import { z } from 'zod';
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

export const REPORT_KINDS = ['annual', 'condition', 'fixity', 'certificate'] as const;
export const REPORT_FORMS = ['html', 'csv', 'json', 'proof.json', 'pdf'] as const;

const outSchema = {
  /** A PDF beside the page, by a Chromium that is installed. */
  pdf: z.boolean().default(false),
  /** The folder to write into, absolute; default: exports/ of the archive. */
  folder: pathSchema.optional(),
};

const periodSchema = {
  /** Or `from` and `to`: days, UTC; both belong to the period. */
  year: z.int().min(1970).max(9999).optional(),
  from: dateSchema.optional(),
  to: dateSchema.optional(),
};

export const reportWishSchema = z
  .discriminatedUnion('kind', [
    /** Of this year where no period is said. */
    z.object({ kind: z.literal('annual'), ...periodSchema, ...outSchema }),
    z.object({ kind: z.literal('condition'), ...outSchema }),
    /** Of twelve months where no period is said. */
    z.object({
      kind: z.literal('fixity'),
      ...periodSchema,
      /** Id or name; default: all. */
      location: textSchema(500).optional(),
      ...outSchema,
    }),
    z.object({
      kind: z.literal('certificate'),
      /** Of an object or a copy, or a SHA-256. */
      id: textSchema(200).optional(),
      /** Of a file in custody, absolute. */
      path: pathSchema.optional(),
      ...outSchema,
    }),
  ])
  .refine(
    (wish) =>
      !('year' in wish) || wish.year === undefined || (wish.from === undefined && wish.to === undefined),
    {
      message: 'say a year, or from and to',
    },
  )
  .refine((wish) => wish.kind !== 'certificate' || wish.id !== undefined || wish.path !== undefined, {
    message: 'say of what: an id or a path',
  });

/** The result of a finished report. */
export const reportResultSchema = z.object({
  kind: z.enum(REPORT_KINDS),
  title: z.string(),
  /** What is so, in sentences. */
  lead: z.array(z.string()),
  written: z.array(
    z.object({
      form: z.enum(REPORT_FORMS),
      path: pathSchema,
      size: z.int(),
      /** The `exporting` event commits to it. */
      sha256: digestHexSchema,
    }),
  ),
  archive: z.string(),
  at: timeSchema,
  agent: z.string(),
  /** The log as it stood before this was handed out. */
  log: z.object({ events: z.int(), head: digestHexSchema }),
  event: idSchema,
});

export const reports = {
  /** Writes a report of what is recorded, never over a file, and answers with a job. Reads no recording. */
  create: procedure.input(reportWishSchema).output(jobSchema),
};

export type ReportWish = z.infer<typeof reportWishSchema>;
export type ReportResult = z.infer<typeof reportResultSchema>;
export type ReportKind = (typeof REPORT_KINDS)[number];
