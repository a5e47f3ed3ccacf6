import { describe, expect, it } from 'vitest';
import { understood } from '../../../renderer/features/fixity/understood.ts';

const NOW = Date.parse('2026-11-29T12:00:00Z');
const iso = (at: number): string => new Date(at).toISOString();

describe('what is understood of a schedule while it is typed', () => {
  it('is nothing before anything is said, and of what says none', () => {
    for (const said of ['', '  ', 'sometimes', 'a twelfth', 'every month', '61 99 * * *', '0 3 31 2 *'])
      expect(understood(said, 'UTC', NOW)).toBeUndefined();
  });

  it('is how much, when next, and after how many runs everything was read', () => {
    const known = understood('a twelfth every month', 'UTC', NOW);
    expect(known?.rule.budget).toEqual({ share: 1 / 12 });
    expect(known?.runs).toBe(12);
    expect(known?.next.map(iso)).toEqual([
      '2026-12-01T03:00:00.000Z',
      '2027-01-01T03:00:00.000Z',
      '2027-02-01T03:00:00.000Z',
    ]);
  });

  it('tells no number of runs where a bound of bytes or time decides', () => {
    expect(understood('500 GB every night', 'UTC', NOW)?.runs).toBeUndefined();
    expect(understood('everything every quarter', 'UTC', NOW)?.runs).toBe(1);
  });

  it('is in the time zone of whoever asks', () => {
    expect(understood('everything every night', 'Asia/Tokyo', NOW)?.next.map(iso)[0]).toBe(
      '2026-11-29T18:00:00.000Z',
    );
  });
});
