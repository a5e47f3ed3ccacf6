import { z } from 'zod';
import { idSchema, pathSchema, procedure } from './common.ts';
import { jobSchema, problemSchema } from './jobs.ts';

export const newReplicationSchema = z.object({
  /** An accession, by its id or number; absent for all that are in custody. */
  accession: z.string().optional(),
  /** A managed location, by name or id. */
  to: z.string(),
  bytesPerSecond: z.int().positive().optional(),
});

/** The result of a finished replication. */
export const replicationResultSchema = z.object({
  /** Files copied, and of them those read back and found equal: all, or the bag does not stand. */
  copied: z.int(),
  verified: z.int(),
  bytes: z.int(),
  /** Accruals that had a bag there already. */
  skipped: z.int(),
  bags: z.array(z.object({ accession: idSchema, number: z.string(), accrual: z.int(), path: pathSchema })),
  problems: z.array(problemSchema.pick({ path: true, code: true, message: true })),
  problemsTotal: z.int(),
});

export const replication = {
  /** Copies accessions into a managed location, each accrual as a sealed bag. */
  start: procedure.input(newReplicationSchema).output(jobSchema),
};

export type NewReplication = z.infer<typeof newReplicationSchema>;
export type ReplicationResult = z.infer<typeof replicationResultSchema>;
