import { describe, expect, it } from 'vitest';
import { collectPages } from '../../../renderer/features/locations/collect-pages.ts';
import { readEvidence, shortDigest } from '../../../shared/domain/finding-evidence.ts';
import { dependentOn, independenceOf } from '../../../renderer/features/locations/independence.ts';
import {
  editChangeOf,
  editDraftOf,
  hasWritesToChoose,
} from '../../../renderer/features/locations/edit-location.ts';
import { EMPTY_DRAFT, inputOf, offlineInputOf } from '../../../renderer/features/locations/new-location.ts';
import { reachOf, restAfter } from '../../../renderer/features/locations/reach.ts';
import {
  byUrgency,
  pastOf,
  shelfChangeOf,
  shelfDraftOf,
  type OfflineLocation,
} from '../../../renderer/features/locations/shelf.ts';
import { inkOf, verificationOf } from '../../../renderer/features/locations/verification.ts';
import type { Location, LocationHealth } from '../../../shared/contract/locations.ts';

function location(id: number, failureGroup?: string): Location {
  return {
    id: `loc-${id}`,
    name: `Place ${id}`,
    kind: 'folder',
    root: { display: `/place/${id}` },
    writes: 'recover',
    replicas: 1,
    bytes: 1,
    createdAt: '2026-01-01T00:00:00Z',
    ...(failureGroup === undefined ? {} : { failureGroup }),
  };
}

function health(part: Partial<LocationHealth>): LocationHealth {
  return { location: 'loc-1', replicas: 0, byOutcome: {}, overdue: 0, openFindings: 0, verified: 0, ...part };
}

describe('independence', () => {
  it('counts a location without a failure group as dependent on every other', () => {
    const [nas, disk, shelf] = [location(1, 'NAS'), location(2, 'Disk'), location(3)];
    const all = [nas, disk, shelf];
    expect(independenceOf(all).groups.map(({ name }) => name)).toEqual(['Disk', 'NAS']);
    expect(independenceOf(all).unknown).toEqual([shelf]);
    expect(dependentOn(nas, all)).toEqual([shelf]);
    expect(dependentOn(shelf, all)).toEqual([nas, disk]);
  });

  it('takes a blank group for unknown, and one group for one fate', () => {
    const [a, b, blank] = [location(1, 'NAS'), location(2, ' NAS '), location(3, '  ')];
    expect(independenceOf([a, b, blank]).groups).toEqual([{ name: 'NAS', locations: [a, b] }]);
    expect(independenceOf([a, b, blank]).unknown).toEqual([blank]);
    expect(dependentOn(a, [a, b])).toEqual([b]);
  });
});

describe('what is known of a location, as it is changed', () => {
  const nas: Location = { ...location(1, 'NAS'), site: 'Bern', readers: 2 };

  it('says what became another, an emptied field as unknown, and nothing else', () => {
    const draft = editDraftOf(nas);
    expect(editChangeOf(draft, nas)).toEqual({});
    expect(editChangeOf({ ...draft, name: ' Place 1 ', failureGroup: 'NAS ', site: ' Bern' }, nas)).toEqual(
      {},
    );
    expect(
      editChangeOf(
        { ...draft, name: 'Studio', site: ' ', medium: 'tape', writes: 'never', readers: '3' },
        nas,
      ),
    ).toEqual({ name: 'Studio', site: null, medium: 'tape', writes: 'never', readers: 3 });
    expect(editChangeOf({ ...draft, readers: 'auto', failureGroup: '' }, nas)).toEqual({
      readers: 'auto',
      failureGroup: null,
    });
    expect(editChangeOf({ ...draft, name: ' ' }, nas)).toBeUndefined();
  });

  it('offers what may be written only where that can be chosen', () => {
    expect(hasWritesToChoose(nas)).toBe(true);
    expect(hasWritesToChoose({ ...nas, writes: 'managed' })).toBe(false);
    expect(hasWritesToChoose({ ...nas, kind: 'offline', root: { display: '' }, writes: 'never' })).toBe(
      false,
    );
  });
});

