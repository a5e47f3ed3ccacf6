/** Packages that are handed out, held against what they are of by programs that we did not write. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createArchive, openHost, type Host } from '../../electron/host/index.ts';
import { packageResultSchema, type HandOut, type PackageResult } from '../../shared/contract/hand-outs.ts';
import type { BagValidationResult } from '../../shared/contract/packaging.ts';
import type { Job } from '../../shared/contract/jobs.ts';
import { readOriginalNameLine } from '../../shared/domain/bag-name.ts';
import { hostileNames, twins } from '../fixtures/generate/hostile-list.ts';
import { describeWith, itWith } from '../support/skips.ts';
import { sharedFolder } from '../support/temp.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

type Wish = Omit<Parameters<Host['client']['handOuts']['create']>[0], 'to'>;

let host: Host;
const dir = sharedFolder();
const shelf = join(dir, 'shelf');
const vault = join(dir, 'vault');
const out = join(dir, 'out');
/** Below the shelf, as bytes in base64. */
const kept = new Map<string, Buffer>();

async function ended(job: Job): Promise<Job> {
  for await (const { state } of await host.client.jobs.watch({ id: job.id })) void state;
  return host.client.jobs.get({ id: job.id });
}

async function create(wish: Wish): Promise<PackageResult> {
  const job = await ended(await host.client.handOuts.create({ to: { display: out }, ...wish }));
  if (job.error !== undefined) throw Object.assign(new Error(job.error.message), job.error);
  expect(job.state).toBe('done');
  return packageResultSchema.parse(job.result);
}

async function made(wish: Wish): Promise<HandOut> {
  const { handOut } = await create(wish);
  if (handOut === undefined) throw new Error('no package was made');
  return handOut;
}

function put(folder: string, name: Buffer, content: Buffer): void {
  mkdirSync(join(shelf, folder), { recursive: true });
  const below = Buffer.concat([Buffer.from(`${folder}/`), name]);
  writeFileSync(Buffer.concat([Buffer.from(`${shelf}/`), below]), content);
  kept.set(below.toString('base64'), content);
}

async function keep(
  folder: string,
  title: string,
  terms: Partial<Parameters<Host['client']['accession']['start']>[0]> = {},
) {
  const common = { rightsBasis: 'other', source: 'A. Novak', acquired: 'Gift, agreement 12' } as const;
  const job = await ended(
    await host.client.accession.start({ title, ...common, ...terms, paths: [{ display: folder }] }),
  );
  expect(job.state).toBe('done');
}

function tool(program: string, cwd: string, ...words: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(program, words, {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C.UTF-8' },
  });
  return { status, said: `${stdout}${stderr}` };
}

async function judged(path: string): Promise<string | undefined> {
  const job = await ended(await host.client.packaging.validate({ paths: [{ display: path }] }));
  return (job.result as BagValidationResult).bags[0]?.verdict;
}

/** Every tag file that a person or program could read. */
function tagTexts(bag: string): string {
  return readdirSync(bag, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(?:txt|json|html|csv|tsv|xml)$/.test(name) && !name.startsWith('data/'))
    .map((name) => readFileSync(join(bag, name), 'utf8'))
    .join('\n');
}

beforeAll(async () => {
  const archive = join(dir, 'archive');
  await createArchive({ dir: archive, name: 'Kept "sounds" & <more>', agent: 'Ada' });
  host = await openHost({
    archive,
    agent: 'Ada',
    mode: 'write',
    command: 'test',
    stateFolder: join(dir, 's'),
  });
  for (const { name } of hostileNames) put('names', name, Buffer.from(`sound of ${name.toString('latin1')}`));
  for (const { folder, name } of twins)
    put(folder, name, Buffer.from(`${folder}/${name.toString('latin1')}`));
  put('twice', Buffer.from('a.wav'), Buffer.from('the same'));
  put('twice', Buffer.from('b.wav'), Buffer.from('the same'));
  put('twice', Buffer.from('empty.wav'), Buffer.alloc(0));
  await keep(shelf, 'Hostile names', { collection: 'Shelf' });
  mkdirSync(join(dir, 'box'));
  writeFileSync(join(dir, 'box', 'gap.wav'), 'nobody knows whose');
  await keep(join(dir, 'box'), 'A box', { collection: 'Shelf/Boxes', rightsBasis: 'unknown' });
  await host.client.locations.add({ path: { display: vault }, name: 'Vault', writes: 'managed' });
});

