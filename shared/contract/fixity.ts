import { z } from 'zod';
import { idSchema, pageInput, pageOf, pathSchema, procedure, timeSchema } from './common.ts';
import { jobSchema } from './jobs.ts';

export const findingSchema = z.object({
  id: idSchema,
  path: pathSchema,
  location: idSchema,
  outcome: z.string(),
  detail: z.string(),
  openedAt: timeSchema,
});

/** The result of a finished audit. */
export const auditResultSchema = z.object({
  run: z.object({ id: idSchema, complete: z.boolean() }),
  planned: z.int(),
  outcomes: z.record(z.string(), z.int()),
  /** The first thousand; `fixity.findings` has all. */
  findings: z.array(findingSchema),
  findingsTotal: z.int(),
  bytesRead: z.int(),
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
  /** Not there now; an audit confirms whether they are missing. The first thousand. */
  gone: z.array(z.object({ path: pathSchema, location: idSchema })),
  untracked: z.array(z.object({ path: pathSchema, location: idSchema })),
  bytesRead: z.int(),
  unreachable: z.array(z.object({ location: idSchema, name: z.string(), reason: z.string() })),
});

export const fixity = {
  audit: procedure.input(z.object({ location: z.string().optional() })).output(jobSchema),
  rescan: procedure.input(z.object({ location: z.string().optional() })).output(jobSchema),
  /** Open findings, newest first. */
  findings: procedure.input(z.object(pageInput)).output(pageOf(findingSchema)),
};

export type Finding = z.infer<typeof findingSchema>;
export type AuditResult = z.infer<typeof auditResultSchema>;
export type RescanResult = z.infer<typeof rescanResultSchema>;
