import { describe, expect, it } from 'vitest';
import { summariseRun } from '../../../electron/core/fixity/summarise-run.ts';
import { summaryHtml } from '../../../electron/core/fixity/summary-html.ts';
import { summaryText } from '../../../electron/core/fixity/summary-text.ts';
import type { AuditResult } from '../../../shared/contract/fixity.ts';
import type { Job } from '../../../shared/contract/jobs.ts';

const job: Job = {
  id: 'job-3',
  kind: 'audit',
  title: 'Audit of all locations',
  state: 'done',
  version: 1,
  progress: { phase: 'done', files: 0, bytes: 0, bytesPerSecond: 0, filesPerSecond: 0, problems: 0 },
  agent: 'Ada',
  createdAt: '2026-11-29T03:00:00.000Z',
  finishedAt: '2026-11-29T03:40:00.000Z',
};
const well: AuditResult = {
  run: { id: 'run-3', complete: true },
  planned: 1200,
  outcomes: { intact: 1200 },
  findings: [],
  findingsTotal: 0,
  bytesRead: 41_200_000_000,
  unreachable: [],
};
const setting = { archive: 'Sound archive', due: [] };
const finding = {
  id: 'find-1',
  path: { display: '/tapes/<b>1</b>\u202e.wav' },
  location: 'loc-1',
  outcome: 'altered',
  detail: '{}',
  openedAt: '2026-11-29T03:10:00.000Z',
};

describe('the summary of a run', () => {
  it('says in one sentence that all is well, and what was read', () => {
    const summary = summariseRun({ ...job, result: well }, setting);
    expect(summary).toMatchObject({
      tone: 'well',
      headline: 'All is well: all 1,200 copies that were read are intact',
      checked: ['1,200 copies (41.2 GB) read and compared with their digests: 1,200 intact.'],
      notDone: [],
    });
  });

  it('counts what was found, and names where', () => {
    const result = { ...well, outcomes: { intact: 1199, altered: 1 }, findings: [finding], findingsTotal: 1 };
    const summary = summariseRun(
      { ...job, result },
      { ...setting, locations: new Map([['loc-1', 'Studio NAS']]) },
    );
    expect(summary).toMatchObject({
      tone: 'attention',
      headline: '1 finding to decide on',
      found: [{ location: 'Studio NAS', what: 'altered' }],
    });
  });

  it('never calls well what was not wholly checked', () => {
    const result = {
      ...well,
      outcomes: { intact: 1000, not_checked: 200 },
      unreachable: [{ location: 'loc-2', name: 'Vault', reason: 'Nothing is mounted there.' }],
    };
    expect(summariseRun({ ...job, result }, setting)).toMatchObject({
      tone: 'attention',
      headline: 'Nothing wrong was found, and not everything was checked',
      notDone: [
        'Vault was not checked. Nothing is mounted there.',
        '200 copies of 1,200 that were planned were not checked and stay due.',
      ],
    });
  });

  it('is well where the run ended with the bytes that it was given, and says what waits', () => {
    const result = { ...well, outcomes: { intact: 1000, not_checked: 200 }, endedBy: 'bytes' as const };
    expect(summariseRun({ ...job, result }, setting)).toMatchObject({
      tone: 'well',
      headline: 'All is well: all 1,000 copies that were read are intact',
      notDone: [
        '200 copies of 1,200 that were planned were not checked and stay due: the bytes that the run was given ended.',
      ],
    });
    const unreachable = [{ location: 'loc-2', name: 'Vault', reason: 'Nothing is mounted there.' }];
    expect(summariseRun({ ...job, result: { ...result, unreachable } }, setting).tone).toBe('attention');
  });

  it('tells of runs that did not happen, even when this one went well', () => {
    const summary = summariseRun(
      { ...job, result: well },
      { ...setting, schedule: { name: 'nightly', missed: 2 } },
    );
    expect(summary.tone).toBe('attention');
    expect(summary.notDone).toEqual([expect.stringContaining('2 earlier runs of "nightly" did not happen')]);
  });

  it.each([
    ['interrupted', 'failed', 'The run could not be completed'],
    ['failed', 'failed', 'The run could not be completed'],
    ['paused', 'failed', 'The run was stopped before its end'],
    ['cancelled', 'attention', 'The run was cancelled'],
    ['running', 'running', 'It is running now'],
    // The program ended between the end of the act and the words for it.
    ['done', 'attention', 'The run was completed, but the program ended before it could say what it found'],
  ] as const)('of a job that is %s without a result is %s', (state, tone, headline) => {
    const error = { code: 'DISK_FULL', message: 'The disk is full.' };
    expect(summariseRun({ ...job, state, error }, setting)).toMatchObject({ tone, headline });
  });

  it('shows no more than a hundred findings, and counts all', () => {
    const findings = Array.from({ length: 300 }, () => finding);
    const result = { ...well, outcomes: { altered: 1200 }, findings, findingsTotal: 1200 };
    const summary = summariseRun({ ...job, result }, setting);
    expect([summary.found.length, summary.foundTotal]).toEqual([100, 1200]);
    expect(summaryText([summary])).toContain('… and 1100 more: holdfast findings list');
  });
});

describe('as text and HTML', () => {
  const result = { ...well, outcomes: { intact: 1199, altered: 1 }, findings: [finding], findingsTotal: 1 };
  const summary = summariseRun(
    { ...job, result },
    {
      ...setting,
      archive: 'Ada & Söhne',
      schedule: { name: 'nightly', missed: 0 },
      due: ['3 copies are due.'],
    },
  );

  it('the same is said', () => {
    const [text, html] = [summaryText([summary]), summaryHtml([summary])];
    for (const part of ['1 finding to decide on', 'nightly', 'altered', '3 copies are due.', 'job-3']) {
      expect(text).toContain(part);
      expect(html).toContain(part);
    }
    expect(text).toMatchInlineSnapshot(`
      "Ada & Söhne: 1 finding to decide on.
      Run       Audit of all locations
      Schedule  nightly
      Begun     2026-11-29T03:00:00.000Z
      Ended     2026-11-29T03:40:00.000Z
      By        Ada
      Job       job-3

      CHECKED

      1,200 copies (41.2 GB) read and compared with their digests: 1,199 intact, 1
      altered.

      FOUND (1)

      /tapes/<b>1</b>\\u{202E}.wav
        loc-1: altered

      DUE

      3 copies are due.
      "
    `);
  });

  it('a hostile name stays text on one line', () => {
    expect(summaryHtml([summary])).not.toContain('<b>1</b>');
    expect(summaryHtml([summary])).toContain('&lt;b&gt;1&lt;/b&gt;\\u{202E}.wav');
    expect(summaryText([summary])).not.toContain('\u202e');
  });
});
