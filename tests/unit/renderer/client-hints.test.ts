import { describe, expect, it } from 'vitest';
import type { ChangeTopic } from '../../../shared/contract/archive.ts';
import { backoff } from '../../../renderer/client/backoff.ts';
import { Changes, JOBS_MS, SETTLE_MS, STEADY_MS } from '../../../renderer/client/changes.ts';
import { callErrorOf, CANCELLED } from '../../../renderer/client/errors.ts';
import { PreferenceStore, remembered } from '../../../renderer/client/preference-store.ts';

/** A clock that is moved by hand. */
function clock() {
  let now = 0;
  let timers: { at: number; act: () => void }[] = [];
  return {
    now: () => now,
    schedule(act: () => void, ms: number) {
      const timer = { at: now + ms, act };
      timers.push(timer);
      return () => {
        timers = timers.filter((each) => each !== timer);
      };
    },
    advance(ms: number) {
      const end = now + ms;
      for (;;) {
        const next = timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
        if (next === undefined) break;
        timers = timers.filter((each) => each !== next);
        now = next.at;
        next.act();
      }
      now = end;
    },
  };
}

function changes() {
  const time = clock();
  const passed: { at: number; topics: readonly ChangeTopic[] }[] = [];
  const gathering = new Changes({
    now: time.now,
    schedule: time.schedule,
    invalidate: (topics) => passed.push({ at: time.now(), topics }),
  });
  return { time, passed, gathering };
}

describe('hints of changes', () => {
  it('are passed on together, a quarter of a second after the first', () => {
    const { time, passed, gathering } = changes();
    gathering.tell(['holdings']);
    time.advance(100);
    gathering.tell(['events', 'holdings']);
    time.advance(1_000);
    expect(passed).toEqual([{ at: SETTLE_MS, topics: ['holdings', 'events'] }]);
  });

  it('are passed on again and again while they keep coming, and never starve', () => {
    const { time, passed, gathering } = changes();
    for (let i = 0; i < 40; i += 1) {
      gathering.tell(['holdings']);
      time.advance(250);
    }
    expect(passed.length).toBeGreaterThanOrEqual(5);
    expect(passed.length).toBeLessThanOrEqual(Math.ceil(10_000 / STEADY_MS) + 1);
    time.advance(STEADY_MS);
    const last = passed.at(-1)?.at ?? 0;
    expect(last).toBeGreaterThanOrEqual(9_750);
  });

  it('of jobs that run do not make lists be asked for at each tick', () => {
    const { time, passed, gathering } = changes();
    for (let i = 0; i < 80; i += 1) {
      gathering.tell(['jobs']);
      time.advance(250);
    }
    expect(passed.length).toBeLessThanOrEqual(Math.ceil(20_000 / JOBS_MS) + 1);
  });

  it('of one topic do not hold back those of another', () => {
    const { time, passed, gathering } = changes();
    gathering.tell(['jobs']);
    time.advance(SETTLE_MS);
    gathering.tell(['jobs']);
    gathering.tell(['locations']);
    time.advance(SETTLE_MS);
    expect(passed.map(({ topics }) => topics)).toEqual([['jobs'], ['locations']]);
  });

  it('end with the window', () => {
    const { time, passed, gathering } = changes();
    gathering.tell(['archive']);
    gathering.stop();
    time.advance(10_000);
    expect(passed).toEqual([]);
  });
});

describe('waiting before the next attempt', () => {
  it('grows from a quarter of a second to eight, and leaves half to chance', () => {
    expect(backoff(0, 0)).toBe(125);
    expect(backoff(0, 1)).toBe(250);
    expect(backoff(3, 1)).toBe(2_000);
    expect(backoff(60, 0)).toBe(4_000);
    expect(backoff(60, 1)).toBe(8_000);
  });
});

describe('errors as the contract tells them', () => {
  it('keep their code and words', () => {
    expect(callErrorOf(Object.assign(new Error('It is running.'), { code: 'JOB_RUNNING' }))).toEqual({
      code: 'JOB_RUNNING',
      message: 'It is running.',
    });
  });

  it('name each field that was not taken', () => {
    const error = Object.assign(new Error('Input validation failed'), {
      code: 'BAD_REQUEST',
      data: { issues: [{ path: ['title'], message: 'is empty' }, { message: 'too many' }] },
    });
    expect(callErrorOf(error)).toEqual({ code: 'BAD_INPUT', message: 'title: is empty; too many' });
  });

  it('are faults of the program where they have no code', () => {
    expect(callErrorOf(new TypeError('x is undefined')).code).toBe('INTERNAL');
    expect(callErrorOf('thrown').message).toBe('thrown');
    expect(callErrorOf(new DOMException('stopped', 'AbortError')).code).toBe(CANCELLED);
  });
});

describe('what a screen remembers', () => {
  function store() {
    const time = clock();
    const written: [string, unknown][] = [];
    const ends: (() => void)[] = [];
    const preferences = new PreferenceStore({
      schedule: time.schedule,
      write(key, value) {
        written.push([key, value]);
        return new Promise((resolve) => {
          ends.push(resolve);
        });
      },
    });
    return { time, written, ends, preferences };
  }

  it('is shown at once and written when it rests', async () => {
    const { time, written, ends, preferences } = store();
    for (let width = 100; width < 160; width += 1) preferences.set('columns.holdings', { title: width });
    expect(preferences.pending('columns.holdings')).toMatchObject({ value: { title: 159 } });
    expect(written).toEqual([]);
    time.advance(1_000);
    expect(written).toEqual([['columns.holdings', { title: 159 }]]);
    ends[0]?.();
    await Promise.resolve();
    await Promise.resolve();
    expect(preferences.pending('columns.holdings')).toBeUndefined();
  });

  it('keeps what was set while an older value was being written', async () => {
    const { time, written, ends, preferences } = store();
    preferences.set('frame.rail', 'wide');
    time.advance(1_000);
    preferences.set('frame.rail', 'narrow');
    ends[0]?.();
    await Promise.resolve();
    await Promise.resolve();
    expect(preferences.pending('frame.rail')).toMatchObject({ value: 'narrow' });
    time.advance(1_000);
    expect(written.at(-1)).toEqual(['frame.rail', 'narrow']);
  });

  it('is written at once when the window goes', () => {
    const { time, written, preferences } = store();
    preferences.set('frame.rail', 'wide');
    preferences.flush();
    time.advance(1_000);
    expect(written).toEqual([['frame.rail', 'wide']]);
  });

  it('is passed over where it is of another kind than is read today', () => {
    expect(remembered('wide', 'auto')).toBe('wide');
    expect(remembered(7, 'auto')).toBe('auto');
    expect(remembered({}, [1])).toEqual([1]);
    expect(remembered(undefined, 3)).toBe(3);
    expect(remembered(null, 3)).toBe(3);
  });
});
