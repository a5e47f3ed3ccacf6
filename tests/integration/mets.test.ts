/** METS that is handed out, read by a parser that we did not write and held to its schema. */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { Host } from '../../electron/host/index.ts';
import type { ExportResult } from '../../shared/contract/exports.ts';
import { hostileNames } from '../fixtures/generate/hostile-list.ts';
import { ended, objectsOf, recordScene } from '../support/record-scene.ts';
import { describeWith, itWith } from '../support/skips.ts';
import { sharedFolder } from '../support/temp.ts';
import { all, everyElement, ownSchema, parseXml, schemaFaults, type XmlElement } from '../support/xml.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

let host: Host;
const dir = sharedFolder();
const shelf = join(dir, 'shelf');

beforeAll(async () => {
  host = await recordScene(dir);
});

afterAll(() => host.close());

/** A relative reference as the bytes that it stands for, a character a byte. */
function decoded(address: string): string {
  return address.replace(/%([0-9A-F]{2})/g, (_, byte: string) =>
    String.fromCharCode(Number.parseInt(byte, 16)),
  );
}

describeWith({ tool: 'xmllint' }, 'METS of everything', () => {
  let result: ExportResult;
  let document: XmlElement;
  beforeAll(async () => {
    const job = await ended(
      host,
      await host.client.exports.mets({ everything: true, folder: { display: join(dir, 'out') } }),
    );
    expect(job).toMatchObject({ state: 'done' });
    result = job.result as ExportResult;
    document = parseXml(result.path.display);
  });

  itWith(
    {
      granted: 'the official mets.xsd, xlink.xsd and premis.xsd (HOLDFAST_SCHEMAS)',
      available: process.env.HOLDFAST_SCHEMAS !== undefined,
    },
    'is valid by the official schemas, the PREMIS in it too',
    () => {
      const folder = process.env.HOLDFAST_SCHEMAS ?? '';
      const schema = join(dir, 'all.xsd');
      // XLink first: the schema of METS asks a network for it otherwise.
      const imports = [
        ['http://www.w3.org/1999/xlink', 'xlink.xsd'],
        ['http://www.loc.gov/METS/', 'mets.xsd'],
        ['http://www.loc.gov/premis/v3', 'premis.xsd'],
      ].map(
        ([of, name]) =>
          `<xs:import namespace="${String(of)}" schemaLocation="${join(folder, String(name))}"/>`,
      );
      writeFileSync(
        schema,
        `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">${imports.join('')}</xs:schema>`,
      );
      expect(schemaFaults(schema, result.path.display)).toEqual([]);
    },
  );

  it('has its sections in order, and every file once with its digest, size and place', async () => {
    expect(document.children.map(({ name }) => name).filter((name, at, of) => name !== of[at - 1])).toEqual([
      'metsHdr',
      'dmdSec',
      'amdSec',
      'fileSec',
      'structMap',
    ]);
    const [administration] = all(document, 'amdSec');
    const sections = (administration as XmlElement).children.map(({ name }) => name);
    expect(sections.filter((name, at) => name !== sections[at - 1])).toEqual([
      'techMD',
      'rightsMD',
      'digiprovMD',
    ]);
    const files = all(document, 'fileSec/fileGrp/file');
    expect(files).toHaveLength((await host.client.archive.status()).objects);
    const flac = files.find((file) =>
      all(file, 'FLocat').some((at) => at.attributes['xlink:href'] === 'flac/one.flac'),
    );
    const content = readFileSync(join(shelf, 'flac', 'one.flac'));
    expect(flac?.attributes).toMatchObject({
      CHECKSUM: createHash('sha256').update(content).digest('hex'),
      CHECKSUMTYPE: 'SHA-256',
      SIZE: String(content.length),
      MIMETYPE: 'audio/flac',
    });
    const places = files.flatMap((file) =>
      all(file, 'FLocat').map((at) => decoded(at.attributes['xlink:href'] ?? '')),
    );
    for (const { name } of hostileNames) expect(places).toContain(`names/${name.toString('latin1')}`);
  });

  it('points only at what it holds, and at every file from its structure', () => {
    const ids = new Set<string>();
    const pointed = new Set<string>();
    const shown = new Set<string>();
    for (const { attributes } of everyElement(document)) {
      if (attributes['ID'] !== undefined) {
        expect(ids.has(attributes['ID'])).toBe(false);
        ids.add(attributes['ID']);
      }
      for (const name of ['ADMID', 'DMDID', 'FILEID'])
        for (const id of (attributes[name] ?? '').split(' ')) if (id !== '') pointed.add(id);
      if (attributes['FILEID'] !== undefined) shown.add(attributes['FILEID']);
    }
    expect([...pointed].filter((id) => !ids.has(id))).toEqual([]);
    expect(shown.size).toBe(all(document, 'fileSec/fileGrp/file').length);
  });

  it('has the PREMIS of everything, valid by the part of the schema that we restate', () => {
    const text = readFileSync(result.path.display, 'utf8');
    const elements = (name: string) =>
      text.match(new RegExp(`^<${name} xmlns="http://www.loc.gov/premis/v3"[^]*?^</${name}>$`, 'gm')) ?? [];
    const rights = text.match(/^<rights xmlns="http:\/\/www.loc.gov\/premis\/v3"[^]*?<\/rights>$/gm) ?? [];
    const whole = join(dir, 'out', 'premis-of-mets.xml');
    writeFileSync(
      whole,
      `<premis xmlns="http://www.loc.gov/premis/v3" version="3.0">\n${[...elements('object'), ...elements('event'), ...elements('agent'), ...rights].join('\n')}\n</premis>`,
    );
    expect(schemaFaults(ownSchema('premis-part.xsd'), whole)).toEqual([]);
    expect(objectsOf(parseXml(whole), 'file')).toHaveLength(result.counts['files'] ?? 0);
    for (const word of ['Ada Kettle', 'Aunt', 'Deed of gift']) expect(text).not.toContain(word);
  });
});
