import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AuditResult } from '../../shared/contract/fixity.ts';
import type { Job } from '../../shared/contract/jobs.ts';
import { createArchive, openHost, type Host } from '../../electron/host/index.ts';
import { tempFolder } from '../support/temp.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let host: Host;
let dir: string;

async function ended(job: Job): Promise<Job> {
  for await (const { state } of await host.client.jobs.watch({ id: job.id })) void state;
  return host.client.jobs.get({ id: job.id });
}

beforeEach(async () => {
  dir = tempFolder();
  const archive = join(dir, 'archive');
  await createArchive({ dir: archive, name: 'Kept', agent: 'Ada' });
  host = await openHost({
    archive,
    agent: 'Ada',
    mode: 'write',
    command: 'test',
    stateFolder: join(dir, 'state'),
  });
  for (const name of ['Desk', 'Rotation']) {
    mkdirSync(join(dir, name));
    writeFileSync(join(dir, name, 'reel.wav'), `sound of ${name}`);
    await host.client.locations.add({ name, path: { display: join(dir, name) } });
    await ended(
      await host.client.accession.start({
        title: name,
        rightsBasis: 'other',
        source: 'S',
        acquired: 'A',
        paths: [{ display: join(dir, name) }],
      }),
    );
  }
});

afterEach(() => host.close());

const refused = (message: RegExp) => ({
  code: 'BAD_INPUT',
  message: expect.stringMatching(message) as string,
});

describe('a location that was put on the shelf', () => {
  it('is offline as planned: an audit of everything plans none of it, is complete, and says so', async () => {
    const { locations, fixity, archive } = host.client;
    const shelved = await locations.shelve({ location: 'Rotation', shelf: 'Safe 2' });
    expect(shelved).toMatchObject({ kind: 'offline', offline: { shelf: 'Safe 2' }, replicas: 1 });
    const { result } = await ended(await fixity.audit({}));
    expect(result as AuditResult).toMatchObject({
      planned: 1,
      outcomes: { intact: 1 },
      run: { complete: true },
      unreachable: [],
      offline: [{ location: shelved.id, name: 'Rotation', replicas: 1 }],
    });
    expect(await archive.status()).toMatchObject({
      byOutcome: { intact: 1, not_checked: 1 },
      offline: { locations: 1, replicas: 1, toFetch: 0 },
    });
    expect(await locations.check({})).toMatchObject({
      rows: [{ name: 'Desk', state: 'reachable' }],
      offline: [{ name: 'Rotation' }],
    });
    await expect(fixity.audit({ location: 'Rotation' })).rejects.toMatchObject(
      refused(/offline as planned.*location unshelve "Rotation"/),
    );
  });

  it('keeps what is known of its replicas: the share that is verified, and the run that last looked', async () => {
    const { locations, fixity } = host.client;
    const [desk, rotation] = (await locations.list()).rows;
    const of = (row: typeof desk) => locations.health({ location: row?.id ?? '' });
    expect(await of(desk)).toMatchObject({ replicas: 1, verified: 0 });
    expect(await of(desk)).not.toHaveProperty('lastRun');
    const first = await ended(await fixity.audit({ location: 'Rotation' }));
    await locations.shelve({ location: 'Rotation' });
    const second = await ended(await fixity.rescan({}));
    const lastRun = { kind: 'audit', job: first.id, complete: true, endedAt: first.finishedAt };
    expect(await of(rotation)).toMatchObject({
      verified: 1,
      lastRun: { ...lastRun, endedAt: expect.any(String) as string },
    });
    // A rescan that finds nothing changed reads nothing, and is no look at any replica.
    expect(second.state).toBe('done');
    expect(await of(desk)).not.toHaveProperty('lastRun');
    const third = await ended(await fixity.audit({}));
    expect(await of(desk)).toMatchObject({ verified: 1, lastRun: { kind: 'audit', job: third.id } });
    expect(await of(rotation)).toMatchObject({ lastRun: { job: first.id } });
  });

  it('is audited again once it is connected', async () => {
    const { locations, fixity } = host.client;
    await locations.shelve({ location: 'Rotation' });
    expect(await locations.unshelve({ location: 'Rotation' })).toMatchObject({ kind: 'folder' });
    const { result } = await ended(await fixity.audit({}));
    expect(result as AuditResult).toMatchObject({ outcomes: { intact: 2 }, offline: [] });
    await expect(locations.unshelve({ location: 'Rotation' })).rejects.toMatchObject(
      refused(/no offline location/),
    );
  });

  it('is not connected again where another location stands now', async () => {
    const { locations } = host.client;
    await locations.shelve({ location: 'Rotation' });
    await locations.add({ name: 'Rotation B', path: { display: join(dir, 'Rotation') } });
    await expect(locations.unshelve({ location: 'Rotation' })).rejects.toMatchObject({
      code: 'LOCATIONS_OVERLAP',
    });
    await locations.shelve({ location: 'Rotation B' });
    await locations.unshelve({ location: 'Rotation' });
  });
});

