import { describe, expect, it } from 'vitest';
import { storageForecast } from '../../../shared/domain/storage-forecast.ts';

const now = '2026-11-30T10:00:00.000Z';
const held = { content: 1_000, stored: 2_500 };

describe('the room that will be needed', () => {
  it('is a straight line through whole months, those without intake among them', () => {
    const intake = [
      { at: '2026-04-15T00:00:00Z', bytes: 9_000 }, // the month in which the archive began: not a whole one
      { at: '2026-05-01T00:00:00Z', bytes: 100 },
      { at: '2026-07-31T23:59:59Z', bytes: 500 },
      { at: '2026-11-02T00:00:00Z', bytes: 7_000 }, // a month that is not over
    ];
    expect(storageForecast(intake, '2026-04-10T00:00:00Z', now, held)).toEqual({
      from: '2026-05',
      to: '2026-10',
      months: 6,
      mean: 100,
      least: 0,
      most: 500,
      copies: 2.5,
      ahead: [
        { inMonths: 12, content: 2_200, stored: 5_500 },
        { inMonths: 24, content: 3_400, stored: 8_500 },
        { inMonths: 36, content: 4_600, stored: 11_500 },
      ],
    });
  });

  it('is not made of fewer than six of them, and says how many there are', () => {
    const refused = (since: string) => storageForecast([], since, now, held);
    expect(refused('2026-05-01T00:00:00Z')).toEqual({
      refused: 'No forecast is made: it needs 6 whole months of recorded intake, and there are 5.',
    });
    expect(refused('2026-09-30T00:00:00Z')).toMatchObject({
      refused: expect.stringContaining('there is 1.') as string,
    });
    expect(refused('2026-11-01T00:00:00Z')).toMatchObject({
      refused: expect.stringContaining('are 0.') as string,
    });
    expect(storageForecast([], '2020-01-01T00:00:00Z', now, { content: 0, stored: 0 })).toHaveProperty(
      'refused',
    );
  });

  it('looks at three years and no further back', () => {
    const intake = [{ at: '2021-06-01T00:00:00Z', bytes: 1_000_000 }];
    expect(storageForecast(intake, '2020-01-01T00:00:00Z', now, held)).toMatchObject({
      from: '2023-11',
      months: 36,
      mean: 0,
    });
  });
});
