/** PREMIS that is handed out, read by a parser that we did not write and held to its schema. */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Host } from '../../electron/host/index.ts';
import type { ExportResult } from '../../shared/contract/exports.ts';
import { displayPath, rawPath } from '../../shared/domain/path.ts';
import { hostileNames, twins } from '../fixtures/generate/hostile-list.ts';
import { ended, keep, NOTE_WRITTEN, objectsOf, recordScene } from '../support/record-scene.ts';
import { describeWith, itWith } from '../support/skips.ts';
import { sharedFolder } from '../support/temp.ts';
import {
  all,
  everyElement,
  ownSchema,
  parseXml,
  schemaFaults,
  texts,
  type XmlElement,
} from '../support/xml.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

type Wish = Parameters<Host['client']['exports']['premis']>[0];

/** The official premis.xsd, where somebody has it. */
const official = join(process.env.HOLDFAST_SCHEMAS ?? '/nowhere', 'premis.xsd');

let host: Host;
const dir = sharedFolder();
const shelf = join(dir, 'shelf');

async function premis(wish: Wish): Promise<ExportResult> {
  const job = await ended(
    host,
    await host.client.exports.premis({ folder: { display: join(dir, 'out') }, ...wish }),
  );
  if (job.error !== undefined) throw Object.assign(new Error(job.error.message), job.error);
  return job.result as ExportResult;
}

async function read(wish: Wish): Promise<XmlElement> {
  return parseXml((await premis(wish)).path.display);
}

const idOf = (element: XmlElement, kind = 'object') =>
  texts(element, `${kind}Identifier/${kind}IdentifierValue`)[0] ?? '';

beforeAll(async () => {
  host = await recordScene(dir);
});

afterAll(() => host.close());