afterAll(() => host.close());

async function partAt(path: string): Promise<string> {
  const { parts } = await host.client.holdings.show({ path: { display: join(shelf, path) } });
  return parts[0]?.id ?? '';
}

/** Which original each file of a package was, by the table in it. */
function originalsIn(bag: string, folder: string): Map<string, Buffer> {
  const table = readFileSync(join(bag, 'holdfast/original-names.tsv'), 'utf8').split('\n').slice(1);
  const renamed = new Map(
    table.flatMap((line) => {
      const read = readOriginalNameLine(line);
      return read === undefined ? [] : [[read.path, Buffer.from(read.raw)] as const];
    }),
  );
  const lines = readFileSync(join(bag, 'manifest-sha256.txt'), 'utf8').trimEnd().split('\n');
  return new Map(
    lines.map((line) => {
      const path = line.slice(66 + 'data/'.length);
      const original = (renamed.get(path) ?? Buffer.from(path)).subarray(folder.length + 1);
      return [original.toString('base64'), readFileSync(join(bag, 'data', path))];
    }),
  );
}

describe('a package of files with every hostile name', () => {
  it('has each under a name that its table leads back from, byte for byte', async () => {
    const handOut = await made({ accession: '2026-0001', name: 'all' });
    expect(handOut).toMatchObject({ state: 'done', files: kept.size, withheld: 0, as: 'folder' });
    const found = originalsIn(handOut.path.display, '2026-0001');
    expect(new Set(found.keys())).toEqual(new Set(kept.keys()));
    for (const [name, content] of kept) expect(found.get(name)?.equals(content), name).toBe(true);
    expect(readdirSync(out)).toEqual(['all']);
  });

  it('has the same from a sealed bag, whose names were mapped before', async () => {
    await ended(await host.client.replication.start({ accession: 'acc-1', to: 'Vault' }));
    const handOut = await made({ accession: 'acc-1', name: 'from-a-bag' });
    const found = originalsIn(handOut.path.display, '2026-0001');
    // Of a name that was too long for a bag the path alone does not tell what it was.
    const long = [...kept].filter(([name]) => !found.has(name));
    expect(long.every(([name]) => Buffer.from(name, 'base64').length > 200)).toBe(true);
    expect(found.size).toBe(kept.size);
  });

  describeWith({ tool: ['sha256sum', 'md5sum'] }, 'for common tools', () => {
    it('checks, and one damaged byte is seen by them and by us', async () => {
      const { path } = await made({
        accession: 'acc-1',
        name: 'damaged',
        digests: ['md5', 'sha1', 'sha256'],
      });
      const bag = path.display;
      const check = (program: string, manifest: string) => tool(program, bag, '--quiet', '-c', manifest);
      for (const algorithm of ['md5', 'sha1', 'sha256'])
        for (const kind of ['manifest', 'tagmanifest'])
          expect(check(`${algorithm}sum`, `${kind}-${algorithm}.txt`)).toEqual({ status: 0, said: '' });
      expect(existsSync(join(bag, 'manifest-sha512.txt'))).toBe(false);
      expect(await judged(bag)).toMatch(/^valid/);
      const [line = ''] = readFileSync(join(bag, 'manifest-sha256.txt'), 'utf8')
        .split('\n')
        .filter((each) => each.endsWith('a.wav'));
      const victim = join(bag, line.slice(66));
      const bytes = readFileSync(victim);
      bytes[3] = (bytes[3] ?? 0) ^ 1;
      writeFileSync(victim, bytes);
      for (const algorithm of ['md5', 'sha256'])
        expect(check(`${algorithm}sum`, `manifest-${algorithm}.txt`).said).toContain('a.wav: FAILED');
      expect(await judged(bag)).toBe('invalid');
    });
  });

  async function unpacks(form: 'tar' | 'zip', program: string, ...words: readonly string[]): Promise<void> {
    const { path, seal } = await made({ accession: 'acc-1', name: `as-${form}`, as: form });
    expect(path.display).toBe(join(out, `as-${form}.${form}`));
    expect(seal?.file).toBe(createHash('sha256').update(readFileSync(path.display)).digest('hex'));
    expect(await judged(path.display)).toMatch(/^valid/);
    const to = join(dir, `from-${form}`);
    mkdirSync(to);
    expect(tool(program, to, ...words, path.display)).toEqual({ status: 0, said: '' });
    expect(readdirSync(to)).toEqual([`as-${form}`]);
    const bag = join(to, `as-${form}`);
    expect(tool('sha256sum', bag, '--quiet', '-c', 'manifest-sha256.txt')).toEqual({ status: 0, said: '' });
    expect(originalsIn(bag, '2026-0001').size).toBe(kept.size);
  }

  itWith({ tool: ['tar', 'sha256sum'] }, 'unpacks from a tar to one folder of its name', () =>
    unpacks('tar', 'tar', '-xf'),
  );

  itWith({ tool: ['unzip', 'sha256sum'] }, 'unpacks from a zip to one folder of its name', () =>
    unpacks('zip', 'unzip', '-q'),
  );
});

