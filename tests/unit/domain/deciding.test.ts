import { describe, expect, it } from 'vitest';
import { whyNot, type FindingSituation, type WayOut } from '../../../shared/domain/deciding.ts';

const inPlace: FindingSituation = { outcome: 'altered', isSealed: false, writes: 'recover', otherCopies: 1 };
const sealed: FindingSituation = { ...inPlace, isSealed: true, writes: 'managed' };

describe('which decision fits which finding', () => {
  it.each<[WayOut, string, FindingSituation, RegExp | undefined]>([
    ['recover', 'a damaged file with a good copy', inPlace, undefined],
    ['recover', 'one in a sealed bag', sealed, undefined],
    ['recover', 'one without another copy', { ...inPlace, otherCopies: 0 }, /No other copy/],
    [
      'recover',
      'one where nothing is ever written',
      { ...inPlace, writes: 'never' },
      /Nothing is ever written/,
    ],
    ['accept', 'a changed file', inPlace, undefined],
    ['accept', 'one whose tags changed', { ...inPlace, outcome: 'tags_changed' }, undefined],
    ['accept', 'one where nothing is ever written', { ...inPlace, writes: 'never' }, undefined],
    ['accept', 'one in a sealed bag, for which a successor of the bag is made', sealed, undefined],
    ['accept', 'a missing one in a sealed bag', { ...sealed, outcome: 'missing' }, /nothing at its path/],
    ['accept', 'a missing one', { ...inPlace, outcome: 'missing' }, /nothing at its path/],
    ['accept', 'an unreadable one', { ...inPlace, outcome: 'unreadable' }, /cannot be read/],
    ['moved', 'a missing one', { ...inPlace, outcome: 'missing' }, undefined],
    ['moved', 'one found elsewhere', { ...inPlace, outcome: 'moved' }, undefined],
    ['moved', 'one that stands there', inPlace, /was not moved/],
    ['moved', 'a missing one of a sealed bag', { ...sealed, outcome: 'missing' }, /manifests/],
    ['false-alarm', 'any', { ...sealed, outcome: 'missing' }, undefined],
    ['deaccession', 'any', inPlace, undefined],
  ])('%s: %s', (way, _, situation, reason) => {
    const said = whyNot(way, situation);
    if (reason === undefined) expect(said).toBeUndefined();
    else expect(said).toMatch(reason);
  });
});
