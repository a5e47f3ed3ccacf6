/** Descriptions that are handed out: Dublin Core as a table and as XML, read by parsers that we did not write. */
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createArchive, openHost, type Host } from '../../electron/host/index.ts';
import type { ExportResult } from '../../shared/contract/exports.ts';
import type { Job } from '../../shared/contract/jobs.ts';
import { fixturePath } from '../fixtures/index.ts';
import { describeWith } from '../support/skips.ts';
import { sharedFolder } from '../support/temp.ts';
import { all, ownSchema, parseXml, schemaFaults, texts } from '../support/xml.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

let host: Host;
const dir = sharedFolder();
const TITLE = '=cmd|"/c calc"!A1 <Evening> & more';

async function ended(job: Job): Promise<Job> {
  for await (const { state } of await host.client.jobs.watch({ id: job.id })) void state;
  return host.client.jobs.get({ id: job.id });
}

async function resultOf(job: Promise<Job>): Promise<ExportResult> {
  const done = await ended(await job);
  if (done.error !== undefined) throw Object.assign(new Error(done.error.message), done.error);
  return done.result as ExportResult;
}

beforeAll(async () => {
  const archive = join(dir, 'archive');
  await createArchive({ dir: archive, name: 'Kept', agent: 'Ada' });
  host = await openHost({
    archive,
    agent: 'Ada',
    mode: 'write',
    command: 'test',
    stateFolder: join(dir, 's'),
  });
  for (const tape of ['one', 'two']) {
    mkdirSync(join(dir, 'box', tape), { recursive: true });
    writeFileSync(join(dir, 'box', tape, `${tape}.wav`), tape);
  }
  copyFileSync(fixturePath('wav-pcm16.wav'), join(dir, 'box', 'two', 'two.wav'));
  const terms = { rightsBasis: 'license', source: 'Donor Secretive', acquired: 'A' } as const;
  const taken = await ended(
    await host.client.accession.start({
      title: 'Box',
      ...terms,
      collection: 'Radio',
      paths: [{ display: join(dir, 'box') }],
    }),
  );
  expect(taken.state).toBe('done');
  await host.client.description.edit({
    id: 'item-1',
    changes: [
      { field: 'title', value: TITLE, version: 0 },
      { field: 'alternative-title', value: ['Abend; Lied', '+1'], version: 0 },
      {
        field: 'contributor',
        value: [
          { name: 'Ada Kettle', role: 'composer' },
          { name: 'Ben Pot', role: 'singer' },
        ],
        version: 0,
      },
      { field: 'date', value: '1957~', version: 0 },
      { field: 'language', value: ['cs'], version: 0 },
      { field: 'barcode', value: ['4006381333931'], version: 0 },
    ],
  });
});

afterAll(() => host.close());

describe('Dublin Core as a table', () => {
  it('has a row for each item, whose cells run in no spreadsheet and hold every value', async () => {
    const result = await resultOf(host.client.exports.dublinCore({ everything: true }));
    expect(result).toMatchObject({ form: 'dublin-core', counts: { items: 2 } });
    const text = readFileSync(result.path.display, 'utf8');
    const rows: Record<string, string>[] = parse(text, { bom: true, columns: true });
    expect(rows).toHaveLength(2);
    expect(rows[0]).toMatchObject({
      title: `'${TITLE}; Abend\\; Lied; +1`,
      creator: 'Ada Kettle (composer)',
      contributor: 'Ben Pot (singer)',
      date: '1957~',
      language: 'cs',
      rights: 'rights basis: license',
      identifier: expect.stringContaining('barcode: 4006381333931') as string,
      relation: expect.stringContaining('is part of: collection Radio') as string,
    });
    for (const row of rows) for (const cell of Object.values(row)) expect(cell).not.toMatch(/^[=+\-@]/);
    expect(text).not.toContain('Secretive');
  });
});

describeWith({ tool: 'xmllint' }, 'EBUCore', () => {
  it('has each item as a part, in the order of its schema, with roles, genres and typed identifiers', async () => {
    const result = await resultOf(host.client.exports.ebucore({ everything: true }));
    expect(result).toMatchObject({ form: 'ebucore', counts: { items: 2 } });
    expect(schemaFaults(ownSchema('ebucore-part.xsd'), result.path.display)).toEqual([]);
    const [first, second, ...others] = all(parseXml(result.path.display), 'coreMetadata/part');
    expect(others).toEqual([]);
    if (first === undefined || second === undefined) throw new Error('two items make two parts');
    expect(first.attributes).toEqual({ partId: 'item-1' });
    expect(texts(first, 'title/title')).toEqual([TITLE]);
    expect(texts(first, 'alternativeTitle/title')).toEqual(['Abend; Lied', '+1']);
    expect(texts(first, 'creator/contactDetails/name')).toEqual(['Ada Kettle']);
    expect(all(first, 'contributor/role').map(({ attributes }) => attributes)).toEqual([
      { typeLabel: 'singer' },
    ]);
    const barcode = all(first, 'identifier').find(
      ({ attributes }) => attributes['formatLabel'] === 'barcode',
    );
    expect(barcode && texts(barcode, 'identifier')).toEqual(['4006381333931']);
    expect(texts(first, 'format/duration/normalPlayTime')[0]).toMatch(/^PT[\d.]+S$/);
    expect(texts(first, 'rights/rights')).toEqual(['license']);
    expect(readFileSync(result.path.display, 'utf8')).not.toContain('Secretive');
  });
});

describeWith({ tool: 'xmllint' }, 'Dublin Core as XML', () => {
  it('is a valid oai_dc record for each item', async () => {
    const result = await resultOf(host.client.exports.dublinCore({ ids: ['acc-1'], as: 'xml' }));
    expect(schemaFaults(ownSchema('oai-dc-part.xsd'), result.path.display)).toEqual([]);
    const [first, second, ...others] = all(parseXml(result.path.display), 'dc');
    expect(others).toEqual([]);
    if (first === undefined || second === undefined) throw new Error('two items make two records');
    expect(texts(first, 'title')).toEqual([TITLE, 'Abend; Lied', '+1']);
    expect(texts(first, 'type')).toEqual(['Sound']);
    expect(texts(second, 'type')).toEqual(['Collection']);
    expect(texts(first, 'format').at(-1)).toMatch(/^PT[\d.]+S$/);
    expect(texts(second, 'identifier')[0]).toMatch(/^Holdfast archive [0-9a-f-]{36}: item-2$/);
  });
});
