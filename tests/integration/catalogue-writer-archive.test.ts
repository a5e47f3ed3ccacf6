import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createSigningKey, loadSigningKey } from '../../electron/adapters/keys/signing-keys.ts';
import { readArchiveFile } from '../../electron/adapters/sqlite/archive-file.ts';
import { openConnection } from '../../electron/adapters/sqlite/connection.ts';
import { SCHEMA_VERSION } from '../../electron/adapters/sqlite/migrate.ts';
import { createArchive, DEFAULT_POLICY, type NewArchive } from '../../electron/adapters/sqlite/create.ts';
import { acquireHostLock, acquireReadLock } from '../../electron/adapters/sqlite/lock.ts';
import { openReadOnlyCopy } from '../../electron/adapters/sqlite/read-only-copy.ts';
import { signingKeyId } from '../../electron/adapters/sqlite/signing-key-id.ts';
import { refuseNetworkFileSystem } from '../../electron/adapters/sqlite/volume.ts';
import { tempFolder } from '../support/temp.ts';
import { agent, writtenCatalogue } from '../support/written-catalogue.ts';

const coded = (code: string, words: string): unknown =>
  expect.objectContaining({ code, message: expect.stringContaining(words) as string });

function make(dir: string, more: Partial<NewArchive> = {}) {
  return createArchive({ dir, name: 'Kettle', agent, createKey: createSigningKey, ...more });
}

describe('a new archive', () => {
  it('has its folders, its identity and a first event that names its key', () => {
    const dir = join(tempFolder(), 'deep', 'archive');
    const { id, name, path } = make(dir);
    expect(path).toBe(dir);
    expect(readdirSync(dir).sort()).toEqual(['archive.json', 'catalogue.sqlite', 'exports', 'keys', 'logs']);
    expect(readArchiveFile(dir)).toEqual({ id, name, schemaVersion: SCHEMA_VERSION });
    const connection = openConnection(join(dir, 'catalogue.sqlite'), { readonly: true });
    const event = connection.sql<{ body: string }>('SELECT body FROM events').all();
    expect(event).toHaveLength(1);
    expect(JSON.parse(event[0]?.body ?? '')).toMatchObject({
      seq: 1,
      type: 'policy assignment',
      facts: { archive: id, key: { id: signingKeyId(join(dir, 'catalogue.sqlite')), algorithm: 'Ed25519' } },
    });
    expect(event[0]?.body).not.toContain('Kettle');
    connection.close();
  });

  it('is refused where there is one, or anything else', () => {
    const dir = join(tempFolder(), 'a');
    make(dir);
    const before = readFileSync(join(dir, 'archive.json'), 'utf8');
    expect(() => make(dir, { name: 'Other' })).toThrow(coded('ARCHIVE_EXISTS', '"Kettle"'));
    expect(readFileSync(join(dir, 'archive.json'), 'utf8')).toBe(before);
    const used = tempFolder();
    writeFileSync(join(used, 'tape.wav'), 'x');
    expect(() => make(used)).toThrow(coded('BAD_INPUT', 'tape.wav'));
    expect(() => make(join(used, 'tape.wav'))).toThrow(coded('BAD_INPUT', 'a file is in the way'));
    expect(readdirSync(used)).toEqual(['tape.wav']);
    expect(() => make(tempFolder(), { name: ' ' })).toThrow(coded('BAD_INPUT', 'name'));
    const policy = { ...DEFAULT_POLICY, accessionPattern: '{year}' };
    expect(() => make(tempFolder(), { policy })).toThrow(coded('BAD_INPUT', 'running number'));
  });

  it('is completed by the same call after a crash at any point', () => {
    const dir = tempFolder();
    const dies = (): never => {
      throw new Error('power cut');
    };
    expect(() => make(dir, { createKey: dies })).toThrow('power cut');
    expect(existsSync(join(dir, 'archive.json'))).toBe(false);
    const { id } = make(dir);
    // As if the move had been cut off in the middle.
    mkdirSync(join(dir, '.holdfast-init'));
    for (const entry of ['archive.json', 'logs', 'catalogue.sqlite'])
      renameSync(join(dir, entry), join(dir, '.holdfast-init', entry));
    expect(make(dir).id).toBe(id);
    expect(readdirSync(dir).sort()).toEqual(['archive.json', 'catalogue.sqlite', 'exports', 'keys', 'logs']);
  });
});

describe('the key that signs the log', () => {
  it('can be read by its owner only, and is found again', () => {
    const dir = tempFolder();
    const key = createSigningKey(dir);
    expect(loadSigningKey(dir, key.id)).toEqual(key);
    expect(statSync(join(dir, `${key.id}.private.pem`)).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(dir, `${key.id}.public.pem`), 'utf8')).toBe(key.publicKey);
  });

  it('that is missing, damaged or another one is refused by name', () => {
    const dir = tempFolder();
    const [key, other] = [createSigningKey(dir), createSigningKey(dir)];
    const path = join(dir, `${key.id}.private.pem`);
    writeFileSync(path, other.privateKey);
    expect(() => loadSigningKey(dir, key.id)).toThrow(coded('ARCHIVE_READ_ONLY', 'another key'));
    writeFileSync(path, 'x');
    expect(() => loadSigningKey(dir, key.id)).toThrow(coded('ARCHIVE_READ_ONLY', path));
    rmSync(path);
    expect(() => loadSigningKey(dir, key.id)).toThrow(coded('ARCHIVE_READ_ONLY', 'ENOENT'));
  });
});