describe('reach', () => {
  const row = { location: 'loc-1', name: 'Place' };

  it('says since when: the later of what the catalogue and the screen saw', () => {
    const away = { ...row, state: 'unreachable', reason: 'There is nothing at /place.' } as const;
    const known = { lastReachedAt: '2026-11-01T00:00:00.000Z' };
    expect(reachOf(known, undefined)).toEqual({ state: 'asking' });
    expect(reachOf(known, away)).toMatchObject({ since: '2026-11-01T00:00:00.000Z' });
    expect(reachOf(known, away, '2026-11-02T00:00:00.000Z')).toMatchObject({
      since: '2026-11-02T00:00:00.000Z',
    });
    expect(reachOf({}, away)).toEqual({ state: 'unreachable', reason: 'There is nothing at /place.' });
  });

  it('leaves space unknown where the system does not tell', () => {
    expect(reachOf({}, { ...row, state: 'reachable' })).toEqual({ state: 'reachable' });
    expect(reachOf({}, { ...row, state: 'reachable', freeBytes: 0, totalBytes: 9 })).toEqual({
      state: 'reachable',
      free: 0,
      total: 9,
    });
  });

  it('leaves out what is to be typed on a command line', () => {
    const reasonForScreen = (reason: string) => {
      const reach = reachOf({}, { ...row, state: 'unreachable', reason });
      return reach.state === 'unreachable' ? reach.reason : undefined;
    };
    expect(
      reasonForScreen(
        'At /a.b/c stands another folder than the one known as "C. D". Nothing there was checked. ' +
          'Mount the right volume, or, if it was moved or replaced on purpose, run: holdfast location relink "C. D" PATH',
      ),
    ).toBe('At /a.b/c stands another folder than the one known as "C. D". Nothing there was checked.');
    expect(reasonForScreen('There is nothing at /a.b.')).toBe('There is nothing at /a.b.');
  });

  it('rests longer after a slow look, within bounds', () => {
    expect(restAfter(3)).toBe(10_000);
    expect(restAfter(2_000)).toBe(40_000);
    expect(restAfter(3_600_000)).toBe(300_000);
  });
});

describe('verification', () => {
  it('tells never, partly, overdue and current apart', () => {
    const [old, fresh] = ['2026-01-01T00:00:00Z', '2026-11-01T00:00:00Z'];
    expect(verificationOf(health({})).kind).toBe('empty');
    expect(verificationOf(health({ replicas: 3, overdue: 3 })).kind).toBe('never');
    expect(verificationOf(health({ replicas: 3, overdue: 1, newestVerifiedAt: fresh })).kind).toBe('partly');
    const both = { replicas: 3, oldestVerifiedAt: old, newestVerifiedAt: fresh };
    expect(verificationOf(health({ ...both, overdue: 1 })).kind).toBe('overdue');
    expect(verificationOf(health(both)).kind).toBe('current');
  });

  it('says what is not as recorded before anything else', () => {
    const byOutcome = { intact: 5, missing: 1, altered: 2, not_checked: 1, untracked: 4 };
    expect(
      verificationOf(health({ replicas: 9, byOutcome, newestVerifiedAt: '2026-11-01T00:00:00Z' })),
    ).toEqual({
      kind: 'findings',
      intact: 5,
      replicas: 9,
      others: [
        ['altered', 2],
        ['missing', 1],
      ],
    });
  });

  it('fills ink only where every replica was read in time and none is in question', () => {
    const times = { oldestVerifiedAt: '2026-11-01T00:00:00Z', newestVerifiedAt: '2026-11-02T00:00:00Z' };
    expect(inkOf(health({ replicas: 2, ...times }))).toBe('verified');
    expect(inkOf(health({ replicas: 2, ...times, openFindings: 1 }))).toBe('held');
    expect(inkOf(health({ replicas: 2, ...times, overdue: 1 }))).toBe('held');
    expect(inkOf(health({}))).toBe('held');
  });
});

describe('evidence of a finding', () => {
  it('reads what an audit writes', () => {
    expect(
      readEvidence(
        JSON.stringify({
          expected: { sha256: 'aa', size: 3 },
          observed: { sha256: 'bb', size: 4 },
          suspectedSilentCorruption: true,
        }),
      ),
    ).toEqual({
      expected: { sha256: 'aa', size: 3 },
      observed: { sha256: 'bb', size: 4 },
      suspectedSilentCorruption: true,
    });
    expect(readEvidence('{"problem":{"code":"io_error","errno":"EIO"},"offset":4096}')).toEqual({
      problem: 'io_error',
      errno: 'EIO',
      offset: 4096,
      suspectedSilentCorruption: false,
    });
  });

  it('keeps words that are no such text, and passes over what is not as expected', () => {
    expect(readEvidence('found by hand').words).toBe('found by hand');
    expect(readEvidence('[1]').words).toBe('[1]');
    expect(readEvidence('').words).toBeUndefined();
    expect(readEvidence('{"expected":{"sha256":1},"offset":"x","reason":""}')).toEqual({
      suspectedSilentCorruption: false,
    });
  });

  it('shows the first and the last group of a digest', () => {
    expect(shortDigest('abcd0000000000001234')).toBe('abcd…1234');
    expect(shortDigest('abcd')).toBe('abcd');
  });
});

