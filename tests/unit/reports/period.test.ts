import { describe, expect, it } from 'vitest';
import { monthsOf, periodOf } from '../../../electron/core/reports/period.ts';

const now = Date.parse('2026-11-30T10:00:00Z');
const days = ({ from, until }: { from: number; until: number }) =>
  [from, until].map((ms) => new Date(ms).toISOString().slice(0, 10));

describe('the period of a report', () => {
  it('is a calendar year, whole, and said not to be over while it is not', () => {
    const last = periodOf({ year: 2025 }, now, 'this year');
    expect(days(last)).toEqual(['2025-01-01', '2026-01-01']);
    expect(last).toMatchObject({ name: '2025', slug: '2025', last: '2025-12-31', isOver: true });
    const current = periodOf({}, now, 'this year');
    expect(current).toMatchObject({ name: '2026', first: '2026-01-01', last: '2026-11-30', isOver: false });
  });

  it('is the days from one to another, both with it', () => {
    const period = periodOf({ from: '2025-07-01', to: '2026-06-30' }, now, 'this year');
    expect(days(period)).toEqual(['2025-07-01', '2026-07-01']);
    expect(period).toMatchObject({ slug: '2025-07-01-to-2026-06-30', isOver: true });
    expect(monthsOf(period)).toHaveLength(12);
  });

  it('is twelve months up to a day, or today, where no beginning is said', () => {
    expect(days(periodOf({}, now, 'twelve months'))).toEqual(['2025-12-01', '2026-12-01']);
    expect(days(periodOf({ to: '2024-02-29' }, now, 'this year'))).toEqual(['2023-03-02', '2024-03-01']);
  });

  it('is refused where it ends before it begins, or is yet to come', () => {
    for (const wish of [{ from: '2026-05-02', to: '2026-05-01' }, { year: 2027 }, { from: '2026-12-01' }])
      expect(() => periodOf(wish, now, 'this year')).toThrow(/Nothing was written/);
  });
});
