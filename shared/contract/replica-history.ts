import { z } from 'zod';
import { idSchema, timeSchema } from './common.ts';

export const HISTORY_KINDS = [
  'custody',
  'copied',
  'repackaged',
  'check',
  'finding',
  'resolved',
  'set aside',
  'left quarantine',
  'attested',
] as const;

/** One thing that happened to a replica. */
export const replicaStepSchema = z.object({
  what: z.enum(HISTORY_KINDS),
  /** Of a check, when the act was closed that it was part of. */
  at: timeSchema,
  /** Of a check, a finding, and what was attested. */
  outcome: z.string().optional(),
  /** Where more is told of it: a finding, the run of a check, an accession. */
  id: idSchema.optional(),
  /** How a finding was resolved, or the number of an accession. */
  as: z.string().optional(),
  by: z.string().optional(),
  reason: z.string().optional(),
});

/** What happened to one replica, newest first. */
export const replicaHistorySchema = z.object({
  replica: idSchema,
  rows: z.array(replicaStepSchema),
  /** Every check of it is among them. Where runs are large, only the newest are looked through. */
  isWhole: z.boolean(),
});

export type ReplicaStep = z.infer<typeof replicaStepSchema>;
export type ReplicaHistory = z.infer<typeof replicaHistorySchema>;
