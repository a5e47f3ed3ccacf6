import { z } from 'zod';
import { INTERNAL_VERDICTS } from '../domain/integrity.ts';
import { pathSchema } from './common.ts';

export const inspectedProblemSchema = z.object({
  code: z.string(),
  severity: z.enum(['problem', 'advisory', 'refusal']),
  message: z.string(),
  /** Bytes from the beginning of the file. */
  offset: z.int().optional(),
  /** Milliseconds from the beginning of the recording. */
  timeMs: z.int().optional(),
});

const evidenceSchema = z.object({
  kind: z.enum(['chunk', 'picture', 'cue sheet']),
  id: z.string(),
  offset: z.int(),
  length: z.int(),
  sha256: z.string(),
  fields: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  /** Its content, where it is small and text. */
  text: z.string().optional(),
});

/** What one file says of itself. Digests in lower-case hex. */
export const inspectedFileSchema = z.object({
  path: pathSchema,
  /** Null where the file could not be read: `problems` says why, and nothing else is known. */
  bytes: z.int().nullable(),
  kind: z.string().nullable(),
  format: z
    .object({
      name: z.string(),
      /** PRONOM identifier; empty where PRONOM has no entry. */
      puid: z.string(),
      mime: z.string(),
      version: z.string().optional(),
      identifiedBy: z.literal('signature'),
    })
    .nullable(),
  digests: z.record(z.string(), z.string()),
  essence: z.object({ definition: z.string(), sha256: z.string() }).nullable(),
  /** Null of what is no sound. */
  verdict: z.enum(INTERNAL_VERDICTS).nullable(),
  /** What a check of the file's own has proven, and what could have been checked and is not there. */
  proofs: z.array(z.string()),
  lacks: z.array(z.string()),
  technical: z
    .object({
      codec: z.string(),
      durationMs: z.int(),
      sampleRate: z.int(),
      bitDepth: z.int(),
      channels: z.int(),
    })
    .partial(),
  evidence: z.array(evidenceSchema),
  problems: z.array(inspectedProblemSchema),
  /** Evidence and problems beyond those listed. */
  unlisted: z.int(),
});

export type InspectedFile = z.infer<typeof inspectedFileSchema>;
