/** What a person asks an audit to do, as it is chosen in a form; and a budget in the words of the screens. */
import {
  parseBytes,
  parseDuration,
  plannedOf,
  type AuditBudget,
} from '../../../shared/domain/audit-budget.ts';
import { formatBytes, formatCount, formatDuration, formatShare, type Texts } from '../../ui/index.ts';

export const BOUNDS = ['everything', 'share', 'oldest', 'time', 'bytes'] as const;
export type Bound = (typeof BOUNDS)[number];

export interface BudgetDraft {
  readonly bound: Bound;
  /** One part in so many. */
  readonly parts: number;
  readonly oldest: number;
  /** As it is typed: `30m`, `500 GB`. */
  readonly time: string;
  readonly bytes: string;
}

export const NEW_BUDGET: BudgetDraft = {
  bound: 'everything',
  parts: 12,
  oldest: 1_000,
  time: '1h',
  bytes: '500 GB',
};

/** The budget, or undefined where what is typed says none. */
export function budgetOf({ bound, parts, oldest, time, bytes }: BudgetDraft): AuditBudget | undefined {
  switch (bound) {
    case 'everything':
      return {};
    case 'share':
      return parts >= 1 ? { share: 1 / parts } : undefined;
    case 'oldest':
      return oldest >= 1 ? { oldest } : undefined;
    case 'time': {
      const timeMs = parseDuration(time);
      return timeMs === undefined ? undefined : { timeMs };
    }
    case 'bytes': {
      const most = parseBytes(bytes);
      return most === undefined ? undefined : { bytes: most };
    }
  }
}

/** What a budget asks for, in words. */
export function budgetText({ share, oldest, timeMs, bytes, bytesPerSecond }: AuditBudget, t: Texts): string {
  const parts = share === undefined ? 0 : Math.round(1 / share);
  const isFraction = share !== undefined && parts > 1 && Math.abs(share * parts - 1) < 1e-9;
  const words = [
    ...(share === undefined
      ? []
      : [isFraction ? t('budget.part', { parts }) : t('budget.share', { share: formatShare(share, 1) })]),
    ...(oldest === undefined ? [] : [t('budget.oldest', { count: oldest, shown: formatCount(oldest) })]),
    ...(timeMs === undefined ? [] : [t('budget.time', { time: formatDuration(timeMs) })]),
    ...(bytes === undefined ? [] : [t('budget.bytes', { size: formatBytes(bytes) })]),
  ];
  const what = words.length === 0 ? t('budget.everything') : words.join(', ');
  return bytesPerSecond === undefined
    ? what
    : t('budget.limited', { what, size: formatBytes(bytesPerSecond) });
}

/** How many of so many replicas it plans; undefined where a bound of time or bytes ends it somewhere. */
export function plannedCount(budget: AuditBudget, replicas: number): number | undefined {
  return budget.timeMs === undefined && budget.bytes === undefined ? plannedOf(budget, replicas) : undefined;
}
