import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openReaderMethods, type ReaderMethods } from '../../electron/adapters/sqlite/reader/reader.ts';
import { accessionSchema } from '../../shared/contract/accession.ts';
import { archiveSchema, statusSchema } from '../../shared/contract/archive.ts';
import { findingSchema } from '../../shared/contract/fixity.ts';
import { entitySchema, eventSummarySchema } from '../../shared/contract/holdings.ts';
import { jobSchema, problemSchema } from '../../shared/contract/jobs.ts';
import { locationSchema } from '../../shared/contract/locations.ts';
import { pathFromJson, rawPath, utf8Path } from '../../shared/domain/path.ts';
import { sharedFolder } from '../support/temp.ts';
import { agent, sha256Of, writtenCatalogue, type MadeFile } from '../support/written-catalogue.ts';

const dir = sharedFolder();
let reader: ReaderMethods;
const odd: MadeFile = {
  name: Buffer.from('\x80odd\n.flac', 'latin1'),
  embedded: { title: 'Odd', artist: 'Nobody', album: 'Tapes' },
  identifiers: [['isrc', 'GBAYE9900001']],
};
const plain: MadeFile = {
  name: 'plain.flac',
  embedded: { title: 'Plain', artist: 'Nobody', album: 'Tapes' },
};
const twin: MadeFile = { ...plain, name: 'twin.flac', content: 'plain.flac' };

beforeAll(() => {
  const { path, writer, begin, record } = writtenCatalogue(dir);
  const opened = begin();
  const locationId = opened.roots[0]?.locationId ?? 0;
  record(opened, 'box', [odd, plain, { name: 'notes.txt', kind: 'text' }]);
  record(opened, 'box/again', [twin]);
  writer.recordNotes(opened.actId, locationId, utf8Path('box'), [
    { name: Buffer.from('link'), problem: { code: 'symlink_not_followed' } },
    { name: Buffer.from('other'), problem: { code: 'special_file' } },
  ]);
  writer.closeAccession(opened.actId, 'done');
  const run = writer.beginRun({
    kind: 'audit',
    title: 'Audit',
    resumeKey: 'audit',
    params: { location: 1 },
    locationIds: [locationId],
    agent,
  });
  writer.recordChecks(run.actId, [
    { replicaId: 1, outcome: 'altered', detail: '{"why":"bits"}', bytesRead: 10 },
    { replicaId: 2, outcome: 'intact', bytesRead: 10 },
  ]);
  writer.closeRun(run.actId, {
    planned: 4,
    complete: false,
    outcomes: { altered: 1, intact: 1 },
    bytesRead: 20,
  });
  writer.beginRun({
    kind: 'rescan',
    title: 'Rescan',
    resumeKey: 'rescan',
    params: { location: 1 },
    locationIds: [locationId],
    agent,
  });
  writer.close();
  reader = openReaderMethods(path, {});
});
afterAll(() => reader.close());

describe('entity', () => {
  it.each([
    'col-9',
    'acc-1',
    'item-1',
    'part-1',
    'obj-1',
    'rep-1',
    'loc-1',
    'find-1',
    'event-1',
    'agent-1',
    'job-1',
    'run-2',
  ])('says of %s what the contract asks, or nothing', (id) => {
    const found = reader.entity(id);
    if (id === 'col-9') expect(found).toBeUndefined();
    else expect(entitySchema.parse(found)).toEqual(found);
    expect(found?.id ?? id).toBe(id);
  });

  it.each(['', 'part-0', 'part-999', 'nobody-1', 'part-1; DROP', '-1', 'g'.repeat(64), 'abcdef', "' OR 1=1"])(
    'knows no %s',
    (id) => {
      expect(reader.entity(id)).toBeUndefined();
    },
  );

  it('finds a content by its digest, whole or shortened, in any case', () => {
    const digest = sha256Of(plain).toString('hex');
    const whole = reader.entity(digest);
    expect(whole?.object?.digests['sha256']).toBe(digest);
    expect(whole?.object?.digests['sha512']).toMatch(/^[0-9a-f]{128}$/);
    for (const text of [digest.slice(0, 8), digest.slice(0, 9), digest.slice(0, 63).toUpperCase()])
      expect(reader.entity(text)).toEqual(whole);
    expect(reader.entity(digest.slice(0, 7))).toBeUndefined();
    expect(whole?.replicas.map(({ path }) => path.display)).toEqual([
      '/srv/sound/box/plain.flac',
      '/srv/sound/box/again/twin.flac',
    ]);
  });

  it('finds a replica by its path, whatever its bytes', () => {
    const bytes = rawPath(Buffer.concat([Buffer.from('/srv/sound/box/'), odd.name as Buffer]));
    const found = reader.entityAt(bytes);
    expect(found?.kind).toBe('replica');
    expect(found?.facts['outcome']).toBe('altered');
    expect(found?.facts['openFinding']).toBe('find-1');
    expect(Buffer.from(pathFromJson(found?.replicas[0]?.path ?? { display: '' }))).toEqual(
      Buffer.from(bytes),
    );
    expect(reader.entityAt(utf8Path('/srv/sound'))?.kind).toBe('location');
    for (const no of [
      '/srv/sound/box',
      '/srv/sound/box/',
      '/srv/sound/plain.flac',
      '/srv/soundbox/plain.flac',
      'box/plain.flac',
      '',
      '/',
    ])
      expect(reader.entityAt(utf8Path(no))).toBeUndefined();
  });

  it('tells of a part: object, tags, identifiers, copies, and what happened to it', () => {
    const part = reader.entity(reader.search('odd', 1).rows[0]?.id ?? '');
    expect(part?.title).toBe('Odd');
    expect(part?.object?.tags).toEqual({ vorbis: [['TITLE', 'Odd']] });
    expect(part?.object?.technical).toMatchObject({ lossless: true, durationMs: 61_000, sampleRate: 44_100 });
    expect(part?.identifiers).toEqual([{ scheme: 'isrc', value: 'GBAYE9900001', source: 'tag' }]);
    expect(part?.events.map(({ type }) => type)).toEqual(['fixity check', 'accession']);
    // The audit did not get to this one.
    expect(reader.entity('rep-3')?.events.map(({ type }) => type)).toEqual(['accession']);
  });

  it('shows all parts of an item and of an accession', () => {
    const item = reader.entity('item-1');
    expect(item?.facts['parts']).toBe(item?.parts.length);
    expect(item?.parts.map(({ title }) => title).sort()).toEqual(expect.arrayContaining(['Odd', 'Plain']));
    const accession = reader.entity('acc-1');
    expect(accession?.facts).toMatchObject({ rightsBasis: 'other', sealed: true });
    expect(accession?.facts['partsNotShown']).toBeUndefined();
  });
});

