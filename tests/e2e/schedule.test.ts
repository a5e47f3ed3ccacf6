/** Audits that run by themselves, and whom they are told: with the built program. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { openConnection } from '../../electron/adapters/sqlite/connection.ts';
import { Archivist } from '../support/archivist.ts';
import { mailServer } from '../support/mail-server.ts';
import { itWith } from '../support/skips.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

let ada: Archivist;
beforeEach(() => {
  ada = new Archivist();
  ada.keep(ada.tapes('tapes', 12));
});

/** As if it had been set up so many days earlier. */
function daysPass(days: number): void {
  const connection = openConnection(join(ada.archive, 'catalogue.sqlite'));
  connection.sql('UPDATE schedules SET created_at = created_at - ?').run(days * 86_400_000);
  connection.close();
}

const add = (...words: string[]) => ada.ask(['schedule', 'add', ...words]);

describe('schedule', () => {
  it('is added in words, listed, run when it is due, and says what became of it', () => {
    expect(add('--every', 'everything every night', '--name', 'nightly')).toMatchObject({
      status: 0,
      json: { schedule: { cron: '0 3 * * *', words: 'everything every night', timeZone: 'UTC' } },
    });
    expect(ada.ask(['schedule', 'run-due'])).toMatchObject({ status: 0, json: { runs: [] } });
    daysPass(3);
    expect(ada.read(['schedule', 'list']).stdout).toMatch(
      /Overdue: nightly is due since .+2 earlier runs did not happen/,
    );
    const summary = ada.path('night.html');
    const { status, json } = ada.ask(['schedule', 'run-due', '--summary', summary]);
    expect(status).toBe(0);
    expect(json).toMatchObject({
      runs: [{ schedule: 'nightly', exit: 0, result: { outcomes: { intact: 12 } } }],
      told: [{ sentTo: [], summary: { tone: 'attention' } }],
      summary,
    });
    expect(readFileSync(summary, 'utf8')).toContain('2 earlier runs of &quot;nightly&quot; did not happen');
    expect(ada.ask(['schedule', 'run-due']).json).toMatchObject({ runs: [] });
    expect(ada.read(['schedule']).stdout).toContain('All is well: all 12 copies that were read are intact');
  });

  it('exits as the worst of its runs', () => {
    add('--every', 'everything every night', '--name', 'one');
    add('--every', 'everything every day at 04:00', '--rescan', '--name', 'two');
    writeFileSync(join(ada.path('tapes'), '2.wav'), 'noise');
    daysPass(2);
    const { status, json } = ada.ask(['schedule', 'run-due']);
    expect(status).toBe(1);
    // What is due longest comes first, which depends on the time of day.
    const exits = (json['runs'] as { schedule: string; exit: number }[]).map(
      ({ schedule, exit }) => `${schedule} ${exit}`,
    );
    expect(exits.sort()).toEqual(['one 1', 'two 1']);
    expect(ada.ask(['log', 'verify'])).toMatchObject({ status: 0, json: { ok: true } });
  });

  it('of a twelfth reads a twelfth', () => {
    add('--every', 'a twelfth every month', '--name', 'monthly');
    daysPass(40);
    expect(ada.ask(['schedule', 'run-due']).json).toMatchObject({
      runs: [{ result: { planned: 1, outcomes: { intact: 1 } } }],
    });
  });

  it('run by two at once is run once', async () => {
    add('--every', 'everything every night', '--name', 'nightly');
    daysPass(1);
    const answers = await Promise.all([
      ada.begin(['schedule', 'run-due']).answer,
      ada.begin(['schedule', 'run-due']).answer,
    ]);
    // The second finds the archive held, by name, or nothing due any more.
    expect(answers.some(({ status, json }) => status === 0 && (json['runs'] as unknown[]).length === 1)).toBe(
      true,
    );
    for (const { status, json } of answers)
      if (status !== 0) expect(json).toMatchObject({ error: { code: 'ARCHIVE_HELD' } });
    const jobs = ada.ask(['jobs', 'list']).json['rows'] as { kind: string }[];
    expect(jobs.filter(({ kind }) => kind === 'audit')).toHaveLength(1);
  });

  it('is paused, resumed and removed by its name', () => {
    add('--every', 'everything every night', '--name', 'nightly');
    daysPass(2);
    expect(ada.ask(['schedule', 'pause', 'nightly'])).toMatchObject({
      status: 0,
      json: { schedule: { paused: true } },
    });
    expect(ada.ask(['schedule', 'run-due']).json).toMatchObject({ runs: [] });
    expect(ada.ask(['schedule', 'resume', 'nightly'])).toMatchObject({
      json: { schedule: { paused: false } },
    });
    expect(ada.ask(['schedule', 'remove', 'nightly'])).toMatchObject({ status: 0 });
    expect(ada.ask(['schedule', 'list']).json).toEqual({ schema: 1, rows: [], next: null });
    expect(ada.ask(['schedule', 'remove', 'nightly'])).toMatchObject({
      status: 2,
      json: { error: { code: 'NOT_FOUND' } },
    });
  });

  it.each([
    [['--every', 'now and then'], 'a twelfth every month'],
    [['--every', '0 3 30 2 *'], 'names no time'],
    [['--every', 'everything every night', '--time-zone', 'Mars'], 'no time zone'],
    [['--every', 'everything every night', '--location', 'Nowhere'], 'Nowhere'],
    [['--every', '500 GB every night', '--rescan'], 'takes no amount'],
    [[], '--every'],
  ])('%j is refused with what to say instead', (words, hint) => {
    const { status, json } = add(...words);
    expect(status).toBe(2);
    expect((json['error'] as { message: string }).message).toContain(hint);
    expect(ada.ask(['schedule', 'list']).json).toMatchObject({ rows: [] });
  });

  it('takes no summary of another form, before anything is run', () => {
    const { status } = ada.ask(['schedule', 'run-due', '--summary', ada.path('night.doc')]);
    expect([status, existsSync(ada.path('night.doc'))]).toEqual([2, false]);
  });
});