describe('rights', () => {
  it('keep back what has none, with its reason, and let the rest leave', async () => {
    const { handOut, plan } = await create({ collection: 'Shelf', name: 'collection' });
    expect(handOut).toMatchObject({ files: kept.size, withheld: 1 });
    expect(plan.withheld).toMatchObject([
      { accession: 'acc-2', number: '2026-0002', reason: 'no basis', files: 1 },
    ]);
    const bag = join(out, 'collection');
    expect(tagTexts(bag)).not.toContain('gap.wav');
    expect(JSON.parse(readFileSync(join(bag, 'rights.json'), 'utf8'))).toMatchObject({
      'tdm-reservation': 0,
      rights: [{ accession: '2026-0001', rightsBasis: ['other'] }],
      stayedBehind: { files: 1, reasons: ['no basis'] },
    });
  });

  it('let nothing leave where all of it lacks them, unless somebody answers for it, whose reason stays in the record', async () => {
    await expect(create({ accession: 'acc-2', name: 'gap' })).rejects.toMatchObject({
      code: 'BAD_INPUT',
      message: expect.stringMatching(/None of the files .* --override-rights/) as string,
    });
    expect(existsSync(join(out, 'gap'))).toBe(false);
    const reason = 'The widow of the depositor wrote to us';
    const handOut = await made({ accession: 'acc-2', name: 'gap', overrideRights: reason });
    expect(handOut).toMatchObject({ files: 1, overrideRights: reason });
    expect(tagTexts(join(out, 'gap'))).not.toContain(reason);
    expect(JSON.parse(readFileSync(join(out, 'gap/rights.json'), 'utf8'))).toMatchObject({
      rights: [{ rightsBasis: ['unknown'] }],
      handedOutWithoutDocumentedRights: { answersForIt: 'Ada' },
    });
  });

  it('stand machine-readable with who reserved what, in every form that is looked for', async () => {
    const handOut = await made({
      ids: ['acc-1'],
      name: 'reserved',
      reservation: { uses: ['tdm', 'ai-training'], by: 'The "performers" & <co>' },
    });
    expect(handOut.reservation).toEqual({ uses: ['tdm', 'ai-training'], by: 'The "performers" & <co>' });
    const read = (name: string): string => readFileSync(join(out, 'reserved', name), 'utf8');
    expect(JSON.parse(read('rights.json'))).toMatchObject({
      'tdm-reservation': 1,
      reservations: [{ use: 'tdm', reservedBy: 'The "performers" & <co>' }, { use: 'ai-training' }],
    });
    expect(read('bag-info.txt')).toMatch(/^TDM-Reservation: 1$/m);
    expect(read('bag-info.txt')).toMatch(/^Reserved-By: The "performers" & <co>$/m);
    expect(read('rights.txt')).toMatch(/^TDM-Reservation: 1$/m);
    const page = read('about-this-package.html');
    expect(page).toContain('<meta name="tdm-reservation" content="1">');
    expect(page).toContain('The &quot;performers&quot; &amp; &lt;co&gt;');
    expect(page).not.toContain('<co>');
  });

  it('keep donor data, terms and paths of the archive out of every tag file', async () => {
    await made({ accession: 'acc-1', name: 'discreet', recipient: 'City Archive' });
    const texts = tagTexts(join(out, 'discreet'));
    for (const secret of ['A. Novak', 'Gift, agreement 12', dir]) expect(texts).not.toContain(secret);
    expect(texts).toContain('City Archive');
  });
});

