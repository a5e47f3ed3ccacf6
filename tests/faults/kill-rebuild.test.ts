import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeVault } from '../fixtures/generate/vault.ts';
import { randomFrom } from '../fixtures/generate/random.ts';
import { holdfast, startHoldfast } from '../support/holdfast.ts';
import { differences, everyRow, type Rows } from '../support/rebuilt.ts';
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

describe('a rebuild killed at any moment', () => {
  const shared = sharedFolder();
  const vault = join(shared, 'vault');
  let reference: Rows = {};
  let span = 0;

  const words = (archive: string) => ['rebuild', archive, '--from', vault, '--moved', '--json'];

  beforeAll(async () => {
    await makeVault({ root: vault, accessions: 60, replicas: 6_000 });
    const archive = join(shared, 'never-killed');
    const began = Date.now();
    const ran = holdfast(words(archive));
    span = Date.now() - began;
    expect(ran.status, ran.stdout + ran.stderr).toBe(0);
    reference = withoutItself(everyRow(join(archive, 'catalogue.sqlite')));
  });

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

  for (const seed of [1, 2, 3])
    it(`is there whole or not at all, and the next run makes it (seed ${String(seed)})`, () =>
      leavesNothingHalf(seed));

  describeLong('all fifty moments', () => {
    for (let seed = 4; seed <= 50; seed += 1)
      it(`is there whole or not at all, and the next run makes it (seed ${String(seed)})`, () =>
        leavesNothingHalf(seed));
  });
});
