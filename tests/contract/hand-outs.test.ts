/** Packages for others over every transport. */
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createArchive } from '../../electron/host/index.ts';
import { packageResultSchema } from '../../shared/contract/hand-outs.ts';
import type { Job } from '../../shared/contract/jobs.ts';
import { tempFolder } from '../support/temp.ts';
import { transports, type Client } from './transports.ts';

async function rest(client: Client, job: Job): Promise<Job> {
  for await (const snapshot of await client.jobs.watch({ id: job.id })) expect(snapshot.id).toBe(job.id);
  return client.jobs.get({ id: job.id });
}

for (const [name, connect] of Object.entries(transports)) {
  describe(`packages over ${name}`, () => {
    it('are planned, made by a job, listed and shown; what is refused carries its code', async () => {
      const dir = tempFolder();
      const archive = join(dir, 'archive');
      const box = join(dir, 'box');
      const to = { display: join(dir, 'out') };
      mkdirSync(box);
      writeFileSync(join(box, 'one.wav'), 'sound');
      await createArchive({ dir: archive, name: 'Test archive', agent: 'Tester' });
      const { client, close } = await connect({ archive, agent: 'Tester', mode: 'write', command: 'test' });
      onTestFinished(close);
      const terms = { title: 'Box', rightsBasis: 'other', source: 'S', acquired: 'A' } as const;
      await rest(client, await client.accession.start({ ...terms, paths: [{ display: box }] }));

      const plan = await client.handOuts.plan({ accession: 'acc-1', to });
      expect(plan).toMatchObject({ leaving: { files: 1, bytes: 5 }, withheld: [], unreachable: 0 });
      const job = await rest(client, await client.handOuts.create({ accession: 'acc-1', to, name: 'box' }));
      expect(job).toMatchObject({ kind: 'exporting', state: 'done' });
      const { handOut } = packageResultSchema.parse(job.result);
      expect(handOut).toMatchObject({ id: 'out-1', state: 'done', files: 1, agent: 'Tester' });
      expect(readdirSync(to.display)).toEqual(['box']);
      expect(await client.handOuts.list({})).toEqual({ rows: [handOut], next: null });
      expect(await client.handOuts.show({ id: 'out-1' })).toEqual(handOut);

      await expect(client.handOuts.show({ id: 'out-7' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
      await expect(client.handOuts.create({ accession: 'acc-7', to })).rejects.toMatchObject({
        code: 'NOT_FOUND',
      });
      await expect(client.handOuts.create({ to })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
      const again = await rest(client, await client.handOuts.create({ accession: 'acc-1', to, name: 'box' }));
      expect(again).toMatchObject({ state: 'interrupted', error: { code: 'BAD_INPUT' } });
    });
  });
}
