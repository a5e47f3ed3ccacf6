/** Checksum manifests over every transport. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createArchive } from '../../electron/host/index.ts';
import type { Job } from '../../shared/contract/jobs.ts';
import { manifestResultSchema } from '../../shared/contract/manifests.ts';
import { tempFolder } from '../support/temp.ts';
import { transports, type Client } from './transports.ts';

async function rest(client: Client, job: Job): Promise<Job> {
  for await (const snapshot of await client.jobs.watch({ id: job.id })) expect(snapshot.id).toBe(job.id);
  return client.jobs.get({ id: job.id });
}

for (const [name, connect] of Object.entries(transports)) {
  describe(`manifests over ${name}`, () => {
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

      const job = await rest(client, await client.manifests.create({ accession: 'acc-1' }));
      expect(job).toMatchObject({ kind: 'exporting', state: 'done' });
      const result = manifestResultSchema.parse(job.result);
      expect(result).toMatchObject({ form: 'gnu', algorithms: ['sha256'], files: 1, agent: 'Tester' });
      expect(result.path.display.startsWith(join(archive, 'exports'))).toBe(true);
      expect(readFileSync(result.path.display, 'utf8')).toMatch(/^[0-9a-f]{64} {2}one\.wav$/m);

      await expect(client.manifests.create({ accession: 'acc-7' })).rejects.toMatchObject({
        code: 'NOT_FOUND',
      });
      await expect(client.manifests.create({})).rejects.toMatchObject({ code: 'BAD_REQUEST' });
      const md5 = await rest(
        client,
        await client.manifests.create({ accession: 'acc-1', algorithms: ['md5'] }),
      );
      expect(md5).toMatchObject({ state: 'interrupted', error: { code: 'BAD_INPUT' } });
    });
  });
}
