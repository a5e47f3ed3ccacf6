/** Custody ends: what no longer counts, what stays to be known, and that nothing on a disk is touched. */
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { auditResultSchema, rescanResultSchema } from '../../shared/contract/fixity.ts';
import type { Entity } from '../../shared/contract/holdings.ts';
import { utf8Path } from '../../shared/domain/path.ts';
import type { Job } from '../../shared/contract/jobs.ts';
import { createArchive, openHost, type Host } from '../../electron/host/index.ts';
import { fixturePath } from '../fixtures/index.ts';
import { originals } from '../support/originals.ts';
import { tempFolder } from '../support/temp.ts';
import { writing } from '../support/vault.ts';

type Client = Host['client'];

const terms = { rightsBasis: 'other', source: 'A. Novak', acquired: 'Donated 2024' } as const;
const why = { reason: 'Returned to the donor', authority: 'Board minute 2026/14' } as const;

interface Place {
  readonly archive: string;
  /** Two recordings. */
  readonly tapes: string;
  /** One of them again, and one of its own. */
  readonly copies: string;
  client: Client;
  /** Works on the archive while no host holds it. */
  closed(work: (archive: string) => Promise<void>): Promise<void>;
  /** What is counted agrees with a recount. */
  recounted(): Promise<void>;
}

async function place(): Promise<Place> {
  const dir = tempFolder();
  const archive = join(dir, 'archive');
  const [tapes, copies] = [join(dir, 'tapes'), join(dir, 'copies')];
  mkdirSync(tapes);
  mkdirSync(copies);
  cpSync(fixturePath('flac-16-tags-picture.flac'), join(tapes, 'one.flac'));
  cpSync(fixturePath('mp3-cbr-id3v23.mp3'), join(tapes, 'two.mp3'));
  cpSync(fixturePath('flac-16-tags-picture.flac'), join(copies, 'again.flac'));
  cpSync(fixturePath('wav-pcm16.wav'), join(copies, 'own.wav'));
  await createArchive({ dir: archive, name: 'Test archive', agent: 'Tester' });
  const open = (): Promise<Host> => openHost({ archive, agent: 'Tester', mode: 'write', command: 'test' });
  let host = await open();
  onTestFinished(async () => void (await host.close()));
  const made: Place = {
    archive,
    tapes,
    copies,
    client: host.client,
    async closed(work) {
      await host.close();
      await work(archive);
      host = await open();
      made.client = host.client;
    },
    recounted: () =>
      made.closed(async () => expect(await writing(archive, (writer) => writer.checkCounters())).toEqual([])),
  };
  return made;
}

async function rest(client: Client, job: Job): Promise<Job> {
  for await (const _ of await client.jobs.watch({ id: job.id }));
  return client.jobs.get({ id: job.id });
}

async function keep(client: Client, folder: string, title: string): Promise<Job> {
  const job = await client.accession.start({ ...terms, title, paths: [{ display: folder }] });
  return rest(client, job);
}

it('counts nowhere what custody has ended of, and changes nothing on the disk', async () => {
  const at = await place();
  await keep(at.client, at.tapes, 'Tapes');
  const untouched = originals(at.tapes);
  const ended = await at.client.custody.deaccession({
    accession: `${new Date().getUTCFullYear()}-0001`,
    ...why,
  });
  expect(ended).toMatchObject({
    accession: { id: 'acc-1' },
    replicas: 2,
    objects: 2,
    ...why,
    agent: 'Tester',
  });
  expect(await at.client.holdings.list({})).toEqual({ rows: [], next: null });
  expect((await at.client.holdings.search({ text: 'one' })).rows).toEqual([]);
  expect(await at.client.archive.status()).toMatchObject({
    items: 0,
    objects: 0,
    replicas: 0,
    bytes: 0,
    hours: 0,
    overdue: 0,
    untracked: 0,
    gaps: { rights: 0, source: 0, acquired: 0 },
    pendingDeletions: 0,
  });
  expect(originals(at.tapes)).toEqual(untouched);
  expect(await at.client.events.verify()).toMatchObject({ ok: true });
  await at.recounted();
});

