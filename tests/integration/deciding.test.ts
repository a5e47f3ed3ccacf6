/** What people decide on findings: over the real host, real files, a real catalogue. */
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { decisionResultSchema, type DecisionResult } from '../../shared/contract/decisions.ts';
import { openConnection } from '../../electron/adapters/sqlite/connection.ts';
import { createArchive, openHost, type Host } from '../../electron/host/index.ts';
import { rowsOf } from '../support/catalogue-rows.ts';
import { expectSound } from '../support/custodian.ts';
import { codeOf, rest } from '../support/letting-go.ts';
import { tempFolder } from '../support/temp.ts';

vi.setConfig({ testTimeout: 120_000 });

type Client = Host['client'];

const sound = readFileSync(join(import.meta.dirname, '../fixtures/audio/wav-pcm16.wav'));

class Shelf {
  readonly dir = tempFolder();
  readonly archive = join(this.dir, 'archive');
  readonly tapes = join(this.dir, 'tapes');
  host!: Host;

  get client(): Client {
    return this.host.client;
  }

  /** So many recordings in a folder, in custody in place; with a copy of each in a managed location. */
  async fill(files: number, inFolder = '', isCopied = true): Promise<void> {
    mkdirSync(join(this.tapes, inFolder), { recursive: true });
    for (let n = 1; n <= files; n++)
      writeFileSync(this.at(`${inFolder}/${n}.wav`), Buffer.concat([sound, Buffer.from(`take ${n}`)]));
    await createArchive({ dir: this.archive, name: 'Test archive', agent: 'Tester' });
    this.host = await openHost({
      archive: this.archive,
      agent: 'Ada Kettle',
      mode: 'write',
      command: 'test',
    });
    onTestFinished(async () => {
      await this.host.close();
    });
    await this.client.locations.add({
      path: { display: join(this.dir, 'vault') },
      name: 'Vault',
      writes: 'managed',
    });
    await this.ended(
      this.client.accession.start({
        paths: [{ display: this.tapes }],
        title: 'Tapes',
        rightsBasis: 'other',
        source: 'S',
        acquired: 'A',
      }),
    );
    if (isCopied) await this.ended(this.client.replication.start({ to: 'Vault' }));
    await this.audit();
  }

  at(name: string): string {
    return join(this.tapes, name);
  }

  /** Where the managed location has its copy. */
  inVault(name: string): string {
    const all = readdirSync(join(this.dir, 'vault'), { recursive: true, withFileTypes: true });
    return join(all.find((entry) => entry.name === name)?.parentPath ?? '', name);
  }

  async ended(started: ReturnType<Client['fixity']['audit']>): Promise<unknown> {
    const job = await rest(this.client, await started);
    expect(job.error).toBeUndefined();
    expect(job.state).toBe('done');
    return job.result;
  }

  async audit(): Promise<Record<string, number>> {
    return ((await this.ended(this.client.fixity.audit({}))) as { outcomes: Record<string, number> })
      .outcomes;
  }

  async resolve(input: Parameters<Client['decisions']['resolve']>[0]): Promise<DecisionResult> {
    return decisionResultSchema.parse(await this.ended(this.client.decisions.resolve(input)));
  }

  async recover(input: Parameters<Client['decisions']['recover']>[0]): Promise<DecisionResult> {
    return decisionResultSchema.parse(await this.ended(this.client.decisions.recover(input)));
  }

  /** The log verifies from start to end, and counters and items agree with what they count. */
  async holds(): Promise<void> {
    expect(await this.client.events.verify()).toMatchObject({ ok: true });
    expectSound(this.archive);
  }

  rows<Row>(query: string): Row[] {
    return rowsOf<Row>(join(this.archive, 'catalogue.sqlite'), query);
  }
}

