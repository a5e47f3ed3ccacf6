import { z } from 'zod';
import { idSchema, pathSchema, procedure, textSchema } from './common.ts';
import { runSummarySchema } from './schedules.ts';

const addressSchema = textSchema(254).trim().min(3);

/** Whom scheduled runs are told by mail. The password stands with this user or in the environment, never in the archive. */
export const tellingSettingsSchema = z.object({
  mailTo: z.array(z.string()),
  mailFrom: z.string().optional(),
  /** `smtp://user@host:587`, `smtps://…` or `smtp+plain://…`, without a password. */
  smtp: z.string().optional(),
  quietWhenWell: z.boolean(),
  /** Where the password comes from; absent where none is known. */
  passwordFrom: z.enum(['environment', 'preferences']).optional(),
});

const toldSchema = z.object({
  /** Who was told by mail. */
  sentTo: z.array(z.string()),
  /** Why a mail that should have gone out did not. */
  warning: z.string().optional(),
});

export const telling = {
  get: procedure.output(tellingSettingsSchema),
  /** Changes what is named; null takes away. */
  set: procedure
    .input(
      z.object({
        mailTo: z.array(addressSchema).max(50).optional(),
        mailFrom: addressSchema.nullable().optional(),
        smtp: textSchema(500).nullable().optional(),
        quietWhenWell: z.boolean().optional(),
        password: textSchema(1000).nullable().optional(),
      }),
    )
    .output(tellingSettingsSchema),
  /** Sends a message that says nothing. */
  test: procedure.output(toldSchema),
  /** Tells of every scheduled run that rests and was not told, and of those that did not happen. */
  tellRuns: procedure.output(z.object({ rows: z.array(toldSchema.extend({ summary: runSummarySchema })) })),
  /** What an audit or a rescan did, found and did not do. */
  summary: procedure.input(z.object({ job: idSchema })).output(runSummarySchema),
  /** Writes summaries of jobs to a file that is not there yet: .txt, .html or .json. Where it is, the next free name. */
  writeSummary: procedure
    .input(z.object({ jobs: z.array(idSchema).min(1).max(1000), path: pathSchema }))
    .output(z.object({ path: pathSchema })),
};

export type TellingSettings = z.infer<typeof tellingSettingsSchema>;
