/** The built bundle as a new user types it, on real folders. */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { itWith } from '../support/skips.ts';
import { bundle, Place, root } from './support/place.ts';

// Each test starts the program many times; other work on the machine must not fail it.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

let place: Place;
beforeEach(() => {
  place = new Place();
});
afterEach(() => place.remove());

describe('a new user', () => {
  it('makes an archive, looks, takes custody, audits, asks, finds, shows', () => {
    const tapes = place.tapes();
    const made = place.json(['init', place.archive, '--name', 'Radio collection']);
    expect(made).toMatchObject({ code: 0, json: { schema: 1, archive: { path: place.archive } } });
    expect((made.json.archive as { id: string }).id).toMatch(/^[0-9a-f-]{36}$/);

    const survey = place.json(['survey', tapes]);
    expect(survey.code).toBe(0);
    expect(survey.json).toMatchObject({ schema: 1, files: 3, refused: [], problems: [] });
    expect(Object.keys(survey.json.byFormat as object).length).toBeGreaterThan(1);

    const taken = place.json([
      'accession',
      tapes,
      '--title',
      'Tapes',
      '--rights-basis',
      'other',
      '--source',
      'A. Miller',
      '--acquired',
      'Gift',
    ]);
    expect(taken.code).toBe(0);
    expect(taken.json).toMatchObject({
      schema: 1,
      files: 3,
      objects: 3,
      refused: [],
      problems: [],
      gaps: [],
    });
    expect(taken.json.accession).toMatchObject({ id: expect.stringMatching(/^acc-\d+$/) as string });

    const audit = place.json(['audit']);
    expect(audit.code).toBe(0);
    expect(audit.json).toMatchObject({ run: { complete: true }, outcomes: { intact: 3 }, findings: [] });
    expect(audit.json.bytesRead).toBe(taken.json.bytes);

    const status = place.json(['status']);
    expect(status.code).toBe(0);
    expect(status.json).toMatchObject({
      objects: 3,
      replicas: 3,
      overdue: 0,
      openFindings: 0,
      byOutcome: { intact: 3 },
    });
    for (const key of ['items', 'hours', 'byStatus', 'lastAudit']) expect(status.json).toHaveProperty(key);

    const wav = join(tapes, 'reel.wav');
    const shown = place.json(['show', wav]);
    expect(shown.code).toBe(0);
    for (const key of ['entity', 'replicas', 'digests', 'events']) expect(shown.json).toHaveProperty(key);
    const { sha256 } = shown.json.digests as { sha256: string };
    expect(place.json(['show', sha256]).json.digests).toEqual(shown.json.digests);

    const found = place.json(['search', 'reel']);
    expect(found.code).toBe(0);
    expect(found.json.rows).toMatchObject([{ path: wav }]);
    expect(place.json(['log', 'verify'])).toMatchObject({ code: 0, json: { ok: true } });
    expect(place.json(['location', 'list']).json.rows).toMatchObject([{ root: tapes, replicas: 3 }]);
    expect(place.json(['location', 'check'])).toMatchObject({
      code: 0,
      json: { rows: [{ state: 'reachable' }] },
    });
    expect(place.json(['findings']).json).toEqual({ schema: 1, rows: [], next: null });
    const jobs = place.json(['jobs', 'list']).json.rows as { id: string; kind: string }[];
    expect(jobs.map(({ kind }) => kind).sort()).toEqual(['accession', 'audit']);
    expect(place.json(['jobs', 'show', jobs[0]?.id ?? ''])).toMatchObject({
      code: 0,
      json: { job: { state: 'done' } },
    });
  });

  it('reads plain sentences with their evidence', () => {
    const tapes = place.tapes();
    place.init();
    expect(place.run(['status'])).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/holds nothing yet/) as string,
    });
    const taken = place.run(['accession', tapes, '--title', 'Tapes', '--rights-unknown']);
    expect(taken.code).toBe(0);
    expect(taken.stdout).toMatch(/3 files, .* taken into custody in place/);
    expect(taken.stdout).toMatch(
      /A gap that blocks sharing; not documented: the rights basis, from whom it came and how/,
    );
    expect(place.run(['audit']).stdout).toMatch(/^Verified by reading [\d.]+ [kM]B .*: 3 intact\.\n$/);
    const status = place.run(['status']).stdout;
    expect(status).toMatch(/3 of 3 copies \(100 %\) were intact/);
    expect(status).toMatch(/The catalogue has no copy elsewhere/);
    expect(status).toMatch(/◑ {2}verified/);
  });

  it('runs the same accession again and hears that nothing is new; what is added becomes an accrual', () => {
    const tapes = place.tapes();
    place.init();
    const again = (): ReturnType<Place['json']> =>
      place.json(['accession', tapes, '--title', 'T', '--rights-unknown']);
    const first = again();
    expect(again()).toMatchObject({ code: 0, json: { files: 0, alreadyHeld: 3 } });
    writeFileSync(join(tapes, 'note.txt'), 'Recorded at the harbour.\n');
    const third = again();
    expect(third.json).toMatchObject({
      files: 1,
      accession: { id: (first.json.accession as { id: string }).id },
    });
    const other = place.json(['accession', tapes, '--title', 'Another', '--rights-unknown']);
    expect(other).toMatchObject({ code: 2, json: { error: { code: 'JOB_DIFFERS' } } });
  });
});