describe('status', () => {
  it('counts what stands recorded', () => {
    const status = reader.status(Date.now());
    expect(statusSchema.parse(status)).toEqual(status);
    expect(status).toMatchObject({
      objects: 3,
      replicas: 4,
      byOutcome: { altered: 1, intact: 1, not_checked: 2 },
      overdue: 0,
      awaitingFirstCheck: 3,
      openFindings: 1,
      gaps: { rights: 0, source: 1, acquired: 1 },
      lastAudit: { checked: 2, complete: false, outcomes: { altered: 1, intact: 1 } },
      catalogueHasCopy: false,
    });
    expect(Object.values(status.byStatus).reduce((sum, { count }) => sum + count, 0)).toBe(status.items);
    // Ninety days and more from now, nothing is verified within policy.
    const later = reader.status(Date.now() + 92 * 86_400_000);
    expect(later).toMatchObject({ overdue: 4, awaitingFirstCheck: 0 });
  });

  it('says which archive it is', () => {
    expect(archiveSchema.parse(reader.archive())).toMatchObject({ path: { display: dir }, readOnly: false });
  });
});

describe('lists', () => {
  it('are what the contract says', () => {
    for (const row of reader.jobs({ limit: 10 }).rows) expect(jobSchema.parse(row)).toEqual(row);
    for (const row of reader.events({ limit: 10 }).rows) expect(eventSummarySchema.parse(row)).toEqual(row);
    for (const row of reader.accessions({ limit: 10 }).rows) expect(accessionSchema.parse(row)).toEqual(row);
    for (const row of reader.locations()) expect(locationSchema.parse(row)).toEqual(row);
    const findings = reader.findings({ limit: 10 });
    expect(findings.rows.map((row) => findingSchema.parse(row))).toHaveLength(1);
    expect(reader.findingsOf(2, 10)).toEqual({ rows: findings.rows, total: 1 });
    expect(reader.findingsOf(1, 10)).toEqual({ rows: [], total: 0 });
    expect(reader.outcomesOf(2)).toEqual({ altered: 1, intact: 1 });
  });

  it('give the problems of a job a page at a time', () => {
    const first = reader.problems(1, { limit: 1 });
    const second = reader.problems(1, { limit: 1, cursor: first.next ?? '' });
    expect([...first.rows, ...second.rows].map((row) => problemSchema.parse(row).path.display)).toEqual([
      '/srv/sound/box/link',
      '/srv/sound/box/other',
    ]);
    expect(second.next).toBeNull();
    expect(() => reader.problems(2, { limit: 1, cursor: first.next ?? '' })).toThrow(
      expect.objectContaining({ code: 'BAD_INPUT' }),
    );
  });

  it('find accessions by exactly their roots', () => {
    const root = { locationId: 1, path: utf8Path('box') };
    expect(reader.accessionsOf([root]).map(({ id }) => id)).toEqual(['acc-1']);
    expect(reader.accessionsOf([root, root]).map(({ id }) => id)).toEqual(['acc-1']);
    expect(reader.accessionsOf([root, { locationId: 1, path: utf8Path('bag') }])).toEqual([]);
    expect(reader.accessionsOf([])).toEqual([]);
  });

  it('tell which contents are held', () => {
    expect(reader.held([sha256Of(odd), Buffer.alloc(32), sha256Of(twin)])).toEqual([true, false, true]);
  });

  it('find what is open', () => {
    expect(reader.openJob('rescan')).toMatchObject({ id: 3, state: 'queued', params: { location: 1 } });
    expect(reader.openJob('audit')).toBeUndefined();
    expect(reader.openJob('nothing')).toBeUndefined();
    expect(reader.locationIdentities()[0]).toMatchObject({ id: 1, rootInode: 2n, writes: 'recover' });
  });
});
