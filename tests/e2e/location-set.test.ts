/** What is known of a location, changed later: with the built program. */
import { mkdirSync, rmSync } from 'node:fs';
import { beforeEach, expect, it, vi } from 'vitest';
import { Archivist } from '../support/archivist.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

let ada: Archivist;
beforeEach(() => {
  ada = new Archivist();
  ada.keep(ada.tapes('tapes', 2));
});

it('names what is another now and what it was, and what that does to the status of items', () => {
  expect(
    ada.read(['location', 'add', ada.path('deep'), '--name', 'Deep', '--writes', 'managed']).status,
  ).toBe(0);
  expect(ada.read(['replicate', '--all', '--to', 'Deep']).status).toBe(0);
  expect(ada.read(['audit']).status).toBe(0);
  const first = ada.read([
    'location',
    'set',
    'loc-1',
    '--name',
    'Studio NAS',
    '--group',
    'nas',
    '--site',
    'Bern',
  ]);
  expect(first.status).toBe(0);
  expect(first.stdout).toMatch(/^Studio NAS \(loc-1\) was changed:\n {2}name +Studio NAS, before tapes\n/);
  expect(first.stdout).toMatch(/ {2}group +nas, before unknown\n/);
  expect(first.stdout).not.toContain('replicated');
  const items = Number(ada.ask(['status']).json['items']);
  const second = ada.read(['location', 'set', 'Deep', '--group', 'deep']);
  expect(second.stdout).toMatch(
    new RegExp(
      `\\n${items} items? (is|are) replicated now: verified copies stand in two failure groups or more\\.`,
    ),
  );
  expect(second.stderr).toContain('Their failure groups differ, so that copies on them count as independent');
  expect(ada.ask(['status']).json['byStatus']).toMatchObject({ replicated: { count: items } });
  const gone = ada.ask(['location', 'set', 'Deep', '--group', '']);
  expect(gone).toMatchObject({
    status: 0,
    json: {
      changes: [{ fact: 'failureGroup', from: 'deep' }],
      noLongerReplicated: items,
      location: { name: 'Deep' },
    },
  });
  expect(ada.read(['location', 'set', 'loc-1', '--readers', '2']).status).toBe(0);
  expect(ada.read(['location', 'show', 'loc-1']).stdout).toMatch(/ {2}readers +2\n/);
  const again = ada.read(['location', 'set', 'Studio NAS', '--site', 'Bern']);
  expect(again).toMatchObject({
    status: 0,
    stdout: 'Nothing was changed: Studio NAS (loc-1) is recorded so already.\n',
  });
  expect(ada.ask(['log', 'verify'])).toMatchObject({ status: 0 });
});

it('says that what lies in quarantine stays there, once nothing may be written', () => {
  mkdirSync(ada.path('copy'));
  ada.copyFixture('wav-pcm16.wav', ada.path('copy/1.wav'));
  ada.copyFixture('wav-pcm16.wav', ada.path('tapes/copy.wav'));
  expect(ada.read(ada.accession(ada.path('copy'))).status).toBe(0);
  expect(ada.read(ada.accession(ada.path('tapes'))).status).toBe(0);
  expect(ada.read(['audit']).status).toBe(0);
  rmSync(ada.path('copy/1.wav'));
  ada.copyFixture('wav-pcm24.wav', ada.path('copy/1.wav'));
  expect(ada.read(['audit']).status).toBe(1);
  expect(ada.read(['recover', '--all']).status).toBe(0);
  const never = ada.read(['location', 'set', 'copy', '--writes', 'never']);
  expect(never).toMatchObject({
    status: 0,
    stderr: expect.stringContaining('1 file in quarantine there can be given back or removed only') as string,
  });
  expect(
    ada.read(['quarantine', 'restore', 'aside-1', '--reason', 'R', '--to', ada.path('copy/2.wav')]),
  ).toMatchObject({ status: 2 });
});

it('words that change nothing, or cannot be, are wrong usage', () => {
  for (const [words, why] of [
    [[], 'Say what changes'],
    [['--name', ' '], 'A location needs a name'],
    [['--writes', 'managed'], 'does not become a managed one'],
    [['--writes', 'sometimes'], '--writes takes never or recover'],
    [['--readers', '17'], '--readers takes a whole number from 1 to 16'],
  ] as const)
    expect(ada.ask(['location', 'set', 'tapes', ...words])).toMatchObject({
      status: 2,
      json: { error: { message: expect.stringContaining(why) as string } },
    });
  expect(ada.ask(['location', 'set', 'nowhere', '--site', 'Bern'])).toMatchObject({
    status: 2,
    json: { error: { code: 'NOT_FOUND' } },
  });
  expect(ada.ask(['location', 'list']).json['rows']).toMatchObject([{ name: 'tapes', writes: 'recover' }]);
});
