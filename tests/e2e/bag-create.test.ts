/** Packages for others, with the built program, and what a stranger does with one and with a managed location. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, it, vi } from 'vitest';
import { Archivist } from '../support/archivist.ts';
import { itWith } from '../support/skips.ts';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 180_000 });

let ada: Archivist;
beforeEach(() => {
  ada = new Archivist();
  ada.keep(ada.tapes('tapes', 3));
});

/** What a page says to type, as whoever reads it would. */
function typed(page: string, beginning: string, cwd: string) {
  const commands = readFileSync(page, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith(`    ${beginning}`));
  expect(commands.length).toBeGreaterThan(0);
  return commands.map((command) => {
    const { status, stdout, stderr } = spawnSync('bash', ['-c', command], { cwd, encoding: 'utf8' });
    return { command: command.trim(), status, said: `${stdout}${stderr}` };
  });
}

itWith({ tool: 'sha256sum' }, 'a package is checked as the page in it says, and its maker tells how', () => {
  const words = [
    'bag',
    'create',
    '--accession',
    'acc-1',
    '--to',
    ada.path('out'),
    '--recipient',
    'City Archive',
  ];
  const dry = ada.read([...words, '--dry-run']);
  expect(dry).toMatchObject({ status: 0 });
  expect(dry.stdout).toMatch(
    /^Package "2026-0001-.*" of accession acc-1 would hold 3 files, .*SHA-256, SHA-512/,
  );
  expect(existsSync(ada.path('out'))).toBe(false);

  const done = ada.read([...words, '--name', 'tapes', '--tag', 'Contact-Name: A. Miller']);
  expect(done).toMatchObject({ status: 0, stderr: expect.not.stringContaining('rror') as string });
  expect(done.stdout).toMatch(/^out-1: .*\/out\/tapes \(folder, done\)\nPackage of accession acc-1: 3 files/);
  expect(done.stdout).toMatch(
    /Handed out by .* to City Archive on .* as event-\d+; head of the log before: event \d+, [0-9a-f]{64}/,
  );
  const bag = ada.path('out', 'tapes');
  for (const ran of typed(join(bag, 'README.txt'), 'sha256sum', bag))
    expect(ran).toMatchObject({ status: 0 });
  expect(readFileSync(join(bag, 'bag-info.txt'), 'utf8')).toMatch(/^Contact-Name: A\. Miller$/m);
  expect(ada.read(['hand-outs', 'show', 'out-1']).stdout).toBe(done.stdout);
  expect(ada.read(['hand-outs', 'list']).stdout).toMatch(/out-1 +done .*City Archive/);
  expect(ada.read(['show', 'out-1']).stdout).toContain('City Archive');

  writeFileSync(join(bag, 'data/2026-0001/2.wav'), 'damaged');
  const [tags, payload] = typed(join(bag, 'README.txt'), 'sha256sum', bag);
  expect(tags).toMatchObject({ status: 0 });
  expect(payload?.said).toContain('data/2026-0001/2.wav: FAILED');
  expect(ada.read(['bag', 'validate', bag])).toMatchObject({ status: 1 });
});

it('another archive takes a package into custody, with its digests as they were handed out', () => {
  ada.ask(['bag', 'create', '--accession', 'acc-1', '--to', ada.path('out'), '--name', 'tapes']);
  const bag = ada.path('out', 'tapes');
  const eve = new Archivist();
  eve.keep(bag);
  const words = ['manifest', 'import', join(bag, 'manifest-sha256.txt'), '--accession', 'acc-1'];
  const taken = eve.ask([...words, '--by', 'Test archive', '--on', '2026-01-01']);
  expect(taken).toMatchObject({ status: 0, json: { agreeing: 3, differing: 0 } });
});

it('what has no rights stays behind with exit 1, and a person who answers for it is recorded', () => {
  ada.read([
    'accession',
    ada.tapes('more', 2),
    '--title',
    'More',
    '--rights-basis',
    'unknown',
    '--collection',
    'All',
  ]);
  const words = ['bag', 'create', 'acc-1', 'acc-2', '--to', ada.path('out')];
  const answer = ada.ask([...words, '--name', 'some']);
  expect(answer).toMatchObject({ status: 1, json: { handOut: { files: 3, withheld: 2 } } });
  const shown = ada.read([...words, '--name', 'same']).stdout;
  expect(shown).toMatch(/2 files not let out\n {2}2026-0002: 2 files, .*No rights basis is documented/);
  expect(ada.read(['bag', 'create', 'acc-2', '--to', ada.path('out')])).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('None of the files') as string,
  });
  const overridden = ada.ask([...words, '--name', 'all', '--override-rights', 'Board of 2 May']);
  expect(overridden).toMatchObject({
    status: 0,
    json: { handOut: { files: 5, overrideRights: 'Board of 2 May' } },
  });
});

