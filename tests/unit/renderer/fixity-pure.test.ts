import { describe, expect, it } from 'vitest';
import { budgetOf, budgetText, NEW_BUDGET, plannedCount } from '../../../renderer/features/fixity/budget.ts';
import { counted } from '../../../renderer/features/fixity/counted.ts';
import { groupedReasons } from '../../../renderer/features/fixity/decisions.ts';
import { differenceOf, marksOf } from '../../../renderer/features/fixity/difference.ts';
import {
  filterOf,
  fixitySearch,
  narrowed,
  placeOf,
  quarantineSearch,
  selectionOf,
} from '../../../renderer/features/fixity/fixity-search.ts';
import { checkedWords, completeWords, readWords } from '../../../renderer/features/fixity/run-words.ts';
import { textsOf } from '../../../renderer/ui/i18n.ts';
import { findingFilterSchema, runSchema, type Run } from '../../../shared/contract/fixity-lists.ts';

const t = textsOf('fixity');

describe('the address of the findings', () => {
  it('keeps what it knows and passes over the rest', () => {
    expect(fixitySearch({ outcome: 'altered', location: 'loc-3', x: 1 })).toEqual({
      outcome: 'altered',
      location: 'loc-3',
    });
    expect(fixitySearch({ outcome: 'intact', location: 'loc-0' })).toEqual({});
    expect(fixitySearch({ outcome: 'constructor', location: '../etc' })).toEqual({});
  });

  it('becomes a filter that the contract takes, and what an act is done on', () => {
    const search = fixitySearch({ outcome: 'missing', location: 'loc-1' });
    expect(findingFilterSchema.parse(filterOf(search))).toEqual(search);
    expect(selectionOf(search)).toEqual(search);
    expect(filterOf({})).toBeUndefined();
    // Nothing narrowed is all of them, and never an empty selection, which the contract refuses.
    expect(selectionOf({})).toEqual({ all: true });
  });

  it('lets go of one part and keeps the other', () => {
    expect(narrowed({ outcome: 'altered', location: 'loc-1' }, { outcome: undefined })).toEqual({
      location: 'loc-1',
    });
  });

  it('says of quarantine only whether what has left it is shown too', () => {
    expect(quarantineSearch({ all: true, outcome: 'altered' })).toEqual({ all: true });
    for (const all of [false, 'true', 1, undefined]) expect(quarantineSearch({ all })).toEqual({});
  });

  it('knows a finding, a mass change and a file in quarantine by their ids, and by the words people write', () => {
    expect(placeOf('find-12')).toEqual({ kind: 'finding', id: 'find-12' });
    expect(placeOf('finding-12')).toEqual({ kind: 'finding', id: 'find-12' });
    expect(placeOf('mass-2')).toEqual({ kind: 'mass', id: 'mass-2' });
    expect(placeOf('aside-3')).toEqual({ kind: 'aside', id: 'aside-3' });
    for (const none of ['find-0', 'loc-1', 'find-', '12', 'find-1/..']) expect(placeOf(none)).toBeUndefined();
  });
});

describe('the numbers on the chips', () => {
  const nas = { id: 'loc-1', name: 'Studio NAS' };
  const vault = { id: 'loc-2', name: 'Annex' };
  const rows = [
    { outcome: 'altered', location: nas, count: 4 },
    { outcome: 'missing', location: nas, count: 2 },
    { outcome: 'missing', location: vault, count: 7 },
  ];

  it('say what a press leads to: each filter counts under the other one', () => {
    const both = counted(rows, { outcome: 'missing', location: 'loc-1' });
    expect(both.shown).toBe(2);
    expect([...both.byOutcome]).toEqual([
      ['altered', 4],
      ['missing', 2],
    ]);
    expect(both.anyOutcome).toBe(6);
    expect(both.byLocation).toEqual([
      { ...vault, count: 7 },
      { ...nas, count: 2 },
    ]);
    expect(both.anyLocation).toBe(9);
  });

  it('keep the chip of a location of which the filter finds none', () => {
    expect(counted(rows, { outcome: 'altered' }).byLocation).toEqual([
      { ...vault, count: 0 },
      { ...nas, count: 4 },
    ]);
  });
});

