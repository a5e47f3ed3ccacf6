import { describe, expect, it } from 'vitest';
import type { Job } from '../../../shared/contract/jobs.ts';
import { HoldfastError } from '../../../shared/domain/errors.ts';
import { commands } from '../../../electron/cli/commands/index.ts';
import { emptyStatus, fakeHost, jobOf, jobsOf, progress } from './support/fake-host.ts';
import { fakeIo, run } from './support/fake-io.ts';

const errorOf = (stdout: string): unknown => (JSON.parse(stdout) as { error: unknown }).error;

describe('help', () => {
  it.each(commands.map(({ name }) => name))(
    '%s explains itself with an example, and loads no host',
    async (name) => {
      const { code, stdout } = await run([...name.split(' '), '--help']);
      expect(code).toBe(0);
      expect(stdout).toMatch(/Examples?:\n {2}# .+\n {2}holdfast /);
      expect(stdout).toContain('--archive <DIR>');
      expect((await run(['help', ...name.split(' ')])).stdout).toBe(stdout);
    },
  );

  it('alone lists the commands and the exit codes', async () => {
    const { code, stdout } = await run([]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/130 {2}stopped by Ctrl-C/);
    expect(stdout).not.toMatch(/^ {2}start/m);
  });

  it('tells the version', async () => {
    expect(await run(['--version'])).toEqual({ code: 0, stdout: '1.2.3\n', stderr: '' });
  });
});

describe('wrong usage exits 2 and says what is right', () => {
  it.each([
    [['audti'], /Unknown command 'audti'\. Did you mean audit\?/],
    [['status', '--jsno'], /Unknown option '--jsno'\. Did you mean --json\?/],
    [['help', 'search', 'words'], /There is no command "search words"/],
    [['accession'], /Name at least one folder/],
    [
      ['accession', '/x', '--title', 'T'],
      /--rights-basis copyright\|license\|statute\|other.*--rights-unknown/,
    ],
    [['accession', '/x', '--title', 'T', '--rights-basis', 'mine'], /The choices are: copyright, license/],
    [['accession', '/x', '--rights-unknown'], /--title TITLE/],
    [['accession', '/x', '--title', 'T', '--rights-basis', 'other', '--rights-unknown'], /contradict/],
    [['accession', '--path-base64', '!', '--title', 'T', '--rights-unknown'], /not the base64 of a path/],
    [['accession', '/x', '--title', 'caf\0e9', '--rights-unknown'], /--title must be UTF-8 text; "caf\\xE9"/],
    [['status', '--archive', '/caf\0e9'], /path of an archive must be UTF-8/],
    [['status', '--agent', ' '], /--agent is empty/],
    [['search', ' '], /text to search for is empty/],
    [['search', 'x', '--limit', '0'], /--limit takes a whole number from 1 to 500/],
    [['show'], /Name one thing/],
    [['location'], /Usage: holdfast location/],
    [['location', 'add', '/x'], /--name NAME/],
    [['location', 'add', '/x', '--name', 'N', '--writes', 'all'], /never, recover or managed/],
    [['completion', 'tcsh'], /Allowed choices are bash, zsh, fish/],
    [['init', '/a', '--archive', '/b'], /two folders/],
  ])('%j', async (words, message) => {
    const host = fakeHost({});
    const plain = await run(words, { host });
    expect(plain).toMatchObject({ code: 2, stdout: '' });
    expect(plain.stderr).toMatch(message);
    const json = await run([...words, '--json'], { host });
    expect(json).toMatchObject({ code: 2 });
    expect(errorOf(json.stdout)).toMatchObject({
      code: expect.stringMatching(/^(BAD_INPUT|RIGHTS_REQUIRED)$/) as string,
    });
  });
});

describe('errors of the host', () => {
  it.each([
    ['ARCHIVE_NOT_FOUND', 2],
    ['ARCHIVE_HELD', 3],
    ['CATALOGUE_NEWER', 3],
  ] as const)('%s exits %d, in words and in JSON', async (code, exit) => {
    const host = fakeHost({}, { openHost: () => Promise.reject(new HoldfastError(code, 'What is so.')) });
    expect(await run(['status'], { host })).toEqual({ code: exit, stdout: '', stderr: 'What is so.\n' });
    const json = await run(['status', '--json'], { host });
    expect(json.code).toBe(exit);
    expect(errorOf(json.stdout)).toEqual({ code, message: 'What is so.' });
    expect(json.stderr).toBe('');
  });

  it('an unknown one exits 3 and says that it is a fault of the program', async () => {
    const host = fakeHost({
      archive: { status: () => Promise.reject(new Error('undefined is not a function')) },
    });
    const { code, stderr } = await run(['status'], { host });
    expect(code).toBe(3);
    expect(stderr).toMatch(/fault of the program, not of your files/);
    expect(host.closed()).toBe(1);
  });
});

describe('status', () => {
  const answer = (changes: Partial<typeof emptyStatus>): Promise<{ code: number; stdout: string }> =>
    run(['status'], { host: fakeHost({ archive: { status: () => ({ ...emptyStatus, ...changes }) } }) });

  it('of an empty archive says what to do first', async () => {
    const { code, stdout } = await answer({});
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Sound archive holds nothing yet\./);
  });

  it('says first what is so and how it is known, then what needs a person', async () => {
    const tally = (count: number, hours: number): { count: number; bytes: number; hours: number } => ({
      count,
      bytes: 1,
      hours,
    });
    const { code, stdout } = await answer({
      items: 12_408,
      objects: 12_408,
      replicas: 12_408,
      bytes: 3_100_000_000_000,
      hours: 812.4,
      byOutcome: { intact: 12_000, altered: 3, '': 405 },
      byStatus: { verified: tally(12_000, 800), held: tally(408, 12.4) },
      openFindings: 3,
      overdue: 405,
      gaps: { rights: 1, source: 0, acquired: 0 },
      lastAudit: {
        at: '2026-11-03T10:00:00Z',
        checked: 12_003,
        complete: true,
        outcomes: { intact: 12_000, altered: 3 },
      },
    });
    expect(code).toBe(1);
    expect(stdout).toMatch(/^Sound archive: 12,408 items are in custody \(812 h of sound, 3\.1 TB\)\.\n/);
    expect(stdout).toContain('12,000 of 12,408 copies (97 %) were intact when last read and compared.');
    expect(stdout).toContain('3 findings need a decision: holdfast findings list');
    expect(stdout).toContain('The catalogue has no copy elsewhere');
    expect(stdout).toContain('1 accession with no documented rights basis');
    expect(stdout).toMatch(/◔ {2}held .*408.*3 %/);
    expect(stdout).toMatch(/◑ {2}verified/);
    expect(stdout).not.toContain('\u001b');
  });

  it('is coloured on a terminal only, and never under NO_COLOR', async () => {
    const host = fakeHost({ archive: { status: () => ({ ...emptyStatus, replicas: 1, openFindings: 1 }) } });
    const terminal = { outIsTerminal: true, outColumns: () => 80 };
    expect((await run(['status'], { host, io: fakeIo(terminal) })).stdout).toContain('\u001b[31m');
    const plain = fakeIo({ ...terminal, env: { NO_COLOR: '1' } });
    expect((await run(['status'], { host, io: plain })).stdout).not.toContain('\u001b');
  });
});

