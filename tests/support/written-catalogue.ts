import { createHash, generateKeyPairSync } from 'node:crypto';
import { join } from 'node:path';
import { openConnection } from '../../electron/adapters/sqlite/connection.ts';
import { migrateCatalogue } from '../../electron/adapters/sqlite/migrate.ts';
import { openWriter, type WriterMethods } from '../../electron/adapters/sqlite/writer/writer.ts';
import type { OpenedAccession } from '../../electron/core/ports/catalogue.ts';
import type { FileReading } from '../../electron/core/ports/readings.ts';
import { rawPath, utf8Path, type RawPath } from '../../shared/domain/path.ts';

export const agent = { name: 'Ada Kettle', softwareVersion: '0.1.0' };

/** A file as it would have been read. */
export interface MadeFile {
  /** Bytes, or text for its UTF-8. */
  readonly name: string | Uint8Array;
  /** What its digest is made of; by default its name, so that each is another content. */
  readonly content?: string;
  readonly size?: number;
  readonly mtimeNs?: bigint;
  readonly kind?: FileReading['kind'];
  readonly embedded?: Omit<NonNullable<FileReading['embedded']>, 'found'>;
  readonly identifiers?: FileReading['identifiers'];
  readonly cue?: FileReading['cue'];
}

export interface WrittenCatalogue {
  readonly path: string;
  readonly writer: WriterMethods;
  /** Opens an accession of `/srv/sound/box`. */
  begin(title?: string): OpenedAccession;
  /** Records files of a folder (relative to the location) and proposes their items. */
  record(opened: OpenedAccession, folder: string, files: readonly MadeFile[]): void;
}

/** A catalogue made by the writer itself, in this thread. The caller closes the writer. */
export function writtenCatalogue(dir: string): WrittenCatalogue {
  const path = join(dir, 'catalogue.sqlite');
  migrateCatalogue(path);
  const key = signingKey(path);
  const writer = openWriter(path, key);
  return {
    path,
    writer,
    begin: (title = 'Kettle tapes') =>
      writer.beginAccession({
        accession: { paths: [], title, rightsBasis: 'other', rightsNote: '' },
        roots: [
          {
            location: { root: utf8Path('/srv/sound'), name: 'Shelf A', inode: 2n },
            path: utf8Path('box'),
          },
        ],
        resumeKey: `accession ${title}`,
        agent,
      }),
    record(opened, folder, files) {
      const [root] = opened.roots;
      if (root === undefined) throw new Error('an accession without a root');
      const at = utf8Path(folder);
      writer.recordFiles({
        actId: opened.actId,
        accrualId: opened.accrualId,
        locationId: root.locationId,
        folder: at,
        files: files.map((file) => ({ name: nameOf(file), outcome: readingOf(file) })),
      });
      writer.proposeItems(opened.accrualId, root.locationId, at);
    },
  };
}

function signingKey(path: string) {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const id = createHash('sha256')
    .update(publicKey.export({ format: 'der', type: 'spki' }))
    .digest('hex')
    .slice(0, 32);
  const connection = openConnection(path);
  connection
    .sql(
      `INSERT INTO archive (one, id, name, accession_pattern, further_digests, verify_within_days, created_at)
       VALUES (1, '0b5cf3a4-53a7-4b5e-8d2e-6f8f3f0a5d11', 'Tapes', '{year}-{n:4}', '["sha512"]', 90, ?)`,
    )
    .run(Date.now());
  connection
    .sql('INSERT INTO signing_keys (id, public_key, since) VALUES (?, ?, ?)')
    .run(id, publicKey.export({ format: 'pem', type: 'spki' }), Date.now());
  connection.close();
  return { id, privateKey: privateKey.export({ format: 'pem', type: 'pkcs8' }) as string };
}

export function nameOf(file: MadeFile): RawPath {
  return typeof file.name === 'string' ? utf8Path(file.name) : rawPath(file.name);
}

export function stampOf(file: MadeFile): FileReading['stamp'] {
  const mtimeNs = file.mtimeNs ?? 1_700_000_000_123_456_789n;
  return { size: BigInt(file.size ?? 1_000), mtimeNs, ctimeNs: mtimeNs + 1n, inode: 9_007_199_254_740_993n };
}

export function sha256Of(file: MadeFile): Buffer {
  return createHash('sha256')
    .update(file.content ?? nameOf(file))
    .digest();
}

function readingOf(file: MadeFile): FileReading {
  const kind = file.kind ?? 'audio';
  return {
    status: 'read',
    stamp: stampOf(file),
    sha256: sha256Of(file),
    digests: [{ algorithm: 'sha512', value: createHash('sha512').update(sha256Of(file)).digest() }],
    kind,
    format: { name: kind === 'audio' ? 'FLAC' : 'Plain Text File', mime: 'audio/flac', puid: 'fmt/279' },
    ...(kind === 'audio' && {
      technical: { container: 'FLAC', codec: 'FLAC', lossless: true, durationMs: 61_000, sampleRate: 44_100 },
    }),
    ...(file.embedded && {
      embedded: {
        ...file.embedded,
        found: JSON.stringify({ vorbis: [['TITLE', file.embedded.title ?? '']] }),
      },
    }),
    ...(file.cue && { cue: file.cue }),
    identifiers: file.identifiers ?? [],
    problems: [],
  };
}
