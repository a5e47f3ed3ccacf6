/** What is known of a location after it was added: changed by the host, on real folders. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ArchiveStatus } from '../../shared/contract/archive.ts';
import type { EventDetail } from '../../shared/contract/events.ts';
import type { Job } from '../../shared/contract/jobs.ts';
import { createArchive, openHost, type Host } from '../../electron/host/index.ts';
import { agent } from '../support/written-catalogue.ts';
import { tempFolder } from '../support/temp.ts';
import { writing } from '../support/vault.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let host: Host;
let dir: string;

const PLACES = ['Desk', 'Vault'];

function open(): Promise<Host> {
  return openHost({
    archive: join(dir, 'archive'),
    agent: 'Ada',
    mode: 'write',
    command: 'test',
    stateFolder: join(dir, 'state'),
  });
}

async function ended(job: Job): Promise<Job> {
  for await (const { state } of await host.client.jobs.watch({ id: job.id })) void state;
  return host.client.jobs.get({ id: job.id });
}

/** Two places that hold the same two reels, in custody and read once. */
beforeEach(async () => {
  dir = tempFolder();
  await createArchive({ dir: join(dir, 'archive'), name: 'Kept', agent: 'Ada' });
  host = await open();
  for (const name of PLACES) {
    mkdirSync(join(dir, name));
    for (const reel of ['a.wav', 'b.wav']) writeFileSync(join(dir, name, reel), `sound of ${reel}`);
    await host.client.locations.add({ name, path: { display: join(dir, name) } });
    const paths = [{ display: join(dir, name) }];
    await ended(
      await host.client.accession.start({
        title: name,
        rightsBasis: 'other',
        source: 'S',
        acquired: 'A',
        paths,
      }),
    );
  }
  await ended(await host.client.fixity.audit({}));
});
afterEach(() => host.close());

async function events(): Promise<EventDetail[]> {
  const { rows } = await host.client.events.list({ limit: 1000 });
  const detailed = await Promise.all(rows.map(({ id }) => host.client.events.get({ id })));
  return detailed.filter(({ type }) => type === 'metadata modification' || type === 'policy assignment');
}

async function byStatus(): Promise<Record<string, number>> {
  const status: ArchiveStatus = await host.client.archive.status();
  return Object.fromEntries(Object.entries(status.byStatus).map(([name, { count }]) => [name, count]));
}

const refused = (message: RegExp) => ({
  code: 'BAD_INPUT',
  message: expect.stringMatching(message) as string,
});

describe('what a location could be lost with', () => {
  it('decides at once which items are replicated, and each change is an event that keeps what was', async () => {
    const { locations, events: log } = host.client;
    const all = (await byStatus())['verified'] ?? 0;
    expect(all).toBeGreaterThan(0);
    const known = (await events()).length;
    expect(await locations.set({ location: 'Desk', failureGroup: ' desk disk ' })).toMatchObject({
      changes: [{ fact: 'failureGroup', to: 'desk disk' }],
      nowReplicated: 0,
      noLongerReplicated: 0,
      location: { name: 'Desk', failureGroup: 'desk disk' },
    });
    expect(await byStatus()).toMatchObject({ verified: all, replicated: 0 });
    // Two groups now; then the same disk after all; then nobody knows.
    const facts = { location: 'Vault', site: 'Bern', medium: 'tape' };
    expect(await locations.set({ ...facts, failureGroup: 'vault' })).toMatchObject({
      nowReplicated: all,
      noLongerReplicated: 0,
      location: { site: 'Bern', medium: 'tape', failureGroup: 'vault' },
    });
    expect(await byStatus()).toMatchObject({ verified: 0, replicated: all });
    expect(await locations.set({ location: 'Vault', failureGroup: 'desk disk' })).toMatchObject({
      noLongerReplicated: all,
    });
    expect(await byStatus()).toMatchObject({ verified: all, replicated: 0 });
    await locations.set({ location: 'Vault', failureGroup: 'vault' });
    const last = await locations.set({ location: 'Vault', failureGroup: null, site: null });
    expect(last).toMatchObject({
      changes: [
        { fact: 'site', from: 'Bern' },
        { fact: 'failureGroup', from: 'vault' },
      ],
      noLongerReplicated: all,
    });
    expect(last.location).not.toHaveProperty('failureGroup');
    expect(await byStatus()).toMatchObject({ verified: all, replicated: 0 });

    const told = await events();
    expect(told).toHaveLength(known + 5);
    expect(told[0]).toMatchObject({
      type: 'metadata modification',
      agent: 'Ada',
      note: 'Location "Vault": site unknown, before "Bern"; failure group unknown, before "vault"',
      facts: { changed: ['site', 'failureGroup'] },
    });
    // What people wrote is no part of the chain, from which nothing can be erased.
    expect(JSON.stringify(told.map(({ facts: chained }) => chained))).not.toMatch(/Bern|vault|desk disk/);
    expect(await log.verify()).toMatchObject({ ok: true });
    await host.close();
    expect(await writing(join(dir, 'archive'), (writer) => writer.checkCounters())).toEqual([]);
    host = await open();
  });

  it('is no change, and no event, where it is recorded so already', async () => {
    const { locations } = host.client;
    await locations.set({ location: 'Desk', site: 'Bern' });
    const before = (await events()).length;
    const again = { location: 'Desk', name: 'Desk', site: 'Bern ', medium: null, writes: 'recover' } as const;
    expect(await locations.set({ ...again, readers: 'auto' })).toMatchObject({ changes: [] });
    expect(await locations.set({ location: 'Desk' })).toMatchObject({ changes: [] });
    expect(await events()).toHaveLength(before);
  });
});