describe('an audit', () => {
  const result = {
    run: { id: 'run-1', complete: true },
    planned: 2,
    outcomes: { intact: 2 },
    findings: [],
    findingsTotal: 0,
    bytesRead: 41_200_000,
    unreachable: [],
  };
  const finding = {
    id: 'find-1',
    path: { display: '/a\\xE9', bytes: 'L2Hp' },
    location: 'loc-1',
    outcome: 'altered',
    detail: 'It differs.\u001b[2J',
    openedAt: '2026-11-03T10:00:00Z',
  };
  const auditing = (
    changes: object,
    words: string[] = [],
  ): Promise<{ code: number; stdout: string; stderr: string }> => {
    const job = jobOf({ result: { ...result, ...changes } });
    return run(['audit', ...words], { host: fakeHost({ fixity: { audit: () => job }, jobs: jobsOf(job) }) });
  };

  it('that found everything intact exits 0 and says how it knows', async () => {
    const { code, stdout } = await auditing({});
    expect([code, stdout]).toEqual([
      0,
      'Verified by reading 41.2 MB and comparing them with their digests: 2 intact.\n',
    ]);
  });

  it('with a finding exits 1, tells it harmlessly, and that nothing was touched', async () => {
    const changes = { outcomes: { intact: 1, altered: 1 }, findings: [finding], findingsTotal: 1 };
    const { code, stdout } = await auditing(changes);
    expect(code).toBe(1);
    expect(stdout).toContain('It differs.\\u{1B}[2J');
    expect(stdout).toContain('Nothing has been overwritten or deleted.');
    const json = JSON.parse((await auditing(changes, ['--json'])).stdout) as { findings: unknown[] };
    expect(json).toMatchObject({ schema: 1, run: { id: 'run-1', complete: true }, bytesRead: 41_200_000 });
    expect(json.findings[0]).toMatchObject({ path: '/a\\xE9', pathBytes: 'L2Hp', outcome: 'altered' });
  });

  it.each([
    [{ run: { id: 'run-1', complete: false } }],
    [{ outcomes: { intact: 1, not_checked: 1 } }],
    [{ unreachable: [{ location: 'loc-1', name: 'Vault', reason: 'It is not connected.' }] }],
  ])('that checked less than it planned exits 1: %j', async (changes) => {
    expect((await auditing(changes)).code).toBe(1);
  });

  it('that failed exits by its code', async () => {
    const job = jobOf({ state: 'failed', error: { code: 'DISK_FULL', message: 'The disk is full.' } });
    const host = fakeHost({ fixity: { audit: () => job }, jobs: jobsOf(job) });
    expect(await run(['audit'], { host })).toMatchObject({ code: 3, stderr: 'The disk is full.\n' });
  });
});

