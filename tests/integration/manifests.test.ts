/** Checksum manifests that are handed out, held against what they are of by programs that we did not write. */
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { crc32 } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createArchive, openHost, type Host } from '../../electron/host/index.ts';
import type { AuditResult } from '../../shared/contract/fixity.ts';
import type { Job } from '../../shared/contract/jobs.ts';
import type { ManifestResult } from '../../shared/contract/manifests.ts';
import { fixturePath } from '../fixtures/index.ts';
import { hostileNames, twins } from '../fixtures/generate/hostile-list.ts';
import { describeWith, itWith } from '../support/skips.ts';
import { sharedFolder } from '../support/temp.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

type Wish = Parameters<Host['client']['manifests']['create']>[0];

let host: Host;
const dir = sharedFolder();
const shelf = join(dir, 'shelf');
/** Below the root of the shelf, as bytes. */
const names: Buffer[] = [];

async function ended(job: Job): Promise<Job> {
  for await (const { state } of await host.client.jobs.watch({ id: job.id })) void state;
  return host.client.jobs.get({ id: job.id });
}

async function create(wish: Wish): Promise<ManifestResult> {
  const job = await ended(
    await host.client.manifests.create({ folder: { display: join(dir, 'out') }, ...wish }),
  );
  if (job.error !== undefined) throw Object.assign(new Error(job.error.message), job.error);
  return job.result as ManifestResult;
}

function sound(name: string): Buffer {
  return Buffer.from(`sound of ${name}, `.repeat(20));
}

function put(folder: string, name: Buffer, content: Buffer): void {
  mkdirSync(join(shelf, folder), { recursive: true });
  const below = Buffer.concat([Buffer.from(`${folder}/`), name]);
  writeFileSync(Buffer.concat([Buffer.from(`${shelf}/`), below]), content);
  names.push(below);
}

async function keep(folder: string, title: string, collection: string): Promise<void> {
  const terms = { rightsBasis: 'other', source: 'S', acquired: 'A', collection } as const;
  const job = await ended(
    await host.client.accession.start({ title, ...terms, paths: [{ display: folder }] }),
  );
  expect(job.state).toBe('done');
}

/** Run where the files are, in a locale in which every tool takes bytes as they come. */
function tool(program: string, ...words: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(program, words, {
    cwd: shelf,
    encoding: 'latin1',
    env: { ...process.env, LC_ALL: 'C.UTF-8' },
  });
  return { status, said: `${stdout}${stderr}` };
}

/** rhash refuses a whole file for one control character in it; what it is, it takes from the end of its name. */
function withoutBell(manifest: string): string {
  const lines = readFileSync(manifest, 'latin1').split('\n');
  const without = join(dirname(manifest), `for-rhash-${basename(manifest)}`);
  writeFileSync(without, Buffer.from(lines.filter((line) => !line.includes('\u0007')).join('\n'), 'latin1'));
  return without;
}

beforeAll(async () => {
  const archive = join(dir, 'archive');
  await createArchive({
    dir: archive,
    name: 'Kept "sounds"',
    agent: 'Ada',
    policy: { furtherDigests: ['sha512', 'sha1', 'md5', 'crc32'] },
  });
  host = await openHost({
    archive,
    agent: 'Ada',
    mode: 'write',
    command: 'test',
    stateFolder: join(dir, 's'),
  });
  for (const { name } of hostileNames) put('names', name, sound(name.toString('latin1')));
  for (const { folder, name } of twins) put(folder, name, sound(`${folder}/${name.toString('latin1')}`));
  put('flac', Buffer.from('one.flac'), readFileSync(fixturePath('flac-16-tags-picture.flac')));
  await keep(shelf, 'Hostile names', 'Shelf');
  // Before CRC-32 was asked for: of recordings above one MiB their parts are known, of others nothing.
  await host.client.archive.updatePolicy({ furtherDigests: [] });
  mkdirSync(join(dir, 'box'));
  const wave = readFileSync(fixturePath('wav-pcm16.wav'));
  writeFileSync(join(dir, 'box', 'long.wav'), Buffer.concat([wave, Buffer.alloc(3_000_001, 'x')]));
  writeFileSync(join(dir, 'box', 'short.wav'), wave);
  await keep(join(dir, 'box'), 'A box', 'Box');
});