describe('what needs attention exits 1', () => {
  it('a flipped bit is a finding, and the file is left as it is', () => {
    const tapes = place.tapes();
    place.custody(tapes);
    const wav = join(tapes, 'reel.wav');
    const damaged = readFileSync(wav);
    damaged[damaged.length - 5] = (damaged.at(-5) ?? 0) ^ 1;
    writeFileSync(wav, damaged);
    const audit = place.json(['audit']);
    expect(audit.code).toBe(1);
    expect(audit.json.outcomes).toMatchObject({ intact: 2, altered: 1 });
    expect(audit.json.findings).toMatchObject([{ path: wav, outcome: 'altered' }]);
    expect(readFileSync(wav).equals(damaged)).toBe(true);
    const finding = (audit.json.findings as { id: string; location: string; detail: string }[])[0];
    expect(finding?.id).toMatch(/^find-\d+$/);
    expect(place.json(['status'])).toMatchObject({ code: 1, json: { openFindings: 1 } });
    expect(place.json(['findings', 'list'])).toMatchObject({ code: 1, json: { rows: [{ path: wav }] } });
  });

  it('a rescan finds what is new, changed and gone, and grants no custody', () => {
    const tapes = place.tapes();
    place.custody(tapes);
    expect(place.json(['rescan'])).toMatchObject({ code: 0, json: { findings: [] } });
    rmSync(join(tapes, 'reel.wav'));
    writeFileSync(join(tapes, 'new.txt'), 'new');
    const rescan = place.json(['rescan']);
    expect(rescan).toMatchObject({ code: 1, json: { outcomes: { untracked: 1, gone: 1 } } });
    expect(place.json(['audit'])).toMatchObject({ code: 1, json: { outcomes: { missing: 1, intact: 2 } } });
  });

  it('a protected file is refused, with its reason', () => {
    const tapes = place.tapes();
    cpSync(join(root, 'tests/fixtures/audio/protected-drms.m4p'), join(tapes, 'song.m4p'));
    place.init();
    const taken = place.json(['accession', tapes, '--title', 'T', '--rights-basis', 'copyright']);
    expect(taken.code).toBe(1);
    expect(taken.json.refused).toMatchObject([{ path: join(tapes, 'song.m4p') }]);
    expect(taken.json.files).toBe(3);
  });

  it('a location that cannot be reached is not checked, never missing', () => {
    const tapes = place.tapes();
    place.custody(tapes);
    place.move(tapes, 'elsewhere');
    const audit = place.json(['audit']);
    expect(audit).toMatchObject({ code: 1, json: { outcomes: { not_checked: 3 }, findings: [] } });
    expect(place.json(['location', 'check'])).toMatchObject({
      code: 1,
      json: { rows: [{ state: 'unreachable' }] },
    });
    expect(place.json(['location', 'relink', 'tapes', place.path('elsewhere')]).code).toBe(0);
    expect(place.json(['audit'])).toMatchObject({ code: 0, json: { outcomes: { intact: 3 } } });
  });
});

describe('wrong usage and bad input exit 2', () => {
  it.each([
    [['status'], 'ARCHIVE_NOT_FOUND'],
    [['survey', '/does/not/exist'], 'ARCHIVE_NOT_FOUND'],
    [['status', '--nonsense'], 'BAD_INPUT'],
  ])('%j: %s', (words, code) => {
    expect(place.json(words)).toMatchObject({ code: 2, json: { schema: 1, error: { code } } });
  });

  it('an archive that is there already, a folder that is not, an id that nothing has', () => {
    place.init();
    expect(place.json(['init', place.archive]).json).toMatchObject({ error: { code: 'ARCHIVE_EXISTS' } });
    const absent = ['accession', place.path('absent'), '--title', 'T', '--rights-unknown'];
    expect(place.json(absent)).toMatchObject({ code: 2, json: { error: { code: 'FOLDER_NOT_FOUND' } } });
    expect(place.json(['show', 'item-99'])).toMatchObject({
      code: 2,
      json: { error: { code: 'NOT_FOUND' } },
    });
    expect(place.json(['audit', '--location', 'nowhere'])).toMatchObject({ code: 2 });
    expect(place.json(['jobs', 'resume', 'job-77'])).toMatchObject({ code: 2 });
  });

  it('is told in a sentence on stderr, with nothing on stdout', () => {
    const { code, stdout, stderr } = place.run(['status']);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/archive is not an archive.*holdfast init\n$/);
  });
});

