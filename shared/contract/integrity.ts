import { z } from 'zod';
import { INTERNAL_VERDICTS } from '../domain/integrity.ts';
import { digestHexSchema, idSchema, pathSchema, timeSchema } from './common.ts';

/** A part of a file of sound that tells where the recording comes from. */
export const evidenceSchema = z.object({
  kind: z.enum(['chunk', 'picture', 'cue sheet']),
  /** As the format names it: `bext`, `LIST/INFO`, `APIC`. */
  name: z.string(),
  /** Bytes from the beginning of the file. */
  offset: z.int(),
  length: z.int(),
  sha256: digestHexSchema,
  /** What was read out of it, by the names of its specification. */
  fields: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
});

/** Something amiss, and where: bytes from the beginning of the file, milliseconds from the beginning of the recording. */
export const integrityProblemSchema = z.object({
  code: z.string(),
  message: z.string(),
  offset: z.int().optional(),
  timeMs: z.int().optional(),
});

/** Another content with the same sound: the same recording with other tags. */
export const relativeSchema = z.object({
  id: idSchema,
  sha256: digestHexSchema,
  size: z.int(),
  format: z.string(),
  title: z.string(),
  path: pathSchema.optional(),
});

/** Where a file falls short of what the archive's policy asks of its role. */
export const shortfallSchema = z.object({
  code: z.enum(['sample_rate', 'bit_depth', 'lossy', 'format_at_risk']),
  message: z.string(),
});

/** What a file of sound proves about itself, without any reference. */
export const integritySchema = z.object({
  verdict: z.enum(INTERNAL_VERDICTS),
  depth: z.enum(['quick', 'deep']),
  checkedAt: timeSchema,
  /** Checks of its own that cover the audio and passed. */
  proofs: z.array(z.string()),
  /** Checks that the format knows and this file does not carry. */
  lacks: z.array(z.string()),
  version: z.string().optional(),
  protection: z.string().optional(),
  problems: z.array(integrityProblemSchema),
  /** Digest of the sound apart from tags; values of two definitions never compare. */
  essence: z.object({ definition: z.string(), value: digestHexSchema }).optional(),
  evidence: z.array(evidenceSchema),
  /** Evidence and problems beyond those listed. */
  unlisted: z.int(),
  relatives: z.array(relativeSchema),
});

export type Evidence = z.infer<typeof evidenceSchema>;
export type Integrity = z.infer<typeof integritySchema>;
export type Shortfall = z.infer<typeof shortfallSchema>;
export type Relative = z.infer<typeof relativeSchema>;
