import { mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createArchive, openHost, type Host } from '../../electron/host/index.ts';
import { mailServer } from '../support/mail-server.ts';
import { tempFolder } from '../support/temp.ts';

const SATURDAY = Date.parse('2026-11-28T12:00:00Z');
const DAY = 86_400_000;

let dir: string;
let host: Host;

async function open(): Promise<void> {
  host = await openHost({
    archive: join(dir, 'archive'),
    agent: 'Ada',
    mode: 'write',
    command: 'test',
    stateFolder: join(dir, 'state'),
  });
}

async function ended({ id }: { id: string }): Promise<void> {
  for await (const { state } of await host.client.jobs.watch({ id })) void state;
}

/** The nightly run, `days` after it was set up. */
async function nightlyRun(days: number): Promise<void> {
  vi.setSystemTime(SATURDAY + days * DAY);
  await ended(await host.client.schedules.run({ name: 'nightly' }));
}

const tellRuns = async () => (await host.client.telling.tellRuns()).rows;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: SATURDAY });
  dir = tempFolder();
  await createArchive({ dir: join(dir, 'archive'), name: 'Söhne', agent: 'Ada' });
  await open();
  const tapes = join(dir, 'tapes');
  mkdirSync(tapes);
  for (let n = 0; n < 3; n++) writeFileSync(join(tapes, `${String(n)}.wav`), `sound ${String(n)}`);
  await ended(
    await host.client.accession.start({
      title: 'Tapes',
      rightsBasis: 'other',
      source: 'S',
      acquired: 'A',
      paths: [{ display: tapes }],
    }),
  );
  await host.client.schedules.add({ words: 'everything every night', name: 'nightly', timeZone: 'UTC' });
});

afterEach(async () => {
  await host.close();
  vi.useRealTimers();
});

