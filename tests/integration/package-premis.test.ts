/** PREMIS in a package: of what leaves, with the places of the package, read by a parser that we did not write. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { createArchive, openHost, type Host } from '../../electron/host/index.ts';
import type { Job } from '../../shared/contract/jobs.ts';
import { describeWith } from '../support/skips.ts';
import { sharedFolder } from '../support/temp.ts';
import { all, ownSchema, parseXml, schemaFaults, texts, type XmlElement } from '../support/xml.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

let host: Host;
const dir = sharedFolder();
const out = join(dir, 'out');

async function done(job: Job): Promise<void> {
  for await (const { state } of await host.client.jobs.watch({ id: job.id })) void state;
  expect(await host.client.jobs.get({ id: job.id })).toMatchObject({ state: 'done' });
}

async function keep(
  folder: string,
  files: Readonly<Record<string, string>>,
  rightsBasis: 'other' | 'unknown',
) {
  mkdirSync(join(dir, folder));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(dir, folder, name), content);
  const terms = { title: `The ${folder}`, rightsBasis, source: 'A. Novak', acquired: 'Gift' } as const;
  await done(
    await host.client.accession.start({
      ...terms,
      collection: 'Shelf',
      paths: [{ display: join(dir, folder) }],
    }),
  );
}

async function packed(
  name: string,
  wish: { accession?: string; collection?: string; withholdFields?: string[] },
) {
  await done(await host.client.handOuts.create({ ...wish, name, to: { display: out } }));
  const path = join(out, name, 'metadata/premis.xml');
  expect(schemaFaults(ownSchema('premis-part.xsd'), path)).toEqual([]);
  const files = all(parseXml(path), 'object').filter(({ attributes }) => attributes['xsi:type'] === 'file');
  return { files, text: readFileSync(path, 'utf8').replace(/<!--[\s\S]*?-->/g, '') };
}

const placesOf = (file: XmlElement): string[] => texts(file, 'storage/contentLocation/contentLocationValue');

beforeAll(async () => {
  await createArchive({ dir: join(dir, 'archive'), name: 'Sounds & <more>', agent: 'Ada' });
  host = await openHost({
    archive: join(dir, 'archive'),
    agent: 'Ada',
    mode: 'write',
    command: 'test',
    stateFolder: join(dir, 's'),
  });
  await keep(
    'reels',
    { 'one.wav': 'once', 'again.wav': 'twice', 'twin.wav': 'twice', 'ü & <b>.wav': 'odd' },
    'other',
  );
  await keep('box', { 'gap.wav': 'nobody knows whose' }, 'unknown');
});

afterAll(() => host.close());

describeWith({ tool: 'xmllint' }, 'the preservation metadata in a package', () => {
  it('leads from every file of the package to its digest, and to no place of the archive', async () => {
    const { files, text } = await packed('reels', { accession: '2026-0001' });
    const told = files.flatMap((file) =>
      placesOf(file).map(
        (place) => `${texts(file, 'objectCharacteristics/fixity/messageDigest')[0]}  ${place}`,
      ),
    );
    const manifest = readFileSync(join(out, 'reels/manifest-sha256.txt'), 'utf8').trimEnd().split('\n');
    expect(manifest).toHaveLength(4);
    expect(told.sort()).toEqual(manifest.sort());
    // One content under two names is one object.
    expect(files.map((file) => placesOf(file).length).toSorted((a, b) => a - b)).toEqual([1, 1, 2]);
    for (const secret of [dir, 'A. Novak', 'Ada']) expect(text).not.toContain(secret);
    expect(text).toContain('The reels');
  });

  it('tells nothing of what stayed behind, and no title where fields are held back', async () => {
    const { files, text } = await packed('some', { collection: 'Shelf', withholdFields: ['title'] });
    expect(files.flatMap(placesOf)).toHaveLength(4);
    for (const secret of ['gap.wav', '2026-0002', 'The box', 'The reels', 'Shelf'])
      expect(text).not.toContain(secret);
    expect(text).toContain('2026-0001');
  });
});
