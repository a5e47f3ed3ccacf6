/** Records handed out in the standards of others, with the built program. */
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { beforeEach, expect, vi } from 'vitest';
import { Archivist } from '../support/archivist.ts';
import { itWith } from '../support/skips.ts';
import { all, ownSchema, parseXml, schemaFaults } from '../support/xml.ts';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 180_000 });

let ada: Archivist;
beforeEach(() => {
  ada = new Archivist();
  ada.keep(ada.tapes('tapes', 3));
  mkdirSync(ada.path('out'));
});

itWith({ tool: 'xmllint' }, 'PREMIS of an accession is a valid file that says what it holds', () => {
  const done = ada.read(['export', 'premis', '--accession', 'acc-1', '--out', ada.path('out')]);
  expect(done).toMatchObject({ status: 0 });
  expect(done.stdout).toMatch(/premis-acc-1\.xml: PREMIS 3\.0 of 3 files, /);
  expect(done.stdout).toContain('Names of people, and notes in their own words, stayed behind.');
  const path = ada.path('out', 'premis-acc-1.xml');
  expect(schemaFaults(ownSchema('premis-part.xsd'), path)).toEqual([]);
  const files = all(parseXml(path), 'object').filter(({ attributes }) => attributes['xsi:type'] === 'file');
  expect(files).toHaveLength(3);
  expect(ada.ask(['export', 'premis', '--all', '--out', ada.path('out')])).toMatchObject({
    status: 0,
    json: { form: 'premis', counts: { files: 3 }, sensitive: false },
  });
  for (const [words, form, file] of [
    [['mets', 'acc-1'], 'mets', 'mets-acc-1.mets.xml'],
    [['dc', '--collection', 'Shelf'], 'dublin-core', ''],
    [['dc', 'acc-1'], 'dublin-core', 'dublin-core-acc-1.csv'],
    [['dc', 'acc-1', '--form', 'xml'], 'dublin-core', 'dublin-core-acc-1.xml'],
    [['ebucore', 'acc-1'], 'ebucore', 'ebucore-acc-1.xml'],
  ] as const) {
    const answer = ada.ask(['export', ...words, '--out', ada.path('out')]);
    if (file === '') expect(answer).toMatchObject({ status: 2, json: { error: { code: 'NOT_FOUND' } } });
    else {
      expect(answer).toMatchObject({ status: 0, json: { form } });
      expect(existsSync(ada.path('out', file))).toBe(true);
    }
  }
  expect(ada.ask(['log', 'verify'])).toMatchObject({ status: 0, json: { ok: true } });
});

itWith(
  { tool: 'sha256sum' },
  'what is not said in one way is told with its exit code; a manifest is exported too',
  () => {
    for (const words of [[], ['acc-1', '--all'], ['--search', 'x', '--accession', 'acc-1'], ['loc-1']])
      expect(ada.ask(['export', 'premis', ...words])).toMatchObject({ status: 2 });
    expect(ada.ask(['export', 'dc', 'acc-1', '--form', 'pdf'])).toMatchObject({ status: 2 });
    const done = ada.read(['export', 'manifest', '--accession', 'acc-1', '--out', ada.path('out')]);
    expect(done).toMatchObject({ status: 0 });
    expect(readFileSync(ada.path('out', 'manifest-acc-1.sha256'), 'utf8')).toContain('  1.wav\n');
  },
);
