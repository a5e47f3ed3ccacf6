import { describe, expect, it } from 'vitest';
import { duration, hours, size } from '../../../electron/cli/format/numbers.ts';
import { formatDate, formatDateTime, formatRelative } from '../../../renderer/ui/format/dates.ts';
import { wordLocale } from '../../../renderer/ui/format/locale.ts';
import {
  formatBytes,
  formatCount,
  formatDuration,
  formatHours,
  formatLength,
  formatPosition,
  formatRate,
  formatShare,
} from '../../../renderer/ui/format/numbers.ts';

/** Intl writes narrow and unbreakable spaces in places. */
const plain = (text: string): string => text.replace(/\s/g, ' ');

describe('numbers for people', () => {
  it('say sizes, durations and hours as the command line does', () => {
    for (const bytes of [2, 512, 999, 1_000, 41_234_567, 999_960, 3.1e12, 4.2e16])
      expect(plain(formatBytes(bytes, 'en-GB')).replace(' byte', ' byte')).toBe(size(bytes));
    for (const seconds of [0, 1, 59, 60, 3_600, 13_200, 187_200, 1e7])
      expect(plain(formatDuration(seconds * 1_000, 'en'))).toBe(duration(seconds));
    for (const each of [0.01, 0.5, 1, 1.2, 99.99, 100, 12_408.4])
      expect(formatHours(each, 'en')).toBe(hours(each));
  });

  it('follow the reader', () => {
    expect(plain(formatBytes(41_234_567, 'de'))).toBe('41,2 MB');
    expect(plain(formatCount(12_408, 'fr'))).toBe('12 408');
    expect(formatCount(Number.NaN)).toBe('–');
    expect(plain(formatRate(208e6, 'en'))).toBe('208 MB/s');
    expect(formatLength(134_000)).toBe('2:14');
    expect(formatLength(3_734_000)).toBe('1:02:14');
    expect(formatLength(0)).toBe('');
    // Damage at the very beginning has a place; a length of nothing is none.
    expect([0, 400, 134_000].map(formatPosition)).toEqual(['0:00', '0:00', '2:14']);
    expect([NaN, Infinity].map(formatPosition)).toEqual(['', '']);
    // A browser may name what Intl refuses.
    expect(formatCount(1_000, 'en_US@posix')).toBe('1,000');
  });

  it('never round up to all or down to none', () => {
    expect(formatShare(1, 1_000, 'en')).toBe('< 1%');
    expect(formatShare(999, 1_000, 'en')).toBe('> 99%');
    expect(formatShare(0, 0, 'en')).toBe('0%');
    expect(formatShare(10, 10, 'en')).toBe('100%');
  });
});

describe('dates for people', () => {
  const now = Date.parse('2026-11-22T12:00:00Z');

  it('say how long ago in the language of the texts', () => {
    const ago = (at: string, locale = 'en'): string => formatRelative(at, now, locale);
    expect(ago('2026-11-22T11:59:30Z')).toBe('just now');
    expect(ago('2026-11-22T11:20:00Z')).toBe('40 minutes ago');
    expect(ago('2026-11-22T09:00:00Z')).toBe('3 hours ago');
    expect(ago('2026-11-21T12:00:00Z')).toBe('yesterday');
    expect(ago('2026-11-04T12:00:00Z')).toBe('18 days ago');
    expect(ago('2026-09-01T12:00:00Z')).toBe('3 months ago');
    expect(ago('2023-11-22T12:00:00Z')).toBe('3 years ago');
    expect(ago('2026-11-25T12:00:00Z')).toBe('in 3 days');
    expect(ago('2026-11-25T12:00:00Z', 'de')).toBe('in 3 days');
    expect(ago('1987?')).toBe('1987?');
    expect(wordLocale('en-AU')).toBe('en-AU');
  });

  it('keep a day that day in every time zone, and give back what is no date', () => {
    expect(formatDate('2026-11-03', 'en-GB')).toBe('3 November 2026');
    expect(formatDateTime('2026-11-03', 'en-GB')).toBe('3 November 2026');
    expect(formatDate('19XX', 'en-GB')).toBe('19XX');
  });
});
