import { describe, expect, it } from 'vitest';
import { findingGroups } from '../../../renderer/features/hand-outs/finding-groups.ts';
import { checkSearch, makeSearch } from '../../../renderer/features/hand-outs/hand-outs-search.ts';
import { historyRows } from '../../../renderer/features/hand-outs/history-rows.ts';
import { packageCheck } from '../../../renderer/features/hand-outs/package-check.ts';
import { reportText } from '../../../renderer/features/hand-outs/report-text.ts';
import { shellWord } from '../../../renderer/features/hand-outs/shell-word.ts';
import { textsOf } from '../../../renderer/ui/i18n.ts';
import type { HandOut } from '../../../shared/contract/hand-outs.ts';
import type { EventSummary } from '../../../shared/contract/holdings.ts';
import type { BagFindingRow, BagReportRow } from '../../../shared/contract/packaging.ts';
import {
  bagFindingMessage,
  bagFindingRule,
  bagFindingSeverity,
  type BagFindingCode,
} from '../../../shared/domain/bag-findings.ts';

function finding(code: BagFindingCode, file?: string, detail?: string): BagFindingRow {
  return {
    code,
    severity: bagFindingSeverity(code),
    rule: bagFindingRule(code),
    ...(file === undefined ? {} : { file: { display: file } }),
    message: bagFindingMessage(code, { detail }),
  };
}

function report(findings: BagFindingRow[], counts?: Record<string, number>): BagReportRow {
  const counted = Object.fromEntries(
    [...Map.groupBy(findings, ({ code }) => code)].map(([code, rows]) => [code, rows.length]),
  );
  return {
    path: { display: '/in/bag' },
    form: 'folder',
    verdict: 'invalid',
    version: '1.0',
    files: 3,
    bytes: 6,
    verified: 1,
    algorithms: ['sha256'],
    info: [],
    findings,
    findingsTotal: findings.length,
    counts: counts ?? counted,
  };
}

describe('what is found of a bag', () => {
  it('is told by what is damaged or lacking first, then by severity', () => {
    const groups = findingGroups(
      report([
        finding('BAG-OXUM-MISMATCH'),
        finding('BAG-RESERVED-NAME', 'data/aux.wav'),
        finding('BAG-MISSING', 'data/b.wav'),
        finding('BAG-DIGEST-MISMATCH', 'data/a.wav', 'sha256'),
        finding('BAG-ALGORITHM-UNKNOWN', undefined, 'whirlpool'),
      ]),
    );
    expect(groups.map(({ code }) => code)).toEqual([
      'BAG-DIGEST-MISMATCH',
      'BAG-MISSING',
      'BAG-OXUM-MISMATCH',
      'BAG-ALGORITHM-UNKNOWN',
      'BAG-RESERVED-NAME',
    ]);
  });

  it('is explained once where all say the same, and one by one where they differ', () => {
    const alike = findingGroups(
      report([finding('BAG-UNLISTED', 'data/x'), finding('BAG-UNLISTED', 'data/y')]),
    )[0];
    expect(alike?.message).toBe('It is in data/, and no manifest lists it.');
    expect(alike?.rows).toEqual([{ file: { display: 'data/x' } }, { file: { display: 'data/y' } }]);
    const unlike = findingGroups(
      report([
        finding('BAG-DIGEST-MISMATCH', 'data/x', 'sha256'),
        finding('BAG-DIGEST-MISMATCH', 'data/y', 'sha512'),
      ]),
    )[0];
    expect(unlike?.message).toBe('Its content is not what the manifests say: its digest differs.');
    expect(unlike?.rows.map(({ message }) => message)).toEqual([
      'Its content is not what the manifests say: sha256 differs.',
      'Its content is not what the manifests say: sha512 differs.',
    ]);
  });

  it('says how many there are, also of those that did not travel', () => {
    const [group] = findingGroups(report([finding('BAG-MISSING', 'data/x')], { 'BAG-MISSING': 5_000 }));
    expect([group?.count, group?.rows.length]).toEqual([5_000, 1]);
  });

  it('takes a code that it does not know by its own words', () => {
    const later = {
      ...finding('BAG-MISSING', 'data/x'),
      code: 'BAG-OF-A-LATER-VERSION',
      message: 'So it is.',
    };
    expect(findingGroups(report([later]))[0]?.message).toBe('So it is.');
  });

  it('is written as plain text, a file name on one line whatever it holds', () => {
    const text = reportText(
      report([finding('BAG-DIGEST-MISMATCH', 'data/a\nNot a line of its own.wav', 'sha256')]),
      '30 November 2026',
      textsOf('hand-outs'),
    );
    expect(text.split('\n')).toEqual([
      '/in/bag',
      'Not valid',
      'Checked 30 November 2026: 3 files, 6 bytes; 1 read and equal to sha256.',
      '',
      'error, 1: Its content is not what the manifests say: sha256 differs. (BAG-DIGEST-MISMATCH, RFC 8493 §3)',
      '  data/a Not a line of its own.wav',
      '',
    ]);
  });
});

