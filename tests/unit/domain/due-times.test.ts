import { describe, expect, it } from 'vitest';
import { checkSchedule, dueAt, type ScheduleTimes } from '../../../shared/domain/due-times.ts';

const at = (text: string): number => Date.parse(text);
const nightly: ScheduleTimes = { cron: '0 3 * * *', timeZone: 'UTC', createdAt: at('2026-11-01T12:00:00Z') };

describe('when a schedule is due', () => {
  it('is not due before its first time', () => {
    expect(dueAt(nightly, at('2026-11-02T02:59:59Z'))).toEqual({
      missed: 0,
      next: at('2026-11-02T03:00:00Z'),
    });
  });

  it('is due from the very moment, until it was run', () => {
    const due = at('2026-11-02T03:00:00Z');
    expect(dueAt(nightly, due)).toEqual({ due, missed: 0, next: at('2026-11-03T03:00:00Z') });
    expect(dueAt(nightly, due + 3_600_000).due).toBe(due);
    expect(dueAt({ ...nightly, lastDueAt: due }, due + 1)).toEqual({
      missed: 0,
      next: at('2026-11-03T03:00:00Z'),
    });
  });

  it('is due once, however many times were missed', () => {
    const now = at('2026-11-10T09:00:00Z');
    const { due, missed } = dueAt({ ...nightly, lastDueAt: at('2026-11-04T03:00:00Z') }, now);
    expect({ due, missed }).toEqual({ due: at('2026-11-10T03:00:00Z'), missed: 5 });
    expect(dueAt({ ...nightly, lastDueAt: due }, now).due).toBeUndefined();
  });

  it('does not count for ever what slept for years', () => {
    const everyMinute = { ...nightly, cron: '* * * * *' };
    expect(dueAt(everyMinute, at('2036-11-01T12:00:00Z')).missed).toBe(100);
  });

  it('is not run again when the clock is set back a little', () => {
    const ran = { ...nightly, lastDueAt: at('2026-11-05T03:00:00Z') };
    for (const now of ['2026-11-05T02:58:00Z', '2026-11-05T03:00:00Z', '2026-11-05T03:30:00Z'])
      expect(dueAt(ran, at(now))).toEqual({ missed: 0, next: at('2026-11-06T03:00:00Z') });
    expect(dueAt(ran, at('2026-11-06T03:00:00Z')).due).toBe(at('2026-11-06T03:00:00Z'));
  });

  it('loses no run to a clock that was a year ahead', () => {
    const ranAhead = { ...nightly, lastDueAt: at('2027-11-05T03:00:00Z') };
    const { due, settledAt, next } = dueAt(ranAhead, at('2026-11-05T12:00:00Z'));
    expect({ due, settledAt, next }).toEqual({
      due: undefined,
      settledAt: at('2026-11-05T03:00:00Z'),
      next: at('2026-11-06T03:00:00Z'),
    });
    expect(dueAt({ ...ranAhead, lastDueAt: settledAt }, at('2026-11-06T04:00:00Z')).due).toBe(
      at('2026-11-06T03:00:00Z'),
    );
  });

  it('runs once for a clock that jumps ahead, and goes on from there', () => {
    const jumped = at('2027-01-01T00:00:00Z');
    const { due } = dueAt({ ...nightly, lastDueAt: at('2026-11-05T03:00:00Z') }, jumped);
    expect(due).toBe(at('2026-12-31T03:00:00Z'));
    expect(dueAt({ ...nightly, lastDueAt: due }, jumped).due).toBeUndefined();
  });

  it('keeps its hour of the wall clock when summer time begins and ends', () => {
    const zurich = {
      ...nightly,
      cron: '30 2 * * *',
      timeZone: 'Europe/Zurich',
      createdAt: at('2026-03-28T12:00:00Z'),
    };
    // 02:30 does not exist that night: it is due as the clock jumps to 03:00.
    expect(dueAt(zurich, at('2026-03-28T12:00:00Z')).next).toBe(at('2026-03-29T01:00:00Z'));
    // And exists twice in autumn: it is due the first time only.
    const autumn = { ...zurich, lastDueAt: at('2026-10-25T00:30:00Z') };
    expect(dueAt(autumn, at('2026-10-25T02:00:00Z')).due).toBeUndefined();
  });
});

describe('a schedule that can never be due', () => {
  it.each([
    ['0 3 30 2 *', 'UTC', 'names no time'],
    ['61 3 * * *', 'UTC', 'names no time'],
    ['0 0 3 * * *', 'UTC', 'names no time'],
    ['0 3 * * *', 'Mars/Base', 'is no time zone'],
  ])('%s in %s is refused', (cron, zone, message) => {
    expect(() => checkSchedule(cron, zone, 0)).toThrow(
      expect.objectContaining({ code: 'BAD_INPUT', message: expect.stringContaining(message) as string }),
    );
  });
});
