import { spawnSync } from 'node:child_process';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { createSigningKey, loadSigningKey } from '../../electron/adapters/keys/signing-keys.ts';
import {
  connectCatalogueWriter,
  startWriterThread,
} from '../../electron/adapters/sqlite/catalogue-writer.ts';
import { createArchive } from '../../electron/adapters/sqlite/create.ts';
import { signingKeyId } from '../../electron/adapters/sqlite/signing-key-id.ts';
import { connectThread, startThread } from '../../electron/adapters/sqlite/thread-rpc.ts';
import { openWriter, type WriterMethods } from '../../electron/adapters/sqlite/writer/writer.ts';
import { utf8Path } from '../../shared/domain/path.ts';
import { itWith } from '../support/skips.ts';
import { tempFolder } from '../support/temp.ts';
import { agent, writtenCatalogue } from '../support/written-catalogue.ts';

function archive(dir: string) {
  createArchive({ dir, name: 'A', agent, createKey: createSigningKey });
  const path = join(dir, 'catalogue.sqlite');
  return { path, key: loadSigningKey(join(dir, 'keys'), signingKeyId(path)) };
}

const accession = {
  accession: { paths: [], title: 'T', rightsBasis: 'other' as const, rightsNote: '' },
  roots: [{ location: { root: utf8Path('/a'), name: 'a', inode: 1n }, path: utf8Path('') }],
  resumeKey: 'k',
  agent,
};

function count(path: string, table: string): number {
  const db = new Database(path, { readonly: true });
  try {
    return db.prepare(`SELECT count(*) FROM ${table}`).pluck().get() as number;
  } finally {
    db.close();
  }
}

describe('the shared transaction of bulk work', () => {
  it('is committed within three seconds, and before anything else is done', async () => {
    const { path, writer, begin, record } = writtenCatalogue(tempFolder());
    const opened = begin();
    record(opened, 'box', [{ name: 'a.flac' }]);
    expect(count(path, 'replicas')).toBe(0);
    await expect.poll(() => count(path, 'replicas'), { timeout: 120_000, interval: 50 }).toBe(1);
    record(opened, 'box', [{ name: 'b.flac' }]);
    expect(count(path, 'replicas')).toBe(1);
    writer.locationReached(1);
    expect(count(path, 'replicas')).toBe(2);
    writer.close();
  });

  it('that is lost stops its act until it is reopened, so that no gap is sealed', () => {
    const { path, writer, begin, record } = writtenCatalogue(tempFolder());
    const opened = begin();
    record(opened, 'box', [{ name: 'a.flac' }]);
    const folder = utf8Path('box');
    const ids = { actId: opened.actId, accrualId: opened.accrualId, locationId: 1 };
    const torn = { name: Buffer.from('b'), outcome: { status: 'read' } };
    expect(() => writer.recordFiles({ ...ids, folder, files: [torn] } as never)).toThrow();
    expect(() => record(opened, 'box', [{ name: 'c.flac' }])).toThrow();
    expect(() => writer.closeAccession(opened.actId, 'done')).toThrow();
    expect(count(path, 'replicas')).toBe(0);
    writer.reopenAccession(opened.jobId);
    record(opened, 'box', [{ name: 'a.flac' }, { name: 'c.flac' }]);
    expect(writer.closeAccession(opened.actId, 'done').tally).toMatchObject({ files: 2, items: 1 });
    expect(writer.checkCounters()).toEqual([]);
    writer.close();
  });
});

describe('the thread of the writer', () => {
  it('answers calls in order, with the errors of the catalogue', async () => {
    const { path, key } = archive(tempFolder());
    const writer = await connectCatalogueWriter(path, key);
    const opened = await writer.beginAccession(accession);
    const stamp = { size: 3n, mtimeNs: 1n, ctimeNs: 2n, inode: 3n };
    const recording = writer.recordFiles({
      actId: opened.actId,
      accrualId: opened.accrualId,
      locationId: 1,
      folder: utf8Path('x'),
      files: [
        {
          name: Uint8Array.of(0xff, 0x61),
          outcome: {
            status: 'read',
            stamp,
            sha256: new Uint8Array(64).subarray(32).fill(5),
            digests: [],
            kind: 'other',
            format: { name: 'X', mime: '', puid: '' },
            identifiers: [],
            problems: [],
          },
        },
      ],
    });
    const closing = writer.closeAccession(opened.actId, 'done');
    expect(await recording).toMatchObject({ files: 1, bytes: 3 });
    expect((await closing).tally).toMatchObject({ files: 1, items: 1 });
    await expect(writer.reopenAccession(99)).rejects.toMatchObject({
      code: 'NOT_FOUND',
      name: 'HoldfastError',
    });
    await writer.close();
    await writer.close();
    await expect(writer.markInterrupted()).rejects.toMatchObject({ code: 'INTERNAL' });
    expect(count(path, 'replicas')).toBe(1);
  });

  it('rejects what is pending when it dies, and everything after', async () => {
    const dir = tempFolder();
    const file = join(dir, 'dying-thread.mjs');
    const rpc = new URL('../../electron/adapters/sqlite/thread-rpc.ts', import.meta.url).href;
    writeFileSync(
      file,
      `import { serveThread } from ${JSON.stringify(rpc)};
       serveThread(() => ({ echo: (value) => value, die: () => process.exit(7) }));`,
    );
    const thread = connectThread<{ echo(value: string): string; die(): void }>(
      startThread(new URL(`file://${file}`), 'test thread'),
      {},
    );
    expect(await thread.call('echo', 'hello')).toBe('hello');
    const [died, pending] = await Promise.allSettled([thread.call('die'), thread.call('echo', 'x')]);
    for (const outcome of [died, pending]) {
      expect(outcome.status).toBe('rejected');
      expect(outcome).toHaveProperty('reason.code', 'INTERNAL');
      expect(outcome).toHaveProperty(
        'reason.message',
        expect.stringContaining('test thread ended unexpectedly'),
      );
    }
    await expect(thread.call('echo', 'x')).rejects.toMatchObject({ code: 'INTERNAL' });
    await thread.close();
  });

  it('that cannot start says why to every caller', async () => {
    const { path, key } = archive(tempFolder());
    const bytes = readFileSync(path);
    writeFileSync(path, Buffer.alloc(bytes.length, 'x'));
    await expect(connectCatalogueWriter(path, key)).rejects.toMatchObject({ code: 'CATALOGUE_CORRUPT' });
    const thread = connectThread<WriterMethods>(startWriterThread(), { path, key });
    await expect(thread.call('markInterrupted')).rejects.toMatchObject({ code: 'CATALOGUE_CORRUPT' });
    await thread.close();
  });
});