it('is no matter of audits and rescans any more: neither verified, nor gone, nor untracked', async () => {
  const at = await place();
  await keep(at.client, at.tapes, 'Tapes');
  await at.client.custody.deaccession({ accession: 'acc-1', ...why });
  const audit = auditResultSchema.parse((await rest(at.client, await at.client.fixity.audit({}))).result);
  expect(audit).toMatchObject({ planned: 0, findings: [], run: { complete: true } });
  cpSync(fixturePath('wav-pcm16.wav'), join(at.tapes, 'new.wav'));
  const rescan = rescanResultSchema.parse((await rest(at.client, await at.client.fixity.rescan({}))).result);
  expect(rescan).toMatchObject({
    outcomes: { untracked: 1, gone: 0, changed: 0, deaccessioned: 2 },
    findings: [],
  });
  expect(rescan.untracked.map(({ path }) => path.display)).toEqual([join(at.tapes, 'new.wav')]);
  expect(await at.client.events.verify()).toMatchObject({ ok: true });
  await at.recounted();
});

it('resolves what was found of it, and keeps the finding to be known', async () => {
  const at = await place();
  await keep(at.client, at.tapes, 'Tapes');
  cpSync(fixturePath('wav-pcm16.wav'), join(at.tapes, 'two.mp3'));
  await rest(at.client, await at.client.fixity.audit({}));
  expect((await at.client.fixity.findings({})).rows).toHaveLength(1);
  await at.client.custody.deaccession({ accession: 'acc-1', ...why });
  expect((await at.client.fixity.findings({})).rows).toEqual([]);
  const finding = await at.client.holdings.show({ id: 'find-1' });
  expect(finding).toMatchObject({ title: join(at.tapes, 'two.mp3'), facts: { resolution: 'custody ended' } });
  await at.recounted();
});

it('tells when, why and on whose authority of everything that there was', async () => {
  const at = await place();
  await keep(at.client, at.tapes, 'Tapes');
  const [part] = (await at.client.holdings.list({ sort: 'title' })).rows;
  if (part === undefined) throw new Error('nothing was held');
  const before = await at.client.holdings.show({ id: part.id });
  await at.client.custody.deaccession({ accession: 'acc-1', ...why });
  const ended = { custodyEndedReason: why.reason, custodyEndedAuthority: why.authority };
  const accession = await at.client.holdings.show({ id: 'acc-1' });
  expect(accession.facts).toMatchObject({ ...ended, custodyEndedBy: 'Tester' });
  expect(accession.facts).toMatchObject({ items: 1, parts: 2, bytes: expect.any(Number) as number });
  expect(accession.parts).toMatchObject([{ outcome: 'custody_ended' }, { outcome: 'custody_ended' }]);
  expect(accession.events.map(({ type }) => type)).toEqual(['deaccession', 'accession']);
  const item = await at.client.holdings.show({ id: part.item });
  expect(item.facts).toMatchObject(ended);
  expect(item.parts.map(({ id }) => id)).toContain(part.id);
  const told: Entity[] = [];
  const replica = before.replicas[0]?.id;
  for (const id of [part.id, part.sha256, before.object?.id, replica])
    told.push(await at.client.holdings.show({ id: String(id) }));
  told.push(await at.client.holdings.show({ path: part.path }));
  for (const entity of told) {
    expect(entity.facts).toMatchObject({ held: false, ...ended });
    expect(entity.replicas).toEqual([]);
    expect(entity.formerReplicas).toMatchObject([{ id: replica, path: part.path, ...why }]);
    expect(entity.object?.digests).toEqual(before.object?.digests);
    expect(entity.events.map(({ type }) => type)).toContain('deaccession');
  }
  expect((await at.client.accession.get({ id: 'acc-1' })).deaccession).toMatchObject({
    ...why,
    agent: 'Tester',
  });
});

