import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  chmodSync,
  existsSync,
  ftruncateSync,
  lstatSync,
  mkdirSync,
  openSync,
  closeSync,
  readFileSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Files } from '../../electron/core/ports/files.ts';
import { utf8Path } from '../../shared/domain/path.ts';
import { asReading, bench, noAbort, readOne } from '../support/files-under-test.ts';
import { itWith, longOnly } from '../support/skips.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const digestOf = (algorithm: string, path: string): string =>
  algorithm === 'crc32'
    ? crc32(readFileSync(path)).toString(16).padStart(8, '0')
    : createHash(algorithm).update(readFileSync(path)).digest('hex');
const isRoot = process.getuid?.() === 0;

describe('readAll and digestAll', () => {
  let files: Files;
  let folder: string;
  let close: () => Promise<void>;
  beforeAll(() => ({ files, folder, close } = bench()));
  afterAll(() => close());

  const write = (name: string, content: string | Uint8Array): string => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  };
  const sparse = (name: string, size: number): string => {
    const handle = openSync(join(folder, name), 'w');
    ftruncateSync(handle, size);
    closeSync(handle);
    return join(folder, name);
  };

  it('digests files of every size around its buffers, in the order of their names', async () => {
    const mib = 1024 * 1024;
    const sizes = [0, 1, 4095, 4096, mib - 1, mib, mib + 1, 3 * mib + 7];
    const names = sizes.map((size, i) => {
      write(`size-${size}`, Buffer.alloc(size, i + 1));
      return `size-${size}`;
    });
    const further = ['sha512', 'md5', 'sha1', 'blake2b512', 'crc32'] as const;
    const outcomes = await files.readAll(
      utf8Path(folder),
      utf8Path(''),
      names.map((name) => Buffer.from(name)),
      further,
      noAbort(),
    );
    outcomes.forEach((outcome, i) => {
      const path = join(folder, names[i] as string);
      const reading = asReading(outcome);
      expect(hex(reading.sha256)).toBe(digestOf('sha256', path));
      expect(reading.digests.map(({ algorithm }) => algorithm)).toEqual([...further]);
      for (const { algorithm, value } of reading.digests) expect(hex(value)).toBe(digestOf(algorithm, path));
      const stats = statSync(path, { bigint: true });
      expect(reading.stamp).toEqual({
        size: stats.size,
        mtimeNs: stats.mtimeNs,
        ctimeNs: stats.ctimeNs,
        inode: stats.ino,
      });
    });
    const digests = await files.digestAll(
      names.map((name) => utf8Path(join(folder, name))),
      noAbort(),
    );
    expect(digests.map((outcome) => outcome.status === 'read' && hex(outcome.sha256))).toEqual(
      names.map((name) => digestOf('sha256', join(folder, name))),
    );
    expect(asReading(outcomes[0] as (typeof outcomes)[0]).problems).toEqual([{ code: 'empty_file' }]);
  });

  it('leaves the times of an original as they were', async () => {
    const path = write('times.wav', 'content');
    // An access time before the modification: under relatime the next ordinary read would set it.
    utimesSync(path, 1_000_000_000, 1_100_000_000);
    const before = lstatSync(path, { bigint: true });
    await readOne(files, folder, 'times.wav');
    const after = lstatSync(path, { bigint: true });
    expect([after.atimeNs, after.mtimeNs, after.ctimeNs]).toEqual([
      before.atimeNs,
      before.mtimeNs,
      before.ctimeNs,
    ]);
  });

  it('opens no pipe, socket, device or link, and does not wait for one', async () => {
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    symlinkSync('times.wav', join(folder, 'link'));
    expect(await readOne(files, folder, 'pipe')).toEqual({
      status: 'failed',
      problem: { code: 'special_file', detail: 'a named pipe' },
    });
    expect(await readOne(files, folder, 'link')).toMatchObject({ problem: { code: 'symlink_not_followed' } });
    expect(await readOne(files, '/dev', 'null')).toMatchObject({ problem: { code: 'special_file' } });
    expect(await readOne(files, folder, '.')).toMatchObject({ problem: { code: 'special_file' } });
  });

  it('makes a row of what is gone, and reads the rest', async () => {
    write('there', 'x');
    const outcomes = await files.readAll(
      utf8Path(folder),
      utf8Path(''),
      [Buffer.from('gone'), Buffer.from('there')],
      [],
      noAbort(),
    );
    expect(outcomes[0]).toEqual({ status: 'failed', problem: { code: 'vanished', errno: 'ENOENT' } });
    expect(outcomes[1]?.status).toBe('read');
  });

  // The memory of a process is a regular file that cannot be read at address 0: a real EIO without a broken disk.
  itWith(
    { that: '/proc/self/mem', available: existsSync('/proc/self/mem') },
    'tells an I/O error and where it was',
    async () => {
      expect(await readOne(files, '/proc/self', 'mem')).toEqual({
        status: 'failed',
        problem: { code: 'io_error', errno: 'EIO' },
        offset: 0,
      });
    },
  );

  itWith(
    { that: 'root, to become another user', available: isRoot },
    'makes a row of a file without permission',
    () => {
      chmodSync(folder, 0o755);
      chmodSync(write('secret.wav', 'x'), 0);
      // In a process of its own, since threads share their user.
      const script = `
      process.setgid(65534); process.setuid(65534);
      const { FileReader } = await import(${JSON.stringify(join(import.meta.dirname, '../../electron/adapters/storage/read-file.ts'))});
      const inspect = () => Promise.resolve(true);
      const read = (name) => new FileReader().read(Buffer.from(name), { further: [], onBytes() {}, inspect });
      const mine = await read(${JSON.stringify(join(folder, 'there'))});
      console.log(JSON.stringify([await read(${JSON.stringify(join(folder, 'secret.wav'))}), mine.status]));`;
      const output = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
        encoding: 'utf8',
      });
      // `there` belongs to root: read all the same, though only its owner may ask for O_NOATIME.
      expect(JSON.parse(output)).toEqual([
        { status: 'failed', problem: { code: 'unreadable', errno: 'EACCES' } },
        'read',
      ]);
    },
  );

  it('never keeps a digest of a file that is being written', async () => {
    const path = write('growing.wav', Buffer.alloc(64 * 1024 * 1024));
    const script = `const fs = require('node:fs'); const h = fs.openSync(${JSON.stringify(path)}, 'r+'); let n = 0;
      process.send('go'); for (;;) { fs.writeSync(h, Buffer.from([n++ & 255]), 0, 1, 0); if (n % 64 === 0) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1); }`;
    const writer = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    try {
      await new Promise((resolve) => writer.once('message', resolve));
      expect(await readOne(files, folder, 'growing.wav')).toEqual({
        status: 'failed',
        problem: { code: 'changed_while_read' },
      });
    } finally {
      writer.kill();
    }
  });

  it.each([
    ['grown', (path: string) => appendFileSync(path, 'more')],
    ['truncated', (path: string) => truncateSync(path, 5 * 1024 * 1024)],
  ])('reads a file again that was %s once while it was read', async (name, change) => {
    const path = sparse(`${name}.wav`, 200 * 1024 * 1024);
    const reading = readOne(files, folder, `${name}.wav`);
    await new Promise((resolve) => setTimeout(resolve, 30));
    change(path);
    expect(hex(asReading(await reading).sha256)).toBe(digestOf('sha256', path));
  });

  it('reads a large sparse file in bounded memory, and tells of its progress', async () => {
    const size = 300 * 1024 * 1024;
    const path = sparse('sparse.wav', size);
    const before = process.memoryUsage.rss();
    const told: number[] = [];
    const [outcome] = await files.digestAll([utf8Path(path)], noAbort(), (bytes) => told.push(bytes));
    expect(outcome?.status).toBe('read');
    expect(told.reduce((sum, bytes) => sum + bytes, 0)).toBe(size);
    expect(process.memoryUsage.rss() - before).toBeLessThan(60 * 1024 * 1024);
  });

  longOnly('reads 5 GB, past what 32 bits count', async () => {
    const path = sparse('huge.wav', 5 * 1024 ** 3);
    const outcome = asReading(await readOne(files, folder, 'huge.wav'));
    expect(outcome.stamp.size).toBe(5n * 1024n ** 3n);
    expect(hex(outcome.sha256)).toBe(execFileSync('sha256sum', [path], { encoding: 'utf8' }).slice(0, 64));
  });

  it('leaves off at once when aborted, and works on afterwards', async () => {
    sparse('long.wav', 2 * 1024 ** 3);
    const stop = new AbortController();
    const reading = files.digestAll([utf8Path(join(folder, 'long.wav'))], stop.signal);
    setTimeout(() => stop.abort(), 50);
    expect(await reading).toEqual([]);
    expect((await readOne(files, folder, 'there')).status).toBe('read');
  });

  it('reads the longest path that the system takes, and names that are not UTF-8', async () => {
    const name = Buffer.of(0xff, 0x80, 0x2e, 0x77, 0x61, 0x76);
    writeFileSync(Buffer.concat([Buffer.from(`${folder}/`), name]), 'bytes');
    expect((await readOne(files, folder, name)).status).toBe('read');
    let deep = folder;
    while (deep.length + 201 < 4095) deep += `/${'d'.repeat(200)}`;
    mkdirSync(deep, { recursive: true });
    const last = 'x'.repeat(4095 - deep.length - 1);
    writeFileSync(join(deep, last), 'deep');
    expect((await readOne(files, deep, last)).status).toBe('read');
    expect(await readOne(files, deep, `${last}x`)).toMatchObject({ problem: { code: 'path_too_long' } });
  });
});