describe('telling', () => {
  it.each([
    ['smtp', {}],
    ['smtps', { tls: true }],
  ])('people by mail over %s, with the password of a file', async (scheme, manner) => {
    const { port, mails, certificate } = await mailServer({
      ...manner,
      user: 'ada',
      password: 's3cret-W0rd',
    });
    const env = { NODE_EXTRA_CA_CERTS: certificate };
    mkdirSync(ada.path('home'), { recursive: true });
    writeFileSync(ada.path('password.txt'), 's3cret-W0rd\n');
    const set = ada.ask(
      [
        'telling',
        'set',
        '--mail-to',
        'ada@example.org',
        '--smtp',
        `${scheme}://ada@localhost:${String(port)}`,
      ].concat(['--password-file', ada.path('password.txt')]),
    );
    expect(set).toMatchObject({
      status: 0,
      json: { telling: { passwordFrom: 'preferences', quietWhenWell: false } },
    });
    expect(await ada.begin(['telling', 'test'], { env }).answer).toMatchObject({
      status: 0,
      json: { sentTo: ['ada@example.org'] },
    });
    add('--every', 'everything every night', '--name', 'nightly');
    daysPass(1);
    expect(await ada.begin(['schedule', 'run-due'], { env }).answer).toMatchObject({
      status: 0,
      json: { told: [{ sentTo: ['ada@example.org'] }] },
    });
    expect(mails).toHaveLength(2);
    expect(mails[1]).toMatchObject({ user: 'ada', secure: true });
    expect(mails[1]?.text).toContain('All is well');
    expect(ada.read(['telling']).stdout).not.toContain('s3cret');
  });

  it('loses no run where a mail cannot be sent', () => {
    ada.ask(['telling', 'set', '--mail-to', 'ada@example.org', '--smtp', 'smtp+plain://127.0.0.1:9']);
    add('--every', 'everything every night', '--name', 'nightly');
    daysPass(1);
    const { status, json } = ada.ask(['schedule', 'run-due']);
    expect(status).toBe(0);
    expect(json).toMatchObject({
      runs: [{ exit: 0 }],
      told: [{ sentTo: [], warning: expect.stringContaining('No mail was sent') as string }],
    });
    expect(ada.ask(['telling', 'test'])).toMatchObject({ status: 3 });
  });
});

describe('schedule install', () => {
  const units = (...names: string[]) => ada.path('config', 'systemd', 'user', ...names);
  const install = (...words: string[]) =>
    ada.ask(['schedule', ...words], { env: { XDG_CONFIG_HOME: ada.path('config') } });

  it('writes a timer, which runs what is due, and uninstall removes it', () => {
    const { status, json } = install('install');
    expect(status).toBe(0);
    const files = json['files'] as { path: string; text: string }[];
    const [service, timer] = files.map(({ path }) => path);
    expect(readdirSync(units()).sort()).toEqual(
      [...[service, timer].map((path) => basename(path ?? '')), 'timers.target.wants'].sort(),
    );
    expect(readlinkSync(units('timers.target.wants', basename(timer ?? '')))).toBe(
      `../${basename(timer ?? '')}`,
    );

    // What the timer calls, as the system would.
    add('--every', 'everything every night', '--name', 'nightly');
    daysPass(1);
    const [program = '', ...words] = [...(files[0]?.text.matchAll(/"([^"]*)"/g) ?? [])].map(
      ([, word = '']) => word,
    );
    execFileSync(program, words, { env: { HOME: ada.path('home'), TZ: 'UTC' } });
    expect(ada.read(['schedule']).stdout).toContain('All is well');

    // Again changes nothing, and another archive has a timer of its own.
    expect(install('install')).toMatchObject({ status: 0 });
    expect(install('uninstall').json).toMatchObject({ removed: [service, timer] });
    expect(readdirSync(units())).toEqual(['timers.target.wants']);
    expect(readdirSync(units('timers.target.wants'))).toEqual([]);
    expect(install('uninstall').json).toMatchObject({ removed: [] });
  });

  itWith({ tool: 'systemd-analyze' }, 'writes what systemd takes', () => {
    const files = install('install').json['files'] as { path: string }[];
    execFileSync('systemd-analyze', ['verify', '--user', '--man=no', ...files.map(({ path }) => path)], {
      env: { ...process.env, XDG_CONFIG_HOME: ada.path('config'), XDG_RUNTIME_DIR: ada.dir },
    });
  });

  it('prints what it would write, and writes nothing', () => {
    const { json } = install('install', '--print');
    expect((json['files'] as unknown[]).length).toBe(2);
    expect(existsSync(ada.path('config'))).toBe(false);
  });

  it('leaves alone what it did not write', () => {
    const [, timer] = install('install', '--print').json['files'] as { path: string }[];
    mkdirSync(units(), { recursive: true });
    writeFileSync(timer?.path ?? '', 'mine');
    for (const word of ['install', 'uninstall'])
      expect(install(word)).toMatchObject({ status: 2, json: { error: { code: 'BAD_INPUT' } } });
    expect(readdirSync(units())).toEqual([basename(timer?.path ?? '')]);
    expect(readFileSync(timer?.path ?? '', 'utf8')).toBe('mine');
  });
});
