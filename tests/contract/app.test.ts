/** What an app asks that stays open all day: lists by offset, hints of change, jobs that are open, folders, preferences. */
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ORPCError } from '@orpc/client';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createArchive } from '../../electron/host/index.ts';
import type { ChangeTopic } from '../../shared/contract/archive.ts';
import type { Job } from '../../shared/contract/jobs.ts';
import { DEFAULT_MASS_THRESHOLDS } from '../../shared/domain/mass-change.ts';
import { DEFAULT_TECHNICAL_POLICY } from '../../shared/domain/technical-policy.ts';
import { pathToJson, utf8Path } from '../../shared/domain/path.ts';
import { fixturePath } from '../fixtures/index.ts';
import { makeCollection } from '../fixtures/generate/collection.ts';
import { tempFolder } from '../support/temp.ts';
import { transports, type Client } from './transports.ts';

const terms = {
  title: 'Field tapes',
  rightsBasis: 'other',
  source: 'A. Novak',
  acquired: 'Donated 2024',
} as const;

async function rest(client: Client, job: Job): Promise<Job> {
  for await (const snapshot of await client.jobs.watch({ id: job.id })) expect(snapshot.id).toBe(job.id);
  return client.jobs.get({ id: job.id });
}

async function codeOf(call: Promise<unknown>): Promise<string> {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ORPCError);
  return (error as ORPCError<string, unknown>).code;
}

/** On a machine that has other work. */
const soon = { timeout: 120_000 };

