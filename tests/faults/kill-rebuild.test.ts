import { once } from 'node:events';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeVault } from '../fixtures/generate/vault.ts';
import { randomFrom } from '../fixtures/generate/random.ts';
import { holdfast, startHoldfast } from '../support/holdfast.ts';
import { archiveFolder, differences, everyRow, filesIn, type Rows } from '../support/rebuilt.ts';
import { expectSound } from '../support/custodian.ts';
import { describeLong } from '../support/skips.ts';
import { sharedFolder, tempFolder } from '../support/temp.ts';

/** Each rebuild has its own key, and its own event at its own time. */
function withoutItself({ signing_keys: _, agents: __, ...rows }: Rows): Rows {
  const last = `["${String(rows['events']?.length ?? 0)}",`;
  return Object.fromEntries(
    Object.entries(rows).map(([table, lines]) => [
      table,
      table.startsWith('event') ? lines.filter((line) => !line.startsWith(last)) : lines,
    ]),
  );
}

/** What is left of a location of which the snapshots are lost. */
function withoutSnapshots(vault: string): void {
  rmSync(join(archiveFolder(vault), 'snapshots'), { recursive: true });
  expect(filesIn(vault, 'supplements')).not.toEqual([]);
}

describe.for([
  ['a snapshot', () => undefined],
  ['supplements alone', withoutSnapshots],
] as const)('a rebuild from %s, stopped at any moment', ([, lose]) => {
  const shared = sharedFolder();
  const vault = join(shared, 'vault');
  let reference: Rows = {};
  let span = 0;

  const words = (archive: string) => ['rebuild', archive, '--from', vault, '--moved', '--json'];

  beforeAll(async () => {
    await makeVault({ root: vault, accessions: 60, replicas: 6_000 });
    lose(vault);
    const archive = join(shared, 'never-stopped');
    const began = Date.now();
    const ran = holdfast(words(archive));
    span = Date.now() - began;
    expect(ran.status, ran.stdout + ran.stderr).toBe(0);
    reference = withoutItself(everyRow(join(archive, 'catalogue.sqlite')));
  });

  /** The next run makes it, the same, and nothing else is there. */
  function isMadeIn(dir: string): void {
    const archive = join(dir, 'archive');
    if (!existsSync(archive)) {
      const last = holdfast(words(archive));
      expect(last.status, last.stdout + last.stderr).toBe(0);
    }
    expect(differences(reference, withoutItself(everyRow(join(archive, 'catalogue.sqlite'))))).toEqual({});
    expectSound(archive);
    expect(readdirSync(dir)).toEqual(['archive']);
    const log = holdfast(['log', 'verify', '--archive', archive, '--json']);
    expect(JSON.parse(log.stdout)).toMatchObject({ ok: true });
  }

  async function leavesNothingHalf(seed: number): Promise<void> {
    const dir = tempFolder();
    const archive = join(dir, 'archive');
    const random = randomFrom(seed);
    for (let kills = 0; kills < 2; kills += 1) {
      const process = startHoldfast(words(archive));
      const exited = once(process, 'exit');
      const ended = await Promise.race([exited, delay(random() * span).then(() => undefined)]);
      if (ended !== undefined) break;
      process.kill('SIGKILL');
      await exited;
      if (existsSync(archive)) break;
    }
    isMadeIn(dir);
  }

  it.for([0, 0.6])('by Ctrl-C %d of the way leaves nothing, and exits 130', async (share) => {
    const dir = tempFolder();
    const process = startHoldfast(words(join(dir, 'archive')));
    const exited = once(process, 'exit') as Promise<[number | null, string | null]>;
    while (readdirSync(dir).length === 0 && process.exitCode === null) await delay(5);
    // It has begun to write; of the whole span its start is the smaller part.
    await Promise.race([exited, delay(share * span * 0.6)]);
    process.kill('SIGINT');
    const [code, signal] = await exited;
    expect(signal).toBeNull();
    // Whoever asks too late has the whole.
    if (code !== 0) expect(code).toBe(130);
    else expect(share).toBeGreaterThan(0);
    expect(readdirSync(dir)).toEqual(code === 0 ? ['archive'] : []);
    isMadeIn(dir);
  });

  for (const seed of [1, 2])
    it(`is there whole or not at all, and the next run makes it (seed ${String(seed)})`, () =>
      leavesNothingHalf(seed));

  describeLong('all fifty moments', () => {
    for (let seed = 3; seed <= 50; seed += 1)
      it(`is there whole or not at all, and the next run makes it (seed ${String(seed)})`, () =>
        leavesNothingHalf(seed));
  });
});
