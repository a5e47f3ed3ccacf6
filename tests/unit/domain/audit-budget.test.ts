import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  budgetWords,
  fitting,
  isBounded,
  parseBytes,
  parseDuration,
  parseShare,
  plannedOf,
} from '../../../shared/domain/audit-budget.ts';

describe('a budget as it is written', () => {
  test.each([
    ['90s', 90_000],
    ['30m', 1_800_000],
    ['30 min', 1_800_000],
    ['1h30m', 5_400_000],
    ['2d', 172_800_000],
    ['0.5h', 1_800_000],
  ])('%s is a time', (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });

  test.each(['', '30', 'm', '0m', '-5m', '5x', '5m later', '1e9d', `${'9'.repeat(30)}d`])(
    '"%s" is no time',
    (text) => {
      expect(parseDuration(text)).toBeUndefined();
    },
  );

  test.each([
    ['4096', 4096],
    ['50M', 50_000_000],
    ['500G', 500_000_000_000],
    ['1.5T', 1_500_000_000_000],
    ['800 MB', 800_000_000],
    ['2gb', 2_000_000_000],
  ])('%s are bytes', (text, bytes) => {
    expect(parseBytes(text)).toBe(bytes);
  });

  test.each(['', '0', '-1', 'G', '5GiB', '1/2', '9'.repeat(30)])('"%s" are no bytes', (text) => {
    expect(parseBytes(text)).toBeUndefined();
  });

  test.each([
    ['0.25', 0.25],
    ['.5', 0.5],
    ['25%', 0.25],
    ['1/12', 1 / 12],
    ['1', 1],
  ])('%s is a share', (text, share) => {
    expect(parseShare(text)).toBeCloseTo(share, 12);
  });

  test.each(['', '0', '0%', '1.5', '101%', '2/1', '1/0', '-0.5', 'half', '25'])(
    '"%s" is no share',
    (text) => {
      expect(parseShare(text)).toBeUndefined();
    },
  );
});

describe('what a budget plans', () => {
  test('everything where nothing is said, or only how fast', () => {
    expect(plannedOf({}, 1000)).toBe(1000);
    expect(plannedOf({ bytesPerSecond: 1 }, 1000)).toBe(1000);
    expect(isBounded({ bytesPerSecond: 1 })).toBe(false);
  });

  test('as many as are asked for, and no more than there are', () => {
    expect(plannedOf({ oldest: 10 }, 1000)).toBe(10);
    expect(plannedOf({ oldest: 10 }, 4)).toBe(4);
  });

  test('a share, rounded up', () => {
    expect(plannedOf({ share: 1 / 12 }, 13)).toBe(2);
    expect(plannedOf({ share: 0.001 }, 3)).toBe(1);
    expect(plannedOf({ share: 0.5 }, 0)).toBe(0);
  });

  test('not one more because a machine cannot say a tenth', () => {
    expect(plannedOf({ share: 0.1 }, 30)).toBe(3);
    expect(plannedOf({ share: 1 / 12 }, 12_000)).toBe(1000);
  });

  test('the smaller of both', () => {
    expect(plannedOf({ share: 0.5, oldest: 3 }, 10)).toBe(3);
    expect(plannedOf({ share: 0.1, oldest: 3 }, 10)).toBe(1);
  });

  test('as many runs as a share has parts leave nothing behind, and none plans more than there is', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 0, max: 2_000_000 }), (parts, all) => {
        const planned = plannedOf({ share: 1 / parts }, all);
        expect(planned * parts).toBeGreaterThanOrEqual(all);
        expect(planned).toBeLessThanOrEqual(all);
        expect((planned - 1) * parts).toBeLessThan(Math.max(all, 1));
      }),
    );
  });
});

describe('what fits into the bytes that are left', () => {
  test('stops before the file that would pass them', () => {
    expect(fitting([10, 20, 30], 30, false)).toBe(2);
    expect(fitting([10, 20, 30], 29, false)).toBe(1);
    expect(fitting([10], 9, false)).toBe(0);
  });

  test('takes one at least of a run that has read nothing', () => {
    expect(fitting([1000, 1], 10, true)).toBe(1);
    expect(fitting([], 10, true)).toBe(0);
  });

  test('takes files without a byte at any time', () => {
    expect(fitting([0, 0, 1], 0, false)).toBe(2);
  });
});

test.each([
  [{}, ''],
  [{ oldest: 1200 }, 'the 1,200 longest unverified'],
  [{ share: 1 / 12 }, '1/12 of them'],
  [{ share: 0.15 }, '15 % of them'],
  [{ share: 1 }, 'all of them'],
  [{ timeMs: 5_400_000, bytes: 500e9 }, 'at most 1 h 30 min, at most 500 GB'],
  [{ bytesPerSecond: 50e6 }, 'no faster than 50 MB a second'],
])('%j in words: %s', (budget, words) => {
  expect(budgetWords(budget)).toBe(words);
});
