/** Stopping and sharing: Ctrl-C, SIGTERM, and two processes at one archive. */
import { once } from 'node:events';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { makeCollection } from '../fixtures/generate/collection.ts';
import { Place } from './support/place.ts';

const FILES = 8000;
/** Bytes by which the catalogue grows once the act is opened; its files are committed seconds later, or when it stops. */
const OPENED = 4096;
const words = ['--title', 'Big', '--rights-unknown'];

// Each test starts the program many times; other work on the machine must not fail it.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

let place: Place;
let folder: string;
let running: ChildProcess | undefined;
// One collection for all tests: what is taken into custody is never changed.
beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'holdfast-big-')));
  makeCollection({ dir: folder, files: FILES, bytesPerFile: 20_000, kind: 'mp3' });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeEach(() => {
  place = new Place();
  place.init();
});
afterEach(() => {
  running?.kill('SIGKILL');
  running = undefined;
  place.remove();
});

interface Begun {
  readonly child: ChildProcess;
  readonly ended: Promise<[number | null, string | null]>;
  readonly stderr: () => string;
  readonly stdout: () => string;
}

/** Starts the accession and waits until it is in the middle of reading. */
async function begin(more: readonly string[] = []): Promise<Begun> {
  const before = catalogueBytes();
  const child = place.start(['accession', folder, ...words, ...more]);
  running = child;
  let stderr = '';
  let stdout = '';
  child.stderr?.on('data', (data: Buffer) => (stderr += data.toString()));
  child.stdout?.on('data', (data: Buffer) => (stdout += data.toString()));
  const ended = once(child, 'exit') as Promise<[number | null, string | null]>;
  while (catalogueBytes() < before + OPENED && child.exitCode === null) await wait(10);
  await wait(150);
  if (child.exitCode !== null) throw new Error(`it ended before it could be stopped: ${stderr}${stdout}`);
  return { child, ended, stderr: () => stderr, stdout: () => stdout };
}

function catalogueBytes(): number {
  const files = ['catalogue.sqlite', 'catalogue.sqlite-wal'].map((name) => join(place.archive, name));
  return files.reduce((sum, file) => sum + (statSync(file, { throwIfNoEntry: false })?.size ?? 0), 0);
}

it.each(['SIGINT', 'SIGTERM'] as const)(
  '%s stops cleanly with 130, and the same command goes on to the end',
  async (signal) => {
    const { child, ended, stderr } = await begin();
    child.kill(signal);
    expect((await ended)[0]).toBe(130);
    expect(stderr()).toMatch(/Stopped; run the same command again to go on\.\n$/);
    const [job] = place.json(['jobs', 'list']).json.rows as { id: string; state: string }[];
    expect(job?.state).toMatch(/^(paused|interrupted)$/);
    expect(place.json(['status'])).toMatchObject({ code: 1, json: { openJobs: 1 } });
    const other = place.json(['accession', folder, '--title', 'Other', '--rights-unknown']);
    expect(other).toMatchObject({ code: 2, json: { error: { code: 'JOB_DIFFERS' } } });

    const resumed = place.json(['accession', folder, ...words]);
    expect(resumed).toMatchObject({
      code: 0,
      json: { files: FILES, objects: FILES, alreadyHeld: 0, job: job?.id },
    });
    expect(place.json(['status'])).toMatchObject({ code: 0, json: { replicas: FILES, openJobs: 0 } });
  },
);

it('an interrupted job is resumed by its id, or given up', async () => {
  const { child, ended, stdout } = await begin(['--json']);
  child.kill('SIGINT');
  expect((await ended)[0]).toBe(130);
  expect(JSON.parse(stdout())).toMatchObject({ schema: 1, error: { code: 'INTERRUPTED' } });
  const [job] = place.json(['jobs', 'list']).json.rows as { id: string }[];
  expect(place.json(['jobs', 'resume', job?.id ?? ''])).toMatchObject({ code: 0, json: { files: FILES } });
});

it('killed without mercy, it goes on where it was', async () => {
  const { child, ended } = await begin();
  child.kill('SIGKILL');
  await ended;
  expect(place.json(['accession', folder, ...words])).toMatchObject({
    code: 0,
    json: { files: FILES, objects: FILES },
  });
  expect(place.json(['log', 'verify'])).toMatchObject({ code: 0, json: { ok: true } });
});

it('a second process is told who holds the archive, and exits 3', async () => {
  const { child, ended } = await begin();
  const second = place.json(['audit']);
  expect(second).toMatchObject({ code: 3, json: { error: { code: 'ARCHIVE_HELD' } } });
  expect(JSON.stringify(second.json)).toMatch(new RegExp(`accession|${child.pid ?? ''}`));
  child.kill('SIGINT');
  await ended;
});
