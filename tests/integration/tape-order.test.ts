/** A tape is read in the order in which its files lie, whatever was unverified the longest. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { tapeBlocks } from '../../electron/adapters/storage/tape-blocks.ts';
import { createArchive, openHost, type Host } from '../../electron/host/index.ts';
import type { AuditResult } from '../../shared/contract/fixity.ts';
import type { Job } from '../../shared/contract/jobs.ts';
import { isTape } from '../../shared/domain/medium.ts';
import { rawPath } from '../../shared/domain/path.ts';
import { itWith } from '../support/skips.ts';
import { tempFolder } from '../support/temp.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const attr = { tool: ['getfattr', 'setfattr', 'xargs'] } as const;
let host: Host;
let dir: string;
let archive: string;

async function ended(job: Job): Promise<Job> {
  for await (const { state } of await host.client.jobs.watch({ id: job.id })) void state;
  return host.client.jobs.get({ id: job.id });
}

const tape = (): string => join(dir, 'tape');

/** Files of a tape, written in this order, so that no name and no listing tells it. */
async function keepTape(names: readonly string[], medium = 'tape'): Promise<void> {
  mkdirSync(tape());
  for (const name of names) {
    writeFileSync(join(tape(), name), `sound of ${name}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await host.client.locations.add({ name: 'LTO 0042', path: { display: tape() }, medium });
  await ended(
    await host.client.accession.start({
      title: 'Tape',
      rightsBasis: 'other',
      source: 'S',
      acquired: 'A',
      paths: [{ display: tape() }],
    }),
  );
}

/** As LTFS answers for a file that begins at this block. */
function lieAt(blocks: Readonly<Record<string, number>>): void {
  for (const [name, block] of Object.entries(blocks))
    execFileSync('setfattr', ['-n', 'user.ltfs.startblock', '-v', String(block), join(tape(), name)]);
}

/** The names that a run read, in their order. */
async function readBy(budget: { oldest?: number; bytes?: number } = {}): Promise<string[]> {
  const { result } = await ended(await host.client.fixity.audit({ location: 'LTO 0042', budget }));
  const { run } = result as AuditResult;
  const db = new Database(join(archive, 'catalogue.sqlite'), { readonly: true });
  try {
    return db
      .prepare(
        `SELECT CAST(r.name AS TEXT) FROM act_outcomes a JOIN replicas r ON r.id = a.replica_id
         WHERE a.act_id = ? ORDER BY a.ordinal`,
      )
      .pluck()
      .all(Number(run.id.slice('run-'.length))) as string[];
  } finally {
    db.close();
  }
}

beforeEach(async () => {
  dir = tempFolder();
  archive = join(dir, 'archive');
  await createArchive({ dir: archive, name: 'Kept', agent: 'Ada' });
  host = await openHost({
    archive,
    agent: 'Ada',
    mode: 'write',
    command: 'test',
    stateFolder: join(dir, 's'),
  });
});

afterEach(() => host.close());

describe('an audit of a tape', () => {
  itWith(attr, 'reads by the blocks at which LTFS says that files begin', async () => {
    await keepTape(['b.wav', 'a.wav', 'c.wav', 'd.wav']);
    lieAt({ 'd.wav': 9, 'b.wav': 80, 'a.wav': 700, 'c.wav': 6000 });
    expect(await readBy()).toEqual(['d.wav', 'b.wav', 'a.wav', 'c.wav']);
  });

  it('reads in the order in which files were written, where nobody tells their blocks', async () => {
    await keepTape(['c.wav', 'a.wav', 'd.wav', 'b.wav'], 'LTO-8');
    expect(await readBy()).toEqual(['c.wav', 'a.wav', 'd.wav', 'b.wav']);
  });

  it('knows a tape by the generation of its medium too', async () => {
    await keepTape(['c.wav', 'a.wav', 'b.wav'], 'removable');
    await host.client.locations.shelve({ location: 'LTO 0042', generation: 'LTO-9' });
    await host.client.locations.unshelve({ location: 'LTO 0042' });
    expect(await readBy()).toEqual(['c.wav', 'a.wav', 'b.wav']);
  });

  it('leaves a disk in the order of its folders', async () => {
    await keepTape(['c.wav', 'a.wav', 'b.wav'], 'disk');
    expect(await readBy()).toEqual(['a.wav', 'b.wav', 'c.wav']);
  });

  itWith(
    attr,
    'chooses by a budget what was unverified the longest, and reads that in tape order',
    async () => {
      await keepTape(['a.wav', 'b.wav', 'c.wav', 'd.wav']);
      lieAt({ 'd.wav': 1, 'c.wav': 2, 'b.wav': 3, 'a.wav': 4 });
      expect(await readBy({ oldest: 2 })).toEqual(['b.wav', 'a.wav']);
      expect(await readBy({ oldest: 2 })).toEqual(['d.wav', 'c.wav']);
      expect(await readBy({ oldest: 3 })).toEqual(['c.wav', 'b.wav', 'a.wav']);
    },
  );

  itWith(attr, 'comes to the end of the tape also with budgets that end before their plan', async () => {
    await keepTape(['a.wav', 'b.wav', 'c.wav', 'd.wav']);
    lieAt({ 'd.wav': 1, 'c.wav': 2, 'b.wav': 3, 'a.wav': 4 });
    const two = { bytes: 2 * 'sound of a.wav'.length };
    expect(await readBy(two)).toEqual(['d.wav', 'c.wav']);
    expect(await readBy(two)).toEqual(['b.wav', 'a.wav']);
  });
});

itWith(
  attr,
  'blocks are read of files with any name, and of those that have none nothing is told',
  async () => {
    const folder = tempFolder();
    const names = ['plain', 'new\nline', 'back\\slash', 'a="b"', 'é', '# file: x'].map((name) =>
      Buffer.from(name),
    );
    names.push(Buffer.from([0xff, 0xfe]), Buffer.from('none'));
    const paths = names.map((name) => rawPath(Buffer.concat([Buffer.from(`${folder}/`), name])));
    for (const path of paths) writeFileSync(Buffer.from(path), '');
    // setfattr takes its names as bytes from xargs as well.
    const marked = paths.slice(0, -1);
    for (const [at, path] of marked.entries())
      execFileSync('xargs', ['-0', 'setfattr', '-n', 'user.ltfs.startblock', '-v', String(at * 10)], {
        input: path,
      });
    const signal = new AbortController().signal;
    expect(await tapeBlocks(paths, signal)).toEqual([...marked.map((_, at) => at * 10), undefined]);
    vi.stubEnv('PATH', '/nowhere');
    try {
      expect(await tapeBlocks(paths, signal)).toEqual(paths.map(() => undefined));
    } finally {
      vi.unstubAllEnvs();
    }
  },
);

it('words for a medium say whether it is a tape', () => {
  for (const words of ['tape', 'Tape', 'LTO', 'LTO-8', 'lto9', 'LTFS', 'data tapes'])
    expect(isTape(words)).toBe(true);
  for (const words of ['disk', 'taped box', 'optical', 'alto', '', undefined, null])
    expect(isTape(words)).toBe(false);
});
