/** Bytes go: only those of bags, only after custody has ended and by two people, and the catalogue is honest at every moment. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { AuditResult, RescanResult } from '../../shared/contract/fixity.ts';
import { LEFT_IN_PLACE } from '../../shared/domain/letting-go.ts';
import { codeOf, Place, remove, rest, wanted, why } from '../support/letting-go.ts';
import { originals } from '../support/originals.ts';
import { writing, type Bag } from '../support/vault.ts';

describe('a deletion', () => {
  it('removes the bags of an accession, says so, and keeps its digests', async () => {
    const at = new Place();
    await at.init();
    const [bag, kept] = [
      await at.bag('tape'),
      await at.bag('kept', { 'own.wav': 'own', 'same.wav': 'first' }),
    ];
    const untouched = originals(kept.path);
    const client = await at.client();
    await client.custody.deaccession({ accession: bag.accession, ...why });

    const preview = await client.custody.previewDeletion({ accession: bag.accession });
    expect(preview).toMatchObject({
      accession: { number: bag.accession, title: 'tape' },
      deaccession: why,
      places: [{ state: 'remove', locationName: 'Vault', path: { display: bag.path }, files: 2, bytes: 11 }],
      heldElsewhere: { objects: 1, bytes: 5, accessions: [kept.accession] },
      heldNowhereElse: { objects: 1, bytes: 6 },
    });
    expect(existsSync(bag.path)).toBe(true);

    const result = await remove(client, bag.accession);
    expect(result).toMatchObject({
      complete: true,
      removed: { files: 2, bytes: 11 },
      places: [{ state: 'deleted' }],
    });
    expect(existsSync(bag.path)).toBe(false);
    expect(at.staged().filter((name) => name.includes('job-'))).toEqual([]);
    expect(originals(kept.path)).toEqual(untouched);

    const [event] = (await client.events.list({})).rows;
    expect(event).toMatchObject({ type: 'deletion', outcome: 'success', agent: 'Ada Kettle' });
    const shown = await client.holdings.show({ id: 'obj-2' });
    expect(shown.facts).toMatchObject({
      held: false,
      deletionReason: wanted.reason,
      custodyEndedReason: why.reason,
    });
    expect(shown.formerReplicas?.[0]).toMatchObject({ deletionReason: wanted.reason });
    expect(shown.formerReplicas?.[0]?.deletedAt).toBeDefined();
    expect(shown.events.map(({ type }) => type)).toContain('deletion');
    expect((await client.holdings.show({ id: 'obj-1' })).facts).not.toHaveProperty('held');
    expect((await client.holdings.show({ id: `acc-${bag.accessionId}` })).facts).toMatchObject({
      deletionAgents: 'Ada Kettle, Jo Miller',
      copiesDeleted: 2,
    });
    expect(await client.archive.status()).toMatchObject({ objects: 2, replicas: 2, pendingDeletions: 0 });
    await at.holds();
  });

  it('certifies what was removed, when, by whom, on whose authority, and the head of the log', async () => {
    const at = new Place();
    const bag = await at.letGo('<b>tape</b> & co');
    const client = await at.client('Ada "K" <ada@example.org>');
    const { certificate } = await remove(client, bag.accession);
    if (certificate === undefined) throw new Error('no certificate');
    expect(certificate.html.display).toBe(join(at.archive, 'exports', `deletion-${bag.accession}.html`));
    const [html, text] = [
      readFileSync(certificate.html.display, 'utf8'),
      readFileSync(certificate.text.display, 'utf8'),
    ];
    const { log } = await client.archive.status();
    for (const page of [html, text]) {
      for (const said of [
        why.reason,
        why.authority,
        wanted.reason,
        'Jo Miller',
        bag.accession,
        'Vault',
        'side b/two.wav',
      ])
        expect(page).toContain(said);
      expect(page.replaceAll(' ', '')).toContain(log.head);
    }
    const sha256 = (await client.holdings.show({ id: 'obj-1' })).object?.digests['sha256'] ?? '';
    expect(text).toContain(`${sha256}  ${join(bag.path, 'data/one.wav')}\n`);
    expect(html.replaceAll(' ', '')).toContain(sha256);
    expect(html).toContain('&lt;b&gt;tape&lt;/b&gt; &amp; co');
    expect(html).not.toMatch(/<b>|<script|ada@example\.org>|src=|https?:/);
    unlinkSync(certificate.html.display);
    unlinkSync(certificate.text.display);
    const again = await client.custody.certificate({ accession: bag.accession });
    expect(readFileSync(again.text.display, 'utf8')).toBe(text);
  });

  it('is refused of what is in custody, by one person under two names, and without a reason', async () => {
    const at = new Place();
    await at.init();
    const bag = await at.bag('tape');
    const client = await at.client('Ada Kettle');
    const { accession } = bag;
    expect(await codeOf(client.custody.delete({ accession, ...wanted }))).toBe('BAD_INPUT');
    expect(await codeOf(client.custody.previewDeletion({ accession }))).toBe('BAD_INPUT');
    await client.custody.deaccession({ accession, ...why });
    for (const secondAgent of [
      'Ada Kettle',
      'ADA  KETTLE',
      ' adakettle',
      'Ada\u200bKettle',
      'Ａda Kettle',
      '\u200b',
    ])
      expect(await codeOf(client.custody.delete({ accession, reason: 'R', secondAgent })), secondAgent).toBe(
        'BAD_INPUT',
      );
    expect(await codeOf(client.custody.delete({ accession, secondAgent: 'Jo' }))).toBe('BAD_INPUT');
    expect(await codeOf(client.custody.delete({ accession, reason: 'R' }))).toBe('BAD_INPUT');
    expect(await codeOf(client.custody.delete({ accession: 'acc-9', ...wanted }))).toBe('NOT_FOUND');
    expect(existsSync(bag.path)).toBe(true);
    await remove(client, accession);
    expect(await codeOf(client.custody.delete({ accession }))).toBe('BAD_INPUT');
  });

  it('leaves what stands in place: it is not Holdfast’s to remove', async () => {
    const at = new Place();
    await at.init();
    const shelf = join(at.dir, 'shelf');
    mkdirSync(shelf);
    writeFileSync(join(shelf, 'a.wav'), 'a');
    const client = await at.client();
    const terms = { rightsBasis: 'other' as const, source: 'S', acquired: 'A', paths: [{ display: shelf }] };
    await rest(client, await client.accession.start({ ...terms, title: 'Shelf' }));
    await client.custody.deaccession({ accession: 'acc-1', ...why });
    await rest(client, await client.accession.start({ ...terms, title: 'Shelf again' }));
    const untouched = originals(shelf);
    const result = await remove(client, 'acc-1');
    expect(result).toMatchObject({
      complete: true,
      removed: { files: 0 },
      places: [{ state: 'left', files: 1 }],
    });
    expect(result.places[0]?.detail).toContain(LEFT_IN_PLACE);
    expect(result.places[0]?.detail).toMatch(/held under accession \d{4}-0002 now/);
    expect(originals(shelf)).toEqual(untouched);
    expect((await client.events.list({})).rows[0]).toMatchObject({ type: 'deletion', outcome: 'warning' });
    expect(await client.archive.status()).toMatchObject({ replicas: 1, pendingDeletions: 0 });
    await at.holds();
  });
});

describe('a bag that custody has ended of', () => {
  it('is neither audited nor called untracked, and not copied', async () => {
    const at = new Place();
    await at.letGo();
    const client = await at.client();
    const audit = (await rest(client, await client.fixity.audit({}))).result as AuditResult;
    expect(audit).toMatchObject({ planned: 0, findings: [], run: { complete: true } });
    const rescan = (await rest(client, await client.fixity.rescan({}))).result as RescanResult;
    expect(rescan.outcomes).toMatchObject({ untracked: 0, gone: 0, deaccessioned: 6 });
    expect(await codeOf(client.replication.start({ accession: 'acc-1', to: 'Vault' }))).toBe('BAD_INPUT');
    await at.holds();
  });
});

describe('a deletion that was killed', () => {
  const moments: Readonly<Record<string, (bag: Bag, staged: string) => void>> = {
    'before the bag was moved': () => undefined,
    'when the bag had been moved into staging': (bag, staged) => {
      mkdirSync(join(staged, '..'), { recursive: true });
      renameSync(bag.path, staged);
    },
    'when half of it was unlinked': (bag, staged) => {
      mkdirSync(join(staged, '..'), { recursive: true });
      renameSync(bag.path, staged);
      rmSync(join(staged, 'data/one.wav'));
    },
    'when all of it was unlinked': (bag) => rmSync(bag.path, { recursive: true }),
  };
  const ways = ['the command again', 'jobs resume', 'jobs cancel, and the command again'] as const;
  for (const [when, happen] of Object.entries(moments))
    for (const how of when.startsWith('when half') ? ways : ways.slice(0, 1))
      it(`${when} is completed by ${how}`, async () => {
        const at = new Place();
        const bag = await at.letGo();
        await at.close();
        const opened = await writing(at.archive, (writer) => {
          const begun = writer.beginDeletion({
            accessionId: bag.accessionId,
            ...wanted,
            resumeKey: resumeKeyOf(bag.accessionId),
            agent: { name: 'Ada Kettle', softwareVersion: '0' },
          });
          writer.beginRemoval(begun.actId, 1);
          return begun;
        });
        const archiveId = (
          JSON.parse(readFileSync(join(at.archive, 'archive.json'), 'utf8')) as { id: string }
        ).id;
        happen(bag, join(at.root, `.holdfast/staging/${archiveId}/job-${opened.jobId}/bag-${bag.id}`));
        const client = await at.client();
        expect((await client.custody.pending({})).rows).toMatchObject([{ state: 'removing' }]);
        const id = `job-${opened.jobId}`;
        if (how === 'jobs resume') await rest(client, await client.jobs.resume({ id }));
        else {
          if (how.startsWith('jobs cancel'))
            expect(await client.jobs.cancel({ id })).toMatchObject({ state: 'cancelled' });
          const pending = (await client.custody.pending({})).rows.length > 0;
          if (pending) await remove(client, bag.accession, {});
        }
        expect(existsSync(bag.path)).toBe(false);
        expect(at.staged().filter((name) => name.includes('job-'))).toEqual([]);
        expect(await client.custody.previewDeletion({ accession: bag.accession })).toMatchObject({
          places: [{ state: 'deleted' }],
        });
        expect(await client.archive.status()).toMatchObject({ pendingDeletions: 0, openJobs: 0 });
        await at.holds();
      });
});

function resumeKeyOf(accessionId: number): string {
  return createHash('sha256')
    .update(JSON.stringify(['deletion', accessionId]))
    .digest('hex');
}