describe('the record', () => {
  it('has who handed out what to whom, the head as it stands in the package, and a digest that speaks for all of it', async () => {
    const { log } = await host.client.archive.status();
    const handOut = await made({ accession: 'acc-1', name: 'told', recipient: 'City Archive' });
    expect(handOut.log).toEqual({ events: log.events, head: log.head });
    const info = readFileSync(join(out, 'told/bag-info.txt'), 'utf8');
    expect(info.replace(/\n +/g, ' ')).toContain(`Holdfast-Log-Head: event ${log.events}, ${log.head}`);
    const seal = createHash('sha256')
      .update(readFileSync(join(out, 'told/tagmanifest-sha256.txt')))
      .digest('hex');
    expect(handOut.seal).toEqual({ of: 'tagmanifest-sha256.txt', sha256: seal });
    const [event] = (await host.client.events.list({ limit: 1 })).rows;
    expect(event).toMatchObject({ id: handOut.event, type: 'dissemination' });
    const { facts } = await host.client.holdings.show({ id: handOut.event ?? '' });
    expect(JSON.parse(String(facts.body))).toMatchObject({
      facts: { seal, head: log.head, files: kept.size, rightsOverridden: false },
    });
    expect(String(facts.body)).not.toContain('City Archive');
    expect(await host.client.handOuts.show({ id: handOut.id })).toEqual(handOut);
    expect((await host.client.handOuts.list({})).rows[0]).toEqual(handOut);
    expect(await host.client.events.verify()).toMatchObject({ ok: true });
  });

  it('calls what goes to nobody yet an information package', async () => {
    await made({ accession: 'acc-1', name: 'for-nobody' });
    const [event] = (await host.client.events.list({ limit: 1 })).rows;
    expect(event?.type).toBe('information package creation');
  });
});

describe('what is written of the recordings', () => {
  it('goes along as a table that no spreadsheet runs, without the fields that are held back', async () => {
    const part = await partAt('twice/b.wav');
    await host.client.description.edit({
      id: part,
      changes: [
        { field: 'title', value: '=HYPERLINK("http://evil")', version: 0 },
        { field: 'content-note', value: 'About a neighbour', version: 0 },
      ],
    });
    await made({ ids: [part], name: 'one', withholdFields: ['content-note'] });
    const table = readFileSync(join(out, 'one/metadata/description.csv'), 'utf8');
    expect(table).toContain(`"'=HYPERLINK(""http://evil"")"`);
    expect(table).toContain('"data/2026-0001/twice/b.wav"');
    expect(table).not.toContain('neighbour');
    expect(table).not.toContain('content-note');
  });
});

