import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cutLanes, type AuditLane } from '../../../electron/core/fixity/audit-lanes.ts';
import { utf8Path } from '../../../shared/domain/path.ts';

function lane(id: number, verifiedAt: readonly number[]): AuditLane {
  return {
    location: { id, name: `L${id}`, root: utf8Path(`/l${id}`), writes: 'recover', sentinels: [] },
    plan: {
      ids: Int32Array.from(verifiedAt, (_, at) => id * 1000 + at),
      verifiedAt: Float64Array.from(verifiedAt),
    },
    readers: 1,
  };
}

const left = (lanes: readonly AuditLane[]) => lanes.map(({ plan }) => [...plan.ids]);

describe('what a budget leaves of several locations', () => {
  test('the longest unverified of all of them', () => {
    expect(left(cutLanes([lane(1, [5, 6, 7]), lane(2, [-1, 6, 9])], 3))).toEqual([[1000, 1001], [2000]]);
  });

  test('of each by its size, where all are as long unverified', () => {
    const [large, small] = cutLanes([lane(1, Array(90).fill(-1)), lane(2, Array(10).fill(-1))], 10);
    expect(large?.plan.ids).toHaveLength(9);
    expect(small?.plan.ids).toHaveLength(1);
  });

  test('everything, as it was, where there is no bound', () => {
    const lanes = [lane(1, [3, 4]), lane(2, [])];
    expect(cutLanes(lanes, 2)).toEqual(lanes);
  });

  test('never one that was verified later than one that it leaves out, and each location in its own order', () => {
    const times = fc.array(fc.integer({ min: -1, max: 9 }), { maxLength: 30 });
    fc.assert(
      fc.property(fc.array(times, { maxLength: 4 }), fc.nat(100), (all, most) => {
        const lanes = all.map((each, at) =>
          lane(
            at + 1,
            each.toSorted((a, b) => a - b),
          ),
        );
        const cut = cutLanes(lanes, most);
        const taken = cut.flatMap(({ plan }) => [...plan.verifiedAt]);
        const out = lanes.flatMap(({ plan }, at) => [
          ...plan.verifiedAt.subarray(cut[at]?.plan.ids.length ?? 0),
        ]);
        expect(taken).toHaveLength(Math.min(most, all.flat().length));
        if (taken.length > 0 && out.length > 0)
          expect(Math.max(...taken)).toBeLessThanOrEqual(Math.min(...out));
        for (const [at, { plan }] of cut.entries())
          expect([...plan.ids]).toEqual([...(lanes[at]?.plan.ids.subarray(0, plan.ids.length) ?? [])]);
      }),
    );
  });
});
