/** Runs, open findings and what was set aside as a screen looks through them, over every transport. */
import { cpSync, mkdirSync, rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Job } from '../../shared/contract/jobs.ts';
import { createArchive } from '../../electron/host/index.ts';
import { fixturePath } from '../fixtures/index.ts';
import { tempFolder } from '../support/temp.ts';
import { transports, type Client } from './transports.ts';

const FILES = ['wav-pcm16.wav', 'wav-pcm24.wav', 'flac-24-stereo.flac'];

async function rest(client: Client, job: Job): Promise<Job> {
  for await (const snapshot of await client.jobs.watch({ id: job.id })) expect(snapshot.id).toBe(job.id);
  return client.jobs.get({ id: job.id });
}

for (const [name, connect] of Object.entries(transports)) {
  describe(`lists of fixity over ${name}`, () => {
    async function open(): Promise<{ client: Client; folder(name: string): string }> {
      const dir = tempFolder();
      const archive = join(dir, 'archive');
      await createArchive({ dir: archive, name: 'Test archive', agent: 'Tester' });
      const connected = await connect({ archive, agent: 'Tester', mode: 'write', command: 'test' });
      onTestFinished(() => connected.close());
      const { client } = connected;
      const folder = (place: string): string => join(dir, place);
      for (const place of ['shelf', 'annex']) {
        mkdirSync(folder(place));
        for (const file of FILES) cpSync(fixturePath(file), join(folder(place), file));
        const started = await client.accession.start({
          paths: [{ display: folder(place) }],
          title: place,
          rightsBasis: 'other',
          source: 'A. Novak',
          acquired: 'Donated 2024',
        });
        expect((await rest(client, started)).state).toBe('done');
      }
      return { client, folder };
    }

    it('tells of each run what was asked, what was done and what was left', async () => {
      const { client, folder } = await open();
      expect(await client.fixity.runs({})).toEqual({ rows: [], next: null });
      await rest(client, await client.fixity.audit({}));
      rmSync(folder('annex'), { recursive: true });
      await rest(client, await client.fixity.audit({ budget: { oldest: 2 } }));
      await rest(client, await client.fixity.audit({ location: 'annex' }));
      const { rows } = await client.fixity.runs({});
      expect(rows).toMatchObject([
        { kind: 'audit', location: { name: 'annex' }, checked: 0, complete: false, unreachable: ['annex'] },
        { kind: 'audit', asked: { oldest: 2 }, checked: 2, outcomes: { intact: 2 }, leftForLater: 1 },
        {
          kind: 'audit',
          asked: {},
          planned: 6,
          checked: 6,
          complete: true,
          unreachable: [],
          agent: 'Tester',
        },
      ]);
      for (const row of rows) {
        expect(row.state).toBe('done');
        expect((await client.jobs.get({ id: row.job })).kind).toBe('audit');
        expect((await client.events.get({ id: row.event ?? '' })).type).toBe('fixity check');
      }
      const first = await client.fixity.runs({ limit: 2 });
      const second = await client.fixity.runs({ limit: 2, cursor: first.next ?? '' });
      expect([...first.rows, ...second.rows].map(({ id }) => id)).toEqual(rows.map(({ id }) => id));
      expect(second.next).toBeNull();
    });

    it('narrows open findings by outcome and location, and counts them all', async () => {
      const { client, folder } = await open();
      expect(await client.fixity.findingCounts()).toEqual({ rows: [] });
      for (const place of ['shelf', 'annex']) truncateSync(join(folder(place), 'wav-pcm16.wav'), 100);
      rmSync(join(folder('annex'), 'wav-pcm24.wav'));
      await rest(client, await client.fixity.audit({}));
      const { rows: counts } = await client.fixity.findingCounts();
      expect(
        counts.map(({ outcome, location, count }) => `${outcome} ${location.name} ${count}`).sort(),
      ).toEqual(['missing annex 1', 'truncated annex 1', 'truncated shelf 1']);
      const annex = counts.find(({ location }) => location.name === 'annex')?.location.id ?? '';
      const truncated = await client.fixity.openFindings({ filter: { outcome: 'truncated' } });
      expect(truncated.rows).toHaveLength(2);
      const both = await client.fixity.openFindings({ filter: { outcome: 'truncated', location: annex } });
      expect(both.rows).toMatchObject([{ outcome: 'truncated', location: annex }]);
      const paged: string[] = [];
      for (let cursor: string | undefined; ;) {
        const page = await client.fixity.openFindings({
          limit: 1,
          ...(cursor === undefined ? {} : { cursor }),
        });
        paged.push(...page.rows.map(({ id }) => id));
        if (page.next === null) break;
        cursor = page.next;
      }
      expect(new Set(paged).size).toBe(3);
    });

    it('lists what was set aside a page at a time, and counts what has left quarantine', async () => {
      const { client, folder } = await open();
      expect(await client.archive.me()).toEqual({ name: 'Tester' });
      expect(await client.quarantine.counts()).toEqual({ aside: 0, released: 0 });
      for (const file of FILES) truncateSync(join(folder('shelf'), file), 100);
      await rest(client, await client.fixity.audit({}));
      await rest(client, await client.decisions.recover({ all: true }));
      expect(await client.quarantine.counts()).toEqual({ aside: 3, released: 0 });
      const first = await client.quarantine.list({ limit: 2 });
      const second = await client.quarantine.list({ limit: 2, cursor: first.next ?? '' });
      expect([...first.rows, ...second.rows].map(({ id }) => id)).toEqual(['aside-3', 'aside-2', 'aside-1']);
      expect(second.next).toBeNull();
      await client.quarantine.discard({ id: 'aside-2', reason: 'Cause found', secondAgent: 'J. Miller' });
      expect(await client.quarantine.counts()).toEqual({ aside: 2, released: 1 });
      expect((await client.quarantine.list({})).rows.map(({ id }) => id)).toEqual(['aside-3', 'aside-1']);
      const all = await client.quarantine.list({ all: true, limit: 2 });
      expect(all.rows.map(({ id, state }) => `${id} ${state}`)).toEqual([
        'aside-3 aside',
        'aside-2 discarded',
      ]);
      expect((await client.quarantine.list({ all: true, cursor: all.next ?? '' })).rows).toMatchObject([
        { id: 'aside-1', state: 'aside' },
      ]);
      await expect(client.quarantine.list({ cursor: 'bm9uZQ' })).rejects.toMatchObject({ code: 'BAD_INPUT' });
    });

    it('refuses a location that is none, and a cursor of another list', async () => {
      const { client } = await open();
      await expect(client.fixity.openFindings({ filter: { location: 'item-1' } })).rejects.toMatchObject({
        code: 'BAD_INPUT',
      });
      await expect(client.fixity.runs({ cursor: 'bm9uZQ' })).rejects.toMatchObject({ code: 'BAD_INPUT' });
    });
  });
}
