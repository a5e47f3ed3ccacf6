import { afterEach, describe, expect, it } from 'vitest';
import { checksByDay, yearBefore } from '../../../renderer/features/overview/checks-by-day.ts';
import { calendarWeeks, inkOf, localDay } from '../../../renderer/ui/chart/calendar.ts';

const zone = process.env['TZ'];
afterEach(() => {
  process.env['TZ'] = zone;
});

describe('a calendar of days', () => {
  it('ends with the day that is given, begins on a Monday a year before, and leaves no day out', () => {
    const { weeks } = calendarWeeks('2026-11-29');
    const days = weeks.flat();
    expect(days.at(-1)).toBe('2026-11-29');
    expect(days[0]).toBe('2025-11-24');
    expect(new Date(days[0] ?? '').getUTCDay()).toBe(1);
    expect(new Set(days).size).toBe(53 * 7);
    expect(weeks.every((week) => week.length === 7)).toBe(true);
  });

  it('shows no day that is still to come', () => {
    expect(calendarWeeks('2026-11-24').weeks.at(-1)).toEqual(['2026-11-23', '2026-11-24']);
  });

  it('passes through the end of February and names each month once', () => {
    const { weeks, months } = calendarWeeks('2028-03-05');
    expect(weeks.flat()).toContain('2028-02-29');
    expect(months.map(({ day }) => day.slice(5, 7))).toEqual(
      ['03', '04', '05', '06', '07', '08', '09', '10', '11', '12', '01', '02', '03'].slice(-months.length),
    );
    for (const { week, day } of months) expect(weeks[week]).toContain(day);
  });

  it.each([
    [0, 100, 0],
    [1, 100, 1],
    [25, 100, 1],
    [26, 100, 2],
    [51, 100, 3],
    [76, 100, 4],
    [100, 100, 4],
    [0, 0, 0],
  ])('gives %i of %i the ink %i', (value, most, ink) => {
    expect(inkOf(value, most)).toBe(ink);
  });
});

describe('what was checked', () => {
  const rows = [
    { at: '2026-11-02T23:45:00.000Z', checked: 2, bytes: 20, findings: 1 },
    { at: '2026-11-02T10:00:00.000Z', checked: 1, bytes: 10, findings: 0 },
    { at: '2026-11-03T10:00:00.000Z', checked: 4, bytes: 40, findings: 0 },
  ];

  it.each([
    ['UTC', ['2026-11-02', 3, 30, 1], ['2026-11-03', 4, 40, 0]],
    // A quarter before midnight in London is another day in Prague.
    ['Europe/Prague', ['2026-11-02', 1, 10, 0], ['2026-11-03', 6, 60, 1]],
  ])('counts on the day of the reader, in %s', (timeZone, ...days) => {
    process.env['TZ'] = timeZone;
    const counted = checksByDay(rows).map(({ day, checked, bytes, findings }) => [
      day,
      checked,
      bytes,
      findings,
    ]);
    expect(counted).toEqual(days);
  });

  it('is asked for since before the first day that the calendar shows, wherever the reader is', () => {
    const first = calendarWeeks('2026-11-29').weeks[0]?.[0] ?? '';
    for (const timeZone of ['Pacific/Kiritimati', 'Pacific/Niue']) {
      process.env['TZ'] = timeZone;
      expect(localDay(Date.parse(yearBefore('2026-11-29'))) < first).toBe(true);
    }
  });
});