describe('Ctrl-C', () => {
  it('asks the job to pause, says how to go on, and exits 130; a second one ends at once', async () => {
    const io = fakeIo();
    let state: Job['state'] = 'running';
    const paused: string[] = [];
    const host = fakeHost({
      fixity: { audit: () => jobOf({ state }) },
      jobs: {
        watch: () =>
          (async function* () {
            yield jobOf({ state });
            io.interrupt();
            io.interrupt();
            await new Promise((resolve) => setTimeout(resolve, 5));
            yield jobOf({ state });
          })(),
        pause: ({ id }: { id: string }) => {
          paused.push(id);
          state = 'paused';
          return jobOf({ state });
        },
        get: () => jobOf({ state }),
      },
    });
    const { code, stderr } = await run(['audit'], { io, host });
    expect(code).toBe(130);
    expect(paused).toEqual(['job-1']);
    expect(stderr).toMatch(/Stopping cleanly/);
    expect(stderr).toMatch(/Stopped; run the same command again to go on\.\n$/);
    expect(io.exits).toEqual([130]);
    expect(host.closed()).toBe(1);
  });
});

describe('progress', () => {
  const job = jobOf({
    progress: { ...progress },
    result: {
      run: {},
      planned: 0,
      outcomes: {},
      findings: [],
      findingsTotal: 0,
      bytesRead: 0,
      unreachable: [],
    },
  });
  const host = (): ReturnType<typeof fakeHost> =>
    fakeHost({ fixity: { audit: () => job }, jobs: jobsOf(job) });
  const terminal = (): ReturnType<typeof fakeIo> => fakeIo({ errIsTerminal: true });

  it('is one line on a terminal, gone when the results come', async () => {
    const { stderr } = await run(['audit'], { io: terminal(), host: host() });
    expect(stderr).toContain('\r\u001b[KReading   13 %');
    expect(stderr).toMatch(/\r\u001b\[K$/);
  });

  it('is silent with --quiet, in a pipe, and with --json in a pipe', async () => {
    expect((await run(['audit', '--quiet'], { io: terminal(), host: host() })).stderr).toBe('');
    expect((await run(['audit'], { host: host() })).stderr).toBe('');
    expect((await run(['audit', '--json'], { host: host() })).stderr).toBe('');
  });
});

describe('long lists', () => {
  it('are one object a line with --ndjson, over all pages', async () => {
    const rows = [1, 2, 3].map((id) => jobOf({ id: `job-${id}` }));
    const list = ({ cursor }: { cursor?: string }): unknown =>
      cursor === undefined ? { rows: rows.slice(0, 2), next: 'c' } : { rows: rows.slice(2), next: null };
    const { stdout } = await run(['jobs', 'list', '--ndjson'], { host: fakeHost({ jobs: { list } }) });
    const ids = stdout
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { id: string }).id);
    expect(ids).toEqual(['job-1', 'job-2', 'job-3']);
    const page = await run(['jobs', 'list', '--json'], { host: fakeHost({ jobs: { list } }) });
    expect(JSON.parse(page.stdout)).toMatchObject({ schema: 1, next: 'c' });
  });
});
