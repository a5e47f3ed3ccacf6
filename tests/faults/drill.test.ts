/**
 * The drill: hundreds of real files in three places, damaged in every way that there is. Every change must be named as what it is
 * and none invented; recovery must bring everything back bit for bit; the log must verify from start to end.
 */
import {
  closeSync,
  cpSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { createHash } from 'node:crypto';
import { join, relative } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { makeCollection } from '../fixtures/generate/collection.ts';
import { Archivist } from '../support/archivist.ts';
import { expectSound } from '../support/custodian.ts';

vi.setConfig({ testTimeout: 300_000 });

const FILES = 250;

/** Content and times of every file below a folder, by its path there. */
function contents(root: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const name = relative(root, path);
    if (!entry.isFile() || name.startsWith('.holdfast')) continue;
    found.set(name, createHash('sha256').update(readFileSync(path)).digest('hex'));
  }
  return found;
}

function flipBit(path: string, at: number): void {
  const byte = readFileSync(path)[at] ?? 0;
  const handle = openSync(path, 'r+');
  writeSync(handle, Uint8Array.of(byte ^ 4), 0, 1, at);
  closeSync(handle);
}

/** As a program would that damages files and sets their times back. */
function keepingTimes(path: string, damage: () => void): void {
  const { atime, mtime } = statSync(path);
  damage();
  utimesSync(path, atime, mtime);
}

interface Found {
  readonly id: string;
  readonly path: { readonly display: string } | string;
  readonly outcome: string;
  readonly detail: string;
}

function pathOf({ path }: Found): string {
  return typeof path === 'string' ? path : path.display;
}

describe('given three places that hold the same recordings', () => {
  it('when files are damaged in every way, then each is named, and all come back bit for bit', () => {
    const archivist = new Archivist();
    archivist.init();
    const vault = archivist.path('vault');
    const [shelf, twin] = [archivist.path('shelf'), archivist.path('twin')];
    makeCollection({
      dir: shelf,
      files: FILES,
      bytesPerFile: { min: 4000, max: 60_000 },
      kind: 'mixed',
      seed: 6,
    });
    // Times of whole seconds, which a program can set back exactly.
    const recorded = new Date('1987-05-02T10:00:00Z');
    for (const name of contents(shelf).keys()) utimesSync(join(shelf, name), recorded, recorded);
    cpSync(shelf, twin, { recursive: true, preserveTimestamps: true });
    const run = (...words: string[]) => archivist.ask(words);
    expect(
      run('location', 'add', vault, '--name', 'Vault', '--writes', 'managed', '--group', 'vault').status,
    ).toBe(0);
    expect(run(...archivist.accession(shelf)).json).toMatchObject({ files: FILES });
    expect(run(...archivist.accession(twin)).json).toMatchObject({ files: FILES });
    expect(run('replicate', '2026-0001', '--to', 'Vault').status).toBe(0);
    expect(run('audit')).toMatchObject({ status: 0, json: { outcomes: { intact: 3 * FILES } } });
    const good = contents(shelf);
    expect(contents(twin)).toEqual(good);
    const names = [...good.keys()].sort();
    const at = (n: number): string => join(shelf, names[n] ?? '');

    // Fewer than twenty changes, so that each is a finding of its own.
    flipBit(at(0), 3000);
    keepingTimes(at(1), () => {
      flipBit(at(1), 3000);
    });
    truncateSync(at(2), 2000);
    rmSync(at(3));
    renameSync(at(4), join(shelf, 'renamed.bin'));
    renameSync(at(5), join(twin, 'carried over.bin'));
    renameSync(at(6), at(6) + '.swap');
    renameSync(at(7), at(6));
    renameSync(at(6) + '.swap', at(7));
    writeFileSync(at(8), '');
    const bag = readdirSync(
      join(vault, readdirSync(vault).find((name) => /^[0-9a-f]{8}-/.test(name)) ?? '', 'bags'),
      {
        recursive: true,
        withFileTypes: true,
      },
    ).filter((entry) => entry.isFile() && entry.parentPath.includes('/data'));
    const inVault = bag[100];
    const vaultFile = join(inVault?.parentPath ?? '', inVault?.name ?? '');
    const vaultGood = readFileSync(vaultFile);
    flipBit(vaultFile, Math.floor(vaultGood.length / 2));
    // The tags of a recording, which stand at its beginning.
    const tagged = names.findIndex((name, n) => n > 20 && name.endsWith('.mp3'));
    flipBit(at(tagged), 60);
    // One place is not there at all.
    renameSync(twin, `${twin} away`);
    expect(existsSync(twin)).toBe(false);

    const audit = run('audit');
    expect(audit.status).toBe(1);
    expect(audit.json.outcomes).toMatchObject({ not_checked: FILES });
    const found = new Map((audit.json.findings as Found[]).map((row) => [pathOf(row), row]));
    const outcomes = Object.fromEntries([...found].map(([path, { outcome }]) => [path, outcome]));
    const gone = expect.stringMatching(/^(missing|moved)$/) as string;
    expect(outcomes).toEqual({
      [at(0)]: 'altered',
      [at(1)]: 'altered',
      [at(2)]: 'truncated',
      [at(3)]: 'missing',
      [at(4)]: gone,
      [at(5)]: gone,
      [at(6)]: expect.stringMatching(/^(altered|truncated)$/) as string,
      [at(7)]: expect.stringMatching(/^(altered|truncated)$/) as string,
      [at(8)]: 'truncated',
      [at(tagged)]: 'tags_changed',
      [vaultFile]: 'altered',
    });
    expect(JSON.parse(found.get(at(1))?.detail ?? '{}')).toMatchObject({ suspectedSilentCorruption: true });

    // The place comes back. What was renamed is expected where it stands now; all else comes back from good copies.
    renameSync(`${twin} away`, twin);
    expect(run('rescan').json.outcomes).toMatchObject({ untracked: 2 });
    const idOf = (path: string): string => found.get(path)?.id ?? '';
    expect(run('findings', 'resolve', idOf(at(4)), '--as', 'moved')).toMatchObject({
      status: 0,
      json: { done: 1 },
    });
    const preview = run('recover', '--all', '--dry-run');
    expect(preview.json).toMatchObject({ dryRun: true, refused: [] });
    expect(preview.json.willDo).toHaveLength(10);
    expect(contents(shelf).get(names[0] ?? '')).not.toBe(good.get(names[0] ?? ''));
    const recovered = run('recover', '--all');
    expect(recovered, recovered.stdout + recovered.stderr).toMatchObject({
      status: 0,
      json: { done: 10, refusedTotal: 0, quarantined: 8 },
    });
    rmSync(join(twin, 'carried over.bin'));
    const expected = new Map(good);
    expected.set('renamed.bin', expected.get(names[4] ?? '') ?? '');
    expected.delete(names[4] ?? '');
    expect(contents(shelf)).toEqual(expected);
    expect(contents(twin)).toEqual(good);
    expect(readFileSync(vaultFile).equals(vaultGood)).toBe(true);

    const again = run('audit');
    expect(again, again.stdout).toMatchObject({ status: 0, json: { outcomes: { intact: 3 * FILES } } });
    expect(run('status').json).toMatchObject({ openFindings: 0, openJobs: 0 });
    expect(run('log', 'verify').json).toMatchObject({ ok: true });
    expectSound(archivist.archive);
  });
});