describe('where it differs', () => {
  const detail = (look: object): string => JSON.stringify({ look });

  it('is drawn at its share of the length, and never too narrow to be seen', () => {
    const difference = differenceOf({
      detail: detail({
        differs: [
          [0, 10],
          [500_000, 750_000],
        ],
        places: [{ offset: 3, timeMs: 9_000 }],
      }),
      expected: { size: 1_000_000 },
      found: { size: 1_000_000 },
    });
    expect(difference).toMatchObject({ length: 1_000_000, timesMs: [9_000] });
    const [first, second] = difference === undefined ? [] : marksOf(difference);
    expect(first?.at).toBe(0);
    expect(first?.width).toBeGreaterThan(0.005);
    expect(second).toEqual({ at: 0.5, width: 0.25, isLacking: false });
  });

  it('marks what is lacking at the end, apart from what differs', () => {
    const difference = differenceOf({ detail: '', expected: { size: 100 }, found: { size: 75 } });
    expect(difference?.lacking).toEqual([75, 100]);
    expect(difference === undefined ? [] : marksOf(difference)).toEqual([
      { at: 0.75, width: 0.25, isLacking: true },
    ]);
  });

  it('is not drawn where nothing was found, or nothing of it is known', () => {
    expect(differenceOf({ detail: '', expected: { size: 100 } })).toBeUndefined();
    expect(differenceOf({ detail: '{', expected: { size: 9 }, found: { size: 9 } })).toBeUndefined();
    expect(
      differenceOf({
        detail: detail({ differs: [[5, 5], 'x', [1]] }),
        expected: { size: 9 },
        found: { size: 9 },
      }),
    ).toBeUndefined();
  });

  it('stays within the bar where the last byte differs', () => {
    const difference = differenceOf({
      detail: detail({ differs: [[999_999, 1_000_000]] }),
      expected: { size: 1_000_000 },
      found: { size: 1_000_000 },
    });
    for (const { at, width } of difference === undefined ? [] : marksOf(difference))
      expect(at + width).toBeLessThanOrEqual(1);
  });
});

describe('reasons of refusals', () => {
  it('are told once each, the most frequent first', () => {
    const refused = ['a', 'b', 'b'].map((reason) => ({ reason }));
    expect(groupedReasons(refused)).toEqual([
      { reason: 'b', count: 2 },
      { reason: 'a', count: 1 },
    ]);
  });
});

describe('what an audit is asked', () => {
  it('is a budget, or none where what is typed says none', () => {
    expect(budgetOf(NEW_BUDGET)).toEqual({});
    expect(budgetOf({ ...NEW_BUDGET, bound: 'share', parts: 4 })).toEqual({ share: 0.25 });
    expect(budgetOf({ ...NEW_BUDGET, bound: 'oldest', oldest: 7 })).toEqual({ oldest: 7 });
    expect(budgetOf({ ...NEW_BUDGET, bound: 'time', time: '1h30m' })).toEqual({ timeMs: 5_400_000 });
    expect(budgetOf({ ...NEW_BUDGET, bound: 'bytes', bytes: '2 GB' })).toEqual({ bytes: 2e9 });
    expect(budgetOf({ ...NEW_BUDGET, bound: 'time', time: '30' })).toBeUndefined();
    expect(budgetOf({ ...NEW_BUDGET, bound: 'bytes', bytes: 'much' })).toBeUndefined();
  });

  it('says how many it plans, but for bounds that end it somewhere', () => {
    expect(plannedCount({ share: 1 / 12 }, 25)).toBe(3);
    expect(plannedCount({ oldest: 100 }, 25)).toBe(25);
    expect(plannedCount({ bytes: 1 }, 25)).toBeUndefined();
  });

  it('is told in words', () => {
    expect(budgetText({}, t)).toBe('everything');
    expect(budgetText({ share: 1 / 12 }, t)).toBe('1/12, the longest unverified');
    expect(budgetText({ oldest: 1_000, bytes: 5e11 }, t)).toMatch(
      /1,?000 longest unverified, at most 500 GB/,
    );
  });
});

describe('what is said of a run', () => {
  const run: Run = runSchema.parse({
    id: 'run-1',
    kind: 'audit',
    job: 'job-1',
    state: 'done',
    agent: 'Ada',
    startedAt: '2026-11-03T02:00:00.000Z',
    finishedAt: '2026-11-03T02:00:10.000Z',
    asked: {},
    planned: 12,
    checked: 12,
    bytesRead: 2_080_000_000,
    outcomes: { intact: 11, altered: 1 },
    complete: true,
    unreachable: [],
  });

  it('carries its counts and its rate', () => {
    expect(checkedWords(run, t)).toBe('12 of 12 replicas checked: 11 intact, 1 altered.');
    expect(completeWords(run, t)).toBe('Complete.');
    expect(readWords(run, t)).toMatch(/2\.1 GB read in 10 .*208 MB/);
  });

  it('says why something is left', () => {
    expect(completeWords({ ...run, complete: false, endedBy: 'time' }, t)).toMatch(
      /the time that it was given/,
    );
    expect(completeWords({ ...run, complete: false, unreachable: ['Vault', 'NAS'] }, t)).toBe(
      'Not complete: Vault and NAS could not be reached.',
    );
    expect(completeWords({ ...run, leftForLater: 9 }, t)).toBe(
      'Complete. 9 replicas were left for later, as asked.',
    );
    expect(completeWords({ ...run, state: 'cancelled', complete: false }, t)).toMatch(/^Cancelled/);
  });

  it('claims no rate where the clock says more than the disk, and no reading where none was', () => {
    expect(readWords({ ...run, finishedAt: '2026-11-03T02:00:00.200Z' }, t)).toBe('2.1 GB read.');
    expect(readWords({ ...run, bytesRead: 0 }, t)).toBe('Nothing was read.');
    expect(readWords({ ...run, cached: true }, t)).toMatch(/cache/);
    expect(checkedWords({ ...run, planned: 0, checked: 0, outcomes: {} }, t)).toMatch(/^Nothing was planned/);
  });
});
