import { expect, it } from 'vitest';
import { duration, length, percent, size } from '../../../electron/core/reports/words.ts';

it('figures are never rounded to nothing, or to all', () => {
  expect([size(0), size(999), size(1_000), size(99_960), size(999_700_000_000)]).toEqual([
    '0 bytes',
    '999 bytes',
    '1.0 kB',
    '100 kB',
    '1.0 TB',
  ]);
  expect([percent(0, 0), percent(0, 9), percent(1, 10_000), percent(9_999, 10_000), percent(1, 1)]).toEqual([
    '–',
    '0 %',
    'under 0.1 %',
    'over 99.9 %',
    '100 %',
  ]);
  expect([length(0), length(0.0001), length(0.5), length(3.25), length(1_234.5)]).toEqual([
    'none',
    'under 1 s',
    '30 min',
    '3.3 h',
    '1,235 h',
  ]);
  expect([duration(10), duration(90_000), duration(300_000), duration(86_400_000), duration(3e8)]).toEqual([
    'under a minute',
    '1 minute',
    '5 minutes',
    '24 hours',
    '3 days',
  ]);
});
