import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  allChosen,
  clicked,
  moved,
  rowAfter,
  toggled,
  type Choice,
} from '../../../renderer/ui/table/choosing.ts';

const keyAt = (index: number): string | undefined =>
  index >= 0 && index < 100 ? `item-${index}` : undefined;
const start: Choice = { active: -1, anchor: -1, chosen: new Set() };
const plain = { toggle: false, range: false };
const keys = (...indexes: number[]): Set<string> => new Set(indexes.map((index) => `item-${index}`));

describe('choosing rows', () => {
  it('looks at one row with a click, and lets go of what was chosen', () => {
    const chosen = toggled(start, 3, keyAt);
    expect(clicked(chosen, 7, plain, keyAt)).toEqual({ active: 7, anchor: 7, chosen: new Set() });
  });

  it('takes the row that was looked at along with the first one added', () => {
    const looked = clicked(start, 2, plain, keyAt);
    const both = clicked(looked, 5, { toggle: true, range: false }, keyAt);
    expect(both.chosen).toEqual(keys(2, 5));
    expect(clicked(both, 2, { toggle: true, range: false }, keyAt).chosen).toEqual(keys(5));
  });

  it('chooses a range with Shift from where it began, either way, and follows it back', () => {
    const looked = clicked(start, 5, plain, keyAt);
    const down = moved(moved(looked, 6, true, keyAt), 7, true, keyAt);
    expect(down.chosen).toEqual(keys(5, 6, 7));
    const back = moved(moved(moved(down, 6, true, keyAt), 5, true, keyAt), 4, true, keyAt);
    expect(back.chosen).toEqual(keys(4, 5));
    expect(clicked(back, 8, { toggle: false, range: true }, keyAt).chosen).toEqual(keys(5, 6, 7, 8));
  });

  it('leaves out rows that are not loaded', () => {
    expect(moved({ ...start, active: 98, anchor: 98 }, 103, true, keyAt).chosen).toEqual(keys(98, 99));
    expect(toggled(start, 200, keyAt)).toBe(start);
    expect(allChosen(1_000, keyAt).size).toBe(100);
  });

  it('undoes what it does when a row is taken in and out', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat({ max: 99 })), fc.nat({ max: 99 }), (indexes, index) => {
        const before: Choice = { active: 0, anchor: 0, chosen: keys(...indexes) };
        expect(toggled(toggled(before, index, keyAt), index, keyAt).chosen).toEqual(before.chosen);
      }),
    );
  });

  it('never leads out of the list', () => {
    const named = fc.constantFrom('ArrowDown', 'ArrowUp', 'j', 'k', 'PageDown', 'PageUp', 'Home', 'End');
    fc.assert(
      fc.property(named, fc.integer({ min: -1, max: 999 }), fc.nat({ max: 60 }), (key, active, page) => {
        const to = rowAfter(key, active, 1_000, page);
        expect(to).toBeGreaterThanOrEqual(0);
        expect(to).toBeLessThan(1_000);
        expect(rowAfter(key, -1, 0, page)).toBeUndefined();
      }),
    );
    expect(rowAfter('ArrowDown', -1, 10, 5)).toBe(0);
    expect(rowAfter('x', 3, 10, 5)).toBeUndefined();
  });
});
