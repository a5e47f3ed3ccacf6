import { z } from 'zod';
import { BAG_SEVERITIES } from '../domain/bag-finding.ts';
import { BAG_FORMS, BAG_VERDICTS } from '../domain/bag-findings.ts';
import { pathSchema, procedure } from './common.ts';
import { jobSchema } from './jobs.ts';

export const bagFindingSchema = z.object({
  /** `BAG-…`: docs/bagit-rules.md has them all. */
  code: z.string(),
  severity: z.enum(BAG_SEVERITIES),
  /** The section that it is about: `RFC 8493 §2.1.3`. */
  rule: z.string(),
  /** Below the bag; absent for the bag as a whole. */
  file: pathSchema.optional(),
  message: z.string(),
});

export const bagReportSchema = z.object({
  path: pathSchema,
  form: z.enum(BAG_FORMS),
  verdict: z.enum(BAG_VERDICTS),
  /** Whether it is what the profile asks that it was held against. */
  profile: z.object({ identifier: z.string(), isMet: z.boolean() }).optional(),
  /** Of BagIt, as declared; absent where it is not. */
  version: z.string().optional(),
  /** Of the payload, as found. */
  files: z.int(),
  bytes: z.int(),
  /** Payload files that were read here and agree with every digest listed for them. */
  verified: z.int(),
  /** Of the payload manifests. */
  algorithms: z.array(z.string()),
  /** Labels and values of bag-info.txt, in their order. */
  info: z.array(z.tuple([z.string(), z.string()])),
  /** The worst first; at most 200 of a code and 1,000 in all. */
  findings: z.array(bagFindingSchema),
  findingsTotal: z.int(),
  /** How many findings there are of each code. */
  counts: z.record(z.string(), z.int()),
});

/** The result of a finished validation. */
export const bagValidationResultSchema = z.object({
  mode: z.enum(['full', 'structure']),
  bags: z.array(bagReportSchema),
});

export const packaging = {
  /**
   * Judges BagIt bags, whoever made them, in folders or in tar, tar.gz and zip files, and answers with a job. `structure` reads tag files only. Records nothing and needs
   * nothing of the archive.
   */
  validate: procedure
    .input(
      z.object({
        paths: z.array(pathSchema).min(1).max(1000),
        mode: z.enum(['full', 'structure']).default('full'),
        /** A BagIt profile, as a JSON file, to hold them against. */
        profile: pathSchema.optional(),
      }),
    )
    .output(jobSchema),

  /** What a BagIt profile asks of bags. */
  profile: procedure.input(z.object({ path: pathSchema })).output(
    z.object({
      identifier: z.string(),
      /** Of the specification of profiles. */
      version: z.string(),
      /** A sentence each. */
      asks: z.array(z.string()),
    }),
  ),
};

export type BagFindingRow = z.infer<typeof bagFindingSchema>;
export type BagReportRow = z.infer<typeof bagReportSchema>;
export type BagValidationResult = z.infer<typeof bagValidationResultSchema>;
