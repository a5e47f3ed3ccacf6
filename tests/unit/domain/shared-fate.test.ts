import { describe, expect, it } from 'vitest';
import { sharedFates, type Place } from '../../../shared/domain/shared-fate.ts';

function place(id: number, devices: readonly string[], failureGroup?: string): Place {
  return { id: `loc-${String(id)}`, name: `Place ${String(id)}`, devices, failureGroup };
}
const named = (id: number) => ({ id: `loc-${String(id)}`, name: `Place ${String(id)}` });

describe('what one failure takes', () => {
  it('is what stands on one device or in one failure group, the device first', () => {
    const places = [
      place(1, ['disk a'], 'NAS'),
      place(2, ['disk a', 'disk b'], ' NAS '),
      place(3, ['disk c'], 'NAS'),
    ];
    expect(sharedFates(places)).toEqual([
      {
        location: 'loc-1',
        name: 'Place 1',
        sameDevice: [named(2)],
        sameGroup: [named(3)],
        declaredApart: false,
      },
      {
        location: 'loc-2',
        name: 'Place 2',
        sameDevice: [named(1)],
        sameGroup: [named(3)],
        declaredApart: false,
      },
      {
        location: 'loc-3',
        name: 'Place 3',
        sameDevice: [],
        sameGroup: [named(1), named(2)],
        declaredApart: false,
      },
    ]);
  });

  it('says where failure groups tell of an independence that the device denies', () => {
    const [first, second] = sharedFates([place(1, ['disk a'], 'NAS'), place(2, ['disk a'], 'Vault')]);
    expect([first?.declaredApart, second?.declaredApart]).toEqual([true, true]);
    expect(sharedFates([place(1, ['disk a'], 'NAS'), place(2, ['disk a'])])[0]?.declaredApart).toBe(false);
  });

  it('is told of nobody who stands alone, and blank groups are none', () => {
    expect(
      sharedFates([place(1, []), place(2, []), place(3, ['disk a'], '  '), place(4, ['disk b'], '')]),
    ).toEqual([]);
  });
});
