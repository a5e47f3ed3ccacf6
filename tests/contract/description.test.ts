import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createArchive } from '../../electron/host/index.ts';
import { fixturePath } from '../fixtures/index.ts';
import { tempFolder } from '../support/temp.ts';
import { transports, type Client } from './transports.ts';

const terms = { title: 'Tapes', rightsBasis: 'other', source: 'A. Novak', acquired: 'Donated 2024' } as const;

async function codeOf(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => undefined,
    (error: unknown) => (error as { code?: unknown }).code,
  );
}

for (const [name, connect] of Object.entries(transports)) {
  describe(`description over ${name}`, () => {
    async function held(): Promise<{ client: Client; dir: string }> {
      const dir = tempFolder();
      const archive = join(dir, 'archive');
      const tapes = join(dir, 'tapes');
      mkdirSync(tapes);
      for (const file of ['flac-16-tags-picture.flac', 'mp3-cbr-id3v23.mp3'])
        cpSync(fixturePath(file), join(tapes, file));
      await createArchive({ dir: archive, name: 'Test archive', agent: 'Tester' });
      const { client, close } = await connect({ archive, agent: 'Tester', mode: 'write', command: 'test' });
      onTestFinished(async () => {
        await close();
      });
      const job = await client.accession.start({ ...terms, paths: [{ display: tapes }] });
      for await (const snapshot of await client.jobs.watch({ id: job.id })) expect(snapshot.id).toBe(job.id);
      return { client, dir };
    }

    it('is written, read with its history, contradicted, and taken back', async () => {
      const { client } = await held();
      const contributor = [{ name: 'Ada Kettle', role: 'Singer' }];
      const edited = await client.description.edit({
        id: 'part-1',
        changes: [
          { field: 'title', value: ' Kettle song ', version: 0 },
          { field: 'contributor', value: contributor, version: 0 },
        ],
      });
      expect(edited).toMatchObject({ edit: 'edit-1', total: 2, entities: 1 });
      const { fields, history, title } = await client.description.get({ id: 'part-1', history: true });
      expect(title).toBe('Kettle song');
      expect(fields).toContainEqual(
        expect.objectContaining({ field: 'contributor', value: [{ name: 'Ada Kettle', role: 'singer' }] }),
      );
      expect(history).toHaveLength(2);
      const late = { id: 'part-1', changes: [{ field: 'title' as const, value: 'Other', version: 0 }] };
      expect(await codeOf(client.description.edit(late))).toBe('EDIT_CONFLICT');
      expect((await client.holdings.search({ text: 'ada kettle' })).rows.map(({ id }) => id)).toEqual([
        'part-1',
      ]);
      expect(await client.description.undo({ edit: 'edit-1' })).toMatchObject({ edit: 'edit-2', total: 2 });
      expect((await client.description.edits({})).rows).toMatchObject([
        { id: 'edit-2', kind: 'undo', undoes: 'edit-1' },
        { id: 'edit-1', kind: 'edit', undoneBy: 'edit-2', agent: 'Tester' },
      ]);
      expect(await client.events.verify()).toMatchObject({ ok: true });
    });

    it('goes out as a table and comes back; many are edited at once', async () => {
      const { client, dir } = await held();
      const path = { display: join(dir, 'out.csv') };
      expect(await client.description.exportCsv({ path })).toMatchObject({
        rows: expect.any(Number) as number,
      });
      expect(await client.description.importCsv({ path })).toMatchObject({
        edit: null,
        total: 0,
        wrongRows: 0,
      });
      const number = (await client.accession.list({})).rows[0]?.number ?? '';
      const many = { target: { accession: number }, changes: [{ field: 'genre' as const, value: ['Tea'] }] };
      const preview = await client.description.editMany({ ...many, dryRun: true });
      expect(preview).toMatchObject({ edit: null, total: preview.entities });
      expect(await client.description.editMany(many)).toMatchObject({ edit: 'edit-1', total: preview.total });
      const replace = {
        target: { accession: number },
        field: 'genre' as const,
        find: 'Tea',
        replaceWith: 'Milk',
      };
      expect(await client.description.replacePreview(replace)).toMatchObject({
        edit: null,
        total: preview.total,
      });
      expect(await client.description.replace(replace)).toMatchObject({
        edit: 'edit-2',
        total: preview.total,
      });
    });

    it('answers what cannot be with a code', async () => {
      const { client, dir } = await held();
      const change = { field: 'title' as const, value: 'x', version: 0 };
      expect(await codeOf(client.description.get({ id: 'item-99' }))).toBe('NOT_FOUND');
      expect(await codeOf(client.description.get({ id: 'job-1' }))).toBe('BAD_INPUT');
      expect(await codeOf(client.description.edit({ id: 'item-99', changes: [change] }))).toBe('NOT_FOUND');
      const long = { ...change, value: 'x'.repeat(1 << 20) };
      expect(await codeOf(client.description.edit({ id: 'part-1', changes: [long] }))).toBe('BAD_INPUT');
      expect(await codeOf(client.description.edit({ id: 'part-1', changes: [change, change] }))).toBe(
        'BAD_INPUT',
      );
      expect(await codeOf(client.description.undo({ edit: 'edit-9' }))).toBe('NOT_FOUND');
      const path = { display: join(dir, 'gone.csv') };
      expect(await codeOf(client.description.importCsv({ path }))).toBe('BAD_INPUT');
      const nothing = { target: {}, changes: [{ field: 'genre' as const, value: null }] };
      expect(await codeOf(client.description.editMany(nothing))).toBe('BAD_REQUEST');
    });
  });
}