for (const [name, connect] of Object.entries(transports)) {
  describe(`an app over ${name}`, () => {
    async function open(): Promise<{ client: Client; dir: string; tapes: string; archive: string }> {
      const dir = tempFolder();
      const [archive, tapes] = [join(dir, 'archive'), join(dir, 'tapes')];
      mkdirSync(tapes);
      for (const file of ['flac-16-tags-picture.flac', 'mp3-cbr-id3v23.mp3'])
        cpSync(fixturePath(file), join(tapes, file));
      await createArchive({ dir: archive, name: 'Test archive', agent: 'Tester' });
      const connected = await connect({
        archive,
        agent: 'Tester',
        mode: 'write',
        command: 'test',
        stateFolder: join(dir, 'state'),
        remember: true,
      });
      onTestFinished(() => connected.close());
      return { client: connected.client, dir, tapes, archive };
    }

    async function taken(client: Client, tapes: string): Promise<void> {
      const job = await rest(client, await client.accession.start({ ...terms, paths: [{ display: tapes }] }));
      expect(job.state).toBe('done');
    }

    it('lists by offset and by filter, and counts what it lists', async () => {
      const { client, tapes } = await open();
      await taken(client, tapes);
      expect(await client.holdings.count({})).toEqual({ count: 2, capped: false });
      const whole = await client.holdings.list({ sort: 'title' });
      const second = await client.holdings.list({ sort: 'title', offset: 1 });
      expect(second.rows).toEqual(whole.rows.slice(1));
      expect(whole.rows[0]?.status).toBe('held');
      const filter = { accession: 'acc-1', kind: 'audio', status: 'held', location: 'loc-1' } as const;
      expect(whole.counted).toBeUndefined();
      const narrowed = await client.holdings.list({ sort: 'title', filter });
      expect(narrowed.rows).toEqual(whole.rows);
      expect(narrowed.counted).toEqual(await client.holdings.count({ filter }));
      expect(await client.holdings.count({ filter: { ...filter, outcome: 'altered' } })).toEqual({
        count: 0,
        capped: false,
      });
      expect(await client.holdings.count({ filter: { text: '  ' } })).toEqual({ count: 2, capped: false });
      expect(await codeOf(client.holdings.list({ filter: { accession: 'item-1' } }))).toBe('BAD_INPUT');
      expect(await codeOf(client.holdings.list({ offset: 1, cursor: 'x' }))).toBe('BAD_INPUT');
    });

    it('breaks down what is held, and tells how a location stands', async () => {
      const { client, tapes } = await open();
      await taken(client, tapes);
      const status = await client.archive.status();
      const sums = await client.archive.breakdown();
      expect(sums.byRights).toMatchObject({ other: { count: 2, bytes: status.bytes } });
      expect(sums.byRole).toMatchObject({ 'preservation master': { count: 2 } });
      expect(sums.byKind).toMatchObject({ audio: { count: 2 } });
      // Taken in today, and never verified: that is not overdue yet.
      expect(status).toMatchObject({ overdue: 0, awaitingFirstCheck: 2 });
      const health = await client.locations.health({ location: 'loc-1' });
      expect(health).toMatchObject({
        replicas: 2,
        overdue: 0,
        openFindings: 0,
        byOutcome: { not_checked: 2 },
      });
      expect(health).not.toHaveProperty('oldestVerifiedAt');
      await rest(client, await client.fixity.audit({}));
      const after = await client.locations.health({ location: 'loc-1' });
      expect(after).toMatchObject({ overdue: 0, byOutcome: { intact: 2 } });
      expect(after.oldestVerifiedAt).toBeDefined();
      expect(await codeOf(client.locations.health({ location: 'loc-9' }))).toBe('NOT_FOUND');
      const began = new Date(Date.now() - 60_000).toISOString();
      const [checks, ...others] = (await client.fixity.checks({ since: began })).rows;
      expect(others).toEqual([]);
      expect(checks).toMatchObject({ checked: 2, bytes: status.bytes, findings: 0 });
      expect(Date.parse(checks?.at ?? '') % 900_000).toBe(0);
      writeFileSync(join(tapes, 'mp3-cbr-id3v23.mp3'), 'something else');
      await rest(client, await client.fixity.audit({}));
      const later = (await client.fixity.checks({ since: began })).rows;
      expect(later.reduce((sum, { checked }) => sum + checked, 0)).toBe(4);
      expect(later.reduce((sum, { findings }) => sum + findings, 0)).toBe(1);
      expect((await client.fixity.checks({ since: '2999-01-01T00:00:00Z' })).rows).toEqual([]);
      const [row] = (await client.locations.check({})).rows;
      expect(row?.state).toBe('reachable');
      expect(row?.totalBytes).toBeGreaterThan(row?.freeBytes ?? Infinity);
    });

    it('changes what is known of a location, takes a fact away by null, and refuses what it cannot become', async () => {
      const { client, tapes } = await open();
      await taken(client, tapes);
      const { set } = client.locations;
      expect(await set({ location: 'loc-1', name: 'Reels', site: 'Bern', writes: 'never' })).toMatchObject({
        location: { id: 'loc-1', name: 'Reels', site: 'Bern', writes: 'never' },
        changes: [
          { fact: 'name', to: 'Reels' },
          { fact: 'site', to: 'Bern' },
          { fact: 'writes', from: 'recover', to: 'never' },
        ],
        nowReplicated: 0,
      });
      const { location, changes } = await set({ location: 'Reels', site: null });
      expect(location).not.toHaveProperty('site');
      expect(changes).toEqual([{ fact: 'site', from: 'Bern' }]);
      await client.locations.addOffline({ name: 'LTO 0042' });
      expect(await codeOf(set({ location: 'LTO 0042', name: 'Reels' }))).toBe('BAD_INPUT');
      expect(await codeOf(set({ location: 'loc-9', site: 'Bern' }))).toBe('NOT_FOUND');
    });

    it('takes in a check that was made elsewhere as a job, and refuses before there is one what cannot be', async () => {
      const { client, dir, tapes } = await open();
      await taken(client, tapes);
      const file = join(dir, 'robot.sha256');
      const name = 'mp3-cbr-id3v23.mp3';
      const digest = createHash('sha256')
        .update(readFileSync(join(tapes, name)))
        .digest('hex');
      writeFileSync(file, `${digest}  ${name}\n`);
      const wish = { location: 'loc-1', manifest: { display: file }, by: 'Robot', on: '2026-01-03' };
      const dry = await rest(client, await client.locations.attest({ ...wish, dryRun: true }));
      expect(dry).toMatchObject({
        kind: 'attestation',
        state: 'done',
        result: { recorded: false, attested: 1 },
      });
      const job = await rest(client, await client.locations.attest(wish));
      expect(job).toMatchObject({ state: 'done', result: { recorded: true, attested: 1, notNamed: 1 } });
      writeFileSync(file, 'Dear Ada,\n');
      const letter = await rest(client, await client.locations.attest(wish));
      expect(letter).toMatchObject({ state: 'interrupted', error: { code: 'BAD_INPUT' } });
      expect(await codeOf(client.locations.attest({ ...wish, on: '2999-01-01' }))).toBe('BAD_INPUT');
      expect((await client.jobs.list({})).rows.map(({ kind }) => kind)).toEqual(['accession']);
    });

    it('keeps what was refused with the accession, whatever becomes of the job', async () => {
      const { client, tapes } = await open();
      cpSync(fixturePath('protected-drms.m4p'), join(tapes, 'bought.m4p'));
      const broken = readFileSync(fixturePath('flac-24-stereo.flac')).subarray(0, 5_000);
      writeFileSync(join(tapes, 'broken.flac'), broken);
      await taken(client, tapes);
      const all = await client.accession.problems({ id: 'acc-1' });
      expect(all.rows.map(({ severity, path }) => [severity, path.display])).toEqual(
        expect.arrayContaining([
          ['refusal', join(tapes, 'bought.m4p')],
          ['problem', join(tapes, 'broken.flac')],
        ]),
      );
      expect(all).toEqual(await client.jobs.problems({ id: 'job-1' }));
      const first = await client.accession.problems({ id: 'acc-1', limit: 1 });
      const cursor = first.next ?? '';
      const second = await client.accession.problems({ id: 'acc-1', limit: 1, cursor });
      expect([...first.rows, ...second.rows]).toEqual(all.rows.slice(0, 2));
      expect(await codeOf(client.jobs.problems({ id: 'job-1', cursor }))).toBe('BAD_INPUT');
      expect(await codeOf(client.accession.problems({ id: 'acc-9' }))).toBe('NOT_FOUND');
    });

    it('assigns a policy with its event, and refuses a pattern that numbers nothing', async () => {
      const { client } = await open();
      const before = await client.archive.status();
      const changed = await client.archive.updatePolicy({ verifyWithinDays: 30, accessionPattern: 'A{n:3}' });
      expect(changed.policy).toEqual({
        accessionPattern: 'A{n:3}',
        furtherDigests: [],
        verifyWithinDays: 30,
        technical: DEFAULT_TECHNICAL_POLICY,
        virusCheck: false,
        massChange: DEFAULT_MASS_THRESHOLDS,
      });
      expect(await codeOf(client.archive.updatePolicy({ accessionPattern: 'none' }))).toBe('BAD_INPUT');
      // A person can be asked for sooner or later, and cannot be done without.
      const asked = (wrong: object) =>
        codeOf(client.archive.updatePolicy({ massChange: { ...DEFAULT_MASS_THRESHOLDS, ...wrong } }));
      for (const wrong of [{ share: 0.6 }, { share: 0 }, { files: 1_000_000 }, { least: 1 }])
        expect(await asked(wrong)).toBe('BAD_REQUEST');
      expect(await asked({ files: 10 })).toBe('BAD_INPUT');
      expect((await client.archive.updatePolicy({ verifyWithinDays: 30 })).policy).toEqual(changed.policy);
      const { rows } = await client.events.list({ limit: 1 });
      expect(rows[0]).toMatchObject({ type: 'policy assignment', agent: 'Tester' });
      expect(await client.events.verify()).toMatchObject({ ok: true, events: before.log.events + 1 });
    });

    it('finds events by what they are, shows one with what proves it, and writes them out', async () => {
      const { client, tapes, archive } = await open();
      await taken(client, tapes);
      const since = new Date().toISOString();
      const all = (await client.events.list({})).rows;
      const some = await client.events.list({
        filter: { type: 'accession', outcome: 'success', agent: 'Tester' },
      });
      expect(some.rows).toEqual(all.filter(({ type }) => type === 'accession'));
      expect(
        (await client.events.list({ filter: { text: (all[0]?.note ?? '').toUpperCase() } })).rows.length,
      ).toBeGreaterThan(0);
      expect((await client.events.list({ filter: { text: 'no such words' } })).rows).toEqual([]);
      expect((await client.events.list({ filter: { since: '2999-01-01T00:00:00Z' } })).rows).toEqual([]);
      expect((await client.events.list({ filter: { until: since } })).rows).toEqual(all);

      const [newest, older] = await Promise.all(all.slice(0, 2).map(({ id }) => client.events.get({ id })));
      expect(newest?.previous).toBe(older?.digest);
      expect(newest?.links.map(({ kind, title }) => [kind, title])).toContainEqual([
        'accession',
        expect.stringMatching(/Field tapes$/) as string,
      ]);
      expect(newest?.outcomes).toBe(2);
      expect(await codeOf(client.events.get({ id: 'event-999' }))).toBe('NOT_FOUND');

      expect(newest?.note).toMatch(/\(2 files, [\d,]+ bytes, 0 problems, 0 refused\)$/);
      const first = await client.events.export({});
      const second = await client.events.export({ filter: { type: 'accession' } });
      expect(first.path.display.startsWith(join(archive, 'exports'))).toBe(true);
      expect(second.path).not.toEqual(first.path);
      const lines = readFileSync(first.path.display, 'utf8').trimEnd().split('\n');
      expect(lines).toHaveLength(first.events);
      expect(first.events).toBe(all.length);
      expect(lines.map((line) => (JSON.parse(line) as { seq: number }).seq)).toEqual(
        all.map((_, i) => i + 1),
      );
      expect(second.events).toBe(1);
    });

    it('hints at what changed, whoever changed it, and ends with who watches', async () => {
      const { client, tapes } = await open();
      const end = new AbortController();
      const seen = new Set<ChangeTopic>();
      let hints = 0;
      const watching = (async () => {
        for await (const { topics } of await client.archive.changes(undefined, { signal: end.signal })) {
          hints++;
          for (const topic of topics) seen.add(topic);
        }
      })().catch(() => undefined);
      await client.collections.list({});
      const began = Date.now();
      await client.collections.add({ name: 'Jazz' });
      await client.preferences.set({ key: 'columns.holdings', value: { title: 200 } });
      await taken(client, tapes);
      await expect
        .poll(() => [...seen], soon)
        .toEqual(expect.arrayContaining(['collections', 'preferences', 'holdings', 'events', 'jobs']));
      expect(hints).toBeLessThanOrEqual(2 + (Date.now() - began) / 250);
      end.abort();
      await watching;
    });

    it('watches open jobs: those that rest unfinished, and those that run', async () => {
      const { client, dir } = await open();
      const many = join(dir, 'many');
      makeCollection({ dir: many, files: 2_000, bytesPerFile: 2_048, kind: 'mp3', seed: 9 });
      const end = new AbortController();
      let latest: readonly Job[] | undefined;
      const states: string[] = [];
      const watching = (async () => {
        for await (const { rows } of await client.jobs.watchOpen(undefined, { signal: end.signal })) {
          latest = rows;
          states.push(rows.map(({ state }) => state).join());
        }
      })().catch(() => undefined);
      await expect.poll(() => latest, soon).toEqual([]);
      const job = await client.accession.start({ ...terms, paths: [{ display: many }] });
      await expect
        .poll(() => latest?.map(({ id, state }) => [id, state]), soon)
        .toEqual([[job.id, 'running']]);
      await client.jobs.pause({ id: job.id });
      await expect
        .poll(() => latest?.map(({ id, state }) => [id, state]), soon)
        .toEqual([[job.id, 'paused']]);
      await client.jobs.resume({ id: job.id });
      await rest(client, job);
      await expect.poll(() => latest, soon).toEqual([]);
      expect(states.filter((state) => state === 'running').length).toBeGreaterThan(0);
      end.abort();
      await watching;
    });

    it('remembers for the user what screens ask it to, and which archives were opened', async () => {
      const { client, archive, dir } = await open();
      expect((await client.preferences.get({ key: 'views.holdings' })).value).toBeUndefined();
      const views = [{ name: 'Žižka', filter: { kind: 'audio' } }];
      await client.preferences.set({ key: 'views.holdings', value: views });
      expect((await client.preferences.get({ key: 'views.holdings' })).value).toEqual(views);
      expect(await codeOf(client.preferences.set({ key: 'big', value: 'x'.repeat(70_000) }))).toBe(
        'BAD_INPUT',
      );
      expect(await codeOf(client.preferences.get({ key: '../../etc' }))).toBe('BAD_REQUEST');
      expect((await client.preferences.recentArchives()).rows).toEqual([
        { name: 'Test archive', path: archive },
      ]);
      expect(readFileSync(join(dir, 'state', 'recent-archives.json'), 'utf8')).toContain('Test archive');
    });

    it('lists folders to choose from, whatever their names', async () => {
      const { client, dir, tapes } = await open();
      await taken(client, tapes);
      const odd = Buffer.concat([Buffer.from(`${dir}/odd-`), Buffer.from([0xff])]);
      mkdirSync(odd);
      mkdirSync(join(dir, '.hidden'));
      writeFileSync(join(dir, 'file'), '');
      const listed = await client.folders.list({ path: { display: dir } });
      expect(listed.rows.map((row) => [row.name, row.hidden])).toEqual([
        ['.hidden', true],
        ['archive', false],
        ['odd-\\xFF', false],
        ['state', false],
        ['tapes', false],
      ]);
      expect(listed).toMatchObject({ files: 1, truncated: false, parent: { display: join(dir, '..') } });
      const bytes = listed.rows[2]?.path.bytes ?? '';
      expect(Buffer.from(bytes, 'base64')).toEqual(odd);
      expect((await client.folders.list({ path: { display: 'x', bytes } })).rows).toEqual([]);
      expect(await codeOf(client.folders.list({ path: { display: join(dir, 'no') } }))).toBe(
        'FOLDER_NOT_FOUND',
      );
      expect(await codeOf(client.folders.list({ path: { display: join(dir, 'file') } }))).toBe(
        'NOT_A_FOLDER',
      );
      expect(await codeOf(client.folders.list({ path: { display: 'here' } }))).toBe('BAD_INPUT');
      const places = (await client.folders.places()).rows;
      expect(places.map(({ path }) => path)).toContainEqual(pathToJson(utf8Path(tapes)));
    });
  });
}
