import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { snapshotsToKeep, type TakenSnapshot } from '../../../shared/domain/snapshot-rotation.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** A Wednesday. */
const NOW = Date.UTC(2026, 6, 15, 18);

function taken(...ages: readonly number[]): TakenSnapshot[] {
  return ages.map((age, id) => ({ id, takenAt: NOW - age }));
}

function kept(snapshots: readonly TakenSnapshot[], now = NOW): number[] {
  return [...snapshotsToKeep(snapshots, now)].sort((a, b) => a - b);
}

describe('rotation of snapshots', () => {
  it('keeps the newest three, however close they are', () => {
    expect(kept(taken(0, 1, 2, 3, 4))).toEqual([0, 1, 2]);
  });

  it('keeps the newest of each of the last seven days', () => {
    const daily = taken(...Array.from({ length: 10 }, (_, day) => day * DAY), 2 * DAY + HOUR);
    const ids = kept(daily);
    expect(ids).toEqual(expect.arrayContaining([0, 1, 2, 3, 4, 5, 6]));
    expect(ids).not.toContain(10);
  });

  it('keeps one for each of four weeks and twelve months', () => {
    const old = taken(0, 1, 2, 10 * DAY, 17 * DAY, 45 * DAY, 100 * DAY, 300 * DAY);
    expect(kept(old)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(kept(taken(0, 1, 2, 400 * DAY))).toEqual([0, 1, 2]);
  });

  it('keeps what a wrong clock dated ahead', () => {
    const ahead = taken(-DAY, -2 * DAY, -3 * DAY, -4 * DAY, 0);
    expect(kept(ahead)).toEqual([0, 1, 2, 3, 4]);
  });

  it('needs no more than twenty-six, keeps the newest, and is the same in any order', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 800 * DAY }), { maxLength: 200 }), (ages) => {
        const snapshots = taken(...ages);
        const ids = kept(snapshots);
        expect(ids.length).toBeLessThanOrEqual(26);
        expect(ids.length).toBeGreaterThanOrEqual(Math.min(3, ages.length));
        const newest = snapshots.reduce<TakenSnapshot | undefined>(
          (best, each) => (best === undefined || each.takenAt > best.takenAt ? each : best),
          undefined,
        );
        if (newest !== undefined) expect(ids.map((id) => snapshots[id]?.takenAt)).toContain(newest.takenAt);
        expect(kept([...snapshots].reverse())).toEqual(ids);
      }),
    );
  });

  it('never lets a kept one go for a newer: what it keeps today, it would have kept yesterday', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 400 * DAY }), { maxLength: 60 }), (ages) => {
        const snapshots = taken(...ages);
        const keep = snapshotsToKeep(snapshots, NOW);
        const left = snapshots.filter(({ id }) => keep.has(id));
        expect(snapshotsToKeep(left, NOW)).toEqual(keep);
      }),
    );
  });
});
