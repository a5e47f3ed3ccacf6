import { z } from 'zod';
import { digestHexSchema, pathSchema, procedure, textSchema, timeSchema } from './common.ts';

/** An event as the chain has it: what was hashed and signed, word for word, and what proves it. */
export const sealedEventSchema = z.object({
  /** RFC 8785 canonical JSON. */
  body: z.string(),
  hash: digestHexSchema,
  /** Ed25519 over the hash. */
  signature: digestHexSchema,
  keyId: digestHexSchema,
});

/**
 * Proves that the log holds one outcome of one replica, to whoever has the public key and nothing else: the leaf, its way to the
 * root that an event commits to, and the events from that one on.
 */
export const inclusionProofSchema = z.object({
  proof: z.literal('holdfast-inclusion-1'),
  /** What was recorded, word for word: outcome, replica, SHA-256. */
  leaf: z.string(),
  index: z.int().min(0),
  /** Leaves under the root. */
  size: z.int().min(1),
  /** RFC 9162 §2.1.3, lowest first. */
  path: z.array(digestHexSchema).max(64),
  /** The first commits to the root; each follows from the one before; the last is the head. */
  events: z.array(sealedEventSchema).min(1),
  /** By which a key named the next one, oldest first. */
  rotations: z.array(sealedEventSchema),
  keys: z.array(z.object({ id: digestHexSchema, publicKey: z.string().max(2000) })).min(1),
  /** Only where it was asked for; said by the archive and proven by nothing. */
  names: z.object({ archive: z.string(), location: z.string(), path: pathSchema }).optional(),
});

export const lodgedHeadSchema = z.object({
  seq: z.int(),
  head: digestHexSchema,
  /** Whoever holds it: a person, an institution, a file that was handed out. */
  with: z.string(),
  /** `proof`, or `by hand`. */
  how: z.string(),
  at: timeSchema,
});

export const proofs = {
  /**
   * The newest check of a replica; of an object or an item the replica that was verified last. It names no path and nobody unless
   * asked. The head that it ends with is entered as lodged with `holder`.
   */
  prove: procedure
    .input(
      z.object({
        id: z.string().optional(),
        path: pathSchema.optional(),
        withNames: z.boolean().default(false),
        holder: textSchema(300).trim().min(1),
      }),
    )
    .output(inclusionProofSchema),
  /** Enters that somebody now holds the head of the log. */
  lodge: procedure.input(z.object({ with: textSchema(300).trim().min(1) })).output(lodgedHeadSchema),
  /** Newest first. */
  heads: procedure.output(z.object({ rows: z.array(lodgedHeadSchema), next: z.null() })),
  /** Makes a new key; the old one signs the event that names it, and its private half is destroyed. */
  rotateKey: procedure
    .input(z.object({ reason: textSchema(1000).optional() }))
    .output(z.object({ key: digestHexSchema, publicKey: z.string(), former: digestHexSchema })),
};

export type SealedEventJson = z.infer<typeof sealedEventSchema>;
export type InclusionProof = z.infer<typeof inclusionProofSchema>;
export type LodgedHead = z.infer<typeof lodgedHeadSchema>;