describe('what is refused before anything is written', () => {
  it.each([
    ['a name that is taken', { accession: 'acc-1', name: 'all' }, /is there already/],
    ['a name that no system would take', { accession: 'acc-1', name: '../x' }, /cannot be the name/],
    [
      'a place that is a location',
      { accession: 'acc-1', to: { display: join(vault, 'x') } },
      /is in the location "Vault"/,
    ],
    [
      'the place of the originals',
      { accession: 'acc-1', to: { display: shelf } },
      /is in the location "shelf"/,
    ],
    [
      "the archive's own folder",
      { accession: 'acc-1', to: { display: join(dir, 'archive/keys') } },
      /archive's own folder/,
    ],
    ['MD5 alone', { accession: 'acc-1', digests: ['md5'] }, /SHA-256 or SHA-512/],
    [
      'a label that the program makes',
      { accession: 'acc-1', tags: [['Payload-Oxum', '1.1']] },
      /Payload-Oxum/,
    ],
    ['an accession that is not there', { accession: 'acc-9' }, /acc-9/],
    ['an id of something without files', { ids: ['event-1'] }, /names no files/],
  ] as const)('%s', async (_, wish, message) => {
    const before = readdirSync(out);
    await expect(create({ name: 'refused', ...wish } as Wish)).rejects.toThrow(message);
    expect(readdirSync(out)).toEqual(before);
    expect(existsSync(join(vault, 'x'))).toBe(false);
  });

  it('a profile that cannot be met, until what it asks for is given', async () => {
    const profile = { display: join(dir, 'profile.json') };
    writeFileSync(
      profile.display,
      JSON.stringify({
        'BagIt-Profile-Info': { 'BagIt-Profile-Identifier': 'https://example.org/profile.json' },
        'Accept-BagIt-Version': ['1.0'],
        'Bag-Info': { 'Contact-Name': { required: true }, 'Payload-Oxum': { required: true } },
        'Manifests-Required': ['md5'],
        'Manifests-Allowed': ['md5', 'sha512'],
      }),
    );
    await expect(create({ accession: 'acc-1', name: 'profiled', profile })).rejects.toThrow(
      /It asks for Contact-Name: give it with --tag/,
    );
    const tags: [string, string][] = [['Contact-Name', 'A. Miller']];
    const handOut = await made({ accession: 'acc-1', name: 'profiled', profile, tags });
    expect(handOut.digests).toEqual(['md5', 'sha512']);
    const { path } = handOut;
    const job = await ended(await host.client.packaging.validate({ paths: [path], profile }));
    expect((job.result as BagValidationResult).bags[0]?.profile?.isMet).toBe(true);
  });
});

describe('a copy that cannot be used', () => {
  it('is passed over for the next; where there is none, no package is made and the file is named', async () => {
    const sealed = readdirSync(vault, { recursive: true, encoding: 'utf8' }).filter((name) =>
      /twice\/[ab]\.wav$/.test(name),
    );
    expect(sealed).toHaveLength(2);
    for (const name of sealed) writeFileSync(join(vault, name), 'rotten!!');
    const { handOut, problems } = await create({ ids: [await partAt('twice/b.wav')], name: 'passed-over' });
    expect(handOut).toMatchObject({ state: 'done', files: 2 });
    expect(problems.map(({ code }) => code)).toContain('copy_differs');
    expect(readFileSync(join(out, 'passed-over/data/2026-0001/twice/b.wav'), 'utf8')).toBe('the same');

    writeFileSync(join(dir, 'box/gap.wav'), 'nobody knows whosE');
    const nothing = await create({ accession: 'acc-2', name: 'nothing', overrideRights: 'so' });
    expect(nothing.handOut).toBeUndefined();
    expect(nothing.problems.map(({ code }) => code)).toEqual(['copy_differs', 'no_good_copy']);
    rmSync(join(dir, 'box/gap.wav'));
    const gone = await create({ accession: 'acc-2', name: 'nothing', overrideRights: 'so' });
    expect(gone.handOut).toBeUndefined();
    // Nothing that the place is known by is there any more: it is out of reach, and what it holds is not lost.
    expect(gone.problems.map(({ code }) => code)).toEqual(['out_of_reach']);
    expect(readdirSync(out).filter((name) => name.startsWith('nothing'))).toEqual([]);
    expect((await host.client.handOuts.list({ limit: 1 })).rows[0]?.state).toBe('withdrawn');
  });
});
