import {
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
  openSync,
  ftruncateSync,
  closeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Pool } from '../../electron/workers/pool.ts';
import { threadUrl } from '../../electron/workers/thread-url.ts';
import { noAbort } from '../support/files-under-test.ts';

const whole = { further: [], look: 'whole' } as const;
const fixtures = join(import.meta.dirname, '../fixtures/audio');

/** A thread that reads nothing, but does `body` with each task. */
const threadThat = (body: string): URL =>
  new URL(
    `data:text/javascript,${encodeURIComponent(`
      import { parentPort, workerData } from 'node:worker_threads';
      const { control } = workerData;
      parentPort.on('message', (task) => { ${body} });`)}`,
  );

describe('threads that die', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'holdfast-threads-'));
    for (const name of ['a', 'b', 'c']) writeFileSync(join(folder, name), name);
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  const paths = (...names: string[]): Buffer[] => names.map((name) => Buffer.from(join(folder, name)));

  it('are replaced, and what they were reading is read again', async () => {
    const pool = new Pool({ url: threadUrl('file-worker'), threads: 1, resourceLimits: {} });
    const handle = openSync(join(folder, 'large'), 'w');
    ftruncateSync(handle, 500 * 1024 * 1024);
    closeSync(handle);
    const reading = pool.read(paths('a', 'large', 'b'), whole, noAbort());
    await new Promise((resolve) => setTimeout(resolve, 250));
    const [first] = pool.workers;
    await first?.terminate();
    expect((await reading).map(({ status }) => status)).toEqual(['read', 'read', 'read']);
    expect(pool.workers).not.toContain(first);
    await pool.close();
  });

  it('of memory, cost a file its tags and nothing more', async () => {
    // Two million small comments: as objects they need far more heap than the thread may have.
    const flac = readFileSync(join(fixtures, 'flac-no-md5.flac'));
    const comment = Buffer.from('\x03\0\0\0A=B', 'latin1');
    const count = 2_000_000;
    const body = Buffer.alloc(8 + count * comment.length);
    body.writeUInt32LE(count, 4);
    body.fill(comment, 8);
    const header = Buffer.of(0x04, body.length >> 16, (body.length >> 8) & 255, body.length & 255);
    writeFileSync(
      join(folder, 'bomb.flac'),
      Buffer.concat([flac.subarray(0, 42), header, body, flac.subarray(42)]),
    );
    const limits = { maxOldGenerationSizeMb: 32, maxYoungGenerationSizeMb: 4 };
    const pool = new Pool({ url: threadUrl('file-worker'), threads: 1, resourceLimits: limits });
    const outcomes = await pool.read(paths('a', 'bomb.flac', 'b'), whole, noAbort());
    expect(outcomes.map(({ status }) => status)).toEqual(['read', 'read', 'read']);
    expect(outcomes[1]).toMatchObject({
      format: { name: 'FLAC' },
      problems: [
        { code: 'tags_unreadable', detail: expect.stringContaining('brought the reader down') as string },
      ],
    });
    await pool.close();
  });

  it('on one file whatever is tried, leave a row that says so, and the files around it', async () => {
    const url = threadThat(`
      const paths = Buffer.from(task.paths).toString().split('\\0').slice(0, task.count);
      paths.forEach((path, i) => { Atomics.store(control, 1, BigInt(i)); if (path.endsWith('b')) process.exit(7); });
      const text = JSON.stringify(paths.map((path) => [{ status: 'failed', path }, []]));
      const readings = { bytes: new Uint8Array(0), stamps: new BigInt64Array(0), text };
      parentPort.postMessage({ id: task.id, readings });`);
    const pool = new Pool({ url, threads: 2, resourceLimits: {} });
    const outcomes = await pool.read(paths('a', 'b', 'c'), whole, noAbort());
    expect(outcomes).toEqual([
      { status: 'failed', path: join(folder, 'a') },
      {
        status: 'failed',
        problem: { code: 'reader_failed', detail: 'thread exited with 7' },
      },
      { status: 'failed', path: join(folder, 'c') },
    ]);
    await pool.close();
  });

  it('by hanging in a parser, are ended', async () => {
    const url = threadThat(`Atomics.store(control, 4, 1n); for (;;);`);
    const pool = new Pool({ url, threads: 1, resourceLimits: {}, hangsAfter: 300 });
    const [outcome] = await pool.read(paths('a'), whole, noAbort());
    expect(outcome).toMatchObject({
      status: 'failed',
      problem: { detail: expect.stringContaining('end') as string },
    });
    await pool.close();
  });

  it('whatever they read, are an error and not a row for each of a million files', async () => {
    const pool = new Pool({ url: threadThat('process.exit(1);'), threads: 1, resourceLimits: {} });
    const names = Array.from({ length: 100 }, (_, i) => `${i}`);
    await expect(pool.read(paths(...names), whole, noAbort())).rejects.toMatchObject({ code: 'INTERNAL' });
    await pool.close();
  });

  it('are not waited for when the pool is closed', async () => {
    const pool = new Pool({ url: threadThat(''), threads: 1, resourceLimits: {} });
    const reading = pool.read(paths('a'), whole, noAbort());
    const queued = pool.read(paths('b'), whole, noAbort());
    await pool.close();
    expect(await Promise.all([reading, queued])).toEqual([[], []]);
  });
});
