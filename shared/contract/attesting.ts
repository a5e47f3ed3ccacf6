import { z } from 'zod';
import { CHECKSUM_ALGORITHMS } from '../domain/checksum-lines.ts';
import { dateSchema, digestHexSchema, idSchema, pathSchema, textSchema, timeSchema } from './common.ts';

export const attestationWishSchema = z.object({
  /** Its name or its id; it may be connected or not. */
  location: z.string(),
  /** Absolute: a checksum manifest whose paths are relative to the root of the location. */
  manifest: pathSchema,
  /** Who checked: a tape robot, the keeper of a shelf, another site. */
  by: textSchema(300).trim().min(1),
  on: dateSchema,
  dryRun: z.boolean().default(false),
  /** Pass over lines that cannot be taken; otherwise nothing is recorded where there is one. */
  skipBad: z.boolean().default(false),
  /** More than half of ten digests or more differ, and that is so. */
  acceptMostDiffering: z.boolean().default(false),
});

/** The result of the job: what a manifest says of a location. Counts are of replicas, save where lines are named; lists are the first hundred. */
export const attestationSchema = z.object({
  location: z.object({ id: idSchema, name: z.string() }),
  by: z.string(),
  on: dateSchema,
  dryRun: z.boolean(),
  /** False for a dry run, where lines were wrong and not waived, and where all of it was recorded before. */
  recorded: z.boolean(),
  run: idSchema.optional(),
  event: idSchema.optional(),
  /** The same manifest, by the same, of the same day, was taken in before. */
  before: z.object({ event: idSchema, at: timeSchema }).optional(),
  /** Lines that say something. */
  lines: z.int(),
  wrongLines: z.int(),
  wrong: z.array(z.object({ line: z.int(), message: z.string() })),
  /** That the location has. */
  replicas: z.int(),
  /** Named by the manifest. */
  matched: z.int(),
  /** As recorded. Nothing was read here, so that none of them is verified by it. */
  attested: z.int(),
  differing: z.int(),
  /** Of these, read here on a later day and found intact: no finding is opened for them. */
  readSince: z.int(),
  differences: z.array(
    z.object({
      replica: idSchema,
      path: pathSchema,
      algorithm: z.enum(CHECKSUM_ALGORITHMS),
      expected: digestHexSchema,
      found: digestHexSchema,
    }),
  ),
  /** The catalogue holds no digest of the algorithm of the manifest. */
  notComparable: z.int(),
  /** Recorded when the same manifest was taken in before. */
  alreadyRecorded: z.int(),
  /** Replicas of which the manifest says nothing. */
  notNamed: z.int(),
  /** Lines that name nothing that is in custody at this location. */
  unmatched: z.int(),
  unmatchedLines: z.array(z.object({ line: z.int(), path: z.string() })),
  /** Lines that say again what an earlier one did. */
  repeated: z.int(),
  /** That it opened, or that an earlier attestation had opened and it found again. */
  findings: z.int(),
});

export type AttestationWish = z.infer<typeof attestationWishSchema>;
export type Attestation = z.infer<typeof attestationSchema>;