it('takes the same folder in again as another accession, of contents that it knows by their digests', async () => {
  const at = await place();
  await keep(at.client, at.tapes, 'Tapes');
  const status = await at.client.archive.status();
  await at.client.custody.deaccession({ accession: 'acc-1', ...why });
  const again = await keep(at.client, at.tapes, 'Tapes once more');
  expect(again.result).toMatchObject({
    accession: { id: 'acc-2', accrual: 1 },
    files: 2,
    objects: 2,
    alreadyHeld: 0,
  });
  const { items, objects, replicas, bytes, hours, byFormat } = status;
  expect(await at.client.archive.status()).toMatchObject({
    items,
    objects,
    replicas,
    bytes,
    hours,
    byFormat,
  });
  expect((await at.client.holdings.show({ id: 'obj-1' })).facts).not.toHaveProperty('held');
  await at.recounted();
  await at.client.custody.deaccession({ accession: 'acc-2', ...why });
  expect(await at.client.events.verify()).toMatchObject({ ok: true });
  await at.recounted();
});

it('leaves to another accession what that one holds too', async () => {
  const at = await place();
  await keep(at.client, at.tapes, 'Tapes');
  await keep(at.client, at.copies, 'Copies');
  await rest(at.client, await at.client.fixity.audit({}));
  const ended = await at.client.custody.deaccession({ accession: 'acc-1', ...why });
  expect(ended.objects).toBe(1);
  expect(await at.client.archive.status()).toMatchObject({
    objects: 2,
    replicas: 2,
    byOutcome: { intact: 2 },
  });
  const shared = (await at.client.holdings.list({ sort: 'title' })).rows.find(({ path }) =>
    path.display.endsWith('again.flac'),
  );
  expect(shared).toMatchObject({ replicas: 1, outcome: 'intact' });
  await at.recounted();
});

it('is refused while an accession is still being taken in', async () => {
  const at = await place();
  await at.closed((archive) =>
    writing(archive, (writer) => {
      writer.beginAccession({
        accession: { paths: [], title: 'Open', rightsNote: '', ...terms },
        roots: [{ location: { root: utf8Path(at.tapes), name: 'Shelf', inode: 2n }, path: utf8Path('') }],
        resumeKey: 'open',
        agent: { name: 'Tester', softwareVersion: '0' },
      });
    }),
  );
  await expect(at.client.custody.deaccession({ accession: 'acc-1', ...why })).rejects.toMatchObject({
    code: 'JOB_DIFFERS',
  });
});

it('is refused without a word on why, twice, and of what is not there', async () => {
  const at = await place();
  await keep(at.client, at.tapes, 'Tapes');
  const codeOf = (call: Promise<unknown>): Promise<unknown> =>
    call.then(
      () => undefined,
      (error: unknown) => (error as { readonly code: unknown }).code,
    );
  const { deaccession } = at.client.custody;
  expect(await codeOf(deaccession({ accession: 'acc-1', reason: '  ', authority: 'A' }))).toBe('BAD_REQUEST');
  expect(await codeOf(deaccession({ accession: 'acc-1', reason: 'R', authority: '' }))).toBe('BAD_REQUEST');
  expect(await codeOf(deaccession({ accession: 'acc-1', reason: 'x'.repeat(10_001), authority: 'A' }))).toBe(
    'BAD_REQUEST',
  );
  expect(await codeOf(deaccession({ accession: 'acc-7', ...why }))).toBe('NOT_FOUND');
  expect(await codeOf(deaccession({ accession: "'; DROP TABLE", ...why }))).toBe('NOT_FOUND');
  await deaccession({ accession: 'acc-1', ...why });
  expect(await codeOf(deaccession({ accession: 'acc-1', ...why }))).toBe('BAD_INPUT');
  const { log } = await at.client.archive.status();
  expect((await at.client.events.list({})).rows[0]?.type).toBe('deaccession');
  expect(log.events).toBe((await at.client.events.verify()).events);
});

it('lets a location be itself when its owner removes what it was known by', async () => {
  const at = await place();
  await keep(at.client, at.tapes, 'Tapes');
  await at.client.custody.deaccession({ accession: 'acc-1', ...why });
  expect((await at.client.locations.check({})).rows).toMatchObject([{ state: 'reachable' }]);
  for (const name of ['one.flac', 'two.mp3']) rmSync(join(at.tapes, name));
  expect((await at.client.locations.check({})).rows).toMatchObject([{ state: 'reachable' }]);
});