describe('names that are not UTF-8', () => {
  const name = Buffer.from('caf\xe9', 'latin1');

  it('are taken from the command line byte for byte', () => {
    const folder = place.folderNamed(name);
    place.init();
    // A shell, as spawn would encode its arguments as UTF-8.
    const typed = `exec "$@" "$(printf '%s/caf\\351' "$DIR")"`;
    const words = ['accession', '--title', 'T', '--rights-unknown', '--json'];
    const { status, stdout } = spawnSync(
      'sh',
      ['-c', typed, 'sh', process.execPath, '--no-warnings', bundle, ...words],
      {
        encoding: 'utf8',
        env: { ...place.env, DIR: place.dir },
      },
    );
    expect([status, JSON.parse(stdout)]).toMatchObject([0, { files: 1 }]);
    const [location] = place.json(['location', 'list']).json.rows as { root: string; rootBytes: string }[];
    expect(location?.root).toBe(`${place.dir}/caf\\xE9`);
    expect(Buffer.from(location?.rootBytes ?? '', 'base64').equals(folder)).toBe(true);
  });

  it('are taken from --path-base64, also of a single file', () => {
    const folder = place.folderNamed(name);
    place.init();
    const taken = place.json([
      'accession',
      '--path-base64',
      folder.toString('base64'),
      '--title',
      'T',
      '--rights-unknown',
    ]);
    expect(taken).toMatchObject({ code: 0, json: { files: 1 } });
    const file = Buffer.concat([folder, Buffer.from('/reel\xe8.wav', 'latin1')]);
    const shown = place.json(['show', '--path-base64', file.toString('base64')]);
    expect(shown.code).toBe(0);
    expect(shown.json.replicas).toMatchObject([
      { path: `${place.dir}/caf\\xE9/reel\\xE8.wav`, pathBytes: file.toString('base64') },
    ]);
  });
});

describe('survey without an archive', () => {
  it('looks all the same, and writes nothing', () => {
    const tapes = place.tapes();
    const { HOLDFAST_ARCHIVE, ...env } = place.env;
    expect(HOLDFAST_ARCHIVE).toBe(place.archive);
    const home = place.path('home');
    const survey = place.json(['survey', tapes], { ...env, HOME: home, XDG_DATA_HOME: join(home, 'data') });
    expect(survey).toMatchObject({ code: 0, json: { files: 3 } });
    expect(existsSync(home)).toBe(false);
  });
});

describe('start', () => {
  const atHome = (): NodeJS.ProcessEnv => {
    const { HOLDFAST_ARCHIVE, ...env } = place.env;
    void HOLDFAST_ARCHIVE;
    return { ...env, HOME: place.path('home'), XDG_DATA_HOME: place.path('home/data') };
  };

  it('with a folder makes the archive, takes custody, audits, and says what to do; again adds nothing', () => {
    const tapes = place.tapes();
    const first = place.run(['start', tapes, '--rights-basis', 'other'], atHome());
    expect(first.code).toBe(0);
    expect(first.stdout).toMatch(/3 files.*taken into custody[^]*3 intact[^]*What can be done next/);
    const again = place.run(['start', tapes], atHome());
    expect(again.code).toBe(0);
    expect(again.stdout).toMatch(/Nothing new: all 3 files were in custody already/);
    expect(existsSync(place.path('home/data/holdfast/archive/archive.json'))).toBe(true);
  });
});

describe('on a terminal', () => {
  itWith({ tool: 'script' }, 'start asks plainly for the rights, shows a bar and colours', () => {
    const tapes = place.tapes();
    place.init();
    // script gives the program a terminal, and types what it reads.
    const { stdout } = spawnSync(
      'script',
      ['-qefc', `"${process.execPath}" "${bundle}" start "${tapes}"`, '/dev/null'],
      {
        input: 'mine\nother\nDeed of gift\nA. Miller\n\n',
        encoding: 'utf8',
        env: { ...place.env, TERM: 'xterm' },
      },
    );
    expect(stdout).toMatch(/On which basis is it held: copyright, license, statute, other\?/);
    expect(stdout).toMatch(/"mine" is none of them/);
    expect(stdout).toContain('\r\u001b[K');
    expect(stdout).toContain('\u001b[1m');
    expect(stdout).toMatch(/3 files.*taken into custody/);
    expect(JSON.stringify(place.json(['show', 'acc-1']).json.entity)).toMatch(/A\. Miller/);
  });
});

describe('start-up', () => {
  it('help, version and completion load no catalogue, and bash accepts the script', () => {
    const preload = `data:text/javascript,import{registerHooks}from'node:module';registerHooks({resolve(s,c,n){if(/sqlite/.test(s))throw new Error('loaded '+s);return n(s,c)}})`;
    for (const words of [['--help'], ['--version'], ['help', 'audit'], ['completion', 'bash']]) {
      const { status, stdout } = spawnSync(process.execPath, ['--import', preload, bundle, ...words], {
        encoding: 'utf8',
      });
      expect(status).toBe(0);
      expect(stdout).not.toBe('');
      if (words[0] === 'completion') expect(spawnSync('bash', ['-n'], { input: stdout }).status).toBe(0);
    }
  });

  it('a reader that goes away is no fault', () => {
    const line = `"${process.execPath}" "${bundle}" help accession 2>&1 | head -1; echo "\${PIPESTATUS[0]}"`;
    const { stdout } = spawnSync('bash', ['-c', line], { encoding: 'utf8' });
    expect(stdout).toMatch(/^Usage: .*\n0\n$/);
  });
});