afterAll(() => host.close());

describe('what is handed out', () => {
  it('says which archive it is of, who handed it out and when, and the head of the log; the event commits to it', async () => {
    const before = await host.client.archive.status();
    const result = await create({ accession: 'acc-1' });
    const text = readFileSync(result.path.display, 'latin1');
    expect(text.split('\n').slice(0, 3)).toEqual([
      '# Manifest of accession acc-1, from the archive "Kept "sounds"": SHA-256',
      `# Handed out by Ada on ${result.at}; head of the log: event ${before.log.events}, ${before.log.head}`,
      '# Paths are relative to the root of the location "shelf".',
    ]);
    const sha256 = createHash('sha256').update(readFileSync(result.path.display)).digest('hex');
    expect(result).toMatchObject({ sha256, files: names.length, omitted: 0, amiss: 0, relative: true });
    const [event] = (await host.client.events.list({ limit: 1 })).rows;
    expect(event).toMatchObject({ id: result.event, type: 'exporting' });
    expect(JSON.stringify(await host.client.events.get({ id: result.event }))).toContain(sha256);
    expect(await host.client.events.verify()).toMatchObject({ ok: true });
  });

  it('lists each file once, in the order of their paths, and stands under a name of its own', async () => {
    const [first, second] = [await create({ location: 'shelf' }), await create({ location: 'shelf' })];
    expect(second.path.display).not.toBe(first.path.display);
    const lines = readFileSync(second.path.display, 'latin1')
      .split('\n')
      .filter((line) => /^\\?[0-9a-f]{64}/.test(line));
    expect(lines).toHaveLength(names.length);
    expect(new Set(lines).size).toBe(names.length);
    expect(readdirSync(join(dir, 'out')).filter((name) => name.includes('partial'))).toEqual([]);
  });

  it('is of an accession, a collection, a search, a location, or things by their ids', async () => {
    const files = async (wish: Wish) => (await create(wish)).files;
    expect(await files({ collection: 'Shelf' })).toBe(names.length);
    expect(await files({ accession: 'acc-2' })).toBe(2);
    expect(await files({ location: 'box' })).toBe(2);
    expect(await files({ search: 'short' })).toBe(1);
    expect(await files({ ids: ['acc-2', 'acc-2', 'rep-1'], absolute: true })).toBe(3);
    expect(await files({ ids: ['acc-2', 'rep-1'], location: 'box' })).toBe(2);
    const { items } = host.client;
    const [item] = (await items.list({ accession: 'acc-2' })).rows;
    expect(await files({ ids: [item?.id ?? ''] })).toBeGreaterThan(0);
  });

  it('refuses what it could not keep its word on, and writes nothing', async () => {
    const before = readdirSync(join(dir, 'out')).length;
    for (const [wish, message] of [
      [{ ids: ['acc-1', 'acc-2'] }, /lie in 2 locations \("shelf", "box"\).*--location.*--absolute/],
      [{ accession: 'acc-2', algorithms: ['md5'] }, /holds no such digest.*none is guessed/],
      [{ accession: 'acc-2', form: 'ffp' }, /holds no such digest/],
      [{ accession: 'acc-1', form: 'sfv', algorithms: ['md5'] }, /sfv is made with one of: crc32/],
      [{ ids: ['loc-1'] }, /"loc-1" names no files/],
      [{ ids: ['rep-999'] }, /nothing to list/],
    ] as const)
      await expect(create(wish as Wish)).rejects.toMatchObject({
        code: 'BAD_INPUT',
        message: expect.stringMatching(message) as string,
      });
    await expect(create({ accession: 'acc-9' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(readdirSync(join(dir, 'out'))).toHaveLength(before);
  });

  it('names what it does not list, in the manifest and beside it', async () => {
    const result = await create({ accession: 'acc-2', form: 'sfv' });
    expect(result).toMatchObject({ files: 1, omitted: 1, omissions: [{ reason: 'no digest' }] });
    const text = readFileSync(result.path.display, 'utf8');
    // Of the long one only its parts are digested: what they make together is exact.
    const whole = crc32(readFileSync(join(dir, 'box', 'long.wav')))
      .toString(16)
      .padStart(8, '0');
    expect(text).toContain(`long.wav ${whole}\n`);
    expect(text).toContain('; Not listed: 1 of 2 files\n; no such digest is recorded: short.wav\n');
    expect(await create({ location: 'shelf', form: 'hashdeep' })).toMatchObject({
      omitted: 1,
      omissions: [{ path: { display: 'names/line\\nbreak.wav' }, reason: 'name' }],
    });
  });

  it('is a table of every digest that no spreadsheet runs, with the bytes of names that are not UTF-8', async () => {
    const result = await create({ location: 'shelf', form: 'csv' });
    const text = readFileSync(result.path.display, 'utf8');
    expect(
      text.startsWith('\ufeff"path","path_base64","size","sha512","sha256","sha1","md5","crc32"\r\n'),
    ).toBe(true);
    expect(text.split('\r\n')).toHaveLength(names.length + 2);
    const raw = names.find((name) => name.includes(0xff)) ?? Buffer.alloc(0);
    expect(text).toContain(`,"${raw.toString('base64')}",`);
    expect(text).not.toMatch(/(?:^|\r\n)"[=+\-@]/);
  });
});

describe('other programs find every file, whatever its name', () => {
  for (const [program, algorithm] of [
    ['sha256sum', 'sha256'],
    ['sha512sum', 'sha512'],
    ['sha1sum', 'sha1'],
    ['md5sum', 'md5'],
  ] as const)
    itWith({ tool: program }, program, async () => {
      for (const form of ['gnu', 'gnu-binary', 'tag'] as const) {
        const { path } = await create({ accession: 'acc-1', form, algorithms: [algorithm] });
        expect(tool(program, '--strict', '--quiet', '-c', path.display)).toEqual({ status: 0, said: '' });
      }
      const { path } = await create({ ids: ['acc-1', 'acc-2'], absolute: true });
      if (algorithm === 'sha256')
        expect(tool(program, '--strict', '--quiet', '-c', path.display)).toEqual({ status: 0, said: '' });
    });

  itWith({ tool: 'shasum' }, 'shasum, all but a return, which it does not know to be escaped', async () => {
    for (const form of ['gnu', 'tag'] as const) {
      const { path } = await create({ accession: 'acc-1', form });
      const { said } = tool('shasum', '-a', '256', '-c', path.display);
      expect(said.split('\n').filter((line) => line.endsWith(': OK'))).toHaveLength(names.length - 1);
      expect(said).toContain('carriage\\rreturn.wav: FAILED open or read');
    }
  });

  itWith({ tool: 'hashdeep' }, 'hashdeep -a, all but a newline, which its form cannot say', async () => {
    const broken = join(shelf, 'names', 'line\nbreak.wav');
    const { path } = await create({ accession: 'acc-1', form: 'hashdeep', algorithms: ['md5', 'sha256'] });
    rmSync(broken);
    try {
      expect(tool('hashdeep', '-r', '-l', '-a', '-k', path.display, '.')).toMatchObject({
        status: 0,
        said: expect.stringContaining('Audit passed') as string,
      });
    } finally {
      writeFileSync(broken, sound('line\nbreak.wav'));
    }
  });

  itWith({ tool: ['md5deep', 'sha256deep'] }, 'md5deep, which looks at digests alone', async () => {
    for (const [program, algorithm] of [
      ['md5deep', 'md5'],
      ['sha256deep', 'sha256'],
    ] as const) {
      const { path } = await create({ accession: 'acc-1', form: 'md5deep', algorithms: [algorithm] });
      const { said } = tool(program, '-r', '-l', '-x', path.display, '.');
      // It tells what is not listed: what the form cannot name, and nothing else.
      const told = said.split(/\n(?=\.\/)/).map((name) => name.trimEnd());
      expect(told.sort()).toEqual(['./names/carriage\rreturn.wav', './names/line\nbreak.wav']);
    }
  });

  itWith(
    { tool: 'rhash' },
    'rhash, all but what it trims, escapes in another way, or takes for binary',
    async () => {
      for (const [form, algorithm, sound] of [
        ['gnu', 'sha256', names.length - 6],
        ['sfv', 'crc32', names.length - 7],
      ] as const) {
        const { path } = await create({ accession: 'acc-1', form, algorithms: [algorithm] });
        const { said } = tool('rhash', '-c', withoutBell(path.display));
        expect(said.split('\n').filter((line) => / OK ?$/.test(line))).toHaveLength(sound);
        expect(said).not.toMatch(/ ERR ?$/m);
      }
    },
  );

  itWith(
    { tool: ['metaflac', 'flac'] },
    'metaflac, which states the same MD5 of the samples as an FFP',
    async () => {
      const { path, files, omitted } = await create({ accession: 'acc-1', form: 'ffp' });
      expect([files, omitted]).toEqual([1, names.length - 1]);
      const line = readFileSync(path.display, 'latin1')
        .split('\n')
        .find((each) => !each.startsWith(';'));
      const at = join(shelf, 'flac', 'one.flac');
      const stated = execFileSync('metaflac', ['--show-md5sum', at], { encoding: 'utf8' }).trim();
      expect(line).toBe(`flac/one.flac:${stated}`);
      // The decoder compares them itself, and the fixture's samples are those that it states.
      expect(spawnSync('flac', ['-t', '-s', at]).status).toBe(0);
    },
  );
});

describeWith({ tool: ['sha256sum', 'shasum', 'hashdeep', 'rhash'] }, 'one byte that is damaged', () => {
  it('is told by every other tool, and by an audit', async () => {
    const at = Buffer.concat([Buffer.from(`${shelf}/`), names[0] ?? Buffer.alloc(0)]);
    const good = readFileSync(at);
    const gnu = (await create({ accession: 'acc-1', form: 'gnu' })).path.display;
    const sfv = (await create({ accession: 'acc-1', form: 'sfv' })).path.display;
    const deep = (await create({ accession: 'acc-1', form: 'hashdeep' })).path.display;
    const bad = Buffer.from(good);
    bad[7] = (bad[7] ?? 0) ^ 1;
    writeFileSync(at, bad);
    const shown = names[0]?.toString('latin1') ?? '';
    for (const program of ['sha256sum', 'shasum']) {
      const { status, said } = tool(program, ...(program === 'shasum' ? ['-a', '256'] : []), '-c', gnu);
      expect(status).toBe(1);
      expect(said).toContain(`${shown}: FAILED\n`);
    }
    expect(tool('hashdeep', '-r', '-l', '-a', '-vv', '-k', deep, '.')).toMatchObject({
      status: 1,
      said: expect.stringContaining(`./${shown}`) as string,
    });
    expect(tool('rhash', '-c', withoutBell(sfv)).said).toMatch(/k\.wav +ERR/);
    const audit = await ended(await host.client.fixity.audit({ location: 'shelf' }));
    expect((audit.result as AuditResult).outcomes).toMatchObject({ altered: 1 });
    expect(await create({ accession: 'acc-1' })).toMatchObject({ amiss: 1, files: names.length });
    writeFileSync(at, good);
  });
});
