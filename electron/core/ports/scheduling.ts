import type { Job } from '../../../shared/contract/jobs.ts';
import type { AuditBudget } from '../../../shared/domain/audit-budget.ts';
import type { ActingAgent } from './common.ts';

export type ScheduledKind = 'audit' | 'rescan';

/** Times are milliseconds since 1970. */
export interface NewSchedule {
  readonly name: string;
  readonly kind: ScheduledKind;
  /** Undefined: all. */
  readonly locationId?: number | undefined;
  /** As a person said it. */
  readonly words: string;
  /** Five fields. */
  readonly cron: string;
  /** IANA. */
  readonly timeZone: string;
  readonly budget: AuditBudget;
  /** From when on it can be due. */
  readonly createdAt: number;
}

export interface StoredSchedule extends NewSchedule {
  readonly id: number;
  readonly locationName?: string;
  readonly isPaused: boolean;
  /** The due time that was last run or given up. */
  readonly lastDueAt?: number;
  /** The last job that was started for it. */
  readonly last?: {
    readonly job: Job;
    readonly dueAt: number;
    /** Earlier due times that passed without a run. */
    readonly missed: number;
  };
  /** The job, and its state, that people were last told of. */
  readonly told?: string;
}

export interface ScheduleReader {
  /** Those that are not removed, in the order in which they were added. */
  schedules(): Promise<StoredSchedule[]>;
}

export interface ScheduleWriter {
  /** @throws HoldfastError BAD_INPUT for a name in use. Returns the new id. */
  addSchedule(schedule: NewSchedule, agent: ActingAgent): Promise<number>;
  /** No event where nothing changes, here and below. */
  pauseSchedule(id: number, isPaused: boolean, agent: ActingAgent): Promise<void>;
  removeSchedule(id: number, agent: ActingAgent): Promise<void>;
  /** The job that runs what was due; what an earlier one has done stays settled. */
  scheduleStarted(
    id: number,
    run: { readonly jobId: number; readonly dueAt: number; readonly missed: number },
  ): Promise<void>;
  /** Says that everything up to this due time counts as done: the clock had been ahead. */
  settleSchedule(id: number, dueAt: number): Promise<void>;
  scheduleTold(id: number, told: string): Promise<void>;
}