describe('the name of a location', () => {
  it('is another from then on, everywhere; its id and what stands there stay', async () => {
    const { locations, archive, schedules } = host.client;
    await schedules.add({ words: 'a twelfth every month', kind: 'audit', location: 'Desk' });
    const { location } = await locations.set({ location: 'Desk', name: 'Studio NAS' });
    expect(location).toMatchObject({ id: 'loc-1', name: 'Studio NAS', replicas: 2 });
    expect(Object.keys((await archive.status()).byLocation)).toEqual(['Studio NAS', 'Vault']);
    expect(JSON.stringify((await schedules.list()).rows)).toContain('Studio NAS');
    await expect(locations.set({ location: 'Desk', site: 'Bern' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    const [told] = await events();
    expect(told).toMatchObject({ note: 'Location "Desk": name "Studio NAS", before "Desk"' });
  });

  it('is refused where it is that of another, or would be taken for its id; nothing else changes then', async () => {
    const { locations } = host.client;
    const before = await locations.list();
    for (const [name, why] of [
      ['Vault', /There is a location named "Vault" already/],
      ['loc-2', /how a location's id looks/],
    ] as const) {
      await expect(
        locations.set({ location: 'Desk', site: 'Bern', failureGroup: 'x', name }),
      ).rejects.toMatchObject(refused(why));
      await expect(locations.addOffline({ name })).rejects.toMatchObject(refused(why));
    }
    expect(await locations.list()).toEqual(before);
    await expect(locations.set({ location: 'Desk', name: '  ' })).rejects.toThrow();
  });
});

describe('what may be written to a location', () => {
  it('goes from what a recovery restores to nothing and back, as a policy', async () => {
    const { locations, decisions, fixity } = host.client;
    const damaged = join(dir, 'Desk', 'a.wav');
    rmSync(damaged);
    await ended(await fixity.audit({ location: 'Desk' }));
    expect(await locations.set({ location: 'Desk', writes: 'never', site: 'Bern' })).toMatchObject({
      changes: [{ fact: 'site' }, { fact: 'writes', from: 'recover', to: 'never' }],
    });
    const [policy, rest] = await events();
    expect(policy).toMatchObject({
      type: 'policy assignment',
      note: 'Location "Desk": writes never, before recover',
      facts: { location: 1, changed: ['writes'], writes: 'never' },
    });
    expect(rest).toMatchObject({ type: 'metadata modification', facts: { changed: ['site'] } });
    expect((await ended(await decisions.recover({ all: true }))).result).toMatchObject({
      done: 0,
      refused: [{ reason: expect.stringContaining('Nothing is ever written') as string }],
    });
    await locations.set({ location: 'Desk', writes: 'recover' });
    expect((await ended(await decisions.recover({ all: true }))).result).toMatchObject({ done: 1 });
  });

  it('is not taken from a recovery that is not over', async () => {
    rmSync(join(dir, 'Desk', 'a.wav'));
    await ended(await host.client.fixity.audit({ location: 'Desk' }));
    await host.close();
    // As a kill leaves it: opened, and nothing of it done.
    await writing(join(dir, 'archive'), (writer) =>
      writer.beginDecision({
        kind: 'recovery',
        title: 'Recovery',
        resumeKey: 'r',
        params: { as: 'recover', findingIds: [1] },
        findingIds: [1],
        agent,
      }),
    );
    host = await open();
    const { locations, jobs } = host.client;
    const [job] = (await jobs.list({ limit: 1 })).rows;
    const never = { location: 'Desk', writes: 'never' } as const;
    await expect(locations.set(never)).rejects.toMatchObject(
      refused(new RegExp(`is not over \\(${job?.id ?? '?'}\\).*Nothing was changed`)),
    );
    // It writes to the other one no more than before.
    expect(await locations.set({ ...never, location: 'Vault' })).toMatchObject({
      location: { writes: 'never' },
    });
    await jobs.cancel({ id: job?.id ?? '' });
    await ended(await jobs.get({ id: job?.id ?? '' }));
    expect(await locations.set(never)).toMatchObject({ location: { writes: 'never' } });
  });

  it('stays what it is in a managed location, and of a medium that never was connected', async () => {
    const { locations } = host.client;
    await locations.add({ name: 'Deep', path: { display: join(dir, 'deep') }, writes: 'managed' });
    await locations.addOffline({ name: 'LTO 0042' });
    const before = await locations.list();
    for (const writes of ['never', 'recover'] as const)
      await expect(locations.set({ location: 'Deep', writes })).rejects.toMatchObject(
        refused(/managed by Holdfast, and stays so/),
      );
    for (const change of [{ writes: 'recover' }, { readers: 2 }] as const)
      await expect(locations.set({ location: 'LTO 0042', ...change })).rejects.toMatchObject(
        refused(/never connected here/),
      );
    const managed = { location: 'Desk', writes: 'managed' } as unknown as Parameters<typeof locations.set>[0];
    await expect(locations.set(managed)).rejects.toThrow();
    expect(await locations.list()).toEqual(before);
    // Where it lies in the world is known of a tape too, and of a drive on the shelf what is read of it once it is back.
    await locations.set({ location: 'LTO 0042', site: 'Bern', failureGroup: 'safe', name: 'LTO 0043' });
    await locations.shelve({ location: 'Vault' });
    expect(await locations.set({ location: 'Vault', readers: 1, writes: 'never' })).toMatchObject({
      location: { kind: 'offline', readers: 1, writes: 'never' },
    });
  });
});
