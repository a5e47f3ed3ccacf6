import { oc } from '@orpc/contract';
import { z } from 'zod';
import { ERROR_EXIT_CODES, type ErrorCode } from '../domain/errors.ts';

/** A path as people read it, and its bytes (base64) only where the name is not what `display` says. */
export const pathSchema = z.object({ display: z.string(), bytes: z.base64().optional() });

/** UTC, RFC 3339. */
export const timeSchema = z.iso.datetime();

/** A day of the calendar, ISO 8601. */
export const dateSchema = z.iso.date('A date is written as 2027-06-30.');

export const digestHexSchema = z.string().regex(/^[0-9a-f]+$/);

/** Public id such as `item-12`. */
export const idSchema = z
  .string()
  .regex(/^[a-z]+-[1-9]\d*$/, 'this is no id; an id looks like item-12 or job-3');

/** Text of a person, up to so many characters. */
export function textSchema(most: number) {
  return z.string().max(most, `takes at most ${most.toLocaleString('en')} characters`);
}

/** A page of a list: `next` is given back as `cursor`; null at the end. */
export function pageOf<Row extends z.ZodType>(row: Row) {
  return z.object({ rows: z.array(row), next: z.string().nullable() });
}

export const pageInput = {
  cursor: z.string().optional(),
  limit: z.int().min(1).max(1000).default(100),
};

export const tallySchema = z.object({
  count: z.int(),
  bytes: z.int(),
  hours: z.number(),
});

const errorMap = Object.fromEntries(
  (Object.keys(ERROR_EXIT_CODES) as ErrorCode[]).map((code) => [code, {}]),
) as Record<ErrorCode, Record<never, never>>;

/** The base of every procedure: errors travel as codes. */
export const procedure = oc.errors(errorMap);

export type PathValue = z.infer<typeof pathSchema>;
export type Tally = z.infer<typeof tallySchema>;