describe('the addresses of the hand-outs', () => {
  it('name what is to be checked, also where a name is not UTF-8', () => {
    expect(checkSearch({ path: '/in/bag' })).toEqual({ paths: [{ display: '/in/bag' }] });
    expect(checkSearch({ path: '/caf\\xE9', pathBytes: 'L2NhZuk=' })).toEqual({
      paths: [{ display: '/caf\\xE9', bytes: 'L2NhZuk=' }],
    });
    expect(
      checkSearch({ paths: [{ display: '/a' }, { display: '/b', bytes: '!' }, 7], job: 'job-3' }),
    ).toEqual({
      job: 'job-3',
      paths: [{ display: '/a' }, { display: '/b' }],
    });
  });

  it('pass over what is no id', () => {
    expect(checkSearch({ job: 'acc-1', path: '' })).toEqual({});
    expect(makeSearch({ accession: 'acc-1', location: 'acc-1', job: 'job-<b>' })).toEqual({
      accession: 'acc-1',
    });
  });
});

describe('a file name in a command', () => {
  it.each([
    ['manifest-2026-0001.sha256', 'manifest-2026-0001.sha256'],
    ['side a.md5', `'side a.md5'`],
    [`it's.md5`, `'it'\\''s.md5'`],
    ['-rf', './-rf'],
    ['$(reboot).md5', `'$(reboot).md5'`],
  ])('is one word to a shell: %s', (name, word) => {
    expect(shellWord(name)).toBe(word);
  });
});

describe('how a package is checked', () => {
  it('is told a command a line: unpacked where it is one file, its name as one word, by the stronger of two digests', () => {
    expect(packageCheck({ as: 'folder', name: 'Reels-2026', digests: ['sha512', 'sha256'] })).toBe(
      'cd Reels-2026\nsha256sum -c tagmanifest-sha256.txt\nsha256sum -c manifest-sha256.txt',
    );
    expect(packageCheck({ as: 'tar', name: 'Über', digests: ['md5', 'sha512'] })).toBe(
      "tar -xf 'Über.tar'\ncd 'Über'\nsha512sum -c tagmanifest-sha512.txt\nsha512sum -c manifest-sha512.txt",
    );
    expect(packageCheck({ as: 'zip', name: 'a', digests: ['sha256'] })).toMatch(/^unzip -q a\.zip\ncd a\n/);
  });
});

describe('the history', () => {
  const made = (id: string, at: string): HandOut => ({
    id,
    state: 'done',
    of: 'accession 2026-0001',
    name: 'reels',
    as: 'folder',
    path: { display: '/out/reels' },
    files: 1,
    bytes: 3,
    withheld: 0,
    digests: ['sha256'],
    agent: 'A. Kettle',
    openedAt: at,
    log: { events: 1, head: '0'.repeat(64) },
  });
  const told = (id: string, at: string): EventSummary => ({
    id,
    at,
    type: 'exporting',
    outcome: 'success',
    agent: 'A. Kettle',
    note: 'Checksum manifest',
  });
  const packages = [made('out-2', '2026-03-05T10:00:00.000Z'), made('out-1', '2026-03-01T10:00:00.000Z')];
  const events = [told('event-9', '2026-03-04T10:00:00.000Z'), told('event-8', '2026-03-03T10:00:00.000Z')];
  const idsOf = (hasMorePackages: boolean, hasMoreEvents: boolean) =>
    historyRows({ rows: packages, hasMore: hasMorePackages }, { rows: events, hasMore: hasMoreEvents }).map(
      ({ id }) => id,
    );

  it('has packages and all else in one order, newest first', () => {
    expect(idsOf(false, false)).toEqual(['out-2', 'event-9', 'event-8', 'out-1']);
  });

  it('goes back only as far as both are known, so that nothing comes in between later', () => {
    expect(idsOf(false, true)).toEqual(['out-2', 'event-9', 'event-8']);
    expect(idsOf(true, false)).toEqual(['out-2', 'event-9', 'event-8', 'out-1']);
  });
});
