import { mkdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openConnection } from '../../electron/adapters/sqlite/connection.ts';
import { createArchive, openHost, type Host } from '../../electron/host/index.ts';
import { auditResultSchema, type AuditResult } from '../../shared/contract/fixity.ts';
import { tempFolder } from '../support/temp.ts';

type Client = Host['client'];
type Asked = Parameters<Client['fixity']['audit']>[0];

const KB = 1000;

/** Folders of so many files of so many bytes each, taken into custody in place: a location each. */
async function custodyOf(...folders: readonly (readonly number[])[]) {
  const dir = tempFolder();
  const archive = join(dir, 'archive');
  await createArchive({ dir: archive, name: 'Archive', agent: 'Tester' });
  const host = await openHost({ archive, agent: 'Tester', mode: 'write', command: 'test' });
  onTestFinished(async () => void (await host.close()));
  const { client } = host;
  for (const [at, sizes] of folders.entries()) {
    const folder = join(dir, `shelf-${at + 1}`);
    mkdirSync(folder);
    for (const [n, size] of sizes.entries())
      writeFileSync(join(folder, `${String(n).padStart(3, '0')}.wav`), Buffer.alloc(size, at * 100 + n + 1));
    await resultOf(
      client,
      await client.accession.start({
        paths: [{ display: folder }],
        title: `Shelf ${at + 1}`,
        rightsBasis: 'other',
      }),
    );
  }
  return { client, dir, archive };
}

async function resultOf(client: Client, { id }: { readonly id: string }): Promise<unknown> {
  for await (const snapshot of await client.jobs.watch({ id })) expect(snapshot.id).toBe(id);
  return (await client.jobs.get({ id })).result;
}

async function audit(client: Client, asked: Asked = {}): Promise<AuditResult> {
  return auditResultSchema.parse(await resultOf(client, await client.fixity.audit(asked)));
}

async function lastFixityCheck(client: Client) {
  const { rows } = await client.events.list({ filter: { type: 'fixity check' } });
  return (await client.events.get({ id: rows[0]?.id ?? '' })).facts;
}

describe('a budget that plans less', () => {
  it('verifies the longest unverified of all locations, and is complete when it has', async () => {
    const { client } = await custodyOf([KB, KB, KB, KB], [KB, KB]);
    const first = await audit(client, { budget: { share: 1 / 3 } });
    expect(first).toMatchObject({
      run: { complete: true },
      planned: 2,
      outcomes: { intact: 2, not_checked: 0 },
      leftForLater: 4,
      asked: { share: 1 / 3 },
    });
    expect(await audit(client, { budget: { oldest: 3 } })).toMatchObject({ planned: 3, leftForLater: 3 });
    // What is left is the last that was never verified: it comes before all others.
    const last = await audit(client, { budget: { oldest: 1 } });
    expect(last).toMatchObject({ planned: 1, outcomes: { intact: 1 } });
    const health = await Promise.all(
      ['loc-1', 'loc-2'].map((location) => client.locations.health({ location })),
    );
    expect(health.every(({ oldestVerifiedAt }) => oldestVerifiedAt !== undefined)).toBe(true);
    expect(await lastFixityCheck(client)).toMatchObject({ asked: { oldest: 1 }, planned: 1, complete: true });
  });
});

describe('a budget that ends a run', () => {
  it('stops before the file that would pass its bytes, says so, and the next run goes on there', async () => {
    const { client } = await custodyOf([40 * KB, 40 * KB, 40 * KB, 40 * KB]);
    const first = await audit(client, { budget: { bytes: 100 * KB } });
    expect(first).toMatchObject({
      run: { complete: false },
      planned: 4,
      outcomes: { intact: 2, not_checked: 2 },
      endedBy: 'bytes',
      bytesRead: 80 * KB,
    });
    expect(await lastFixityCheck(client)).toMatchObject({
      asked: { bytes: 100 * KB },
      endedBy: 'bytes',
      complete: false,
    });
    await audit(client, { budget: { bytes: 100 * KB } });
    expect((await client.archive.status()).byOutcome).toMatchObject({ intact: 4 });
  });

  it('takes one file at least, however large it is', async () => {
    const { client } = await custodyOf([40 * KB, 40 * KB]);
    expect(await audit(client, { budget: { bytes: 1 } })).toMatchObject({
      outcomes: { intact: 1, not_checked: 1 },
      endedBy: 'bytes',
    });
  });

  it('finishes what is under way when its time is over, and begins no more', async () => {
    const { client } = await custodyOf(Array.from({ length: 600 }, () => KB));
    // All of it would take six seconds.
    const result = await audit(client, { budget: { timeMs: 200, bytesPerSecond: 100_000 } });
    expect(result.endedBy).toBe('time');
    expect(result.outcomes.intact).toBeGreaterThan(0);
    expect(result.outcomes.not_checked).toBeGreaterThan(0);
    expect((result.outcomes.intact ?? 0) + (result.outcomes.not_checked ?? 0)).toBe(600);
    expect(result.run.complete).toBe(false);
  });
});