it('a changed file becomes a new baseline by a reason alone; the digest so far stays, and earlier acts still verify', async () => {
  const shelf = new Shelf();
  await shelf.fill(3);
  appendFileSync(shelf.at('1.wav'), 'changed on purpose');
  expect(await shelf.audit()).toMatchObject({ tags_changed: 1, intact: 5 });
  expect(await codeOf(shelf.client.decisions.resolve({ findings: ['find-1'], as: 'accept' }))).toBe(
    'BAD_INPUT',
  );
  const reason = 'The end was recorded anew';
  const resolved = await shelf.resolve({ findings: ['find-1'], as: 'accept', reason });
  expect(resolved).toMatchObject({ done: 1, refusedTotal: 0 });
  const finding = await shelf.client.decisions.finding({ id: 'find-1' });
  expect(finding.resolution).toMatchObject({ as: 'accepted', by: 'Ada Kettle', reason });
  // What was expected then is told still, and the accession keeps the old content, of which the vault has a copy.
  expect(finding.expected.size).toBe(sound.length + 'take 1'.length);
  expect(shelf.rows('SELECT size FROM former_baselines')).toEqual([{ size: sound.length + 6 }]);
  expect((await shelf.client.items.list({ limit: 10 })).rows).toHaveLength(1);
  expect(shelf.rows('SELECT count(*) AS n FROM parts')).toEqual([{ n: 4 }]);
  await shelf.holds();
  // Nothing is verified that was read but once.
  expect((await shelf.client.archive.status()).byOutcome).toMatchObject({ intact: 5, not_checked: 1 });
  expect(await shelf.audit()).toMatchObject({ intact: 6, tags_changed: 0 });
  await shelf.holds();
});

it('a content whose only copy was accepted otherwise gives its place in the item to the new one', async () => {
  const shelf = new Shelf();
  await shelf.fill(2, '', false);
  const [before] = shelf.rows<{ id: number; object_id: number }>(
    'SELECT id, object_id FROM parts ORDER BY id',
  );
  appendFileSync(shelf.at('1.wav'), 'x');
  expect(await shelf.audit()).toMatchObject({ tags_changed: 1 });
  expect(await shelf.resolve({ outcome: 'tags_changed', as: 'accept', reason: 'R' })).toMatchObject({
    done: 1,
  });
  const [after] = shelf.rows<{ id: number; object_id: number }>(
    'SELECT id, object_id FROM parts ORDER BY id',
  );
  expect(after?.id).toBe(before?.id);
  expect(after?.object_id).not.toBe(before?.object_id);
  expect(shelf.rows('SELECT count(*) AS n FROM parts')).toEqual([{ n: 2 }]);
  // Its digest is remembered, and no longer counted among what is held.
  expect(shelf.rows('SELECT count(*) AS n FROM objects')).toEqual([{ n: 3 }]);
  expect((await shelf.client.archive.status()).objects).toBe(2);
  await shelf.holds();
});

it('what changed once more since it was found is not accepted, and what is intact again is a false alarm only when read', async () => {
  const shelf = new Shelf();
  await shelf.fill(2);
  const good = readFileSync(shelf.at('1.wav'));
  writeFileSync(shelf.at('1.wav'), 'first');
  await shelf.audit();
  writeFileSync(shelf.at('1.wav'), 'second');
  const refused = await shelf.resolve({ findings: ['find-1'], as: 'accept', reason: 'R' });
  expect(refused.refused[0]?.reason).toMatch(/changed once more/);
  expect((await shelf.resolve({ findings: ['find-1'], as: 'false-alarm' })).refused[0]?.reason).toMatch(
    /no false alarm/,
  );
  writeFileSync(shelf.at('1.wav'), good);
  await shelf.audit();
  // An intact check resolves nothing by itself, but shows.
  expect((await shelf.client.fixity.findings({ limit: 10 })).rows).toMatchObject([{ intactSince: true }]);
  expect((await shelf.client.decisions.finding({ id: 'find-1' })).nextGood).toBeDefined();
  expect((await shelf.recover({ findings: ['find-1'] })).refused[0]?.reason).toMatch(/is intact/);
  expect(await shelf.resolve({ findings: ['find-1'], as: 'false-alarm' })).toMatchObject({ done: 1 });
  expect((await shelf.client.archive.status()).openFindings).toBe(0);
  await shelf.holds();
});

