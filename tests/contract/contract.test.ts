import { cpSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ORPCError } from '@orpc/client';
import { describe, expect, it, onTestFinished } from 'vitest';
import { accessionResultSchema, surveyResultSchema } from '../../shared/contract/accession.ts';
import { deletionResultSchema } from '../../shared/contract/custody.ts';
import { auditResultSchema, rescanResultSchema } from '../../shared/contract/fixity.ts';
import type { Job } from '../../shared/contract/jobs.ts';
import { createArchive } from '../../electron/host/index.ts';
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

/** Waits as any client does: by watching until the job rests. */
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
  expect((error as ORPCError<string, unknown>).defined).toBe(true);
  return (error as ORPCError<string, unknown>).code;
}

for (const [name, connect] of Object.entries(transports)) {
  describe(`the contract over ${name}`, () => {
    async function open(): Promise<{
      client: Client;
      dir: string;
      tapes: string;
      archive: string;
      reopen(): Promise<Client>;
    }> {
      const dir = tempFolder();
      const archive = join(dir, 'archive');
      const tapes = join(dir, 'tapes');
      mkdirSync(tapes);
      for (const file of ['flac-16-tags-picture.flac', 'mp3-cbr-id3v23.mp3'])
        cpSync(fixturePath(file), join(tapes, file));
      await createArchive({ dir: archive, name: 'Test archive', agent: 'Tester' });
      const options = { archive, agent: 'Tester', mode: 'write', command: 'test' } as const;
      let connected = await connect(options);
      onTestFinished(() => connected.close());
      return {
        client: connected.client,
        dir,
        tapes,
        archive,
        async reopen() {
          await connected.close();
          connected = await connect(options);
          return connected.client;
        },
      };
    }

    it('takes a folder into custody, audits it, and tells what is held', async () => {
      const { client, tapes } = await open();
      const taken = await rest(
        client,
        await client.accession.start({ ...terms, paths: [{ display: tapes }] }),
      );
      expect(taken).toMatchObject({ state: 'done', kind: 'accession' });
      const result = accessionResultSchema.parse(taken.result);
      expect(result).toMatchObject({ files: 2, objects: 2, alreadyHeld: 0, refused: [], gaps: [] });

      const audit = auditResultSchema.parse((await rest(client, await client.fixity.audit({}))).result);
      expect(audit).toMatchObject({ outcomes: { intact: 2 }, findings: [], run: { complete: true } });

      const status = await client.archive.status();
      expect(status).toMatchObject({
        objects: 2,
        replicas: 2,
        overdue: 0,
        openFindings: 0,
        byOutcome: { intact: 2 },
      });
      expect(status.catalogueHasCopy).toBe(false);
      expect((await client.accession.list({})).rows).toMatchObject([
        { title: 'Field tapes', rightsBasis: 'other' },
      ]);
      expect(await client.events.verify()).toMatchObject({ ok: true, events: status.log.events });
    });

    it('finds a recording by its words and shows everything about it', async () => {
      const { client, tapes } = await open();
      await rest(client, await client.accession.start({ ...terms, paths: [{ display: tapes }] }));
      const page = await client.holdings.list({ sort: 'title' });
      expect(page.rows).toHaveLength(2);
      const [first] = page.rows;
      if (first === undefined) throw new Error('an empty page');
      const found = await client.holdings.search({ text: first.title });
      expect(found.rows.map((row) => row.id)).toContain(first.id);
      for (const asked of [{ id: first.id }, { id: first.sha256 }, { path: first.path }]) {
        const entity = await client.holdings.show(asked);
        expect(entity.object?.digests['sha256']).toBe(first.sha256);
        expect(entity.replicas).toHaveLength(1);
        expect(entity.events.map((event) => event.type)).toContain('accession');
      }
    });

    it('takes only what is new as the next accrual, and never a second digest for a known path', async () => {
      const { client, tapes } = await open();
      await rest(client, await client.accession.start({ ...terms, paths: [{ display: tapes }] }));
      cpSync(fixturePath('wav-pcm16.wav'), join(tapes, 'new.wav'));
      writeFileSync(join(tapes, 'mp3-cbr-id3v23.mp3'), 'somebody wrote over it');
      const again = await rest(
        client,
        await client.accession.start({ ...terms, paths: [{ display: tapes }] }),
      );
      const result = accessionResultSchema.parse(again.result);
      expect(result).toMatchObject({ files: 1, objects: 1, alreadyHeld: 2, accession: { accrual: 2 } });
      expect(result.problems).toMatchObject([{ code: 'changed_since_custody' }]);
      const audit = auditResultSchema.parse((await rest(client, await client.fixity.audit({}))).result);
      expect(audit.outcomes).toMatchObject({ intact: 2, truncated: 1, altered: 0, missing: 0 });
    });

    it('ends custody, previews a deletion, and leaves what is not its own to remove', async () => {
      const { client, tapes } = await open();
      await rest(client, await client.accession.start({ ...terms, paths: [{ display: tapes }] }));
      expect(await codeOf(client.custody.previewDeletion({ accession: 'acc-1' }))).toBe('BAD_INPUT');
      expect(await codeOf(client.custody.delete({ accession: 'acc-1', reason: 'R', secondAgent: 'B' }))).toBe(
        'BAD_INPUT',
      );
      const ended = await client.custody.deaccession({ accession: 'acc-1', reason: 'R', authority: 'A' });
      expect(ended).toMatchObject({ replicas: 2, objects: 2, items: expect.any(Number) as number });
      const preview = await client.custody.previewDeletion({ accession: ended.accession.number });
      expect(preview).toMatchObject({ places: [{ state: 'left' }], heldNowhereElse: { objects: 2 } });
      const job = await rest(
        client,
        await client.custody.delete({ accession: 'acc-1', reason: 'R', secondAgent: 'Second' }),
      );
      expect(job).toMatchObject({ state: 'done', kind: 'deletion' });
      const result = deletionResultSchema.parse(job.result);
      expect(result).toMatchObject({ complete: true, places: [{ state: 'left', files: 2 }] });
      expect(await client.custody.certificate({ accession: 'acc-1' })).toHaveProperty('html.display');
      expect(await client.custody.pending({})).toEqual({ rows: [], next: null });
      expect((await client.accession.get({ id: 'acc-1' })).deaccession).toMatchObject({ reason: 'R' });
      expect(await client.events.verify()).toMatchObject({ ok: true });
    });

    it('closes by an accrual what was unknown, and keeps what was known', async () => {
      const { client, tapes } = await open();
      const paths = [{ display: tapes }];
      const unknown = { title: terms.title, rightsBasis: 'unknown' as const, paths };
      const first = await rest(client, await client.accession.start(unknown));
      expect(accessionResultSchema.parse(first.result).gaps).toEqual(['rights', 'source', 'acquired']);
      expect((await client.archive.status()).gaps).toEqual({ rights: 1, source: 1, acquired: 1 });
      const known = await rest(client, await client.accession.start({ ...terms, paths }));
      expect(accessionResultSchema.parse(known.result)).toMatchObject({
        files: 0,
        gaps: [],
        accession: { accrual: 1 },
      });
      expect((await client.archive.status()).gaps).toEqual({ rights: 0, source: 0, acquired: 0 });
      expect((await client.accession.get({ id: 'acc-1' })).accruals).toHaveLength(1);
      const other = { ...terms, rightsBasis: 'license' as const, paths };
      expect(await codeOf(client.accession.start(other))).toBe('JOB_DIFFERS');
      expect(await client.events.verify()).toMatchObject({ ok: true });
    });

    it('surveys without taking custody', async () => {
      const { client, tapes } = await open();
      cpSync(join(tapes, 'mp3-cbr-id3v23.mp3'), join(tapes, 'again.mp3'));
      const job = await rest(client, await client.accession.survey({ paths: [{ display: tapes }] }));
      expect(surveyResultSchema.parse(job.result)).toMatchObject({
        files: 3,
        duplicates: { files: 1, alreadyHeld: 0 },
      });
      expect(await client.archive.status()).toMatchObject({ objects: 0, replicas: 0 });
    });

    it('rescans cheaply: new is untracked, gone a candidate, changed a finding, restamped no more than that', async () => {
      const { client, tapes } = await open();
      cpSync(fixturePath('wav-pcm16.wav'), join(tapes, 'third.wav'));
      await rest(client, await client.accession.start({ ...terms, paths: [{ display: tapes }] }));
      cpSync(fixturePath('wav-pcm24.wav'), join(tapes, 'new.wav'));
      writeFileSync(join(tapes, 'mp3-cbr-id3v23.mp3'), 'x'.repeat(100_000));
      rmSync(join(tapes, 'third.wav'));
      renameSync(join(tapes, 'flac-16-tags-picture.flac'), join(tapes, 'aside'));
      cpSync(join(tapes, 'aside'), join(tapes, 'flac-16-tags-picture.flac'));
      rmSync(join(tapes, 'aside'));
      const job = await rest(client, await client.fixity.rescan({}));
      const result = rescanResultSchema.parse(job.result);
      expect(result.outcomes).toMatchObject({
        unchanged: 0,
        restamped: 1,
        changed: 1,
        untracked: 1,
        gone: 1,
      });
      expect(result.gone.map((row) => row.path.display)).toEqual([join(tapes, 'third.wav')]);
      expect(result.untracked.map((row) => row.path.display)).toEqual([join(tapes, 'new.wav')]);
      expect(result.findings).toMatchObject([{ outcome: 'altered' }]);
      expect(await client.archive.status()).toMatchObject({ untracked: 1, openFindings: 1, replicas: 3 });
    });

    it('never calls an unreachable place a loss', async () => {
      const { client, tapes } = await open();
      await rest(client, await client.accession.start({ ...terms, paths: [{ display: tapes }] }));
      renameSync(tapes, `${tapes}-unplugged`);
      mkdirSync(tapes);
      const audit = auditResultSchema.parse((await rest(client, await client.fixity.audit({}))).result);
      expect(audit).toMatchObject({ outcomes: { not_checked: 2 }, run: { complete: false }, findings: [] });
      expect(audit.unreachable).toHaveLength(1);
      expect((await client.locations.check({})).rows).toMatchObject([{ state: 'unreachable' }]);

      const moved = { display: `${tapes}-unplugged` };
      await client.locations.relink({ location: 'tapes', path: moved });
      const after = auditResultSchema.parse((await rest(client, await client.fixity.audit({}))).result);
      expect(after.outcomes).toMatchObject({ intact: 2, missing: 0, not_checked: 0 });
    });

    it('pauses an accession, and the same act goes on after the host was closed', async () => {
      const { client, dir, reopen } = await open();
      const many = join(dir, 'many');
      makeCollection({ dir: many, files: 3000, bytesPerFile: 4096, kind: 'mp3', seed: 7 });
      const job = await client.accession.start({ ...terms, paths: [{ display: many }] });
      expect(await client.jobs.pause({ id: job.id })).toMatchObject({ state: 'paused' });
      const later = await reopen();
      const wrong = later.accession.start({ ...terms, title: 'Another', paths: [{ display: many }] });
      expect(await codeOf(wrong)).toBe('JOB_DIFFERS');
      const resumed = await rest(
        later,
        await later.accession.start({ ...terms, paths: [{ display: many }] }),
      );
      expect(resumed.id).toBe(job.id);
      expect(accessionResultSchema.parse(resumed.result)).toMatchObject({ files: 3000, alreadyHeld: 0 });
      expect(await later.archive.status()).toMatchObject({ replicas: 3000, openJobs: 0 });
    });

    it('cancels an accession for good, and keeps what it had taken', async () => {
      const { client, dir } = await open();
      const many = join(dir, 'many');
      makeCollection({ dir: many, files: 3000, bytesPerFile: 4096, kind: 'mp3', seed: 8 });
      const job = await client.accession.start({ ...terms, paths: [{ display: many }] });
      expect(await client.jobs.cancel({ id: job.id })).toMatchObject({ state: 'cancelled' });
      expect(await codeOf(client.jobs.resume({ id: job.id }))).toBe('BAD_INPUT');
      const again = await rest(
        client,
        await client.accession.start({ ...terms, paths: [{ display: many }] }),
      );
      expect(accessionResultSchema.parse(again.result).accession.accrual).toBe(2);
      expect(await client.archive.status()).toMatchObject({ replicas: 3000 });
      expect(await client.events.verify()).toMatchObject({ ok: true });
    });

    it('keeps a name that is not UTF-8 byte for byte', async () => {
      const { client, dir } = await open();
      const odd = Buffer.concat([Buffer.from(join(dir, 'odd-')), Buffer.from([0xff, 0xfe])]);
      mkdirSync(odd);
      const name = Buffer.concat([odd, Buffer.from('/'), Buffer.from([0xe9]), Buffer.from('t\u00e9.wav')]);
      writeFileSync(name, 'sound');
      const path = { display: 'whatever', bytes: odd.toString('base64') };
      await rest(client, await client.accession.start({ ...terms, paths: [path] }));
      const [row] = (await client.holdings.list({})).rows;
      expect(Buffer.from(row?.path.bytes ?? '', 'base64')).toEqual(name);
      const shown = await client.holdings.show({ path: { display: '', bytes: name.toString('base64') } });
      expect(shown.replicas).toHaveLength(1);
    });

    it('keeps collections as a tree, and items as they are arranged', async () => {
      const { client, tapes } = await open();
      await rest(
        client,
        await client.accession.start({ ...terms, collection: 'Jazz/Bebop', paths: [{ display: tapes }] }),
      );
      expect((await client.collections.list({})).rows).toMatchObject([
        { path: 'Jazz', totals: { accessions: 1, replicas: 2 } },
        { path: 'Jazz/Bebop', depth: 1 },
      ]);
      const top = await client.collections.move({ collection: 'Bebop' });
      expect(top).toMatchObject({ path: 'Bebop', depth: 0 });
      expect(await codeOf(client.collections.move({ collection: 'Bebop', parent: top.id }))).toBe(
        'BAD_INPUT',
      );
      expect(await codeOf(client.collections.get({ collection: 'Swing' }))).toBe('NOT_FOUND');
      expect(await client.collections.assign({ accession: 'acc-1' })).toEqual({
        accession: 'acc-1',
        number: expect.stringMatching(/-0001$/) as string,
      });

      const { rows } = await client.items.list({ accession: 'acc-1' });
      const parts = (await client.holdings.list({})).rows.map(({ id }) => id);
      const [into = '', ...items] = rows.map(({ id }) => id);
      if (items.length > 0) await client.items.merge({ into, items });
      const [first = '', second = ''] = parts;
      const { item, from } = await client.items.split({ item: into, parts: [second], title: 'Encore' });
      expect(item).toMatchObject({ title: 'Encore', parts: 1, arranged: true });
      expect(from).toMatchObject({ id: into, parts: 1 });
      const relation = { subject: second, predicate: 'derived from', object: first } as const;
      expect(await client.items.relate(relation)).toMatchObject({ changed: true });
      expect(await codeOf(client.items.relate({ ...relation, subject: first, object: second }))).toBe(
        'BAD_INPUT',
      );
      expect((await client.holdings.show({ id: second })).relations).toHaveLength(1);
      expect(await client.items.role({ id: second, role: 'access copy' })).toMatchObject({
        roles: { 'access copy': 1 },
      });
      expect(await client.items.regroup({ accession: 'acc-1', by: 'folder', dryRun: true })).toMatchObject({
        applied: false,
        leftAlone: 2,
      });
      expect((await client.items.tracks({ id: into })).rows).toEqual([]);
      expect(await codeOf(client.items.split({ item: into, parts: [first] }))).toBe('BAD_INPUT');
      expect(await codeOf(client.items.move({ parts: ['item-1'], to: into }))).toBe('BAD_INPUT');
      expect(await client.events.verify()).toMatchObject({ ok: true });
    });

    it('answers what cannot be with a code and a sentence, and does nothing', async () => {
      const { client, dir, tapes } = await open();
      const gone = { display: join(dir, 'nowhere') };
      writeFileSync(join(dir, 'file'), '');
      expect(await codeOf(client.accession.start({ ...terms, paths: [gone] }))).toBe('FOLDER_NOT_FOUND');
      expect(
        await codeOf(client.accession.start({ ...terms, paths: [{ display: join(dir, 'file') }] })),
      ).toBe('NOT_A_FOLDER');
      const nested = [{ display: dir }, { display: tapes }];
      expect(await codeOf(client.accession.start({ ...terms, paths: nested }))).toBe('LOCATIONS_OVERLAP');
      expect(await codeOf(client.fixity.audit({}))).toBe('BAD_INPUT');
      expect(await codeOf(client.fixity.audit({ location: 'nope' }))).toBe('NOT_FOUND');
      expect(await codeOf(client.holdings.show({ id: 'item-99' }))).toBe('NOT_FOUND');
      expect(await codeOf(client.jobs.get({ id: 'item-1' }))).toBe('BAD_INPUT');
      expect(await codeOf(client.holdings.list({ cursor: 'rubbish' }))).toBe('BAD_INPUT');
      expect((await client.accession.list({})).rows).toEqual([]);
    });
  });
}
