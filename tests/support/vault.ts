/** A managed location with bags in it, made by hand: what letting go needs to be tried on, whatever makes bags. */
import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { loadSigningKey } from '../../electron/adapters/keys/signing-keys.ts';
import { openConnection } from '../../electron/adapters/sqlite/connection.ts';
import { signingKeyId } from '../../electron/adapters/sqlite/signing-key-id.ts';
import { openWriter, type WriterMethods } from '../../electron/adapters/sqlite/writer/writer.ts';
import { identifyRoot } from '../../electron/adapters/storage/volume.ts';
import type { FileReading } from '../../electron/core/ports/readings.ts';
import { utf8Path } from '../../shared/domain/path.ts';

const agent = { name: 'Ada Kettle', softwareVersion: '0.1.0' };

export interface Bag {
  readonly id: number;
  readonly accession: string;
  readonly accessionId: number;
  /** Absolute. */
  readonly path: string;
}

/** Opens an archive's catalogue to write in it from this thread; nobody else may have it open. */
export async function writing<Result>(
  archive: string,
  work: (writer: WriterMethods) => Result | Promise<Result>,
): Promise<Result> {
  const path = join(archive, 'catalogue.sqlite');
  const writer = openWriter(path, loadSigningKey(join(archive, 'keys'), signingKeyId(path)));
  try {
    return await work(writer);
  } finally {
    writer.close();
  }
}

/** Makes a folder a managed location; returns its number. */
export async function makeVault(archive: string, root: string, name: string): Promise<number> {
  const marker = randomUUID();
  put(
    join(root, '.holdfast/location.json'),
    JSON.stringify({ format: 'holdfast-location', version: 1, id: marker, madeAt: '2026-01-01T00:00:00Z' }),
  );
  const { inode, fileSystem } = await identifyRoot(utf8Path(root));
  return writing(archive, (writer) =>
    writer.addLocation({
      name,
      root: utf8Path(root),
      writes: 'managed',
      marker,
      inode,
      agent,
      ...(fileSystem !== undefined && { fileSystem }),
    }),
  );
}

/** An accession whose files stand in a bag, and perhaps also in folders that are somebody's own. */
export async function makeBag(
  archive: string,
  vault: { readonly id: number; readonly root: string },
  title: string,
  contents: Readonly<Record<string, string>>,
): Promise<Bag> {
  const archiveId = (
    JSON.parse(readFileSync(join(archive, 'archive.json'), 'utf8')) as { readonly id: string }
  ).id;
  const opened = await writing(archive, (writer) => {
    const begun = writer.beginAccession({
      accession: { paths: [], title, rightsBasis: 'other', rightsNote: '', source: 'S', acquired: 'A' },
      roots: [{ location: { id: vault.id }, path: utf8Path(`${archiveId}/bags/${title}`) }],
      resumeKey: `bag of ${title}`,
      agent,
    });
    for (const [name, text] of Object.entries(contents)) {
      const at = join(vault.root, archiveId, 'bags', title, 'data', name);
      put(at, text);
      writer.recordFiles({
        actId: begun.actId,
        accrualId: begun.accrualId,
        locationId: vault.id,
        folder: utf8Path(dirname(join(archiveId, 'bags', title, 'data', name))),
        files: [{ name: utf8Path(name.slice(name.lastIndexOf('/') + 1)), outcome: reading(at, text) }],
      });
    }
    writer.closeAccession(begun.actId, 'done');
    return begun;
  });
  const bag = join(vault.root, archiveId, 'bags', title);
  const tagFiles = sealBag(bag, `${archiveId}/${opened.accession.number}/1`, contents);
  const connection = openConnection(join(archive, 'catalogue.sqlite'));
  const id = Number(
    connection
      .sql(
        'INSERT INTO bags (accrual_id, location_id, path, octets, files, sealed_at) VALUES (?, ?, ?, ?, ?, ?)',
      )
      .run(
        opened.accrualId,
        vault.id,
        Buffer.from(`${archiveId}/bags/${title}`),
        Object.values(contents).reduce((sum, text) => sum + text.length, 0),
        Object.keys(contents).length,
        Date.now(),
      ).lastInsertRowid,
  );
  for (const [name, text] of Object.entries(tagFiles))
    connection
      .sql('INSERT INTO bag_tag_files (bag_id, name, size, sha256) VALUES (?, ?, ?, ?)')
      .run(id, Buffer.from(name), text.length, createHash('sha256').update(text).digest());
  connection.close();
  return { id, accession: opened.accession.number, accessionId: opened.accession.id, path: bag };
}

function sealBag(
  bag: string,
  identifier: string,
  contents: Readonly<Record<string, string>>,
): Record<string, string> {
  const lines = (files: Readonly<Record<string, string>>, below: string): string =>
    Object.entries(files)
      .map(([name, text]) => `${sha256(text)}  ${below}${name}\n`)
      .join('');
  const tags: Record<string, string> = {
    'bagit.txt': 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n',
    'bag-info.txt': `External-Identifier: ${identifier}\n`,
    'manifest-sha256.txt': lines(contents, 'data/'),
  };
  const all = { ...tags, 'tagmanifest-sha256.txt': lines(tags, '') };
  for (const [name, text] of Object.entries(all)) put(join(bag, name), text);
  return all;
}

function reading(path: string, text: string): FileReading {
  const { size, mtimeNs, ctimeNs, ino } = statSync(path, { bigint: true });
  return {
    status: 'read',
    stamp: { size, mtimeNs, ctimeNs, inode: BigInt.asIntN(64, ino) },
    sha256: createHash('sha256').update(text).digest(),
    digests: [],
    kind: 'audio',
    format: { name: 'WAVE', mime: 'audio/x-wav', puid: 'fmt/141' },
    technical: { durationMs: 1_000 },
    identifiers: [],
    problems: [],
  };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function put(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
