import { once } from 'node:events';
import { cpSync, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { randomFrom } from '../fixtures/generate/random.ts';
import { rowsOf } from '../support/catalogue-rows.ts';
import { holdfast, startHoldfast } from '../support/holdfast.ts';
import { originals } from '../support/originals.ts';
import { describeLong } from '../support/skips.ts';
import { sharedFolder, tempFolder } from '../support/temp.ts';
import { makeBag, makeVault, writing, type Bag } from '../support/vault.ts';

const FILES = 3_000;
// Beside other work each start of the program takes seconds.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

/** Where an archive and its vault stand; both are copied for each seed, since a killed deletion cannot be undone. */
function placeIn(dir: string) {
  return { archive: join(dir, 'archive'), root: join(dir, 'vault') };
}

function words(archive: string, bag: Bag): string[] {
  const said = ['--reason', 'R', '--agent', 'Ada Kettle', '--second-agent', 'Jo Miller', '--yes', '--json'];
  return ['delete', bag.accession, '--archive', archive, ...said];
}

describe('a deletion killed at any moment', () => {
  const shared = sharedFolder();
  const { archive, root } = placeIn(shared);
  let bag: Bag;
  let span = 0;

  beforeAll(async () => {
    expect(holdfast(['init', archive, '--name', 'Killed']).status).toBe(0);
    const id = await makeVault(archive, root, 'Vault');
    const contents: Record<string, string> = {};
    for (let n = 0; n < FILES; n++) contents[`side ${n % 7}/take ${n}.wav`] = `take ${n}`;
    bag = await makeBag(archive, { id, root }, 'tape', contents);
    await makeBag(archive, { id, root }, 'kept', { 'kept.wav': 'kept', 'same.wav': 'take 7' });
    const why = ['--reason', 'R', '--authority', 'A', '--archive', archive];
    expect(holdfast(['deaccession', bag.accession, ...why]).status).toBe(0);
    const place = copied(join(shared, 'whole'));
    const started = Date.now();
    const ran = holdfast(words(place.archive, bag));
    expect(ran.status, ran.stdout + ran.stderr).toBe(0);
    span = Date.now() - started;
  });

  /** The location is re-linked, since its copy stands elsewhere. */
  function copied(dir: string): ReturnType<typeof placeIn> {
    const place = placeIn(dir);
    cpSync(archive, place.archive, { recursive: true });
    cpSync(root, place.root, { recursive: true, preserveTimestamps: true });
    const relinked = holdfast(['location', 'relink', 'Vault', place.root, '--archive', place.archive]);
    expect(relinked.status, relinked.stderr).toBe(0);
    return place;
  }

  async function completes(seed: number): Promise<void> {
    const place = copied(tempFolder());
    const random = randomFrom(seed);
    const inVault = (path: string): string => path.replace(root, place.root);
    const kept = inVault(bag.path).replace(/tape$/, 'kept');
    const untouched = originals(kept);
    let kills = 0;
    for (; kills < 3; kills += 1) {
      const running = startHoldfast(words(place.archive, bag));
      const exited = once(running, 'exit');
      const ended = await Promise.race([exited, delay(random() * span).then(() => undefined)]);
      if (ended !== undefined) break;
      running.kill('SIGKILL');
      await exited;
      honest(place, inVault(bag.path));
    }
    const last = holdfast(words(place.archive, bag));
    // A killed run that had come to its end leaves the last one nothing to do.
    const { error } = JSON.parse(last.stdout) as { readonly error?: { readonly message: string } };
    if (error === undefined) expect(last.status, last.stdout + last.stderr).toBe(0);
    else expect(error.message).toMatch(/is complete since/);
    expect(existsSync(inVault(bag.path))).toBe(false);
    expect(readdirSync(join(place.root, '.holdfast/staging'), { recursive: true }).join('\n')).not.toMatch(
      /bag-/,
    );
    expect(originals(kept)).toEqual(untouched);
    const log = holdfast(['log', 'verify', '--archive', place.archive, '--json']);
    expect(JSON.parse(log.stdout)).toMatchObject({ ok: true });
    expect(await writing(place.archive, (writer) => writer.checkCounters())).toEqual([]);
    const outcomes = rowsOf(
      join(place.archive, 'catalogue.sqlite'),
      `SELECT x.outcome, count(DISTINCT x.replica_id) AS copies, count(*) AS times FROM act_outcomes x
       JOIN acts a ON a.id = x.act_id WHERE a.kind = 'deletion' AND a.event_seq IS NOT NULL GROUP BY 1`,
    );
    expect(outcomes, `after ${String(kills)} kills`).toEqual([
      { outcome: 'deleted', copies: FILES, times: FILES },
    ]);
  }

  /** What a killed run leaves recorded is so: nothing is called deleted that stands, nothing gone that is not being removed. */
  function honest(place: ReturnType<typeof placeIn>, path: string): void {
    const catalogue = join(place.archive, 'catalogue.sqlite');
    const [row] = rowsOf<{ state: string }>(catalogue, 'SELECT state FROM deletion_places');
    const state = row?.state ?? 'not begun';
    if (existsSync(path)) expect(['not begun', 'pending', 'removing']).toContain(state);
    else expect(['removing', 'deleted']).toContain(state);
  }

  for (const seed of [1, 2, 3])
    it(`is completed by the next run (seed ${String(seed)})`, () => completes(seed));

  describeLong('all fifty moments', () => {
    for (let seed = 4; seed <= 50; seed += 1)
      it(`is completed by the next run (seed ${String(seed)})`, () => completes(seed));
  });
});