describe('people who are told by mail', () => {
  it('hear of each run once, in text and HTML', async () => {
    const { port, mails } = await mailServer({ plain: true });
    await host.client.telling.set({
      mailTo: ['ada@example.org', 'sound@example.org'],
      smtp: `smtp+plain://127.0.0.1:${String(port)}`,
    });
    await nightlyRun(1);
    expect(await tellRuns()).toMatchObject([
      { sentTo: ['ada@example.org', 'sound@example.org'], summary: { schedule: 'nightly', tone: 'well' } },
    ]);
    expect(await tellRuns()).toEqual([]);
    expect(mails).toHaveLength(1);
    expect(mails[0]?.to).toEqual(['ada@example.org', 'sound@example.org']);
    expect(mails[0]?.text).toContain('Söhne: All is well: all 3 copies that were read are intact.');
    expect(mails[0]?.text).toContain('<h1>All is well: all 3 copies that were read are intact</h1>');
  });

  it('hear nothing of what went well where that was asked for, and of everything else', async () => {
    const { port, mails } = await mailServer({ plain: true });
    await host.client.telling.set({
      mailTo: ['ada@example.org'],
      smtp: `smtp+plain://127.0.0.1:${String(port)}`,
      quietWhenWell: true,
    });
    await nightlyRun(1);
    expect(await tellRuns()).toMatchObject([{ sentTo: [], summary: { tone: 'well' } }]);
    expect(mails).toEqual([]);

    writeFileSync(join(dir, 'tapes', '1.wav'), 'noise 1');
    await nightlyRun(2);
    await tellRuns();
    expect(mails.at(-1)?.text).toContain('1 finding to decide on');

    renameSync(join(dir, 'tapes'), join(dir, 'elsewhere'));
    await nightlyRun(3);
    await tellRuns();
    expect(mails.at(-1)?.text).toContain('not everything was checked');
    expect(mails).toHaveLength(2);
  });

  it('hear of runs that did not happen, whether caught up or still open', async () => {
    const { port, mails } = await mailServer({ plain: true });
    await host.client.telling.set({
      mailTo: ['ada@example.org'],
      smtp: `smtp+plain://127.0.0.1:${String(port)}`,
      quietWhenWell: true,
    });
    vi.setSystemTime(SATURDAY + 4.5 * DAY);
    // Within a day it may still be run.
    expect(await tellRuns()).toEqual([]);
    await host.client.schedules.remove({ name: 'nightly' });
    vi.setSystemTime(SATURDAY);
    await host.client.schedules.add({ words: 'everything every week', name: 'nightly', timeZone: 'UTC' });
    vi.setSystemTime(SATURDAY + 3 * DAY);
    expect(await tellRuns()).toMatchObject([
      { summary: { tone: 'failed', headline: 'A run did not happen' } },
    ]);
    expect(await tellRuns()).toEqual([]);
    await nightlyRun(20);
    await tellRuns();
    expect(mails).toHaveLength(2);
    expect(mails[1]?.text).toContain('2 earlier runs of "nightly" did not happen');
  });

  it('hear of a run later where the server was down: the run is recorded, and the failure a warning', async () => {
    const server = await mailServer({ plain: true });
    await host.client.telling.set({
      mailTo: ['ada@example.org'],
      smtp: `smtp+plain://127.0.0.1:${String(server.port)}`,
    });
    await server.close();
    await nightlyRun(1);
    const [told] = await tellRuns();
    expect(told).toMatchObject({ sentTo: [], summary: { tone: 'well' } });
    expect(told?.warning).toMatch(/^No mail was sent to ada@example\.org: .+ The run is recorded/);
    expect((await host.client.schedules.list()).rows[0]).toMatchObject({ lastRun: { tone: 'well' } });

    const again = await mailServer({ plain: true });
    await host.client.telling.set({ smtp: `smtp+plain://127.0.0.1:${String(again.port)}` });
    expect(await tellRuns()).toMatchObject([{ sentTo: ['ada@example.org'] }]);
    expect(again.mails).toHaveLength(1);
  });

  it('are not needed: without a mail address a run is summed up all the same', async () => {
    await nightlyRun(1);
    expect(await tellRuns()).toMatchObject([{ sentTo: [], summary: { tone: 'well' } }]);
    await host.client.telling.set({ mailTo: ['ada@example.org'] });
    await nightlyRun(2);
    expect(await tellRuns()).toMatchObject([
      { warning: expect.stringContaining('no mail server is set') as string },
    ]);
  });
});

describe('the password of the mail server', () => {
  it('stands with the user alone: not in the catalogue, its log, or what screens can ask for', async () => {
    const { port, mails } = await mailServer({ plain: true, user: 'ada', password: 's3cret-W0rd' });
    const smtp = `smtp+plain://ada@127.0.0.1:${String(port)}`;
    await host.client.telling.set({ mailTo: ['ada@example.org'], smtp, password: 'wrong' });
    expect((await host.client.telling.test()).warning).toMatch(/Invalid/);
    expect((await host.client.telling.test()).warning).not.toContain('wrong');
    const set = await host.client.telling.set({ password: 's3cret-W0rd' });
    expect(set).toEqual({
      mailTo: ['ada@example.org'],
      smtp,
      quietWhenWell: false,
      passwordFrom: 'preferences',
    });
    expect(await host.client.telling.test()).toEqual({ sentTo: ['ada@example.org'] });
    expect(mails[0]).toMatchObject({ user: 'ada' });

    await host.close();
    for (const name of readdirSync(join(dir, 'archive'), { recursive: true, encoding: 'utf8' })) {
      const path = join(dir, 'archive', name);
      if (statSync(path).isFile()) expect(readFileSync(path).includes('s3cret-W0rd')).toBe(false);
    }
    const [file = ''] = readdirSync(join(dir, 'state', 'secrets'));
    expect(statSync(join(dir, 'state', 'secrets', file)).mode & 0o077).toBe(0);
    await open();
    expect(await host.client.telling.set({ password: null })).not.toHaveProperty('passwordFrom');
  });

  it('of the environment goes before the one that is kept', async () => {
    vi.stubEnv('HOLDFAST_SMTP_PASSWORD', 'from outside');
    const { port } = await mailServer({ plain: true, user: 'ada', password: 'from outside' });
    await host.client.telling.set({
      mailTo: ['ada@example.org'],
      smtp: `smtp+plain://ada@127.0.0.1:${String(port)}`,
      password: 'kept',
    });
    expect(await host.client.telling.get()).toMatchObject({ passwordFrom: 'environment' });
    expect(await host.client.telling.test()).toEqual({ sentTo: ['ada@example.org'] });
    vi.unstubAllEnvs();
  });
});

