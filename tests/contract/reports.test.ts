/** Reports over every transport. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createArchive } from '../../electron/host/index.ts';
import { reportResultSchema } from '../../shared/contract/reports.ts';
import { codeOf, rest } from '../support/letting-go.ts';
import { tempFolder } from '../support/temp.ts';
import { transports } from './transports.ts';

for (const [name, connect] of Object.entries(transports)) {
  describe(`reports over ${name}`, () => {
    it('are written by a job, whose result says what they are and whose refusals carry their code', async () => {
      const dir = tempFolder();
      const archive = join(dir, 'archive');
      const box = join(dir, 'box');
      mkdirSync(box);
      writeFileSync(join(box, 'one.wav'), 'sound');
      await createArchive({ dir: archive, name: 'Test archive', agent: 'Tester' });
      const { client, close } = await connect({ archive, agent: 'Tester', mode: 'write', command: 'test' });
      onTestFinished(close);

      // Of an archive that holds nothing too.
      for (const kind of ['annual', 'condition', 'fixity'] as const) {
        const job = await rest(client, await client.reports.create({ kind }));
        expect(job).toMatchObject({ kind: 'exporting', state: 'done' });
        const result = reportResultSchema.parse(job.result);
        expect(result).toMatchObject({ kind, archive: 'Test archive', agent: 'Tester' });
        expect(result.written.map(({ form }) => form)).toEqual(['html', 'csv', 'json']);
        for (const { path } of result.written)
          expect(path.display.startsWith(join(archive, 'exports'))).toBe(true);
        expect(readFileSync(result.written[0]?.path.display ?? '', 'utf8')).not.toMatch(
          /NaN|undefined|null|Infinity/,
        );
      }
      const terms = { title: 'Box', rightsBasis: 'other', source: 'S', acquired: 'A' } as const;
      await rest(client, await client.accession.start({ ...terms, paths: [{ display: box }] }));
      const certificate = await rest(
        client,
        await client.reports.create({ kind: 'certificate', id: 'obj-1' }),
      );
      const { lead, written } = reportResultSchema.parse(certificate.result);
      expect(lead[0]).toMatch(/^No copy of ".+" has been read and compared with its digest yet/);
      expect(written.map(({ form }) => form)).toEqual(['html', 'json', 'proof.json']);

      expect(await codeOf(client.reports.create({ kind: 'certificate', id: 'obj-7' }))).toBe('NOT_FOUND');
      expect(await codeOf(client.reports.create({ kind: 'certificate' }))).toBe('BAD_REQUEST');
      expect(await codeOf(client.reports.create({ kind: 'annual', year: 9_998 }))).toBe('BAD_INPUT');
    });
  });
}