it('wrong words are refused with exit 2, and nothing is written', () => {
  const create = (...words: readonly string[]) =>
    ada.ask(['bag', 'create', '--to', ada.path('out'), ...words]);
  for (const words of [
    [],
    ['acc-1', '--search', 'x'],
    ['acc-1', '--as', 'rar'],
    ['acc-1', '--digest', 'crc32'],
    ['acc-1', '--tag', 'no colon'],
    ['acc-1', '--reserve', 'tdm'],
    ['acc-1', '--reserve', 'everything', '--reserved-by', 'B'],
    ['acc-1', '--withhold-field', 'smell'],
    ['acc-1', '--profile', ada.path('nothing.json')],
  ])
    expect(create(...words), words.join(' ')).toMatchObject({ status: 2 });
  expect(ada.ask(['bag', 'create', 'acc-1'])).toMatchObject({ status: 2 });
  expect(existsSync(ada.path('out'))).toBe(false);
});

itWith(
  { tool: ['sha256sum', 'base64', 'tail', 'cut'] },
  'a stranger who finds a managed location reads and checks it as its page says',
  () => {
    mkdirSync(ada.path('odd'));
    writeFileSync(ada.path('odd', 'a?b.wav'), 'sound');
    ada.read(ada.accession(ada.path('odd')));
    const vault = ada.path('vault');
    ada.read(['location', 'add', vault, '--name', 'Vault', '--writes', 'managed']);
    expect(ada.read(['replicate', '--all', '--to', 'Vault']).status).toBe(0);
    const page = join(vault, 'RECOVER.txt');
    expect(readFileSync(join(vault, 'RECOVER.html'), 'utf8')).toContain(
      'How to use what is kept here, without Holdfast',
    );
    const id = readdirSync(vault).find((name) => /^[0-9a-f]{8}-/.test(name)) ?? '';
    const bag = join(vault, id, 'bags/2026-0002');
    for (const { command, status } of typed(page, 'sha256sum', bag).filter(
      (ran) => !ran.command.includes('*'),
    ))
      expect(status, command).toBe(0);
    for (const kind of ['supplements', 'snapshots'])
      expect(typed(page, 'sha256sum -c *', join(vault, id, kind))).toMatchObject([{ status: 0 }]);
    expect(typed(page, 'cut', bag)).toMatchObject([{ status: 0, said: 'a?b.wav' }]);
    // What Holdfast puts there is no stranger to it, and is never written over what is somebody's.
    expect(ada.ask(['rescan', '--location', 'Vault'])).toMatchObject({ status: 0 });
    writeFileSync(page, 'mine');
    ada.read(ada.accession(ada.tapes('later', 1)));
    expect(readFileSync(page, 'utf8')).toBe('mine');
  },
);

itWith({ tool: ['sqlite3'] }, 'a snapshot answers what the page of its place asks', () => {
  const vault = ada.path('vault');
  ada.read(['location', 'add', vault, '--name', 'Vault', '--writes', 'managed']);
  ada.read(['replicate', '--all', '--to', 'Vault']);
  const id = readdirSync(vault).find((name) => /^[0-9a-f]{8}-/.test(name)) ?? '';
  const snapshots = join(vault, id, 'snapshots');
  const newest =
    readdirSync(snapshots)
      .filter((name) => name.endsWith('.sqlite'))
      .sort()
      .at(-1) ?? '';
  const page = join(ada.dir, 'page.txt');
  writeFileSync(
    page,
    readFileSync(join(vault, 'RECOVER.txt'), 'utf8').replaceAll('catalogue-NUMBER.sqlite', newest),
  );
  const [tables, accessions, items, files] = typed(page, 'sqlite3', snapshots);
  expect(tables?.said).toContain('accessions');
  expect(accessions).toMatchObject({ status: 0, said: '2026-0001|Tapes|S|A\n' });
  expect(items).toMatchObject({ status: 0 });
  const digest = execFileSync('sha256sum', [ada.path('tapes', '1.wav')], { encoding: 'utf8' }).slice(0, 64);
  expect(files?.said).toContain(`|1.wav|${digest}`);
});