const children = new Set<ChildProcess>();
afterEach(() => {
  for (const child of children) child.kill('SIGKILL');
  children.clear();
});

/** Another process that holds the lock until it is killed. */
async function holder(dir: string): Promise<ChildProcess> {
  const lock = new URL('../../electron/adapters/sqlite/lock.ts', import.meta.url).href;
  const script = `const { acquireHostLock } = await import(${JSON.stringify(lock)});
    acquireHostLock(${JSON.stringify(dir)}, { command: 'holdfast audit' });
    console.log('held'); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.add(child);
  await once(child.stdout, 'data');
  return child;
}

describe('the lock of an archive', () => {
  it('is held by one process, which the refusal names, and is free when that is killed', async () => {
    const dir = tempFolder();
    const child = await holder(dir);
    const held = coded('ARCHIVE_HELD', `"holdfast audit" (process ${child.pid}`);
    expect(() => acquireHostLock(dir, { command: 'x' })).toThrow(held);
    expect(() => acquireReadLock(dir)).toThrow(held);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(existsSync(join(dir, 'host.json'))).toBe(true);
    const lock = acquireHostLock(dir, { command: 'holdfast serve' });
    expect(JSON.parse(readFileSync(join(dir, 'host.json'), 'utf8'))).toMatchObject({
      pid: process.pid,
      command: 'holdfast serve',
    });
    lock.release();
    lock.release();
    expect(existsSync(join(dir, 'host.json'))).toBe(false);
    acquireHostLock(dir, { command: 'x' }).release();
  });

  it('is not given twice within one process', () => {
    const dir = tempFolder();
    const lock = acquireHostLock(dir, { command: 'x' });
    expect(() => acquireHostLock(dir, { command: 'y' })).toThrow(coded('ARCHIVE_HELD', '"x"'));
    lock.release();
    acquireHostLock(dir, { command: 'y' }).release();
  });
});

describe('where a catalogue may stand', () => {
  it.each([
    ['nfs', { magic: 0x6969 }],
    ['smb2', { magic: 0xfe534d42 }],
    ['smb2', { magic: 0xfe534d42 | 0 }],
    ['cifs', { magic: 0xff534d42 }],
    ['9p', { magic: 0x01021997 }],
    ['fuse.sshfs', { magic: 0x65735546, name: 'fuse.sshfs' }],
    ['nfs4', { magic: 0, name: 'nfs4' }],
  ])('not on %s', (name, probe) => {
    const dir = join(tempFolder(), 'not', 'made', 'yet');
    expect(() => refuseNetworkFileSystem(dir, () => probe)).toThrow(
      coded('NETWORK_FILE_SYSTEM', `(${name})`),
    );
  });

  it.each([
    ['ext4', { magic: 0xef53, name: 'ext4' }],
    ['a local FUSE volume', { magic: 0x65735546, name: 'fuseblk' }],
    ['a folder of this machine', undefined],
  ])('on %s', (_, probe) => {
    refuseNetworkFileSystem(tempFolder(), probe && (() => probe));
  });
});

describe('a copy for reading', () => {
  it('holds what stands in the write-ahead log only, and is gone afterwards', () => {
    const dir = tempFolder();
    const { writer, begin, record } = writtenCatalogue(dir);
    const opened = begin();
    record(opened, 'box', [{ name: 'a.flac' }]);
    writer.closeAccession(opened.actId, 'done');
    expect(statSync(join(dir, 'catalogue.sqlite-wal')).size).toBeGreaterThan(0);
    chmodSync(dir, 0o555);
    const temp = tempFolder();
    const copy = openReadOnlyCopy(dir, temp);
    const connection = openConnection(copy.path, { readonly: true });
    expect(connection.sql('SELECT count(*) AS n FROM replicas').get()).toEqual({ n: 1 });
    connection.close();
    copy.remove();
    copy.remove();
    expect(readdirSync(temp)).toEqual([]);
    chmodSync(dir, 0o755);
    writer.close();
  });

  it('is refused where there is no catalogue, or none of ours', () => {
    const dir = tempFolder();
    expect(() => openReadOnlyCopy(dir)).toThrow(coded('ARCHIVE_NOT_FOUND', dir));
    const temp = tempFolder();
    writeFileSync(join(dir, 'catalogue.sqlite'), 'x'.repeat(5000));
    expect(() => openReadOnlyCopy(dir, temp)).toThrow(coded('CATALOGUE_CORRUPT', 'damaged'));
    expect(readdirSync(temp)).toEqual([]);
  });
});
