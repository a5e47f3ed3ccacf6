/** What an audit plans to read, and what it makes of it. */
import type { AuditOutcome } from '../../../shared/domain/audit-outcome.ts';
import type { FileStamp } from './readings.ts';

export interface CheckRecorded {
  readonly replicaId: number;
  readonly outcome: AuditOutcome;
  /** Evidence for a finding, as JSON; absent when intact. */
  readonly detail?: string;
  /** As observed, when the bytes were read to the end. */
  readonly stamp?: FileStamp;
  readonly bytesRead: number;
  /** True where it was to be read past the system's cache, and could not be. */
  readonly cached?: boolean;
}

/** Replicas of a location, the longest unverified first; beside each when it was verified, -1 where it never was. */
export interface AuditPlan {
  readonly ids: Int32Array;
  readonly verifiedAt: Float64Array;
}
