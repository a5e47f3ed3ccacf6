import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  AccessionPatternError,
  formatAccessionNumber,
  nextInYear,
} from '../../../shared/domain/accession-number.ts';

describe('accession numbers', () => {
  it.each([
    ['{year}-{n:4}', '2026-0042'],
    ['{year}.{n}', '2026.42'],
    ['ACC {n:3}/{year}', 'ACC 042/2026'],
    ['{year}{n:4}', '20260042'],
    ['{n:1}', '42'],
    ['Ö😀-{n}', 'Ö😀-42'],
  ])('%s gives %s', (pattern, number) => {
    expect(formatAccessionNumber(pattern, 2026, 42)).toBe(number);
  });

  it.each(['', '{year}', '{n}{n}', '{n:0}', '{n:12}', '{Year}-{n}', '{n', 'n}', '{n}\n', '{n}}'])(
    '%o is refused',
    (pattern) => {
      expect(() => formatAccessionNumber(pattern, 2026, 1)).toThrow(AccessionPatternError);
    },
  );

  it('refuses what is no number of an act', () => {
    for (const n of [0, -1, 1.5, NaN])
      expect(() => formatAccessionNumber('{n}', 2026, n)).toThrow(RangeError);
    for (const year of [26, 12026, 2026.5])
      expect(() => formatAccessionNumber('{n}', year, 1)).toThrow(RangeError);
  });

  it('runs on within a year, past its padding, and past numbers of other patterns', () => {
    expect(nextInYear('{year}-{n:4}', 2026, [])).toBe(1);
    expect(
      nextInYear('{year}-{n:4}', 2026, ['2025-0099', '2026-0007', '2026-0003', 'X-2026-0100', '2026-7x']),
    ).toBe(8);
    expect(nextInYear('{year}-{n:2}', 2026, ['2026-99', '2026-100'])).toBe(101);
    expect(nextInYear('{n}', 2027, ['5'])).toBe(6);
    expect(nextInYear('a+b.{n}', 2027, ['aab.9', 'a+b.2'])).toBe(3);
  });

  it('never gives a number twice', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('{year}-{n:4}', '{n}{year}', '{year}{n}', '1{n}2'),
        fc.array(fc.tuple(fc.integer({ min: 2020, max: 2029 }), fc.integer({ min: 1, max: 30_000 })), {
          maxLength: 30,
        }),
        (pattern, given) => {
          const taken = given.map(([year, n]) => formatAccessionNumber(pattern, year, n));
          const next = formatAccessionNumber(pattern, 2025, nextInYear(pattern, 2025, taken));
          expect(taken).not.toContain(next);
        },
      ),
    );
  });
});