it('a recovery takes the next copy where one has rotted, and overwrites nothing that stands in the way', async () => {
  const shelf = new Shelf();
  await shelf.fill(6);
  const good = readFileSync(shelf.at('1.wav'));
  rmSync(shelf.at('1.wav'));
  rmSync(shelf.at('2.wav'));
  await shelf.audit();
  // Rots after it was verified.
  appendFileSync(shelf.inVault('2.wav'), 'rot');
  mkdirSync(shelf.at('1.wav'));
  const first = await shelf.recover({ all: true });
  expect(first).toMatchObject({ done: 0, refusedTotal: 2 });
  expect(first.refused.map(({ reason }) => reason).sort()).toEqual([
    expect.stringMatching(/^At its place stands a folder/),
    expect.stringMatching(/none of them is good now/),
  ]);
  expect(existsSync(shelf.at('2.wav'))).toBe(false);
  rmSync(shelf.at('1.wav'), { recursive: true });
  expect(await shelf.recover({ findings: ['find-1'] })).toMatchObject({ done: 1, quarantined: 0 });
  expect(readFileSync(shelf.at('1.wav')).equals(good)).toBe(true);
  // Nothing of a recovery is left beside the files, since nothing was set aside.
  expect(readdirSync(shelf.tapes)).not.toContain('.holdfast-quarantine');
  await shelf.holds();
});

it('a location that is never written to is not recovered, and says so before', async () => {
  const shelf = new Shelf();
  await shelf.fill(6);
  await shelf.host.close();
  const connection = openConnection(join(shelf.archive, 'catalogue.sqlite'));
  connection.sql(`UPDATE locations SET writes = 'never' WHERE name = 'tapes'`).run();
  connection.close();
  shelf.host = await openHost({ archive: shelf.archive, agent: 'Ada', mode: 'write', command: 'test' });
  rmSync(shelf.at('1.wav'));
  expect(await shelf.audit()).toMatchObject({ missing: 1 });
  const preview = await shelf.client.decisions.previewRecovery({ all: true });
  expect(preview.willDo).toEqual([]);
  expect(preview.refused).toMatchObject([
    { reason: expect.stringMatching(/Nothing is ever written/) as string },
  ]);
  expect(await shelf.recover({ all: true })).toMatchObject({ done: 0, refusedTotal: 1 });
  expect(existsSync(shelf.at('1.wav'))).toBe(false);
  await shelf.holds();
});

it('many files that change at once are one finding, and what is suspended goes on once a person has decided', async () => {
  const shelf = new Shelf();
  await shelf.fill(30, 'box');
  writeFileSync(shelf.at('beside.txt'), 'so that the place is known');
  renameSync(shelf.at('box'), join(shelf.dir, 'box elsewhere'));
  mkdirSync(shelf.at('box'));
  // The files that vouch for the place are in the folder that is gone: the place itself is then out of reach, and nothing lost.
  expect(await shelf.audit()).toMatchObject({ missing: 0, not_checked: 30 });
  rmSync(shelf.at('box'), { recursive: true });
  renameSync(join(shelf.dir, 'box elsewhere'), shelf.at('box'));
  for (let n = 1; n <= 30; n++)
    writeFileSync(
      shelf.at(`box/${n}.wav`),
      Buffer.alloc(9000, `${n} not a sound any more, and of no format `),
    );
  // No part of it: another location, and one file alone. So the last of them has no good copy.
  rmSync(shelf.inVault('30.wav'));
  const audited = await shelf.ended(shelf.client.fixity.audit({}));
  expect(audited).toMatchObject({
    outcomes: { altered: 30, missing: 1 },
    massChanges: [{ id: 'mass-1', location: { name: 'tapes' }, files: 30, ofFiles: 30 }],
  });
  expect(await shelf.client.archive.status()).toMatchObject({ openMassChanges: 1, openFindings: 31 });
  const { rows } = await shelf.client.decisions.massChanges({ all: false });
  const found = { files: 30, ofFiles: 30, outcomes: { altered: 30 }, openFindings: 30 };
  expect(rows).toMatchObject([{ id: 'mass-1', ...found }]);
  expect(rows[0]?.folder.display).toBe(shelf.at('box'));
  expect(rows[0]?.lastIntactAt).toBeDefined();

  const together = { massChange: 'mass-1' } as const;
  const accepted = await shelf.resolve({ ...together, as: 'accept', reason: 'R' });
  expect(accepted).toMatchObject({ done: 0, refusedTotal: 30 });
  expect(accepted.refused[0]?.reason).toMatch(/changed at once.*findings mass show mass-1/);
  expect((await shelf.recover({ all: true })).done).toBe(0);
  expect(await codeOf(shelf.client.replication.start({ to: 'Vault' }))).toBe('BAD_INPUT');
  const decided = { id: 'mass-1', as: 'damage', reason: 'Malware' } as const;
  expect(await shelf.client.decisions.decideMassChange(decided)).toMatchObject({
    decided: { as: 'damage', by: 'Ada Kettle', reason: 'Malware' },
  });
  expect(await codeOf(shelf.client.decisions.decideMassChange(decided))).toBe('BAD_INPUT');

  expect(await codeOf(shelf.client.decisions.previewRecovery({ massChange: 'mass-2' }))).toBe('NOT_FOUND');
  expect(await codeOf(shelf.client.decisions.previewRecovery({ massChange: 'loc-1' }))).toBe('NOT_FOUND');
  expect(await codeOf(shelf.client.decisions.recover({ ...together, findings: ['find-1'] }))).toBe(
    'BAD_INPUT',
  );
  const preview = await shelf.client.decisions.previewRecovery(together);
  expect([preview.willDo.length, preview.refused.length]).toEqual([29, 1]);
  expect(await shelf.recover(together)).toMatchObject({ done: 29, quarantined: 29, refusedTotal: 1 });
  expect(await shelf.client.decisions.massChange({ id: 'mass-1' })).toMatchObject({ openFindings: 1 });
  expect(await shelf.resolve({ ...together, as: 'accept', reason: 'No other copy is left' })).toMatchObject({
    done: 1,
  });
  expect(await shelf.client.decisions.massChange({ id: 'mass-1' })).toMatchObject({ openFindings: 0 });
  expect(await codeOf(shelf.client.decisions.recover(together))).toBe('BAD_INPUT');
  expect((await shelf.client.fixity.findings({})).rows).toMatchObject([{ outcome: 'missing' }]);
  await shelf.holds();
});