it('reads no faster than it is told to, over all readers together', async () => {
  const { client } = await custodyOf([1_000 * KB, 1_000 * KB], [1_000 * KB, 1_000 * KB]);
  const began = performance.now();
  await audit(client, { budget: { bytesPerSecond: 4_000_000 } });
  // Four megabytes at four a second: a limit for each of two readers would take half of that.
  expect(performance.now() - began).toBeGreaterThan(900);
});

it('resumes a run of the same budget where it was, and no other', async () => {
  const { client } = await custodyOf(Array.from({ length: 30 }, () => 2_000 * KB));
  const asked = { budget: { oldest: 20, bytesPerSecond: 20_000_000 } };
  const job = await client.fixity.audit(asked);
  await pause(1500);
  const paused = await client.jobs.pause({ id: job.id });
  expect(paused.state).toBe('paused');
  expect(paused.title).toBe(
    'Audit of all locations, the 20 longest unverified, no faster than 20 MB a second',
  );
  const other = await client.fixity.audit({ budget: { oldest: 1 } });
  expect(other.id).not.toBe(job.id);
  await resultOf(client, other);
  const resumed = await client.fixity.audit(asked);
  expect(resumed.id).toBe(job.id);
  const result = auditResultSchema.parse(await resultOf(client, resumed));
  expect(result).toMatchObject({ planned: 20, outcomes: { intact: 20 }, run: { complete: true } });
  expect(result.bytesRead).toBeLessThan(40_000 * KB + 20_000 * KB);
});

describe('the cache', () => {
  it('may have given what was read, and the record says so', async () => {
    const { client, archive } = await custodyOf([KB]);
    expect((await audit(client)).cached).toBe(true);
    expect(await lastFixityCheck(client)).toMatchObject({ cached: true });
    const connection = openConnection(join(archive, 'catalogue.sqlite'), { readonly: true });
    onTestFinished(() => connection.close());
    expect(connection.sql('SELECT cached FROM runs ORDER BY act_id DESC LIMIT 1').get()).toEqual({
      cached: 1,
    });
  });

  it('is read past where that is asked for and can be done, with the same digests, whatever the size', async () => {
    const sizes = [0, 1, 4095, 4096, 4097, 1_048_575, 1_048_576, 1_048_577, 3_145_728];
    const { client } = await custodyOf(sizes);
    const result = await audit(client, { direct: true });
    expect(result.outcomes).toMatchObject({ intact: sizes.length });
    expect(result.bytesRead).toBe(sizes.reduce((sum, size) => sum + size, 0));
    expect(await lastFixityCheck(client)).toMatchObject({ cached: result.cached });
  });

  it('makes no other finding than what is read through it', async () => {
    const { client, dir } = await custodyOf([2_000 * KB, 10 * KB]);
    const [altered, cut] = [join(dir, 'shelf-1/000.wav'), join(dir, 'shelf-1/001.wav')];
    const { atime, mtime } = statSync(altered);
    writeFileSync(altered, Buffer.alloc(2_000 * KB, 99));
    utimesSync(altered, atime, mtime);
    writeFileSync(cut, Buffer.alloc(5 * KB, 2));
    const result = await audit(client, { direct: true });
    expect(result.findings.map(({ outcome }) => outcome).sort()).toEqual(['altered', 'truncated']);
  });
});

describe('readers of a location', () => {
  it('are as its device asks for, until somebody says otherwise, which is an event', async () => {
    const { client } = await custodyOf([KB, KB]);
    expect((await client.locations.list()).rows[0]?.readers).toBeUndefined();
    expect((await client.locations.set({ location: 'loc-1', readers: 1 })).location.readers).toBe(1);
    const { rows } = await client.events.list({ filter: { type: 'metadata modification' } });
    expect((await client.events.get({ id: rows[0]?.id ?? '' })).facts).toMatchObject({ readers: 1 });
    expect((await audit(client)).outcomes).toMatchObject({ intact: 2 });
    expect(
      (await client.locations.set({ location: 'loc-1', readers: 'auto' })).location.readers,
    ).toBeUndefined();
    await expect(client.locations.set({ location: 'loc-1', readers: 17 })).rejects.toThrow();
    await expect(client.locations.set({ location: 'nowhere', readers: 1 })).rejects.toThrow('no location');
  });
});
