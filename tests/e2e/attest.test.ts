/** Checks that were made elsewhere, taken in with the built program. */
import { execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { beforeEach, expect, it, vi } from 'vitest';
import { Archivist } from '../support/archivist.ts';
import { itWith } from '../support/skips.ts';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 180_000 });

let ada: Archivist;
beforeEach(() => {
  ada = new Archivist();
  ada.keep(ada.tapes('tapes', 3));
});

itWith(
  { tool: 'sha256sum' },
  'what the keeper of a tape found is attested, twice told once, and a difference is a finding',
  () => {
    const text = execFileSync('sha256sum', ['1.wav', '2.wav', '3.wav'], {
      cwd: ada.path('tapes'),
      encoding: 'utf8',
    });
    const [file, bad] = [ada.path('robot.sha256'), ada.path('bad.sha256')];
    writeFileSync(file, text);
    writeFileSync(bad, `${text.replace(/^\w{64}/, 'e'.repeat(64))}not a line\n`);
    const attest = (path: string, ...words: readonly string[]) => [
      ...[
        'location',
        'attest',
        'tapes',
        '--manifest',
        path,
        '--by',
        'Tape robot',
        '--on',
        '2026-01-03',
        ...words,
      ],
    ];
    const dry = ada.read(attest(file, '--dry-run'));
    expect(dry).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('nothing was recorded') as string,
    });
    const done = ada.read(attest(file));
    expect(done.status).toBe(0);
    expect(done.stdout).toMatch(
      /tapes \(loc-1\), as Tape robot says of 2026-01-03: 3 copies of 3 named in 3 lines\./,
    );
    expect(done.stdout).toMatch(
      /Recorded as event-\d+\. Nothing was read here: these copies are attested, not verified/,
    );
    const again = ada.read(attest(file));
    expect(again).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('was taken in already') as string,
    });

    const wrong = ada.ask(attest(bad));
    expect(wrong).toMatchObject({ status: 2, json: { error: { code: 'BAD_INPUT' }, recorded: false } });
    const told = ada.read(attest(bad));
    expect(told.stdout).toMatch(
      /Line 4: .*\n1 of 4 lines is wrong, so that nothing was recorded\. .*--skip-bad/,
    );
    expect(ada.ask(attest(bad, '--skip-bad'))).toMatchObject({
      status: 1,
      json: { differing: 1, findings: 1 },
    });

    expect(ada.read(['findings', 'list']).stdout).toContain(
      'Tape robot says of 2026-01-03 that its SHA-256 is eeee…eeee',
    );
    const shown = ada.read(['show', ada.path('tapes', '2.wav')]).stdout;
    expect(shown).toMatch(/Attested elsewhere/);
    expect(shown).toMatch(/not yet +2026-01-03/);
    expect(ada.read(['show', 'loc-1']).stdout).toMatch(/Last attested on +2026-01-03/);
    for (const [option, words] of [
      ['--on takes a date', ['--by', 'X', '--on', 'today']],
      ['--by NAME', ['--on', '2026-01-03']],
      ['--on DATE', ['--by', 'X']],
    ] as const)
      expect(ada.read(['location', 'attest', 'tapes', '--manifest', file, ...words])).toMatchObject({
        status: 2,
        stderr: expect.stringContaining(option) as string,
      });
  },
);

it('stopped in the middle of a long manifest, it ends with 130 and has recorded nothing', async () => {
  const file = ada.path('long.sha256');
  writeFileSync(
    file,
    `${'c'.repeat(64)}  nowhere/some name of a file that is not in custody.wav\n`.repeat(500_000),
  );
  const words = ['location', 'attest', 'tapes', '--manifest', file, '--by', 'Robot', '--on', '2026-01-03'];
  const { pid, answer } = ada.begin(words);
  while (!existsSync(ada.path('archive', 'host.json'))) await wait(20);
  await wait(500);
  process.kill(pid ?? 0, 'SIGINT');
  expect(await answer).toMatchObject({
    status: 130,
    json: {
      error: { code: 'INTERRUPTED', message: expect.stringContaining('nothing of it is kept') as string },
    },
  });
  expect(ada.ask(['jobs', 'list']).json['rows']).toMatchObject([{ kind: 'accession' }]);
  expect(ada.read(['location', 'show', 'tapes']).status).toBe(0);
  expect(JSON.stringify(ada.ask(['location', 'list']).json)).not.toContain('lastAttested');
});
