import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isStuck,
  mostOffset,
  offsetAt,
  offsetShowing,
  rowsAround,
  scrolledTo,
  scrollSpace,
  topAt,
} from '../../../renderer/ui/table/scroll-space.ts';

const ROW = 32;
const counts = fc.oneof(
  fc.nat({ max: 2_000 }),
  fc.integer({ min: 240_000, max: 260_000 }),
  fc.integer({ min: 1_000_000, max: 50_000_000 }),
);
const viewports = fc.integer({ min: 64, max: 2_200 });
const spaces = fc.tuple(counts, viewports).map(([count, viewport]) => scrollSpace(count, ROW, viewport));
const shares = fc.double({ min: 0, max: 1, noNaN: true });

describe('the space that a million rows are scrolled in', () => {
  it('stays below what a browser places exactly', () => {
    fc.assert(
      fc.property(spaces, (space) => {
        // 2^24: the largest whole number below which a 32-bit float knows every pixel.
        expect(space.height).toBeLessThan(16_777_216);
        expect(space.height).toBeLessThanOrEqual(space.total);
      }),
    );
  });

  it('leads from the first row to the last, in order, and back to the same place', () => {
    fc.assert(
      fc.property(spaces, shares, shares, (space, a, b) => {
        const tops = topAt(space, mostOffset(space));
        expect(offsetAt(space, 0)).toBe(0);
        expect(offsetAt(space, tops)).toBeCloseTo(mostOffset(space), 3);
        const [low, high] = [Math.min(a, b) * tops, Math.max(a, b) * tops];
        expect(offsetAt(space, low)).toBeLessThanOrEqual(offsetAt(space, high) + 1e-6);
        expect(topAt(space, offsetAt(space, low))).toBeCloseTo(low, 3);
      }),
    );
  });

  it('moves rows by as many pixels as a wheel turns, wherever in the list', () => {
    fc.assert(
      fc.property(spaces, shares, fc.integer({ min: -400, max: 400 }), (space, share, by) => {
        const offset = share * mostOffset(space);
        const place = { top: topAt(space, offset), offset };
        const moved = scrolledTo(space, place, place.top + by);
        expect(moved.offset).toBeCloseTo(Math.min(mostOffset(space), Math.max(0, offset + by)), 3);
      }),
    );
  });

  it('reaches both ends by the wheel alone', () => {
    const space = scrollSpace(1_000_000, ROW, 640);
    const tops = topAt(space, mostOffset(space));
    for (const [by, end, from] of [
      [-120, 0, 90_000],
      [120, mostOffset(space), mostOffset(space) - 90_000],
    ] as const) {
      let place = { top: topAt(space, from), offset: from };
      for (let turn = 0; turn < 2_000 && place.offset !== end; turn++) {
        place = scrolledTo(space, place, Math.min(tops, Math.max(0, place.top + by)));
        if (isStuck(space, place)) place = { top: topAt(space, place.offset), offset: place.offset };
      }
      expect(place.offset).toBe(end);
    }
  });

  it('follows the thumb to any part of the list', () => {
    const space = scrollSpace(1_000_000, ROW, 640);
    const tops = topAt(space, mostOffset(space));
    const place = scrolledTo(space, { top: 0, offset: 0 }, tops / 2);
    expect(place.offset / mostOffset(space)).toBeCloseTo(0.5, 2);
    expect(scrolledTo(space, place, tops).offset).toBeCloseTo(mostOffset(space), 3);
    expect(scrolledTo(space, place, 0).offset).toBe(0);
  });

  it('draws every row that is seen, few that are not, and none that does not exist', () => {
    fc.assert(
      fc.property(counts, viewports, shares, (count, viewport, share) => {
        const space = scrollSpace(count, ROW, viewport);
        const offset = share * mostOffset(space);
        const { first, end } = rowsAround(space, offset, ROW, 4);
        expect(first).toBeGreaterThanOrEqual(0);
        expect(end).toBeLessThanOrEqual(count);
        expect(first * ROW).toBeLessThanOrEqual(offset);
        expect(Math.min(space.total, offset + viewport)).toBeLessThanOrEqual(end * ROW + 0.001);
        expect(end - first).toBeLessThanOrEqual(viewport / ROW + 20);
      }),
    );
  });

  it('brings a row into sight with the least movement', () => {
    fc.assert(
      fc.property(counts, viewports, shares, shares, (count, viewport, from, to) => {
        fc.pre(count > 0);
        const space = scrollSpace(count, ROW, viewport);
        const offset = from * mostOffset(space);
        const index = Math.min(count - 1, Math.floor(to * count));
        const next = offsetShowing(space, offset, index, ROW);
        expect(next).toBeLessThanOrEqual(index * ROW + 0.001);
        expect(next + viewport).toBeGreaterThanOrEqual((index + 1) * ROW - 0.001);
        if (offset <= index * ROW && offset + viewport >= (index + 1) * ROW) expect(next).toBe(offset);
      }),
    );
  });
});