describeWith({ tool: 'xmllint' }, 'PREMIS of everything', () => {
  let document: XmlElement;
  let result: ExportResult;
  beforeAll(async () => {
    result = await premis({ everything: true });
    document = parseXml(result.path.display);
  });

  it('is valid by the part of the schema that we restate', () => {
    expect(schemaFaults(ownSchema('premis-part.xsd'), result.path.display)).toEqual([]);
  });

  itWith(
    {
      granted: 'the official premis.xsd (HOLDFAST_SCHEMAS)',
      available: process.env.HOLDFAST_SCHEMAS !== undefined,
    },
    'is valid by the official schema',
    () => {
      expect(schemaFaults(official, result.path.display)).toEqual([]);
    },
  );

  it('has every content once, and counts what it says it holds', async () => {
    const status = await host.client.archive.status();
    const files = objectsOf(document, 'file');
    expect(files).toHaveLength(status.objects);
    expect(new Set(files.map((file) => idOf(file))).size).toBe(files.length);
    expect(result.counts).toEqual({
      files: files.length,
      bytes: files.reduce((sum, file) => sum + Number(texts(file, 'objectCharacteristics/size')[0]), 0),
      representations: objectsOf(document, 'representation').length,
      entities: objectsOf(document, 'intellectualEntity').length,
      events: all(document, 'event').length,
      agents: all(document, 'agent').length,
      rights: all(document, 'rights').length,
    });
    expect(files.flatMap((file) => all(file, 'storage'))).toHaveLength(status.replicas);
  });

  it('names nothing that it does not hold: every identifier that is linked or related is one of its own', () => {
    const own = new Set<string>();
    const named = new Set<string>();
    for (const { name, children } of everyElement(document)) {
      const value = children.find((child) => child.name.endsWith('IdentifierValue'))?.text;
      if (value === undefined) continue;
      if (/^(object|event|agent|rightsStatement)Identifier$/.test(name)) own.add(value);
      else named.add(value);
    }
    expect([...named].filter((value) => !own.has(value))).toEqual([]);
    expect(named.size).toBeGreaterThan(10);
  });

  it('tells the digests that are recorded, as they are of the bytes', () => {
    const file = objectsOf(document, 'file').find((one) => texts(one, 'originalName').includes('one.flac'));
    const fixity = all(file as XmlElement, 'objectCharacteristics/fixity').map((one) => [
      texts(one, 'messageDigestAlgorithm')[0],
      texts(one, 'messageDigest')[0],
    ]);
    const content = readFileSync(join(shelf, 'flac', 'one.flac'));
    const hash = (name: string) => createHash(name).update(content).digest('hex');
    expect(Object.fromEntries(fixity)).toMatchObject({
      'SHA-256': hash('sha256'),
      'SHA-512': hash('sha512'),
      'SHA-1': hash('sha1'),
      MD5: hash('md5'),
      'BLAKE2b-512': hash('blake2b512'),
    });
    expect(texts(file as XmlElement, 'objectCharacteristics/size')).toEqual([String(content.length)]);
    expect(
      texts(file as XmlElement, 'objectCharacteristics/format/formatRegistry/formatRegistryKey'),
    ).toEqual(['fmt/279']);
  });

  it('has the names of all files as they are shown, whatever bytes they are', () => {
    const names = objectsOf(document, 'file').flatMap((file) =>
      texts(file, 'storage/contentLocation/contentLocationValue'),
    );
    for (const { name } of hostileNames) expect(names).toContain(`names/${displayPath(rawPath(name))}`);
    for (const { folder, name } of twins) expect(names).toContain(`${folder}/${displayPath(rawPath(name))}`);
  });

  it('has one content with two copies as one object with two storages', () => {
    const [twice, ...others] = objectsOf(document, 'file').filter((file) => all(file, 'storage').length > 1);
    expect(others).toEqual([]);
    expect(texts(twice as XmlElement, 'storage/contentLocation/contentLocationValue')).toEqual([
      'first.wav',
      'second.wav',
    ]);
  });

  it('tells what inhibits the use of a protected file that a statute lets the archive keep', () => {
    const [inhibited, ...others] = objectsOf(document, 'file').filter(
      (file) => all(file, 'objectCharacteristics/inhibitors').length > 0,
    );
    expect(others).toEqual([]);
    expect(texts(inhibited as XmlElement, 'originalName')).toEqual(['locked.m4p']);
    expect(texts(inhibited as XmlElement, 'objectCharacteristics/inhibitors/inhibitorType')[0]).toMatch(
      /^rights management: ./,
    );
  });

  it('has events of the acts, and of what became of files in them: damage is an event with its own outcome', () => {
    const events = all(document, 'event');
    const byId = new Map(events.map((event) => [idOf(event, 'event'), event]));
    const damaged = objectsOf(document, 'file').find((file) =>
      texts(file, 'originalName').includes('third.flac'),
    );
    const linked = texts(damaged as XmlElement, 'linkingEventIdentifier/linkingEventIdentifierValue').map(
      (id) => byId.get(id) as XmlElement,
    );
    const check = linked.find((event) => texts(event, 'eventType')[0] === 'fixity check');
    expect(texts(check as XmlElement, 'eventOutcomeInformation/eventOutcome')).toEqual(['fail']);
    expect(
      texts(check as XmlElement, 'eventOutcomeInformation/eventOutcomeDetail/eventOutcomeDetailNote'),
    ).toEqual(['altered']);
    expect(linked.map((event) => texts(event, 'eventType')[0])).toEqual([
      'message digest calculation',
      'format identification',
      'fixity check',
    ]);
    expect(all(check as XmlElement, 'eventType')[0]?.attributes).toEqual({
      authority: 'eventType',
      authorityURI: 'http://id.loc.gov/vocabulary/preservation/eventType',
      valueURI: 'http://id.loc.gov/vocabulary/preservation/eventType/fix',
    });
  });

  it('has the relations that people recorded, between things that it holds', () => {
    const item = objectsOf(document, 'intellectualEntity').find((one) => idOf(one) === 'item-1');
    const derived = all(item as XmlElement, 'relationship').find(
      (one) => texts(one, 'relationshipType')[0] === 'derivation',
    );
    expect(texts(derived as XmlElement, 'relatedObjectIdentifier/relatedObjectIdentifierValue')).toEqual([
      'item-2',
    ]);
  });

  it('keeps names of people, donors and notes behind, and gives them where that is asked for', async () => {
    const text = readFileSync(result.path.display, 'utf8');
    for (const word of ['Ada Kettle', 'Miller> & sons', 'Deed of gift']) expect(text).not.toContain(word);
    expect(text).not.toContain('Aunt');
    const told = await premis({ everything: true, sensitive: true });
    const whole = parseXml(told.path.display);
    expect(all(whole, 'agent').flatMap((agent) => texts(agent, 'agentName'))).toContain('Ada Kettle');
    expect(schemaFaults(ownSchema('premis-part.xsd'), told.path.display)).toEqual([]);
    expect(
      all(whole, 'rights').flatMap((one) =>
        texts(one, 'rightsStatement/otherRightsInformation/otherRightsNote'),
      ),
    ).toEqual([NOTE_WRITTEN]);
  });

  it('says which archive it is of and the head of the log; the event commits to the file', async () => {
    const text = readFileSync(result.path.display, 'utf8');
    expect(text).toContain(`head of the log: event ${String(result.log.events)}, ${result.log.head}`);
    expect(texts(all(document, 'agent')[0] as XmlElement, 'agentName')).toEqual([
      'Kept -- "sounds" & <noise>',
    ]);
    const sha256 = createHash('sha256').update(readFileSync(result.path.display)).digest('hex');
    expect(result).toMatchObject({ sha256, size: statSync(result.path.display).size });
    expect(JSON.stringify(await host.client.events.get({ id: result.event }))).toContain(sha256);
    expect(await host.client.events.verify()).toMatchObject({ ok: true });
  });
});

