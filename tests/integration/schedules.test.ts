import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AuditResult } from '../../shared/contract/fixity.ts';
import type { Job } from '../../shared/contract/jobs.ts';
import { createArchive, openHost, type Host } from '../../electron/host/index.ts';
import { tempFolder } from '../support/temp.ts';

const SATURDAY = Date.parse('2026-11-28T12:00:00Z');
const DAY = 86_400_000;
/** Due every night at 03:00 UTC. */
const NIGHTLY = { words: 'everything every night', name: 'nightly', timeZone: 'UTC' } as const;

let dir: string;
let host: Host;

/** What the clock says; timers go on by themselves. */
const setClock = (at: number): void => void vi.setSystemTime(at);

async function open(scheduleEveryMs?: number): Promise<void> {
  host = await openHost({
    archive: join(dir, 'archive'),
    agent: 'Ada',
    mode: 'write',
    command: 'test',
    stateFolder: join(dir, 'state'),
    ...(scheduleEveryMs === undefined ? {} : { scheduleEveryMs }),
  });
}

async function ended(job: Job): Promise<Job> {
  for await (const { state } of await host.client.jobs.watch({ id: job.id })) void state;
  return host.client.jobs.get({ id: job.id });
}

const listed = async () => (await host.client.schedules.list()).rows[0];
const dueNames = async () => (await host.client.schedules.due()).rows.map(({ name }) => name);

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: SATURDAY });
  dir = tempFolder();
  await createArchive({ dir: join(dir, 'archive'), name: 'Kept', agent: 'Ada' });
  await open();
  const tapes = join(dir, 'tapes');
  mkdirSync(tapes);
  for (let n = 0; n < 12; n++) writeFileSync(join(tapes, `${String(n)}.wav`), `sound ${String(n)}`);
  await ended(
    await host.client.accession.start({
      title: 'Tapes',
      rightsBasis: 'other',
      source: 'S',
      acquired: 'A',
      paths: [{ display: tapes }],
    }),
  );
});

afterEach(async () => {
  await host.close();
  vi.useRealTimers();
});

