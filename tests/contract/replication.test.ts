import { appendFileSync, cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { accessionResultSchema } from '../../shared/contract/accession.ts';
import { decisionResultSchema } from '../../shared/contract/decisions.ts';
import { auditResultSchema } from '../../shared/contract/fixity.ts';
import type { Job } from '../../shared/contract/jobs.ts';
import { replicationResultSchema } from '../../shared/contract/replication.ts';
import { createArchive } from '../../electron/host/index.ts';
import { fixturePath } from '../fixtures/index.ts';
import { tempFolder } from '../support/temp.ts';
import { transports, type Client } from './transports.ts';

async function rest(client: Client, job: Job): Promise<Job> {
  for await (const snapshot of await client.jobs.watch({ id: job.id })) expect(snapshot.id).toBe(job.id);
  return client.jobs.get({ id: job.id });
}

for (const [name, connect] of Object.entries(transports)) {
  describe(`deposits and replication over ${name}`, () => {
    it('make bags in managed locations, audits verify them, and a change in one is accepted by its successor', async () => {
      const dir = tempFolder();
      const tapes = join(dir, 'tapes');
      mkdirSync(tapes);
      cpSync(fixturePath('mp3-cbr-id3v23.mp3'), join(tapes, 'song.mp3'));
      const archive = join(dir, 'archive');
      await createArchive({ dir: archive, name: 'Test archive', agent: 'Tester' });
      const { client, close } = await connect({ archive, agent: 'Tester', mode: 'write', command: 'test' });
      onTestFinished(close);
      for (const place of ['Deep', 'Vault'])
        expect(
          await client.locations.add({ path: { display: join(dir, place) }, name: place, writes: 'managed' }),
        ).toMatchObject({ name: place, writes: 'managed' });

      const deposited = await rest(
        client,
        await client.accession.start({
          paths: [{ display: tapes }],
          title: 'Tapes',
          rightsBasis: 'license',
          to: 'Deep',
        }),
      );
      expect(deposited.state, JSON.stringify(deposited.error)).toBe('done');
      const result = accessionResultSchema.parse(deposited.result);
      expect(result).toMatchObject({ files: 1, problems: [] });
      expect(result.bag?.display.startsWith(join(dir, 'Deep'))).toBe(true);
      expect(await client.accession.get({ id: result.accession.id })).toMatchObject({
        mode: 'managed',
        roots: [],
      });

      const replicated = await rest(
        client,
        await client.replication.start({ accession: result.accession.number, to: 'Vault' }),
      );
      expect(replicationResultSchema.parse(replicated.result)).toMatchObject({
        copied: 1,
        verified: 1,
        skipped: 0,
      });

      const audited = await rest(client, await client.fixity.audit({}));
      const audit = auditResultSchema.parse(audited.result);
      expect(audit).toMatchObject({ outcomes: { intact: 2 }, tagFiles: { findingsTotal: 0 } });
      expect(audit.tagFiles?.intact).toBeGreaterThanOrEqual(12);
      const refused = client.replication.start({ to: 'Nowhere' });
      await expect(refused).rejects.toMatchObject({ code: 'NOT_FOUND' });

      const bag = result.bag?.display ?? '';
      appendFileSync(join(bag, 'data/song.mp3'), 'corrected');
      await rest(client, await client.fixity.audit({}));
      const accepting = { findings: ['find-1'], as: 'accept' as const, reason: 'Tags corrected' };
      const successors = [
        {
          location: { id: 'loc-1', name: 'Deep' },
          path: { display: `${bag}-s2` },
          supersedes: { display: bag },
          files: 1,
        },
      ];
      const preview = await client.decisions.previewResolution(accepting);
      expect(preview).toMatchObject({ willDo: [{ finding: 'find-1' }], refused: [], successors });
      const accepted = await rest(client, await client.decisions.resolve(accepting));
      const made = decisionResultSchema.parse(accepted.result);
      expect(made).toMatchObject({ done: 1, refusedTotal: 0, successors });
      const auditedAgain = await rest(client, await client.fixity.audit({}));
      expect(auditResultSchema.parse(auditedAgain.result)).toMatchObject({
        outcomes: { intact: 2 },
        tagFiles: { findingsTotal: 0 },
      });
    });
  });
}
