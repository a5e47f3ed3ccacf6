import type { Checks } from '../../../shared/contract/fixity.ts';
import { localDay } from '../../ui/index.ts';

export interface CheckedDay {
  /** Where the reader is: `2026-11-03`. */
  readonly day: string;
  readonly checked: number;
  readonly bytes: number;
  readonly findings: number;
}

/** What was checked on each day, oldest first; days without a check are left out. */
export function checksByDay(rows: readonly Checks[]): CheckedDay[] {
  return [...Map.groupBy(rows, ({ at }) => localDay(Date.parse(at)))]
    .map(([day, each]) => ({
      day,
      checked: each.reduce((sum, { checked }) => sum + checked, 0),
      bytes: each.reduce((sum, { bytes }) => sum + bytes, 0),
      findings: each.reduce((sum, { findings }) => sum + findings, 0),
    }))
    .sort((a, b) => (a.day < b.day ? -1 : 1));
}

const WEEKS_MS = 53 * 7 * 86_400_000;

/** From when on a calendar that ends with this day asks, in any time zone; the same all day, so that it is asked once. */
export function yearBefore(day: string): string {
  return new Date(Date.parse(day) - WEEKS_MS).toISOString();
}
