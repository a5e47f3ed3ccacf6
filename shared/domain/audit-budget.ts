/**
 * How much an audit may do. Two kinds of bound: `oldest` and `share` say what is planned, so that a run that checks all of it is
 * complete; `timeMs` and `bytes` end a run before its plan does, and what is left then was not checked. Pure, so that the same
 * words mean the same on the command line, in a schedule and on a screen.
 */

export interface AuditBudget {
  /** At most so many replicas, the longest unverified. */
  readonly oldest?: number | undefined;
  /** A share of the replicas of the locations that are in reach, from above 0 to 1. */
  readonly share?: number | undefined;
  /** Milliseconds, since the run was started or resumed. */
  readonly timeMs?: number | undefined;
  /** Bytes of all files of the run. */
  readonly bytes?: number | undefined;
  /** Over all readers together. */
  readonly bytesPerSecond?: number | undefined;
}

/** Which bound ended a run before its plan. */
export type BudgetEnd = 'time' | 'bytes';

const SECOND = 1000;
const DURATIONS: Readonly<Record<string, number>> = {
  s: SECOND,
  m: 60 * SECOND,
  min: 60 * SECOND,
  h: 3600 * SECOND,
  d: 86_400 * SECOND,
};
/** Decimal, as disks are sold. */
const BYTES: Readonly<Record<string, number>> = { '': 1, k: 1e3, m: 1e6, g: 1e9, t: 1e12 };

/** Milliseconds of `90s`, `30m`, `2h`, `1h30m`, `2d`; undefined for what is none. A number alone has no unit, and is none. */
export function parseDuration(text: string): number | undefined {
  const lower = text.trim().toLowerCase();
  if (!/^(?:\d+(?:\.\d+)?\s*(?:s|min|m|h|d)\s*)+$/.test(lower)) return undefined;
  let total = 0;
  for (const [, number = '', unit = ''] of lower.matchAll(/(\d+(?:\.\d+)?)\s*(s|min|m|h|d)/g))
    total += Number(number) * (DURATIONS[unit] ?? 0);
  const whole = Math.round(total);
  return whole > 0 && Number.isSafeInteger(whole) ? whole : undefined;
}

/** Bytes of `500G`, `1.5T`, `800 MB`, `4096`; undefined for what is none. */
export function parseBytes(text: string): number | undefined {
  const [, number = '', unit = ''] = /^(\d+(?:\.\d+)?)\s*([kmgt]?)b?$/i.exec(text.trim()) ?? [];
  const bytes = Math.round(Number(number) * (BYTES[unit.toLowerCase()] ?? 0));
  return bytes > 0 && Number.isSafeInteger(bytes) ? bytes : undefined;
}

/** A share of `0.25`, `25%` or `1/4`; undefined for what is none, or not above 0 and up to 1. */
export function parseShare(text: string): number | undefined {
  const [, number, percent, above, below] =
    /^(?:(\d*\.?\d+)(\s*%)?|(\d+)\s*\/\s*(\d+))$/.exec(text.trim()) ?? [];
  const share =
    number === undefined
      ? Number(above ?? 0) / Number(below ?? 0)
      : Number(number) / (percent === undefined ? 1 : 100);
  return share > 0 && share <= 1 ? share : undefined;
}

/**
 * How many of `all` replicas a budget plans. A share is rounded up, so that a twelfth every month leaves none behind: not by a
 * rounding error of the machine, though (1/12 of 12 is 1, and 0.1 of 30 is 3).
 */
export function plannedOf(budget: AuditBudget, all: number): number {
  const share = budget.share === undefined ? all : Math.ceil(budget.share * all - 1e-6);
  return Math.min(all, budget.oldest ?? all, Math.max(share, Math.min(all, 1)));
}

/**
 * How many files of a batch fit into the bytes that are left: it stops before the one that would pass them, and takes at least one
 * where the run has read nothing yet, since a file that is larger than every budget would never be verified otherwise.
 */
export function fitting(sizes: readonly number[], bytesLeft: number, isFirst: boolean): number {
  let left = bytesLeft;
  let count = 0;
  for (const size of sizes) {
    if (size > left && !(isFirst && count === 0)) break;
    left -= size;
    count++;
  }
  return count;
}

/** Only what was said of it: so that one budget is one text. */
export function saidOf(budget: AuditBudget): AuditBudget {
  return Object.fromEntries(Object.entries(budget).filter(([, value]) => value !== undefined));
}

/**
 * Whether a budget asks for less than everything at once; a limit of speed alone does not.
 * @public what schedules ask of one
 */
export function isBounded({ oldest, share, timeMs, bytes }: AuditBudget): boolean {
  return oldest !== undefined || share !== undefined || timeMs !== undefined || bytes !== undefined;
}

/** A budget in words, such as `the 100 longest unverified, at most 30 min`; empty where everything is asked for. */
export function budgetWords(budget: AuditBudget): string {
  const { oldest, share, timeMs, bytes, bytesPerSecond } = budget;
  return [
    ...(oldest === undefined ? [] : [`the ${oldest.toLocaleString('en')} longest unverified`]),
    ...(share === undefined ? [] : [shareWords(share)]),
    ...(timeMs === undefined ? [] : [`at most ${durationWords(timeMs)}`]),
    ...(bytes === undefined ? [] : [`at most ${bytesWords(bytes)}`]),
    ...(bytesPerSecond === undefined ? [] : [`no faster than ${bytesWords(bytesPerSecond)} a second`]),
  ].join(', ');
}

function shareWords(share: number): string {
  const parts = Math.round(1 / share);
  if (parts === 1 && share === 1) return 'all of them';
  return parts > 1 && Math.abs(share * parts - 1) < 1e-9
    ? `1/${parts} of them`
    : `${Number((share * 100).toPrecision(6))} % of them`;
}

function durationWords(ms: number): string {
  const units = [
    [DURATIONS['d'] ?? 1, 'd'],
    [DURATIONS['h'] ?? 1, 'h'],
    [DURATIONS['m'] ?? 1, 'min'],
    [SECOND, 's'],
  ] as const;
  let left = Math.max(SECOND, Math.round(ms / SECOND) * SECOND);
  const words: string[] = [];
  for (const [length, unit] of units) {
    const count = Math.floor(left / length);
    left -= count * length;
    if (count > 0) words.push(`${count} ${unit}`);
  }
  return words.join(' ');
}

function bytesWords(bytes: number): string {
  const units = [
    [1e12, 'TB'],
    [1e9, 'GB'],
    [1e6, 'MB'],
    [1e3, 'kB'],
  ] as const;
  const [unit, name] = units.find(([unit]) => bytes >= unit) ?? [1, 'bytes'];
  return `${Number((bytes / unit).toPrecision(3))} ${name}`;
}
