import { z } from 'zod';
import { FURTHER_DIGESTS } from '../domain/vocabulary.ts';
import { agentRefSchema } from './agents.ts';
import { digestHexSchema, pathSchema, procedure, tallySchema, timeSchema } from './common.ts';

export const policySchema = z.object({
  accessionPattern: z.string(),
  furtherDigests: z.array(z.enum(FURTHER_DIGESTS)),
  verifyWithinDays: z.int().positive(),
});

export const archiveSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  path: pathSchema,
  schemaVersion: z.int(),
  readOnly: z.boolean(),
  createdAt: timeSchema,
  policy: policySchema,
});

export const statusSchema = z.object({
  archive: z.object({ id: z.uuid(), name: z.string() }),
  items: z.int(),
  objects: z.int(),
  replicas: z.int(),
  bytes: z.int(),
  hours: z.number(),
  /** Replicas by the outcome of their last check. */
  byOutcome: z.record(z.string(), z.int()),
  /** Items and hours by preservation status. */
  byStatus: z.record(z.string(), tallySchema),
  byFormat: z.record(z.string(), tallySchema),
  byLocation: z.record(z.string(), tallySchema),
  /** Replicas whose last verification is older than the policy allows, or that were never verified. */
  overdue: z.int(),
  openFindings: z.int(),
  untracked: z.int(),
  /** Gaps that block sharing: accessions of unknown rights basis, source or acquisition. */
  gaps: z.object({ rights: z.int(), source: z.int(), acquired: z.int() }),
  /** Places where a deletion is not done: they could not be reached, or hold what the catalogue does not know. */
  pendingDeletions: z.int(),
  openJobs: z.int(),
  /** Who answers for the archive today, and who takes over; empty where nobody is named. */
  responsible: z.array(agentRefSchema),
  successors: z.array(agentRefSchema),
  /** Collections and accessions with somebody of their own responsible, and nobody to take over from them. */
  withoutSuccessor: z.int(),
  lastAudit: z
    .object({
      at: timeSchema,
      checked: z.int(),
      complete: z.boolean(),
      outcomes: z.record(z.string(), z.int()),
    })
    .nullable(),
  /** False while no managed location holds a snapshot of the catalogue. */
  catalogueHasCopy: z.boolean(),
  log: z.object({ events: z.int(), head: digestHexSchema }),
});

export const archive = {
  info: procedure.output(archiveSchema),
  status: procedure.output(statusSchema),
};

export type ArchiveInfo = z.infer<typeof archiveSchema>;
export type ArchivePolicy = z.infer<typeof policySchema>;
export type ArchiveStatus = z.infer<typeof statusSchema>;
