import { once } from 'node:events';
import { cpSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { makeCollection } from '../fixtures/generate/collection.ts';
import { randomFrom } from '../fixtures/generate/random.ts';
import { rowsOf } from '../support/catalogue-rows.ts';
import { expectSound } from '../support/custodian.ts';
import { holdfast, startHoldfast } from '../support/holdfast.ts';
import { describeLong } from '../support/skips.ts';
import { sharedFolder, tempFolder } from '../support/temp.ts';

const FILES = 240;
// Beside other work each start of the program takes seconds.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

function placeIn(dir: string) {
  return { archive: join(dir, 'archive'), shelf: join(dir, 'shelf'), vault: join(dir, 'vault') };
}

type Place = ReturnType<typeof placeIn>;

function run(...words: string[]): Record<string, unknown> {
  const { status, stdout, stderr } = holdfast([...words, '--json']);
  expect([0, 1], `${words.join(' ')}: ${stdout}${stderr}`).toContain(status);
  return JSON.parse(stdout) as Record<string, unknown>;
}

/** SHA-256 of every file of the collection, in hex. */
function digests(shelf: string): string[] {
  return readdirSync(shelf, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('.holdfast'))
    .map((entry) => digestOf(join(entry.parentPath, entry.name)))
    .sort();
}

function digestOf(path: string | Buffer): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}

describe('a recovery killed at any moment', () => {
  const origin = placeIn(sharedFolder());
  let good: string[] = [];
  let damaged: ReadonlySet<string> = new Set();
  let span = 0;

  beforeAll(() => {
    const { archive, shelf, vault } = origin;
    const in_ = ['--archive', archive];
    makeCollection({
      dir: shelf,
      files: FILES,
      bytesPerFile: { min: 2000, max: 40_000 },
      kind: 'mixed',
      seed: 7,
    });
    good = digests(shelf);
    run('init', archive, '--name', 'Killed');
    run('location', 'add', vault, '--name', 'Vault', '--writes', 'managed', ...in_);
    run(
      'accession',
      shelf,
      '--title',
      'T',
      '--rights-basis',
      'other',
      '--source',
      'S',
      '--acquired',
      'A',
      ...in_,
    );
    run('replicate', '--all', '--to', 'Vault', ...in_);
    // Three of four are damaged; what is left vouches for the place.
    const files = readdirSync(shelf, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    for (const [n, { parentPath, name }] of files.entries()) {
      const path = join(parentPath, name);
      if (n % 4 === 1) rmSync(path);
      if (n % 4 === 2) truncateSync(path, 1000);
      if (n % 4 === 3) writeFileSync(path, `damaged ${String(n)}`);
    }
    damaged = new Set(digests(shelf).filter((digest) => !good.includes(digest)));
    run('audit', ...in_);
    run('findings', 'mass', 'decide', 'mass-1', '--as', 'damage', '--reason', 'R', ...in_);
    const place = copied(tempCopy());
    const started = Date.now();
    expect(run('recover', '--all', '--archive', place.archive)).toMatchObject({ done: 180, refusedTotal: 0 });
    span = Date.now() - started;
    rmSync(join(place.archive, '..'), { recursive: true });
  });

  function tempCopy(): string {
    return join(origin.archive, '../whole');
  }

  /** Locations are re-linked, since their copies stand elsewhere. */
  function copied(dir: string): Place {
    const place = placeIn(dir);
    for (const name of ['archive', 'shelf', 'vault'] as const)
      cpSync(origin[name], place[name], { recursive: true, preserveTimestamps: true });
    run('location', 'relink', 'shelf', place.shelf, '--archive', place.archive);
    run('location', 'relink', 'Vault', place.vault, '--archive', place.archive);
    return place;
  }

  /** Nothing is lost, and nothing is recorded that is not true. */
  function honest({ archive, shelf }: Place): void {
    const catalogue = join(archive, 'catalogue.sqlite');
    const resolved = rowsOf<{ path: Buffer; name: Buffer; sha256: Buffer }>(
      catalogue,
      `SELECT f.path, r.name, o.sha256 FROM findings n JOIN replicas r ON r.id = n.replica_id
         JOIN folders f ON f.id = r.folder_id JOIN objects o ON o.id = r.object_id WHERE n.resolution = 'recovered'`,
    );
    for (const { path, name, sha256 } of resolved)
      expect(digestOf(Buffer.concat([Buffer.from(`${shelf}/`), path, Buffer.from('/'), name]))).toBe(
        sha256.toString('hex'),
      );
    const aside = rowsOf<{ path: Buffer; sha256: Buffer }>(catalogue, 'SELECT path, sha256 FROM quarantined');
    for (const { path, sha256 } of aside)
      expect(digestOf(Buffer.concat([Buffer.from(`${shelf}/`), path]))).toBe(sha256.toString('hex'));
    // Every damaged file stands somewhere still.
    const all = new Set(
      readdirSync(shelf, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => digestOf(join(entry.parentPath, entry.name))),
    );
    for (const digest of damaged) expect(all.has(digest)).toBe(true);
  }

  async function completes(seed: number): Promise<void> {
    const place = copied(tempFolder());
    const random = randomFrom(seed);
    const words = ['recover', '--all', '--archive', place.archive, '--json'];
    for (let kills = 0; kills < 3; kills += 1) {
      const running = startHoldfast(words);
      const exited = once(running, 'exit');
      const ended = await Promise.race([exited, delay(random() * span).then(() => undefined)]);
      if (ended !== undefined) break;
      running.kill('SIGKILL');
      await exited;
      honest(place);
    }
    // A killed run that had come to its end leaves the last one nothing to do.
    const last = holdfast(words);
    const result = JSON.parse(last.stdout) as { readonly done: number };
    if (result.done > 0) expect(result).toMatchObject({ done: 180, refusedTotal: 0, quarantined: 120 });
    else expect(result).toMatchObject({ done: 0, refusedTotal: 0 });
    honest(place);
    expect(digests(place.shelf)).toEqual(good);
    const catalogue = join(place.archive, 'catalogue.sqlite');
    expect(
      rowsOf(catalogue, `SELECT count(*) AS n, count(DISTINCT finding_id) AS d FROM quarantined`),
    ).toEqual([{ n: 120, d: 120 }]);
    expect(
      rowsOf(
        catalogue,
        `SELECT x.outcome, count(*) AS n FROM act_outcomes x JOIN acts a ON a.id = x.act_id WHERE a.kind = 'recovery' GROUP BY 1`,
      ),
    ).toEqual([
      { outcome: 'quarantined', n: 120 },
      { outcome: 'recovered', n: 180 },
    ]);
    // Of staging nothing is left.
    expect(readdirSync(join(place.shelf, '.holdfast-quarantine'))).not.toContain('staging');
    expect(run('log', 'verify', '--archive', place.archive)).toMatchObject({ ok: true });
    expectSound(place.archive);
  }

  for (const seed of [1, 2]) it(`is completed by the next run (seed ${String(seed)})`, () => completes(seed));

  describeLong('all fifty moments', () => {
    for (let seed = 3; seed <= 50; seed += 1)
      it(`is completed by the next run (seed ${String(seed)})`, () => completes(seed));
  });
});