describe('a schedule', () => {
  it('is due from its time until it was run, and then again at the next', async () => {
    const schedule = await host.client.schedules.add(NIGHTLY);
    expect(schedule).toMatchObject({ cron: '0 3 * * *', missed: 0, nextDueAt: '2026-11-29T03:00:00.000Z' });
    expect(await dueNames()).toEqual([]);
    await expect(host.client.schedules.run({ name: 'nightly' })).rejects.toMatchObject({ code: 'BAD_INPUT' });

    setClock(SATURDAY + DAY);
    expect(await listed()).toMatchObject({ overdueSince: '2026-11-29T03:00:00.000Z', missed: 0 });
    const job = await ended(await host.client.schedules.run({ name: 'nightly' }));
    expect((job.result as AuditResult).outcomes).toMatchObject({ intact: 12 });
    expect(await dueNames()).toEqual([]);
    expect(await listed()).toMatchObject({
      nextDueAt: '2026-11-30T03:00:00.000Z',
      lastRun: {
        job: job.id,
        tone: 'well',
        headline: 'All is well: all 12 copies that were read are intact',
      },
    });
    expect(await listed()).not.toHaveProperty('overdueSince');
  });

  it('catches up with one run, however many were missed', async () => {
    await host.client.schedules.add(NIGHTLY);
    setClock(SATURDAY + 10 * DAY);
    expect(await listed()).toMatchObject({ overdueSince: '2026-12-08T03:00:00.000Z', missed: 9 });
    await ended(await host.client.schedules.run({ name: 'nightly' }));
    expect(await dueNames()).toEqual([]);
  });

  it('is neither repeated nor lost when the clock is set back and forward', async () => {
    await host.client.schedules.add(NIGHTLY);
    setClock(SATURDAY + DAY);
    await ended(await host.client.schedules.run({ name: 'nightly' }));
    // An hour or two back: that night is done.
    setClock(Date.parse('2026-11-29T02:00:00Z'));
    expect(await dueNames()).toEqual([]);
    setClock(Date.parse('2026-11-29T04:00:00Z'));
    expect(await dueNames()).toEqual([]);
    // A year ahead by mistake: run once, and once the clock is right again every night is due as before.
    setClock(SATURDAY + 365 * DAY);
    await ended(await host.client.schedules.run({ name: 'nightly' }));
    setClock(SATURDAY + 2 * DAY);
    expect(await dueNames()).toEqual([]);
    setClock(SATURDAY + 3 * DAY);
    expect(await dueNames()).toEqual(['nightly']);
  });

  it('stays due when its run did not come to its end, and goes on with the same job', async () => {
    await host.client.schedules.add(NIGHTLY);
    setClock(SATURDAY + DAY);
    const { id } = await host.client.schedules.run({ name: 'nightly' });
    await host.close(); // pauses it, unless it was quicker
    await open();
    const job = await host.client.jobs.get({ id });
    expect(await dueNames()).toEqual(job.state === 'done' ? [] : ['nightly']);
    if (job.state !== 'done') expect((await host.client.schedules.run({ name: 'nightly' })).id).toBe(id);
  });

  it('sees what runs already', async () => {
    await host.client.schedules.add(NIGHTLY);
    setClock(SATURDAY + DAY);
    const [first, second] = await Promise.allSettled([
      host.client.schedules.run({ name: 'nightly' }),
      host.client.schedules.run({ name: 'nightly' }),
    ]);
    expect(first.status).toBe('fulfilled');
    expect(second).toMatchObject({ status: 'rejected', reason: { code: 'JOB_RUNNING' } });
    if (first.status === 'fulfilled') await ended(first.value);
  });

  it('is not due while it is paused, and catches up when it is resumed', async () => {
    await host.client.schedules.add(NIGHTLY);
    await host.client.schedules.pause({ name: 'nightly' });
    setClock(SATURDAY + DAY);
    expect(await dueNames()).toEqual([]);
    expect(await host.client.schedules.resume({ name: 'nightly' })).toMatchObject({ paused: false });
    expect(await dueNames()).toEqual(['nightly']);
  });

  it('of one location leaves the others alone, and is named after both', async () => {
    const [location] = (await host.client.locations.list()).rows;
    const schedule = await host.client.schedules.add({
      words: 'a twelfth every month',
      location: location?.id ?? '',
    });
    expect(schedule).toMatchObject({
      name: `${location?.name ?? ''}: a twelfth every month`,
      location: { id: location?.id },
    });
  });

  it('once removed is no more, and its name is free', async () => {
    await host.client.schedules.add(NIGHTLY);
    await expect(host.client.schedules.add(NIGHTLY)).rejects.toMatchObject({ code: 'BAD_INPUT' });
    await host.client.schedules.remove({ name: 'nightly' });
    expect((await host.client.schedules.list()).rows).toEqual([]);
    await expect(host.client.schedules.remove({ name: 'nightly' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await host.client.schedules.add(NIGHTLY);
    const { rows } = await host.client.events.list({});
    expect(rows.filter(({ type }) => type === 'policy assignment').length).toBeGreaterThanOrEqual(3);
  });

  it('of a rescan takes no amount', async () => {
    await expect(
      host.client.schedules.add({ words: '500 GB every night', kind: 'rescan' }),
    ).rejects.toMatchObject({ code: 'BAD_INPUT' });
    await host.client.schedules.add({ ...NIGHTLY, kind: 'rescan' });
    setClock(SATURDAY + DAY);
    await ended(await host.client.schedules.run({ name: 'nightly' }));
    expect(await listed()).toMatchObject({
      lastRun: { tone: 'well', headline: 'All is well: everything stands as it was recorded' },
    });
  });

  it('says that a location could not be reached, and is settled all the same', async () => {
    await host.client.schedules.add(NIGHTLY);
    renameSync(join(dir, 'tapes'), join(dir, 'elsewhere'));
    setClock(SATURDAY + DAY);
    await ended(await host.client.schedules.run({ name: 'nightly' }));
    expect(await dueNames()).toEqual([]);
    expect(await listed()).toMatchObject({
      lastRun: { tone: 'attention', headline: 'Nothing wrong was found, and not everything was checked' },
    });
  });
});

describe('an archive that stays open', () => {
  it('runs by itself what is due, once', async () => {
    await host.client.schedules.add(NIGHTLY);
    await host.close();
    setClock(SATURDAY + 3 * DAY);
    await open(50);
    await expect.poll(async () => (await listed())?.lastRun?.tone, { timeout: 20_000 }).toBe('well');
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect((await host.client.jobs.list({})).rows.filter(({ kind }) => kind === 'audit')).toHaveLength(1);
  });

  it('leaves what a person pauses until that person resumes it, or its next time comes', async () => {
    await host.client.schedules.add(NIGHTLY);
    setClock(SATURDAY + DAY);
    const { id } = await host.client.schedules.run({ name: 'nightly' });
    const { state } = await host.client.jobs.pause({ id });
    expect(await dueNames()).toEqual([]);
    setClock(SATURDAY + 2 * DAY);
    expect(await dueNames()).toEqual(['nightly']);
    if (state === 'paused') expect((await host.client.schedules.run({ name: 'nightly' })).id).toBe(id);
  });
});
