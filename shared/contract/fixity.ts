import { z } from 'zod';
import { MASS_LOOKS } from '../domain/mass-change.ts';
import { idSchema, pageInput, pageOf, pathSchema, procedure, timeSchema } from './common.ts';
import { jobSchema } from './jobs.ts';

/** What an audit may do; see AuditBudget in shared/domain/audit-budget.ts. */
export const auditBudgetSchema = z.object({
  oldest: z.int().min(1).optional(),
  share: z.number().gt(0).max(1).optional(),
  timeMs: z.int().min(1).optional(),
  bytes: z.int().min(1).optional(),
  bytesPerSecond: z.int().min(1024).optional(),
});

export const findingSchema = z.object({
  id: idSchema,
  path: pathSchema,
  location: idSchema,
  outcome: z.string(),
  detail: z.string(),
  openedAt: timeSchema,
  /** Open, and a later check found the file intact: that resolves nothing by itself. Absent in results of before this was told. */
  intactSince: z.boolean().optional(),
  resolvedAt: timeSchema.optional(),
  resolution: z.string().optional(),
});

/** The result of a finished audit. */
/** Where so many files of a location changed that they are one finding, and nobody has decided on it yet. */
const massChangesSchema = z
  .array(
    z.object({
      id: idSchema,
      location: z.object({ id: idSchema, name: z.string() }),
      files: z.int(),
      ofFiles: z.int(),
      looksLike: z.enum(MASS_LOOKS),
    }),
  )
  .optional();

export const auditResultSchema = z.object({
  run: z.object({ id: idSchema, complete: z.boolean() }),
  planned: z.int(),
  outcomes: z.record(z.string(), z.int()),
  /** The first thousand; `fixity.findings` has all. */
  findings: z.array(findingSchema),
  findingsTotal: z.int(),
  massChanges: massChangesSchema,
  bytesRead: z.int(),
  /** Whether bytes may have come from the system's cache and not from the medium. Absent, as all below, in results of before this was told. */
  cached: z.boolean().optional(),
  /** The budget; empty where everything was asked for. */
  asked: auditBudgetSchema.optional(),
  /** Which bound ended it before its plan: what was left then counts as not checked. */
  endedBy: z.enum(['time', 'bytes']).optional(),
  /** Replicas in reach that the budget did not plan (`oldest`, `share`): no part of the run, and of its outcomes. */
  leftForLater: z.int().optional(),
  /** What stands in bags beside the payload, and of it what is not as it was sealed; the first thousand. Absent in results of before bags were. */
  tagFiles: z
    .object({
      intact: z.int(),
      findingsTotal: z.int(),
      findings: z.array(
        z.object({
          path: pathSchema,
          location: idSchema,
          outcome: z.enum(['altered', 'missing', 'unreadable']),
        }),
      ),
    })
    .optional(),
  /** Locations that could not be reached, and why. */
  unreachable: z.array(z.object({ location: idSchema, name: z.string(), reason: z.string() })),
  /** Locations that are offline as planned: their replicas were not planned, and are no part of the run and of its outcomes. */
  offline: z.array(z.object({ location: idSchema, name: z.string(), replicas: z.int() })).optional(),
});

/**
 * The result of a finished rescan: `unchanged`, `restamped`, `changed`, `untracked`, `gone`, `not_checked`, and where there
 * are any `deaccessioned`: left where custody of them has ended.
 */
export const rescanResultSchema = z.object({
  run: z.object({ id: idSchema, complete: z.boolean() }),
  outcomes: z.record(z.string(), z.int()),
  findings: z.array(findingSchema),
  findingsTotal: z.int(),
  massChanges: massChangesSchema,
  /** Not there now; an audit confirms whether they are missing. The first thousand. */
  gone: z.array(z.object({ path: pathSchema, location: idSchema })),
  untracked: z.array(z.object({ path: pathSchema, location: idSchema })),
  bytesRead: z.int(),
  unreachable: z.array(z.object({ location: idSchema, name: z.string(), reason: z.string() })),
  /** Locations that are offline as planned: nothing was looked for there. Absent in results of before this was told. */
  offline: z.array(z.object({ location: idSchema, name: z.string(), replicas: z.int() })).optional(),
});

/** What audits checked within a quarter of an hour, of which the days of any time zone can be made. */
export const checksSchema = z.object({
  /** When the quarter began. An audit counts when it closed. */
  at: timeSchema,
  /** Replicas that were read and compared. */
  checked: z.int(),
  bytes: z.int(),
  /** Outcomes that were findings then, whatever was decided on them since. */
  findings: z.int(),
});

export const fixity = {
  /** `direct`: past the system's cache where it lets one. */
  audit: procedure
    .input(
      z.object({
        location: z.string().optional(),
        budget: auditBudgetSchema.optional(),
        direct: z.boolean().optional(),
      }),
    )
    .output(jobSchema),
  rescan: procedure.input(z.object({ location: z.string().optional() })).output(jobSchema),
  /** Open findings, or with `all` resolved ones too, newest first. */
  findings: procedure
    .input(z.object({ ...pageInput, all: z.boolean().optional() }))
    .output(pageOf(findingSchema)),
  /** For a calendar, oldest first; a quarter of an hour in which no audit closed has no row. */
  checks: procedure.input(z.object({ since: timeSchema })).output(z.object({ rows: z.array(checksSchema) })),
};

export type Checks = z.infer<typeof checksSchema>;
export type Finding = z.infer<typeof findingSchema>;
export type AuditResult = z.infer<typeof auditResultSchema>;
export type RescanResult = z.infer<typeof rescanResultSchema>;
