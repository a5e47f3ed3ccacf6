/** Files of sound come to the table of an archivist without an archive: what the built program tells of them. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { InspectedFile } from '../../shared/contract/inspection.ts';
import { inspectedFileSchema } from '../../shared/contract/inspection.ts';
import { fixturePath } from '../fixtures/index.ts';
import { holdfast } from '../support/holdfast.ts';
import { itWith } from '../support/skips.ts';
import { tempFolder } from '../support/temp.ts';

type Row = Omit<InspectedFile, 'path'> & { path: string };

function inspect(...words: string[]): { status: number | null; rows: Row[] } {
  const { status, stdout } = holdfast(['inspect', '--json', ...words]);
  const document = JSON.parse(stdout) as { schema: number; rows: Row[]; next: null };
  expect(document).toMatchObject({ schema: 1, next: null });
  for (const row of document.rows) inspectedFileSchema.parse({ ...row, path: { display: row.path } });
  return { status, rows: document.rows.sort((a, b) => (a.path < b.path ? -1 : 1)) };
}

function changed(folder: string, name: string, change: (bytes: Buffer) => Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, change(readFileSync(fixturePath(name))));
  return path;
}

describe('inspect', () => {
  it('tells format, digests, essence, verdict and evidence of a healthy file, and exits 0', () => {
    const { status, rows } = inspect(fixturePath('bwf-v2.wav'));
    expect(status).toBe(0);
    expect(rows[0]).toMatchObject({
      path: fixturePath('bwf-v2.wav'),
      bytes: statSync(fixturePath('bwf-v2.wav')).size,
      format: { name: 'Broadcast WAVE 2', puid: 'fmt/705', identifiedBy: 'signature' },
      verdict: 'intact',
      proofs: ['MD5 of the data'],
      essence: { definition: 'wave-1' },
      problems: [],
    });
    expect(rows[0]?.evidence.map(({ id }) => id)).toEqual(['bext', 'iXML', 'MD5']);
  });

  it('places damage, and exits 1', () => {
    const folder = tempFolder();
    const flipped = changed(folder, 'flac-24-stereo.flac', (bytes) => {
      bytes[12_000] = (bytes[12_000] as number) ^ 4;
      return bytes;
    });
    changed(folder, 'wav-pcm16.wav', (bytes) => bytes.subarray(0, 4044));
    const { status, rows } = inspect(folder);
    expect(status).toBe(1);
    expect(rows.map(({ verdict }) => verdict)).toEqual(['essence_damaged', 'truncated']);
    expect(rows[1]?.problems).toMatchObject([
      { code: 'truncated', severity: 'problem', offset: 4044, timeMs: 250 },
    ]);
    const { stdout } = holdfast(['inspect', flipped]);
    expect(stdout).toMatch(/Verdict +essence damaged\n/);
    expect(stdout).toMatch(
      /Problem: Its audio is damaged at byte \d+, 0:00\.\d into the recording \(CRC-16 of frame \d/,
    );
  });

  itWith(
    { tool: 'metaflac' },
    'tells an edited tag from changed audio: the file is another, the essence is not',
    () => {
      const folder = tempFolder();
      const path = join(folder, 'a.flac');
      copyFileSync(fixturePath('flac-24-stereo.flac'), path);
      const before = inspect(path).rows[0];
      const { status } = spawnSync('metaflac', [
        '--remove-all-tags',
        '--set-tag=TITLE=Other',
        '--add-padding=5000',
        path,
      ]);
      expect(status).toBe(0);
      const after = inspect(path).rows[0];
      expect(after?.digests['sha256']).not.toBe(before?.digests['sha256']);
      expect(after?.essence).toEqual(before?.essence);
      expect(after?.verdict).toBe('intact');
    },
  );

  itWith({ tool: 'flac' }, 'decodes on demand, and names the decoder', () => {
    const whole = inspect('--deep', fixturePath('flac-24-stereo.flac')).rows[0];
    expect(whole?.proofs[1]).toMatch(/^MD5 of the decoded samples \(flac \d/);
    const unset = inspect('--deep', fixturePath('flac-no-md5.flac'));
    expect(unset).toMatchObject({
      status: 0,
      rows: [{ verdict: 'intact', lacks: ['MD5 of the samples: never set'] }],
    });
    // An MD5 that is not of these samples, which no CRC covers.
    const other = changed(tempFolder(), 'flac-24-stereo.flac', (bytes) => {
      const at = bytes.indexOf('fLaC') + 8 + 18;
      bytes[at] = (bytes[at] as number) ^ 1;
      return bytes;
    });
    expect(inspect(other)).toMatchObject({ status: 0, rows: [{ verdict: 'intact' }] });
    expect(inspect('--deep', other)).toMatchObject({ status: 1, rows: [{ verdict: 'essence_damaged' }] });
  });

  it('says what is protected, what is no sound, and what is not there', () => {
    const folder = tempFolder();
    writeFileSync(join(folder, 'notes.txt'), 'Kettle, far left\n');
    const { status, rows } = inspect(
      fixturePath('protected-drms.m4p'),
      join(folder, 'notes.txt'),
      join(folder, 'gone'),
    );
    expect(status).toBe(1);
    const of = (end: string) => rows.find(({ path }) => path.endsWith(end));
    expect(of('.m4p')).toMatchObject({
      verdict: 'protected',
      problems: [{ code: 'protected', severity: 'refusal' }],
    });
    expect(of('notes.txt')).toMatchObject({ kind: 'text', verdict: null, essence: null, problems: [] });
    expect(of('gone')).toMatchObject({ bytes: null, format: null, problems: [{ code: 'not_found' }] });
  });

  it('prints a row a line with --ndjson, and asks for a path where there is none', () => {
    const { status, stdout } = holdfast([
      'inspect',
      '--ndjson',
      fixturePath('rf64.wav'),
      fixturePath('bw64.wav'),
    ]);
    expect(status).toBe(0);
    const rows = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Row);
    expect(rows.map(({ verdict }) => verdict)).toEqual(['unverifiable', 'unverifiable']);
    expect(holdfast(['inspect']).status).toBe(2);
  });
});
