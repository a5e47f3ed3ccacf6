import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dueDay, freshAt, isFresh, isOverdue } from '../../../shared/domain/overdue.ts';

const DAY = 86_400_000;
const today = Date.UTC(2026, 10, 29, 13);
const ago = (days: number) => today - days * DAY;

describe('overdue', () => {
  it('is what never was verified only once its accession is longer ago than the policy allows', () => {
    const fresh = freshAt(today, 90);
    expect(isOverdue(dueDay(null, today), fresh)).toBe(false);
    expect(isOverdue(dueDay(null, ago(90)), fresh)).toBe(false);
    expect(isOverdue(dueDay(null, ago(91)), fresh)).toBe(true);
  });

  it('is what was verified longer ago than that, whenever it was taken in', () => {
    const fresh = freshAt(today, 90);
    expect(isOverdue(dueDay(ago(90), ago(4000)), fresh)).toBe(false);
    expect(isOverdue(dueDay(ago(91), ago(1)), fresh)).toBe(true);
  });

  it('is what claims to be of the day after tomorrow: that proves nothing', () => {
    const fresh = freshAt(today, 90);
    for (const day of [dueDay(ago(-2), today), dueDay(null, ago(-2))])
      expect(isOverdue(day, fresh)).toBe(true);
    expect(isOverdue(dueDay(ago(-1), today), fresh)).toBe(false);
  });

  it('tells by the sign of the day whether there was a verification', () => {
    fc.assert(
      fc.property(fc.integer({ min: DAY, max: 2 ** 45 }), fc.integer({ min: DAY, max: 2 ** 45 }), (a, b) => {
        expect(dueDay(a, b)).toBe(Math.floor(a / DAY));
        expect(dueDay(null, b)).toBe(-Math.floor(b / DAY));
      }),
    );
    // A record without any date is as old as can be.
    expect(dueDay(null, 0)).toBe(0);
    expect(isFresh(0, freshAt(today, 1_000_000))).toBe(false);
  });
});
