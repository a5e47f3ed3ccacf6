/** Tapes and drives that are not connected: with the built program. */
import { beforeEach, expect, it, vi } from 'vitest';
import { Archivist } from '../support/archivist.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

let ada: Archivist;
beforeEach(() => {
  ada = new Archivist();
  ada.keep(ada.tapes('tapes', 2));
});

it('a tape is added, lent, recalled and back', () => {
  const added = ada.read([
    'location',
    'add',
    '--offline',
    '--name',
    'LTO 0042',
    '--barcode',
    'HF0042L8',
    '--shelf',
    'Safe 2',
  ]);
  expect(added).toMatchObject({ status: 0 });
  expect(added.stdout).toContain('LTO 0042 (loc-2) is offline as planned: shelf Safe 2, barcode HF0042L8.');
  expect(ada.read(['location', 'check'])).toMatchObject({ status: 0 });
  const out = ['location', 'check-out', 'LTO 0042', '--to', 'Bo', '--back', '2020-01-15'];
  expect(ada.ask(out)).toMatchObject({ status: 0, json: { location: { offline: { loan: { to: 'Bo' } } } } });
  expect(ada.ask(out)).toMatchObject({ status: 2, json: { error: { code: 'BAD_INPUT' } } });
  expect(ada.read(['location', 'list']).stdout).toContain('offline, shelf Safe 2');
  const recall = ada.read(['location', 'recall']);
  expect(recall.status).toBe(1);
  expect(recall.stdout).toMatch(/2020-01-15 +past +loc-2/);
  expect(ada.read(['status']).stdout).toContain('1 offline location to be fetched: holdfast location recall');
  expect(ada.read(['location', 'check-in', 'LTO 0042', '--condition', 'sound']).status).toBe(0);
  expect(ada.ask(['location', 'recall'])).toMatchObject({ status: 0, json: { rows: [] } });
  expect(ada.read(['location', 'loans', 'LTO 0042']).stdout).toMatch(/Bo .*2020-01-15 .*sound/);
});

it('a drive on the shelf makes no audit incomplete, and the audit says what it left out', () => {
  expect(ada.ask(['location', 'shelve', 'loc-1', '--shelf', 'Safe 2'])).toMatchObject({ status: 0 });
  expect(ada.read(['audit', '--location', 'loc-1'])).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('offline as planned') as string,
  });
  expect(ada.read(['audit'])).toMatchObject({
    status: 2,
    stderr: expect.stringMatching(
      /Every location is offline as planned.*location unshelve "tapes"/,
    ) as string,
  });
  expect(ada.read(ada.accession(ada.tapes('more', 1))).status).toBe(0);
  const audit = ada.read(['audit']);
  expect(audit.status).toBe(0);
  expect(audit.stdout).toMatch(/ is offline as planned: its 2 copies were no part of this\./);
  const rescan = ada.read(['rescan']);
  expect(rescan.status).toBe(0);
  expect(rescan.stdout).toMatch(/ is offline as planned: its 2 copies were no part of this\./);
  expect(ada.read(['status']).stdout).toContain(
    '2 copies in 1 location offline as planned: no audit plans them.',
  );
  expect(ada.read(['location', 'unshelve', 'loc-1']).status).toBe(0);
  expect(ada.ask(['audit'])).toMatchObject({ status: 0, json: { outcomes: { intact: 3 } } });
});

it('words that do not fit together are refused, and nothing is done', () => {
  for (const [option, words] of [
    ['--recall-by', ['location', 'add', '--offline', '--name', 'X', '--recall-by', 'soon']],
    ['--back', ['location', 'check-out', 'tapes', '--to', 'Bo', '--back', '2027-02-30']],
  ] as const)
    expect(ada.ask(words)).toMatchObject({
      status: 2,
      json: { error: { message: expect.stringMatching(`^${option} takes a date, such as`) as string } },
    });
  for (const words of [
    ['location', 'add', '--offline', '/tmp', '--name', 'X'],
    ['location', 'add', '/tmp', '--name', 'X', '--barcode', '1'],
    ['location', 'check-out', 'tapes'],
  ])
    expect(ada.ask(words).status).toBe(2);
  expect(ada.ask(['location', 'list']).json['rows']).toHaveLength(1);
});

it('two places on one device are named as such when one is added, listed and shown', () => {
  const words = [
    'location',
    'add',
    ada.path('second'),
    '--name',
    'Second',
    '--writes',
    'managed',
    '--group',
    'G',
  ];
  expect(ada.read(words).stderr).toContain('Second is on the same device as tapes: one failure takes both.');
  const listed = ada.read(['location', 'list']).stdout;
  expect(listed.match(/one failure takes both/g)).toHaveLength(1);
  expect(ada.ask(['location', 'list']).json['sharedFates']).toMatchObject([
    { name: 'tapes', sameDevice: [{ name: 'Second' }], declaredApart: false },
    { name: 'Second' },
  ]);
  const shown = ada.read(['location', 'show', 'Second']);
  expect(shown).toMatchObject({ status: 0 });
  expect(shown.stdout).toMatch(/group +G\n/);
  expect(shown.stdout).toContain('Second is on the same device as tapes: one failure takes both.');
  expect(ada.ask(['location', 'show', 'loc-1']).json).toMatchObject({
    location: { name: 'tapes' },
    health: { replicas: 2, verified: 0 },
    sharedFate: { sameDevice: [{ name: 'Second' }] },
  });
  expect(ada.read(['location', 'show', 'nowhere']).status).toBe(2);
});
