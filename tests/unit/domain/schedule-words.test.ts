import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSchedule, SCHEDULE_EXAMPLES, scheduleWords } from '../../../shared/domain/schedule-words.ts';

describe('a schedule in plain words', () => {
  it.each([
    ['a twelfth every month', '0 3 1 * *', { share: 1 / 12 }],
    ['everything every quarter', '0 3 1 1,4,7,10 *', {}],
    ['everything every week on Sunday at 03:00', '0 3 * * 0', {}],
    ['Everything  every Wednesday at 22:15', '15 22 * * 3', {}],
    ['500 GB every night', '0 3 * * *', { bytes: 500e9 }],
    ['1.5TB each week on sat', '0 3 * * 6', { bytes: 1.5e12 }],
    ['2 hours every day at 22:30', '30 22 * * *', { timeMs: 7_200_000 }],
    ['an hour every night', '0 3 * * *', { timeMs: 3_600_000 }],
    ['30 minutes every day', '0 3 * * *', { timeMs: 1_800_000 }],
    ['5 % every week', '0 3 * * 0', { share: 0.05 }],
    ['10 percent every month on the 15th', '0 3 15 * *', { share: 0.1 }],
    ['1/40 every night', '0 3 * * *', { share: 1 / 40 }],
    ['the 1000 oldest every night', '0 3 * * *', { oldest: 1000 }],
    ['half of it', undefined, undefined],
    ['everything every six months', '0 3 1 1,7 *', {}],
    ['everything once a year', '0 3 1 1 *', {}],
    ['0 3 * * 0', '0 3 * * 0', {}],
    ['*/30 1-5 * * mon-fri', '*/30 1-5 * * mon-fri', {}],
    ['a twelfth, 0 4 1 * *', '0 4 1 * *', { share: 1 / 12 }],
  ])('%s', (words, cron, budget) => {
    if (cron === undefined) expect(() => readSchedule(words)).toThrow();
    else expect(readSchedule(words)).toEqual({ cron, budget });
  });

  it.each([
    '',
    'now and then',
    'everything',
    'everything every blue moon',
    'everything every month on Sunday',
    'everything every month on the 31st',
    'everything every night on Sunday',
    'everything every Sunday on Monday',
    'everything every day at 24:00',
    'everything every day at 3:61',
    '500 every night',
    '0 GB every night',
    '120 % every night',
    'constructor every night',
    'a toString every night',
  ])('"%s" is refused with examples of what is understood', (words) => {
    expect(() => readSchedule(words)).toThrow(
      expect.objectContaining({
        code: 'BAD_INPUT',
        message: expect.stringContaining(SCHEDULE_EXAMPLES[0]) as string,
      }),
    );
  });

  it.each(SCHEDULE_EXAMPLES)('the example "%s" is understood', (words) => {
    const rule = readSchedule(words);
    expect(readSchedule(scheduleWords(rule))).toEqual(rule);
  });

  it('says a rule again in words that mean the same', () => {
    expect(scheduleWords({ cron: '0 3 1 * *', budget: { share: 1 / 12 } })).toBe('a twelfth every month');
    expect(scheduleWords({ cron: '0 3 * * 0', budget: {} })).toBe('everything every week on Sunday');
    expect(scheduleWords({ cron: '5 4 * * 1-5', budget: { bytes: 5e11 } })).toBe('500 GB, 5 4 * * 1-5');
    const budget = fc.oneof(
      fc.constant({}),
      fc.integer({ min: 2, max: 400 }).map((parts) => ({ share: 1 / parts })),
      fc.integer({ min: 1, max: 100 }).map((percent) => ({ share: percent / 100 })),
      fc.integer({ min: 1, max: 1e6 }).map((oldest) => ({ oldest })),
      fc.integer({ min: 1, max: 1e6 }).map((seconds) => ({ timeMs: seconds * 1000 })),
      fc.integer({ min: 1, max: 1e9 }).map((bytes) => ({ bytes: bytes * 1000 })),
    );
    const cron = fc
      .tuple(
        fc.integer({ min: 0, max: 59 }),
        fc.integer({ min: 0, max: 23 }),
        fc.integer({ min: 1, max: 28 }),
      )
      .chain(([minute, hour, day]) =>
        fc
          .constantFrom(
            '* * *',
            `* * ${day % 7}`,
            `${day} * *`,
            `${day} 1,4,7,10 *`,
            `${day} 1,7 *`,
            `${day} 1 *`,
          )
          .map((rest) => `${minute} ${hour} ${rest}`),
      );
    fc.assert(
      fc.property(fc.record({ cron, budget }), (rule) => {
        const again = readSchedule(scheduleWords(rule));
        expect(again.cron).toBe(rule.cron);
        for (const [name, value] of Object.entries(rule.budget))
          expect(again.budget[name as keyof typeof again.budget]).toBeCloseTo(value, 9);
        expect(Object.keys(again.budget)).toEqual(Object.keys(rule.budget));
      }),
    );
  });
});
