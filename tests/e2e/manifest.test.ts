/** Checksum manifests handed out and taken in, with the built program. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { beforeEach, expect, vi } from 'vitest';
import { Archivist } from '../support/archivist.ts';
import { itWith } from '../support/skips.ts';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 180_000 });

let ada: Archivist;
beforeEach(() => {
  ada = new Archivist();
  ada.keep(ada.tapes('tapes', 3));
  mkdirSync(ada.path('out'));
});

itWith({ tool: 'sha256sum' }, 'a manifest of an accession is checked by whoever has the files', () => {
  const done = ada.read(['manifest', 'create', '--accession', 'acc-1', '--out', ada.path('out')]);
  expect(done).toMatchObject({ status: 0 });
  expect(done.stdout).toMatch(/manifest-acc-1\.sha256: 3 files, .* SHA-256\.\nPaths are relative to .*tapes/);
  expect(done.stdout).toMatch(
    /Handed out by .* for "Test archive" as event-\d+; head of the log before: event \d+, [0-9a-f]{64}/,
  );
  expect(done.stdout).toContain('Others check it with: sha256sum -c FILE');
  const manifest = ada.path('out', 'manifest-acc-1.sha256');
  const check = () => spawnSync('sha256sum', ['-c', manifest], { cwd: ada.path('tapes'), encoding: 'utf8' });
  expect(check()).toMatchObject({ status: 0, stdout: '1.wav: OK\n2.wav: OK\n3.wav: OK\n' });
  const bytes = readFileSync(ada.path('tapes', '2.wav'));
  bytes[100] = (bytes[100] ?? 0) ^ 1;
  writeFileSync(ada.path('tapes', '2.wav'), bytes);
  expect(check().stdout).toContain('2.wav: FAILED');
  expect(ada.ask(['audit'])).toMatchObject({ status: 1, json: { outcomes: { altered: 1, intact: 2 } } });
});

itWith({ tool: 'md5sum' }, 'what cannot be listed or said is told with its exit code', () => {
  const create = (...words: readonly string[]) => ada.ask(['manifest', 'create', ...words]);
  expect(create('--accession', 'acc-1', '--algorithm', 'md5')).toMatchObject({
    status: 2,
    json: { error: { code: 'BAD_INPUT' } },
  });
  for (const words of [[], ['--form', 'zip', '--accession', 'acc-1'], ['acc-1', '--search', 'x']])
    expect(create(...words)).toMatchObject({ status: 2 });
  ada.ask(['policy', '--digest', 'md5']);
  const more = ada.tapes('more', 1);
  ada.read(ada.accession(more));
  expect(create('--location', 'more', '--algorithm', 'MD5')).toMatchObject({ status: 0, json: { files: 1 } });
  expect(create('acc-1', 'acc-2', '--absolute', '--algorithm', 'md5')).toMatchObject({
    status: 1,
    json: { files: 1, omitted: 3 },
  });
});

itWith({ tool: 'sha256sum' }, "a donor's list is a prior baseline, shown with the file", () => {
  const text = execFileSync('sha256sum', ['1.wav', '2.wav'], { cwd: ada.path('tapes'), encoding: 'utf8' });
  writeFileSync(ada.path('donor.txt'), text);
  const words = ['manifest', 'import', ada.path('donor.txt'), '--accession', 'acc-1', '--by', 'A. Miller'];
  expect(ada.read(words)).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('--on DATE') as string,
  });
  const dry = ada.read([...words, '--on', '2009-05-03', '--dry-run']);
  expect(dry).toMatchObject({ status: 0, stdout: expect.stringContaining('nothing was recorded') as string });
  const done = ada.read([...words, '--on', '2009-05-03']);
  expect(done.status).toBe(0);
  expect(done.stdout).toContain('as A. Miller wrote it down on 2009-05-03: 2 files named in 2 lines');
  expect(done.stdout).toContain('2 files as recorded: known to be what they are since 2009-05-03');
  expect(ada.read(['show', ada.path('tapes', '1.wav')]).stdout).toMatch(
    /Prior baseline: it was as recorded on 2009-05-03/,
  );
  expect(ada.read(['show', ada.path('tapes', '3.wav')]).stdout).not.toMatch(/Prior baseline/);

  writeFileSync(ada.path('donor.txt'), text.replace(/^\w{64}/, 'e'.repeat(64)));
  expect(ada.read([...words, '--on', '2010-05-03'])).toMatchObject({ status: 1 });
  expect(ada.read(['findings', 'list']).stdout).toContain('A manifest of A. Miller of 2010-05-03 says');
  expect(ada.ask(['log', 'verify'])).toMatchObject({ status: 0, json: { ok: true } });
});
