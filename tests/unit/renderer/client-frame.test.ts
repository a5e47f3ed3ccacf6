import { describe, expect, it } from 'vitest';
import type { ArchiveStatus } from '../../../shared/contract/archive.ts';
import type { Job } from '../../../shared/contract/jobs.ts';
import { healthOf } from '../../../renderer/app/health.ts';
import { rested, shareOf, shareOfAll } from '../../../renderer/app/job-progress.ts';
import { KeySequence } from '../../../renderer/app/key-sequence.ts';
import { LatestOnly } from '../../../renderer/app/palette/latest-only.ts';
import { bestMatches, matchScore } from '../../../renderer/app/palette/matching.ts';

function status(part: Partial<ArchiveStatus>): ArchiveStatus {
  return {
    archive: { id: '7f0a2b5e-1111-4222-8333-444455556666', name: 'Test' },
    items: 2,
    objects: 2,
    replicas: 4,
    bytes: 1,
    hours: 1,
    byOutcome: {},
    byStatus: { verified: { count: 1, bytes: 1, hours: 1 }, safe: { count: 1, bytes: 1, hours: 1 } },
    byFormat: {},
    byLocation: {},
    overdue: 0,
    awaitingFirstCheck: 0,
    offline: { locations: 0, replicas: 0, toFetch: 0 },
    openFindings: 0,
    openMassChanges: 0,
    untracked: 0,
    gaps: { rights: 0, source: 0, acquired: 0 },
    pendingDeletions: 0,
    openJobs: 0,
    responsible: [],
    successors: [],
    withoutSuccessor: 0,
    lastAudit: null,
    catalogueHasCopy: true,
    log: { events: 1, head: 'ab' },
    ...part,
  };
}

function job(part: Partial<Job>, progress: Partial<Job['progress']> = {}): Job {
  return {
    id: 'job-1',
    kind: 'audit',
    title: 'Audit',
    state: 'running',
    version: 1,
    agent: 'someone',
    createdAt: '2026-11-22T10:00:00Z',
    progress: {
      phase: 'reading',
      files: 0,
      bytes: 0,
      bytesPerSecond: 0,
      filesPerSecond: 0,
      problems: 0,
      ...progress,
    },
    ...part,
  };
}

describe('the sign of health', () => {
  it('says the most pressing thing first', () => {
    expect(healthOf(status({ openFindings: 3, overdue: 9, catalogueHasCopy: false }))).toEqual({
      kind: 'finding',
      count: 3,
    });
    expect(healthOf(status({ overdue: 9, catalogueHasCopy: false }))).toEqual({ kind: 'overdue', count: 9 });
    expect(healthOf(status({ catalogueHasCopy: false })).kind).toBe('no-copy');
    expect(healthOf(status({ awaitingFirstCheck: 2 }))).toMatchObject({ kind: 'awaiting', count: 2 });
    expect(healthOf(status({ replicas: 0 })).kind).toBe('empty');
  });

  it('shows how far the least kept item has come', () => {
    expect(healthOf(status({}))).toEqual({ kind: 'calm', count: 4, weakest: 'verified' });
  });
});

describe('progress of jobs', () => {
  it('is a share of bytes, else of files, else not known', () => {
    expect(shareOf(job({}, { bytes: 5, bytesTotal: 10, files: 1, filesTotal: 100 }).progress)).toBe(0.5);
    expect(shareOf(job({}, { files: 1, filesTotal: 4 }).progress)).toBe(0.25);
    expect(shareOf(job({}, { files: 1 }).progress)).toBeUndefined();
    expect(shareOf(job({}, { bytes: 11, bytesTotal: 10 }).progress)).toBe(1);
  });

  it('of all is told only where each that runs is known', () => {
    const half = job({}, { bytes: 5, bytesTotal: 10 });
    expect(shareOfAll([half, job({ id: 'job-2' }, { bytes: 10, bytesTotal: 10 })])).toBe(0.75);
    expect(shareOfAll([half, job({ id: 'job-2' })])).toBeUndefined();
    expect(shareOfAll([half, job({ id: 'job-2', state: 'paused' })])).toBe(0.5);
    expect(shareOfAll([])).toBeUndefined();
  });

  it('ends for those that are no longer open', () => {
    const two = job({ id: 'job-2' });
    expect(rested([job({}), two], [two]).map(({ id }) => id)).toEqual(['job-1']);
  });
});

describe('g and a letter', () => {
  it('go to a place', () => {
    const keys = new KeySequence();
    expect(keys.press('g', 0)).toBe('begun');
    expect(keys.press('h', 800)).toEqual({ letter: 'h' });
    expect(keys.press('h', 900)).toBeUndefined();
  });

  it('do nothing where they are too far apart, or something stands between', () => {
    const keys = new KeySequence();
    keys.press('g', 0);
    expect(keys.press('h', 2_000)).toBeUndefined();
    keys.press('g', 3_000);
    keys.press('ArrowDown', 3_100);
    expect(keys.press('h', 3_200)).toBeUndefined();
  });
});

describe('what the palette finds', () => {
  it('has every word, in any order, whatever case and accents', () => {
    expect(matchScore('Rådio Nacional, Fita 12', 'fita radio')).toBeGreaterThan(0);
    expect(matchScore('Radio', 'radio fita')).toBe(0);
  });

  it('puts beginnings first', () => {
    const rows = ['Overload', 'The Log', 'Log'];
    expect(bestMatches(rows, (row) => row, 'lo', 3)).toEqual(['Log', 'The Log', 'Overload']);
  });

  it('asks one question at a time, and of those that waited only the last', async () => {
    const asked: string[] = [];
    const told: [string, string | undefined][] = [];
    const answers: ((answer: string) => void)[] = [];
    const asker = new LatestOnly<string>(
      (text) => {
        asked.push(text);
        return new Promise((resolve) => {
          answers.push(resolve);
        });
      },
      (text, answer) => told.push([text, answer]),
    );
    asker.next('r');
    asker.next('ra');
    asker.next('rad');
    expect(asked).toEqual(['r']);
    answers[0]?.('first');
    await new Promise(setImmediate);
    expect(asked).toEqual(['r', 'rad']);
    answers[1]?.('second');
    await new Promise(setImmediate);
    expect(told).toEqual([
      ['r', 'first'],
      ['rad', 'second'],
    ]);
  });

  it('goes on after a question that failed', async () => {
    const told: (string | undefined)[] = [];
    const asker = new LatestOnly<string>(
      (text) => (text === 'a' ? Promise.reject(new Error('away')) : Promise.resolve(text)),
      (_text, answer) => told.push(answer),
    );
    asker.next('a');
    asker.next('b');
    await new Promise(setImmediate);
    await new Promise(setImmediate);
    expect(told).toEqual([undefined, 'b']);
  });
});