describe('a new location', () => {
  it('is called like its folder unless something is said', () => {
    expect(inputOf({ ...EMPTY_DRAFT, path: { display: '/media/Vault drive/' } })?.name).toBe('Vault drive');
    expect(inputOf({ ...EMPTY_DRAFT, path: { display: '/media/v' }, name: ' Vault ' })?.name).toBe('Vault');
  });

  it('records no empty words, and a copied marker only where there are markers', () => {
    const draft = {
      ...EMPTY_DRAFT,
      path: { display: '/media/v' },
      site: '  ',
      medium: 'LTO-8',
      copied: true,
    };
    expect(inputOf(draft)).toEqual({
      path: { display: '/media/v' },
      name: 'v',
      writes: 'recover',
      copied: false,
      medium: 'LTO-8',
    });
    expect(inputOf({ ...draft, writes: 'managed' })?.copied).toBe(true);
    expect(inputOf(EMPTY_DRAFT)).toBeUndefined();
  });
});

describe('walking pages', () => {
  const pages = [
    { rows: [1, 2], next: 'b' },
    { rows: [3, 4], next: 'c' },
    { rows: [5], next: null },
  ];
  const page = (cursor: string | undefined) =>
    Promise.resolve(pages[['a', 'b', 'c'].indexOf(cursor ?? 'a')] ?? { rows: [], next: null });
  const isOdd = (n: number): boolean => n % 2 === 1;

  it('says whether it saw the whole list', async () => {
    expect(await collectPages(page, isOdd, { most: 9, mostPages: 9 })).toEqual({
      rows: [1, 3, 5],
      isWhole: true,
    });
    expect(await collectPages(page, isOdd, { most: 2, mostPages: 9 })).toEqual({
      rows: [1, 3],
      isWhole: false,
    });
    expect(await collectPages(page, isOdd, { most: 9, mostPages: 1 })).toEqual({ rows: [1], isWhole: false });
  });
});

describe('a medium on a shelf', () => {
  const tape = (name: string, offline: OfflineLocation['offline']): OfflineLocation => ({
    ...location(7),
    name,
    kind: 'offline',
    offline,
  });
  const loan = { to: 'Ada', purpose: '', outAt: '2026-11-01T00:00:00Z', outBy: 'Bo' };

  it('is offline as planned, whatever a look at places would say', () => {
    const row = {
      location: 'loc-7',
      name: 'Tape',
      state: 'unreachable',
      reason: 'There is nothing.',
    } as const;
    expect(reachOf(tape('Tape', {}), row)).toEqual({ state: 'offline' });
    expect(reachOf(tape('Tape', {}), undefined)).toEqual({ state: 'offline' });
  });

  it('stands before others by the first of its dates, and is past on the day after', () => {
    const later = tape('A', { recallBy: '2027-03-01' });
    const never = tape('B', {});
    const first = tape('C', { recallBy: '2028-01-01', loan: { ...loan, expectedBack: '2026-12-01' } });
    expect([later, never, first].sort(byUrgency)).toEqual([first, later, never]);
    const now = Date.parse('2026-12-01T12:00:00Z');
    expect(pastOf(first.offline, now)).toEqual([]);
    expect(pastOf(first.offline, now + 86_400_000)).toMatchObject([{ why: 'lent', due: '2026-12-01' }]);
  });

  it('is said to have changed by what changed alone; an emptied field takes a fact away', () => {
    const before = { barcode: 'HF0042L8', shelf: 'Safe 2', recallBy: '2027-01-01' };
    const draft = { ...shelfDraftOf(before), shelf: ' Safe 3 ', recallBy: '', generation: '' };
    expect(shelfChangeOf(draft, before)).toEqual({ shelf: 'Safe 3', recallBy: null });
    expect(shelfChangeOf(shelfDraftOf(before), before)).toEqual({});
  });

  it('is added with a name and without a folder', () => {
    const draft = { ...EMPTY_DRAFT, writes: 'offline', name: ' LTO 7 ', medium: 'tape' } as const;
    expect(inputOf({ ...draft, path: { display: '/media' } })).toBeUndefined();
    expect(offlineInputOf({ ...draft, shelf: { ...EMPTY_DRAFT.shelf, barcode: 'X1' } })).toEqual({
      name: 'LTO 7',
      medium: 'tape',
      barcode: 'X1',
    });
    expect(offlineInputOf({ ...draft, name: ' ' })).toBeUndefined();
  });
});
