/** Records of what is kept, over every transport. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createArchive } from '../../electron/host/index.ts';
import type { Job } from '../../shared/contract/jobs.ts';
import { exportResultSchema } from '../../shared/contract/exports.ts';
import { tempFolder } from '../support/temp.ts';
import { transports, type Client } from './transports.ts';

async function rest(client: Client, job: Job): Promise<Job> {
  for await (const snapshot of await client.jobs.watch({ id: job.id })) expect(snapshot.id).toBe(job.id);
  return client.jobs.get({ id: job.id });
}

for (const [name, connect] of Object.entries(transports)) {
  describe(`exports over ${name}`, () => {
    it('are written by a job, whose result says what they are and whose refusals carry their code', async () => {
      const dir = tempFolder();
      const archive = join(dir, 'archive');
      const box = join(dir, 'box');
      mkdirSync(box);
      writeFileSync(join(box, 'one.wav'), 'sound');
      await createArchive({ dir: archive, name: 'Test archive', agent: 'Tester' });
      const { client, close } = await connect({ archive, agent: 'Tester', mode: 'write', command: 'test' });
      onTestFinished(close);
      const terms = { title: 'Box', rightsBasis: 'other', source: 'S', acquired: 'A' } as const;
      await rest(client, await client.accession.start({ ...terms, paths: [{ display: box }] }));

      const job = await rest(client, await client.exports.premis({ everything: true }));
      expect(job).toMatchObject({ kind: 'exporting', state: 'done' });
      const result = exportResultSchema.parse(job.result);
      expect(result).toMatchObject({
        form: 'premis',
        counts: { files: 1 },
        sensitive: false,
        agent: 'Tester',
      });
      expect(result.path.display.startsWith(join(archive, 'exports'))).toBe(true);
      expect(readFileSync(result.path.display, 'utf8')).toContain('<originalName>one.wav</originalName>');

      await expect(client.exports.premis({ accession: 'acc-7' })).rejects.toMatchObject({
        code: 'NOT_FOUND',
      });
      await expect(client.exports.premis({})).rejects.toMatchObject({ code: 'BAD_REQUEST' });
      const nothing = await rest(client, await client.exports.premis({ ids: ['rep-99'] }));
      expect(nothing).toMatchObject({ state: 'interrupted', error: { code: 'BAD_INPUT' } });
    });
  });
}
