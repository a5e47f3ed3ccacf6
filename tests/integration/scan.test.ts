import { execFileSync } from 'node:child_process';
import { lstatSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Files } from '../../electron/core/ports/files.ts';
import { createFiles } from '../../electron/workers/files.ts';
import { rawPath, utf8Path } from '../../shared/domain/path.ts';
import { makeHostileNames, removeHostileNames } from '../fixtures/generate/hostile-names.ts';
import { bench, latin1, noAbort, scanAll } from '../support/files-under-test.ts';
import { itWith } from '../support/skips.ts';

const mayMount = ((): boolean => {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-mount-'));
  try {
    execFileSync('mount', ['--bind', folder, folder], { stdio: 'ignore' });
    execFileSync('umount', [folder], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  } finally {
    rmSync(folder, { recursive: true });
  }
})();

describe('scan', () => {
  let files: Files;
  let folder: string;
  let close: () => Promise<void>;
  beforeAll(() => ({ files, folder, close } = bench()));
  afterAll(() => close());

  it('finds every hostile name byte for byte and reports what is not a file', async () => {
    const dir = join(folder, 'hostile');
    const manifest = await makeHostileNames(dir, 1, { beyondLimit: true });
    try {
      const { found, notes } = await scanAll(files, rawPath(manifest.root));
      const wanted = manifest.entries.filter(({ kind, path }) => kind === 'file' && path.length <= 4095);
      expect([...found.keys()].sort()).toEqual(wanted.map(({ relative }) => latin1(relative)).sort());
      const codes = new Map(notes.map(({ path, problem }) => [path, problem.code]));
      expect(codes.get('special/pipe.wav')).toBe('special_file');
      expect(codes.get('special/socket.wav')).toBe('special_file');
      expect(codes.get('links/loop-a')).toBe('symlink_not_followed');
      const loop = notes.find(({ path }) => path === 'links/loop-a');
      expect(loop?.problem).toMatchObject({ other: 'loop-b', detail: 'which leads in a circle' });
      const dangling = notes.find(({ path }) => path === 'links/dangling.wav');
      expect(dangling?.problem).toMatchObject({ other: 'nowhere.wav', detail: 'which does not exist' });
      for (const inside of ['links/self', 'links/to-folder', 'links/to-file.wav'])
        expect(codes.get(inside)).toBe('left_out');
      expect(codes.get('links/outside')).toBe('symlink_not_followed');
      expect(notes.filter(({ problem }) => problem.code === 'path_too_long')).toHaveLength(1);
      expect(notes.filter(({ problem }) => problem.code === 'name_not_utf8').length).toBeGreaterThanOrEqual(
        6,
      );
      const twins = notes.filter(({ path }) => path.startsWith('twins/'));
      expect(twins.map(({ problem }) => problem.code)).toEqual(['name_twin', 'name_twin']);
    } finally {
      removeHostileNames(dir);
    }
  });

  it('gives the stamps that the file system gives', async () => {
    const dir = join(folder, 'stamps');
    mkdirSync(dir);
    writeFileSync(join(dir, 'a.wav'), 'twelve bytes');
    const stats = lstatSync(join(dir, 'a.wav'), { bigint: true });
    const { found } = await scanAll(files, dir);
    expect(found.get('a.wav')).toEqual([stats.size, stats.mtimeNs, stats.ctimeNs, stats.ino]);
  });

  it('leaves out what the policy names, and says so', async () => {
    const dir = join(folder, 'droppings');
    mkdirSync(join(dir, '@eaDir/deep'), { recursive: true });
    writeFileSync(join(dir, '@eaDir/deep/x.wav'), '');
    writeFileSync(join(dir, '.DS_Store'), '');
    writeFileSync(join(dir, 'kept.wav'), '');
    const { found, notes } = await scanAll(files, dir);
    expect([...found.keys()]).toEqual(['kept.wav']);
    expect(notes.map(({ path, problem }) => `${path} ${problem.code}`).sort()).toEqual([
      '.DS_Store left_out',
      '@eaDir left_out',
    ]);
  });

  it('hands over a large folder in slices that follow each other, the last one marked', async () => {
    const dir = join(folder, 'large');
    for (const name of ['huge', 'a', 'b', 'c']) mkdirSync(join(dir, name), { recursive: true });
    for (let i = 0; i < 10_000; i++) writeFileSync(join(dir, 'huge', `${i}.wav`), '');
    for (const name of ['a', 'b', 'c']) writeFileSync(join(dir, name, 'x.wav'), '');
    const order: string[] = [];
    let count = 0;
    for await (const slices of files.scan(utf8Path(dir), noAbort(), 'alone')) {
      for (const slice of slices) {
        expect(slice.names.length).toBeLessThanOrEqual(4096);
        order.push(`${latin1(slice.folder)}${slice.last ? '.' : ''}`);
        count += slice.names.length;
      }
    }
    expect(count).toBe(10_003);
    const first = order.indexOf('huge');
    expect(order.slice(first, first + 3)).toEqual(['huge', 'huge', 'huge.']);
  });

  it('waits for its consumer: what is removed while it waits has not been walked ahead', async () => {
    const dir = join(folder, 'many');
    const total = 1500;
    for (let i = 0; i < total; i++) {
      mkdirSync(join(dir, `${i}`), { recursive: true });
      writeFileSync(join(dir, `${i}`, 'x.wav'), '');
    }
    const one = createFiles({ threads: 1 });
    let count = 0;
    for await (const slices of one.scan(utf8Path(dir), noAbort(), 'alone')) {
      if (count === 0 && slices.some(({ names }) => names.length > 0)) {
        await new Promise((resolve) => setTimeout(resolve, 300));
        rmSync(dir, { recursive: true });
      }
      count += slices.reduce((sum, { names }) => sum + names.length, 0);
    }
    expect(count).toBeGreaterThan(0);
    expect(count).toBeLessThan(total / 2);
  });

  it('ends early and quietly when aborted, and when its consumer leaves', async () => {
    const stop = new AbortController();
    let slices = 0;
    for await (const _ of files.scan(utf8Path(join(folder, 'large')), stop.signal, 'alone')) {
      slices++;
      stop.abort();
    }
    expect(slices).toBe(1);
    for await (const _ of files.scan(utf8Path(join(folder, 'large')), noAbort(), 'alone')) break;
    const { found } = await scanAll(files, join(folder, 'large'), stop.signal);
    expect(found.size).toBe(0);
  });

  it('walks a folder of a thousand levels', async () => {
    const dir = join(folder, 'deep');
    const levels = 1000;
    mkdirSync(join(dir, ...Array<string>(levels).fill('d')), { recursive: true });
    writeFileSync(join(dir, ...Array<string>(levels).fill('d'), 'end.wav'), '');
    const { found, complete } = await scanAll(files, dir);
    expect(found.size).toBe(1);
    expect(complete.size).toBe(levels + 1);
  });

  it('does not follow links to folders', async () => {
    const dir = join(folder, 'links');
    mkdirSync(join(dir, 'real'), { recursive: true });
    writeFileSync(join(dir, 'real/x.wav'), '');
    symlinkSync('.', join(dir, 'self'));
    symlinkSync('real', join(dir, 'other'));
    const { found, notes } = await scanAll(files, dir);
    expect([...found.keys()]).toEqual(['real/x.wav']);
    expect(notes.map(({ problem }) => problem.code)).toEqual(['left_out', 'left_out']);
  });

  itWith(
    { that: 'the right to mount', available: mayMount },
    'reports a loop of mounts, walks other mounts, and stays on the volume of its root',
    async () => {
      const dir = join(folder, 'mounts');
      const beside = join(folder, 'beside');
      for (const name of ['a/loop', 'other', 'disk']) mkdirSync(join(dir, name), { recursive: true });
      mkdirSync(beside);
      writeFileSync(join(dir, 'a/x.wav'), '');
      writeFileSync(join(beside, 'y.wav'), '');
      execFileSync('mount', ['--bind', dir, join(dir, 'a/loop')]);
      execFileSync('mount', ['--bind', beside, join(dir, 'other')]);
      execFileSync('mount', ['-t', 'tmpfs', 'holdfast-test', join(dir, 'disk')]);
      writeFileSync(join(dir, 'disk/z.wav'), '');
      try {
        const { found, notes } = await scanAll(files, dir);
        expect([...found.keys()].sort()).toEqual(['a/x.wav', 'other/y.wav']);
        expect(notes.sort((a, b) => a.path.localeCompare(b.path))).toEqual([
          { path: 'a/loop', problem: { code: 'loop' } },
          { path: 'disk', problem: { code: 'on_other_volume' } },
        ]);
      } finally {
        execFileSync('umount', [join(dir, 'a/loop'), join(dir, 'other'), join(dir, 'disk')]);
      }
    },
  );

  it('never takes a root that cannot be listed for an empty one', async () => {
    await expect(scanAll(files, join(folder, 'not there'))).rejects.toMatchObject({
      code: 'FOLDER_UNREADABLE',
    });
  });

  it('runs two walks at once', async () => {
    const [one, two] = await Promise.all([
      scanAll(files, join(folder, 'large')),
      scanAll(createFiles({ threads: 1 }), join(folder, 'large')),
    ]);
    expect(one.found).toEqual(two.found);
  });
});