describe('a medium that never was connected', () => {
  it('has no folder, and can be found by what is written on it', async () => {
    const { locations } = host.client;
    const facts = { barcode: 'HF0042L8', shelf: 'Safe 2', generation: 'LTO-8', recallBy: '2027-06-30' };
    const tape = await locations.addOffline({ name: 'LTO 0042', medium: 'tape', ...facts });
    expect(tape).toMatchObject({ kind: 'offline', writes: 'never', offline: facts, replicas: 0 });
    await expect(locations.addOffline({ name: 'LTO 0043', barcode: 'HF0042L8' })).rejects.toMatchObject(
      refused(/barcode HF0042L8 is that of "LTO 0042"/),
    );
    expect((await locations.list()).rows.map(({ name }) => name)).toEqual(['Desk', 'Rotation', 'LTO 0042']);
    await locations.shelve({ location: 'LTO 0042', shelf: 'Vault' });
    expect((await locations.list()).rows[2]?.offline).toEqual({ ...facts, shelf: 'Vault' });
    await locations.shelve({ location: 'LTO 0042', recallBy: null, barcode: null });
    expect((await locations.list()).rows[2]?.offline).toEqual({ shelf: 'Vault', generation: 'LTO-8' });
    await expect(locations.unshelve({ location: 'LTO 0042' })).rejects.toMatchObject(
      refused(/never connected/),
    );
  });

  it('is lent to one at a time; every loan stays on record, and both ways are events', async () => {
    const { locations, events, archive } = host.client;
    const { id } = await locations.addOffline({ name: 'LTO 0042' });
    const lent = await locations.checkOut({ location: id, to: 'Studio Kettle', expectedBack: '2020-01-15' });
    expect(lent.offline?.loan).toMatchObject({ to: 'Studio Kettle', outBy: 'Ada' });
    await expect(locations.checkOut({ location: id, to: 'Bo' })).rejects.toMatchObject(
      refused(/lent to Studio Kettle/),
    );
    await expect(locations.checkOut({ location: 'Desk', to: 'Bo' })).rejects.toMatchObject(
      refused(/no offline location/),
    );
    expect((await locations.recall()).rows).toMatchObject([
      { location: id, why: 'lent', due: '2020-01-15', isPast: true },
    ]);
    expect((await archive.status()).offline).toMatchObject({ toFetch: 1 });

    const back = await locations.checkIn({ location: id, condition: 'Case cracked' });
    expect(back.offline).not.toHaveProperty('loan');
    await expect(locations.checkIn({ location: id })).rejects.toMatchObject(refused(/not lent/));
    await locations.checkOut({ location: id, to: 'Bo' });
    expect((await locations.loans({ location: id })).rows).toMatchObject([
      { to: 'Bo' },
      { to: 'Studio Kettle', condition: 'Case cracked', backBy: 'Ada' },
    ]);
    const { rows } = await events.list({});
    expect(rows.filter(({ type }) => type === 'transfer')).toHaveLength(3);
    expect(await events.verify()).toMatchObject({ ok: true });
  });

  it('is not handed out by a date that is none', async () => {
    const { locations } = host.client;
    await locations.addOffline({ name: 'LTO 0042' });
    await expect(
      locations.checkOut({ location: 'LTO 0042', to: 'Bo', expectedBack: 'next week' }),
    ).rejects.toThrow();
    expect((await locations.loans({ location: 'LTO 0042' })).rows).toEqual([]);
  });
});