describeWith({ tool: 'xmllint' }, 'PREMIS of a part', () => {
  it('is of one object, an item, an accession, a collection or a search, with what each belongs to', async () => {
    const ids = (document: XmlElement) =>
      objectsOf(document, 'intellectualEntity')
        .map((one) => idOf(one))
        .sort();
    const object = await read({ ids: ['obj-1'] });
    expect(objectsOf(object, 'file').map((file) => idOf(file))).toEqual(['obj-1']);
    expect(ids(object)).toEqual(['acc-1', 'col-1', 'col-2', expect.stringMatching(/^item-/) as string]);
    const box = await read({ accession: 'acc-2' });
    expect(ids(box)).toContain('acc-2');
    expect(ids(box)).not.toContain('acc-1');
    const inCollection = await premis({ collection: 'col-1' });
    expect(inCollection.counts['files']).toBe((await host.client.archive.status()).objects);
    expect(objectsOf(await read({ search: 'third' }), 'file')).toHaveLength(1);
    for (const wish of [{ ids: ['obj-1'] }, { accession: 'acc-2' }])
      expect(schemaFaults(ownSchema('premis-part.xsd'), (await premis(wish)).path.display)).toEqual([]);
  });

  it('refuses what names nothing in custody, and writes nothing', async () => {
    const before = readdirSync(join(dir, 'out')).length;
    await expect(premis({ ids: ['loc-1'] })).rejects.toMatchObject({ code: 'BAD_INPUT' });
    await expect(premis({ ids: ['rep-9999'] })).rejects.toMatchObject({ code: 'BAD_INPUT' });
    await expect(premis({ accession: 'acc-77' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(host.client.exports.premis({})).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    expect(readdirSync(join(dir, 'out'))).toHaveLength(before);
  });
});

describe('rights without a basis', () => {
  it('are no statement', async () => {
    const loose = join(dir, 'loose');
    mkdirSync(loose);
    writeFileSync(join(loose, 'x.wav'), 'x');
    await keep(host, loose, 'Unknown', 'unknown');
    expect((await premis({ accession: 'acc-3' })).counts['rights']).toBe(0);
  });
});