describe('an encrypted line', () => {
  it.each([
    ['smtp', false],
    ['smtps', true],
  ])('with %s is refused to a server whose certificate nobody vouches for', async (scheme, tls) => {
    const { port, mails } = await mailServer({ tls });
    await host.client.telling.set({
      mailTo: ['ada@example.org'],
      smtp: `${scheme}://localhost:${String(port)}`,
    });
    expect((await host.client.telling.test()).warning).toMatch(/self-signed|certificate/i);
    expect(mails).toEqual([]);
  });

  it('that was asked for is not done without where the server has none', async () => {
    const { port, mails } = await mailServer({ plain: true });
    await host.client.telling.set({
      mailTo: ['ada@example.org'],
      smtp: `smtp://localhost:${String(port)}`,
    });
    expect((await host.client.telling.test()).warning).toMatch(/STARTTLS|TLS/);
    expect(mails).toEqual([]);
  });
});

describe('what was set', () => {
  it('is an event that names people only where they can be erased', async () => {
    await host.client.telling.set({ mailTo: ['ada@example.org'], quietWhenWell: true });
    await host.client.telling.set({ mailTo: ['ada@example.org'] });
    const { rows } = await host.client.events.list({});
    const [event] = rows;
    expect(event).toMatchObject({ type: 'policy assignment' });
    expect(rows.filter(({ note }) => note?.includes('told by mail') === true)).toHaveLength(1);
  });

  it.each([
    [{ mailTo: ['ada'] }],
    [{ mailTo: ['ada@example.org\nBcc: eve@example.org'] }],
    [{ mailFrom: 'Ada <ada@example.org>' }],
    [{ smtp: 'smtp://ada:secret@mail.example.org' }],
  ])('%j is refused, and nothing is changed', async (change) => {
    const before = await host.client.telling.get();
    await expect(host.client.telling.set(change)).rejects.toMatchObject({ code: 'BAD_INPUT' });
    expect(await host.client.telling.get()).toEqual(before);
  });
});

describe('a summary in a file', () => {
  it.each(['txt', 'html', 'json'])('is written as .%s, and never over another', async (form) => {
    await nightlyRun(1);
    const job = (await host.client.schedules.list()).rows[0]?.lastRun?.job ?? '';
    const wanted = { display: join(dir, 'out', `night.${form}`) };
    const first = await host.client.telling.writeSummary({ jobs: [job], path: wanted });
    const second = await host.client.telling.writeSummary({ jobs: [job, job], path: wanted });
    expect(first.path).toEqual(wanted);
    expect(second.path).toEqual({ display: join(dir, 'out', `night-2.${form}`) });
    expect(readFileSync(first.path.display, 'utf8')).toContain(
      'All is well: all 3 copies that were read are intact',
    );
    if (form === 'json')
      expect(JSON.parse(readFileSync(second.path.display, 'utf8'))).toMatchObject({
        schema: 1,
        runs: [{ job }, { job, tone: 'well' }],
      });
  });

  it('is of audits and rescans, in one of three forms', async () => {
    const path = { display: join(dir, 'night.txt') };
    await expect(host.client.telling.writeSummary({ jobs: ['job-1'], path })).rejects.toMatchObject({
      code: 'BAD_INPUT',
    });
    await expect(host.client.telling.summary({ job: 'job-99' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await nightlyRun(1);
    await expect(
      host.client.telling.writeSummary({ jobs: ['job-2'], path: { display: join(dir, 'night.doc') } }),
    ).rejects.toMatchObject({ code: 'BAD_INPUT' });
  });
});
