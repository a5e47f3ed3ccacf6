/** Agents, appraisal, templates, batches and receipts over every transport. */
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ORPCError } from '@orpc/client';
import { describe, expect, it, onTestFinished } from 'vitest';
import { accessionResultSchema } from '../../shared/contract/accession.ts';
import { appraisalResultSchema } from '../../shared/contract/appraisals.ts';
import type { Job } from '../../shared/contract/jobs.ts';
import { createArchive } from '../../electron/host/index.ts';
import { fixturePath } from '../fixtures/index.ts';
import { tempFolder } from '../support/temp.ts';
import { transports, type Client } from './transports.ts';

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

for (const [name, connect] of Object.entries(transports)) {
  describe(`intake over ${name}`, () => {
    async function open(): Promise<{ client: Client; dir: string; offer: string }> {
      const dir = tempFolder();
      const archive = join(dir, 'archive');
      const offer = join(dir, 'offer');
      mkdirSync(offer);
      for (const file of ['flac-16-tags-picture.flac', 'mp3-cbr-id3v23.mp3'])
        cpSync(fixturePath(file), join(offer, file));
      await createArchive({ dir: archive, name: 'Test archive', agent: 'Tester' });
      const connected = await connect({ archive, agent: 'Tester', mode: 'write', command: 'test' });
      onTestFinished(async () => {
        await connected.close();
      });
      return { client: connected.client, dir, offer };
    }

    async function appraised(client: Client, offer: string): Promise<string> {
      const wanted = { title: 'An offer', source: 'A. Miller', paths: [{ display: offer }] };
      const job = await rest(client, await client.appraisals.survey(wanted));
      expect(job.state).toBe('done');
      return appraisalResultSchema.parse(job.result).appraisal;
    }

    it('knows who is responsible, who takes over, and who was', async () => {
      const { client } = await open();
      const berta = await client.agents.add({ name: 'Berta', contact: 'b@x.example' });
      await client.agents.add({ name: 'Phono', kind: 'organization' });
      await client.agents.assign({ agent: 'Berta', role: 'responsible', of: 'archive', since: '2020' });
      await client.agents.assign({ agent: 'Phono', role: 'successor', of: 'archive' });
      expect(await client.archive.status()).toMatchObject({
        responsible: [{ id: berta.id, name: 'Berta' }],
        successors: [{ name: 'Phono' }],
      });
      await client.agents.end({ agent: berta.id, role: 'responsible', of: 'archive' });
      expect((await client.agents.get({ agent: 'Berta' })).roles).toMatchObject([
        { since: '2020', current: false },
      ]);
      const forgotten = await client.agents.forget({ agent: 'Berta' });
      expect(forgotten.agent.name).not.toContain('Berta');
      expect(await client.events.verify()).toMatchObject({ ok: true });

      expect(await codeOf(client.agents.get({ agent: 'Berta' }))).toBe('NOT_FOUND');
      const donor = { agent: 'Phono', role: 'donor', of: 'archive' } as const;
      expect(await codeOf(client.agents.assign(donor))).toBe('BAD_INPUT');
      expect(await codeOf(client.agents.assign({ ...donor, of: 'Nowhere' }))).toBe('NOT_FOUND');
      const backwards = {
        agent: 'Phono',
        role: 'custodian',
        of: 'archive',
        since: '2024',
        until: '2023',
      } as const;
      expect(await codeOf(client.agents.assign(backwards))).toBe('BAD_INPUT');
      expect(await codeOf(client.agents.assign({ ...backwards, until: '2024-02-30' }))).toBe('BAD_REQUEST');
    });

    it('appraises, and only what is accepted is taken into custody', async () => {
      const { client, offer } = await open();
      const id = await appraised(client, offer);
      expect(await client.archive.status()).toMatchObject({ objects: 0, replicas: 0, openJobs: 0 });
      expect(await client.appraisals.get({ id })).toMatchObject({
        state: 'surveyed',
        files: 2,
        survey: { files: 2, duplicates: { files: 0 } },
      });
      const taken = await rest(
        client,
        await client.appraisals.accept({ id, reason: 'In scope', rightsBasis: 'other', collection: 'Jazz' }),
      );
      const result = accessionResultSchema.parse(taken.result);
      expect(result.files).toBe(2);
      expect(await client.accession.get({ id: result.accession.id })).toMatchObject({
        title: 'An offer',
        source: 'A. Miller',
        collection: 'Jazz',
      });
      expect(await client.appraisals.get({ id })).toMatchObject({
        state: 'accepted',
        decision: { reason: 'In scope', accession: { id: result.accession.id } },
      });
      const types = (await client.events.list({})).rows.map(({ type }) => type);
      // Newest first: the accession is sealed after it was decided, and that after what was offered was looked at.
      expect(types.filter((type) => type === 'accession' || type === 'appraisal')).toEqual([
        'accession',
        'appraisal',
        'appraisal',
      ]);
      expect(await codeOf(client.appraisals.accept({ id, reason: 'again', rightsBasis: 'other' }))).toBe(
        'BAD_INPUT',
      );
      expect(await codeOf(client.appraisals.decline({ id, reason: 'no' }))).toBe('BAD_INPUT');
      expect((await client.holdings.show({ id })).facts).toMatchObject({
        state: 'accepted',
        reason: 'In scope',
      });
      expect(await client.events.verify()).toMatchObject({ ok: true });
    });

    it('keeps nothing of what is declined', async () => {
      const { client, offer } = await open();
      const id = await appraised(client, offer);
      expect(await client.appraisals.decline({ id, reason: 'Held by others' })).toMatchObject({
        state: 'declined',
        decision: { reason: 'Held by others', agent: 'Tester' },
      });
      expect(await client.archive.status()).toMatchObject({ objects: 0, replicas: 0 });
      expect((await client.accession.list({})).rows).toEqual([]);
      expect((await client.locations.list()).rows).toEqual([]);
      expect(await codeOf(client.appraisals.accept({ id, reason: 'after all', rightsBasis: 'other' }))).toBe(
        'BAD_INPUT',
      );
      expect((await client.appraisals.list({ state: 'declined' })).rows).toHaveLength(1);
      expect((await client.appraisals.list({ state: 'surveyed' })).rows).toEqual([]);
    });

    it('decides nothing where the accession cannot begin', async () => {
      const { client, offer } = await open();
      const id = await appraised(client, offer);
      rmSync(offer, { recursive: true });
      expect(await codeOf(client.appraisals.accept({ id, reason: 'In scope', rightsBasis: 'other' }))).toBe(
        'FOLDER_NOT_FOUND',
      );
      expect(await client.appraisals.get({ id })).toMatchObject({ state: 'surveyed' });
    });

    it('checks a batch whole and takes defaults from templates', async () => {
      const { client, dir, offer } = await open();
      await client.intake.saveTemplate({
        name: 'radio',
        defaults: { rightsBasis: 'license', source: 'Radio' },
      });
      const file = join(dir, 'batch.csv');
      writeFileSync(
        file,
        'paths;title;template\r\noffer;Töne;radio\r\nnowhere;Other;radio\r\noffer;Twice;film\r\n',
        'latin1',
      );
      const check = await client.intake.checkBatch({ file: { display: file } });
      expect(check).toMatchObject({
        encoding: 'windows-1252',
        separator: ';',
        total: 3,
        rows: [{ row: 2, accession: { title: 'Töne', rightsBasis: 'license', source: 'Radio' } }],
        wrongRows: 2,
        problems: [
          { row: 3, column: 'paths' },
          { row: 4, column: 'template', value: 'film' },
        ],
      });
      expect(check.rows[0]?.accession.paths).toEqual([{ display: offer }]);
      await client.intake.removeTemplate({ name: 'radio' });
      expect(await client.intake.templates()).toEqual({ rows: [], next: null });
      expect(await codeOf(client.intake.removeTemplate({ name: 'radio' }))).toBe('NOT_FOUND');
      expect(await codeOf(client.intake.checkBatch({ file: { display: join(dir, 'none.csv') } }))).toBe(
        'BAD_INPUT',
      );
    });

    it('writes a receipt of all that was received, and records that it did', async () => {
      const { client, dir, offer } = await open();
      const start = { title: 'T', rightsBasis: 'other' as const, paths: [{ display: offer }] };
      await rest(client, await client.accession.start(start));
      const [first] = (await client.accession.list({})).rows;
      const receipt = await client.intake.receipt({ accession: first?.number ?? '' });
      expect(receipt).toMatchObject({ files: 2, refused: 0, accruals: [1] });
      const folder = join(dir, 'archive/exports');
      expect(receipt.written.map(({ path }) => path.display)).toEqual(
        readdirSync(folder)
          .sort()
          .map((each) => join(folder, each)),
      );
      const page = readFileSync(receipt.written[0]?.path.display ?? '', 'utf8').replaceAll(' ', '');
      for (const { sha256, path } of (await client.holdings.list({})).rows) {
        expect(page).toContain(sha256);
        expect(page).toContain(path.display);
      }
      expect((await client.events.list({ limit: 1 })).rows).toMatchObject([{ type: 'exporting' }]);
      expect(await codeOf(client.intake.receipt({ accession: 'acc-9' }))).toBe('NOT_FOUND');
      expect(await codeOf(client.intake.receipt({ accession: 'acc-1', accrual: 2 }))).toBe('BAD_INPUT');
    });
  });
}