it('from how many on they are one finding is the policy of the archive', async () => {
  const shelf = new Shelf();
  await shelf.fill(6, '', false);
  for (const n of [1, 2, 3]) appendFileSync(shelf.at(`${n}.wav`), 'changed');
  await shelf.audit();
  expect((await shelf.client.decisions.massChanges({ all: true })).rows).toEqual([]);
  const massChange = { share: 0.5, files: 100, least: 3 };
  expect((await shelf.client.archive.updatePolicy({ massChange })).policy.massChange).toEqual(massChange);
  await shelf.audit();
  expect((await shelf.client.decisions.massChanges({ all: true })).rows).toMatchObject([
    { files: 3, ofFiles: 6 },
  ]);
  await shelf.holds();
});

it('a replica tells its whole history: custody, checks, what was found and what came of it', async () => {
  const shelf = new Shelf();
  await shelf.fill(2);
  const idAt = async (display: string) => (await shelf.client.holdings.show({ path: { display } })).id;
  const [id, inVault] = [await idAt(shelf.at('1.wav')), await idAt(shelf.inVault('1.wav'))];
  writeFileSync(shelf.at('1.wav'), 'not the sound');
  await shelf.audit();
  await shelf.recover({ all: true });
  await shelf.audit();
  const { rows, isWhole } = await shelf.client.holdings.history({ id });
  expect(isWhole).toBe(true);
  expect(rows.map(({ what, outcome, as }) => [what, outcome ?? as])).toEqual([
    ['check', 'intact'],
    ['resolved', 'recovered'],
    ['set aside', undefined],
    ['finding', 'truncated'],
    ['check', 'intact'],
    ['custody', `${String(new Date().getUTCFullYear())}-0001`],
  ]);
  expect(rows.find(({ what }) => what === 'resolved')).toMatchObject({ id: 'find-1', by: 'Ada Kettle' });
  const copy = await shelf.client.holdings.history({ id: inVault });
  expect(copy.rows.map(({ what }) => what)).toEqual(['check', 'check', 'check', 'copied', 'custody']);
  expect(await codeOf(shelf.client.holdings.history({ id: 'rep-99' }))).toBe('NOT_FOUND');
  expect(await codeOf(shelf.client.holdings.history({ id: 'item-1' }))).toBe('BAD_INPUT');
});