it('names damage inside the catalogue when it comes upon it', () => {
  const dir = tempFolder();
  const { writer, begin, record, path } = writtenCatalogue(dir);
  const opened = begin();
  record(
    opened,
    'box',
    Array.from({ length: 4000 }, (_, n) => ({ name: `${n}.flac` })),
  );
  writer.closeAccession(opened.actId, 'done');
  writer.close();
  const key = { id: 'k', privateKey: createSigningKey(dir).privateKey };
  const bytes = readFileSync(path);
  // The schema stands before the first row, and at the very end where closing has added to it; between them are rows and indexes.
  const [from, to] = [1 / 2, 3 / 4].map((share) => Math.floor((bytes.length * share) / 4096) * 4096);
  writeFileSync(path, bytes.fill(0xa5, from, to));
  const damaged = openWriter(path, key);
  expect(() => damaged.checkCounters()).toThrow(
    expect.objectContaining({
      code: 'CATALOGUE_CORRUPT',
      message: expect.stringContaining('backups') as string,
    }),
  );
  expect(() => damaged.close()).not.toThrow();
});

const mounts = process.platform === 'linux' && process.getuid?.() === 0 && canMount();

function canMount(): boolean {
  const dir = tempFolderOutsideTests();
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', dir]).status === 0;
  if (mounted) spawnSync('umount', [dir]);
  return mounted;
}

function tempFolderOutsideTests(): string {
  return spawnSync('mktemp', ['-d'], { encoding: 'utf8' }).stdout.trim();
}

itWith(
  { that: 'the right to mount a small tmpfs', available: mounts },
  'a full volume stops the act and nothing else',
  async () => {
    const dir = tempFolder();
    expect(spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=3m', 'tmpfs', dir]).status).toBe(0);
    try {
      const { path, key } = archive(join(dir, 'archive'));
      const writer = openWriter(path, key);
      const opened = writer.beginAccession(accession);
      const record = (from: number, to: number): void => {
        const files = [];
        for (let n = from; n < to; n++)
          files.push({
            name: Buffer.from(`${n}.flac`),
            outcome: {
              status: 'read' as const,
              stamp: { size: 1n, mtimeNs: 1n, ctimeNs: 1n, inode: 1n },
              sha256: Buffer.alloc(32, `${n} `),
              digests: [],
              kind: 'audio' as const,
              format: { name: 'FLAC', mime: '', puid: '' },
              embedded: { found: JSON.stringify({ vorbis: [['COMMENT', 'x'.repeat(900)]] }) },
              identifiers: [],
              problems: [],
            },
          });
        writer.recordFiles({
          actId: opened.actId,
          accrualId: opened.accrualId,
          locationId: 1,
          folder: utf8Path('f'),
          files,
        });
        writer.locationReached(1);
      };
      let taken = 0;
      const fill = (): void => {
        for (; taken < 100_000; taken += 50) record(taken, taken + 50);
      };
      const full: unknown = expect.objectContaining({
        code: 'DISK_FULL',
        message: expect.stringContaining(join(dir, 'archive')) as string,
      });
      expect(fill).toThrow(full);
      expect(taken).toBeGreaterThan(0);
      // The act has lost nothing that was committed, but must be reopened.
      expect(() => record(taken, taken + 50)).toThrow(full);
      writer.close();
      expect(spawnSync('mount', ['-o', 'remount,size=64m', dir]).status).toBe(0);
      const again = openWriter(path, key);
      again.markInterrupted();
      again.reopenAccession(opened.jobId);
      expect(again.closeAccession(opened.actId, 'done').tally.files).toBe(taken);
      expect(again.checkCounters()).toEqual([]);
      again.close();
      expect(statSync(path).size).toBeGreaterThan(0);
    } finally {
      await sleep(10);
      spawnSync('umount', ['-l', dir]);
    }
  },
);
