import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeCollection } from '../fixtures/generate/collection.ts';
import { randomFrom } from '../fixtures/generate/random.ts';
import { bagsIn, sha256sum } from '../support/bag-folders.ts';
import { rowsOf } from '../support/catalogue-rows.ts';
import { holdfast, startHoldfast } from '../support/holdfast.ts';
import { originals } from '../support/originals.ts';
import { describeLong } from '../support/skips.ts';
import { sharedFolder, tempFolder } from '../support/temp.ts';

const FILES = 600;

/** An archive with a managed location of its own. */
class Keeper {
  readonly archive: string;
  readonly store: string;

  constructor(dir: string) {
    this.archive = join(dir, 'archive');
    this.store = join(dir, 'store');
    this.run('init', this.archive, '--name', 'Killed');
    this.run(
      'location',
      'add',
      this.store,
      '--name',
      'Deep',
      '--writes',
      'managed',
      '--archive',
      this.archive,
    );
  }

  run(...words: string[]): Record<string, unknown> {
    const { status, stdout, stderr } = holdfast([...words, '--json']);
    expect(status, `${words.join(' ')}: ${stdout}${stderr}`).toBe(0);
    return JSON.parse(stdout) as Record<string, unknown>;
  }

  bags(): string[] {
    return bagsIn(this.store);
  }

  /** Whatever the catalogue says is so: every replica in the store stands there with its content, and is read. */
  isHonest(): void {
    const recorded = rowsOf<{ path: Buffer; name: Buffer; sha256: Buffer }>(
      join(this.archive, 'catalogue.sqlite'),
      `SELECT f.path, r.name, o.sha256 FROM replicas r JOIN folders f ON f.id = r.folder_id JOIN objects o ON o.id = r.object_id
       JOIN locations l ON l.id = f.location_id WHERE l.name = 'Deep'`,
    );
    for (const { path, name, sha256 } of recorded) {
      const bytes = readFileSync(
        Buffer.concat([Buffer.from(`${this.store}/`), path, Buffer.from('/'), name]),
      );
      expect(createHash('sha256').update(bytes).digest().equals(sha256)).toBe(true);
    }
    // A bag that stands in its place is whole, whether it is recorded yet or not.
    for (const bag of this.bags()) sha256sum(bag);
  }

  /** Kills an act at random moments, looks at what is left each time, and lets the last run finish. */
  async killUntilDone(words: string[], seed: number, span: number): Promise<Record<string, unknown>> {
    const random = randomFrom(seed);
    for (let kills = 0; kills < 3; kills += 1) {
      const process = startHoldfast([...words, '--json']);
      const exited = once(process, 'exit');
      const ended = await Promise.race([exited, delay(random() * span).then(() => undefined)]);
      if (ended !== undefined) break;
      process.kill('SIGKILL');
      await exited;
      this.isHonest();
    }
    return this.run(...words);
  }

  isDone(): void {
    this.isHonest();
    const status = this.run('status', '--archive', this.archive);
    expect(status).toMatchObject({ openJobs: 0 });
    expect(this.bags()).toHaveLength(1);
    const staging = join(this.store, '.holdfast/staging');
    const left = readdirSync(staging).flatMap((archive) => readdirSync(join(staging, archive)));
    expect(
      left.flatMap((job) => readdirSync(join(staging, ...readdirSync(staging).slice(0, 1), job))),
    ).toEqual([]);
    expect(this.run('log', 'verify', '--archive', this.archive)).toMatchObject({ ok: true });
    const [{ n } = { n: 0 }] = rowsOf<{ n: number }>(
      join(this.archive, 'catalogue.sqlite'),
      'SELECT (SELECT count(*) FROM staged_files) + (SELECT count(*) FROM staged_bags) AS n',
    );
    expect(n).toBe(0);
  }
}

describe('an act that fills a bag, killed at any moment', () => {
  const shared = sharedFolder();
  const collection = join(shared, 'tapes');
  let untouched: string[] = [];
  let span = 0;

  function deposit(keeper: Keeper): string[] {
    const terms = ['--title', 'Tapes', '--rights-basis', 'license', '--source', 'S', '--acquired', 'A'];
    return ['accession', collection, '--to', 'Deep', '--archive', keeper.archive, ...terms];
  }

  beforeAll(() => {
    makeCollection({
      dir: collection,
      files: FILES,
      bytesPerFile: { min: 2000, max: 90_000 },
      kind: 'mixed',
      seed: 5,
    });
    untouched = originals(collection);
    const keeper = new Keeper(shared);
    const began = Date.now();
    expect(keeper.run(...deposit(keeper))).toMatchObject({ files: FILES });
    span = Date.now() - began;
    keeper.isDone();
  });

  async function deposits(seed: number): Promise<void> {
    const keeper = new Keeper(tempFolder());
    await keeper.killUntilDone(deposit(keeper), seed, span);
    keeper.isDone();
    const replicas = keeper.run('status', '--archive', keeper.archive);
    expect(replicas).toMatchObject({ replicas: FILES, byOutcome: { intact: FILES } });
    expect(originals(collection)).toEqual(untouched);
  }

  async function replicates(seed: number): Promise<void> {
    const keeper = new Keeper(tempFolder());
    const [, , , , ...terms] = deposit(keeper);
    keeper.run('accession', collection, ...terms);
    const words = ['replicate', '--all', '--to', 'Deep', '--archive', keeper.archive];
    await keeper.killUntilDone(words, seed, span);
    keeper.isDone();
    const status = keeper.run('status', '--archive', keeper.archive);
    expect(status).toMatchObject({ replicas: 2 * FILES, byOutcome: { intact: FILES, not_checked: FILES } });
    expect(originals(collection)).toEqual(untouched);
  }

  for (const seed of [1, 2]) {
    it(`is deposited once and whole (seed ${String(seed)})`, () => deposits(seed));
    it(`is replicated once and whole (seed ${String(seed)})`, () => replicates(seed));
  }

  describeLong('all fifty moments', () => {
    for (let seed = 3; seed <= 50; seed += 1) {
      it(`is deposited once and whole (seed ${String(seed)})`, () => deposits(seed));
      it(`is replicated once and whole (seed ${String(seed)})`, () => replicates(seed));
    }
  });
});
