import { describe, expect, it } from 'vitest';
import { byDueDate, recallsOf } from '../../../shared/domain/recall.ts';

const today = '2026-11-29';

describe('what is to be fetched', () => {
  it('is what is lent, and what is to be read again by a date', () => {
    expect(recallsOf({}, today)).toEqual([]);
    expect(recallsOf({ loan: { to: 'Ada' } }, today)).toEqual([{ why: 'lent', isPast: false }]);
    expect(
      recallsOf({ recallBy: '2027-01-01', loan: { to: 'Ada', expectedBack: '2026-11-28' } }, today),
    ).toEqual([
      { why: 'lent', due: '2026-11-28', isPast: true },
      { why: 'recall', due: '2027-01-01', isPast: false },
    ]);
  });

  it('is not past on its day', () => {
    expect(recallsOf({ recallBy: today }, today)).toMatchObject([{ isPast: false }]);
    expect(recallsOf({ recallBy: today }, '2026-11-30')).toMatchObject([{ isPast: true }]);
  });

  it('is listed by date, and last where it has none', () => {
    const rows = [
      ...recallsOf({ loan: { to: 'Ada' } }, today),
      ...recallsOf({ recallBy: '2027-01-01' }, today),
      ...recallsOf({ recallBy: '2026-01-01' }, today),
    ];
    expect(rows.sort(byDueDate).map(({ due }) => due)).toEqual(['2026-01-01', '2027-01-01', undefined]);
  });
});
