/** What audits find, and audits that are interrupted: each copy is answered for once, and by what was read. */
import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  openSync,
  closeSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Archivist } from '../support/archivist.ts';
import { rowsOf } from '../support/catalogue-rows.ts';
import { withMishaps, type Mishap } from '../support/mishaps.ts';
import { describeLong } from '../support/skips.ts';

interface Found {
  readonly path: string;
  readonly outcome: string;
  readonly detail: string;
}

/** What an audit found, by the name of the file. */
function findingsOf(
  json: Record<string, unknown>,
): Map<string, { outcome: string; detail: Record<string, unknown> }> {
  return new Map(
    (json.findings as Found[]).map(({ path, outcome, detail }) => [
      path.split('/').at(-1) ?? '',
      { outcome, detail: JSON.parse(detail) as Record<string, unknown> },
    ]),
  );
}

function flipBit(path: string, at: number): void {
  const byte = readFileSync(path)[at] ?? 0;
  const handle = openSync(path, 'r+');
  writeSync(handle, Uint8Array.of(byte ^ 4), 0, 1, at);
  closeSync(handle);
}

describe('given copies that are no longer what was taken into custody', () => {
  it('when an audit reads them, then each is called what it is', () => {
    const archivist = new Archivist();
    const tapes = archivist.tapes('tapes', 9);
    const at = (name: string): string => join(tapes, name);
    const recorded = new Date('1987-05-02T10:00:00Z');
    utimesSync(at('3.wav'), recorded, recorded);
    // Another sound, and not only another file.
    flipBit(at('2.wav'), 2000);
    archivist.keep(tapes);
    // Two are swapped; a bit flips, and the times are as before; one is cut short; one is gone.
    renameSync(at('1.wav'), at('x'));
    renameSync(at('2.wav'), at('1.wav'));
    renameSync(at('x'), at('2.wav'));
    flipBit(at('3.wav'), 1000);
    utimesSync(at('3.wav'), recorded, recorded);
    flipBit(at('4.wav'), 1000);
    truncateSync(at('5.wav'), 3000);
    for (const name of ['6.wav', '7.wav', '8.wav']) rmSync(at(name));
    // Something else stands in the place of others, and must not be opened.
    mkdirSync(at('7.wav'));
    symlinkSync('1.wav', at('8.wav'));
    rmSync(at('9.wav'));
    execFileSync('mkfifo', [at('9.wav')]);

    const audit = archivist.ask(['audit']);
    expect(audit).toMatchObject({ status: 1, json: { run: { complete: true }, findingsTotal: 9 } });
    expect(audit.json.outcomes).toMatchObject({
      intact: 0,
      altered: 4,
      truncated: 1,
      missing: 4,
      not_checked: 0,
    });
    const found = findingsOf(audit.json);
    const outcomes = [...found].map(([name, { outcome }]) => `${name} ${outcome}`).sort();
    expect(outcomes).toEqual(
      [
        '1.wav altered',
        '2.wav altered',
        '3.wav altered',
        '4.wav altered',
        '5.wav truncated',
        '6.wav missing',
        '7.wav missing',
      ].concat(['8.wav missing', '9.wav missing']),
    );
    expect(found.get('3.wav')?.detail.suspectedSilentCorruption).toBe(true);
    expect(found.get('4.wav')?.detail.suspectedSilentCorruption).toBeUndefined();

    const { stdout } = archivist.read(['findings']);
    expect(stdout).toMatch(/3\.wav\n.*suspected silent corruption/);
    expect(stdout).toMatch(/5\.wav\n +It holds 3\.0 kB where 8\.\d kB were recorded/);
    expect(stdout).toMatch(/6\.wav\n +Nothing stands at its path, where 8\.\d kB were recorded\.\n/);
    expect(stdout).toMatch(/7\.wav\n +In its place stands a folder\.\n/);
    expect(stdout).toMatch(/8\.wav\n +In its place stands a symbolic link\.\n/);
    expect(stdout).toMatch(/9\.wav\n +In its place stands a named pipe\.\n/);
    // Running the accession again masks nothing.
    const again = archivist.ask(archivist.accession(tapes));
    expect(again).toMatchObject({ status: 1, json: { files: 0 } });
    expect(archivist.ask(['audit']).json.outcomes).toMatchObject({ altered: 4, truncated: 1, missing: 4 });
    expect(archivist.ask(['status']).json).toMatchObject({ openFindings: 9 });
    expect(archivist.ask(['log', 'verify']).json).toMatchObject({ ok: true });
  });

  it('when all files by which a place is known were changed in it, then they are altered, not out of reach', () => {
    const archivist = new Archivist();
    const tapes = archivist.tapes();
    archivist.keep(tapes);
    for (const n of [1, 2, 3]) writeFileSync(join(tapes, `${n}.wav`), 'encrypted');
    expect(archivist.ask(['audit']).json.outcomes).toMatchObject({ truncated: 3, not_checked: 0 });
  });
});

/** Kills the audit when it opens the n-th of thirty files, and lets it finish. */
function killedAt(...moments: readonly number[]): void {
  const archivist = new Archivist();
  const tapes = archivist.tapes('tapes', 30);
  // Each read by itself, so that some are recorded when others are not.
  for (let n = 1; n <= 30; n += 1) truncateSync(join(tapes, `${n}.wav`), 9_000_000 + n);
  archivist.keep(tapes);
  rmSync(join(tapes, '1.wav'));
  const order = Array.from({ length: 30 }, (_, n) => `${n + 1}.wav`).sort();
  for (const moment of moments) {
    // Nobody gets beyond the moment: what follows is held until the process is no more.
    const beyond = order
      .slice(moment + 1)
      .map((name): Mishap => ({ at: `/${name}`, does: 'hold', until: '/never' }));
    const env = withMishaps({ at: `/${order[moment] ?? ''}`, does: 'kill', after: 5_000 }, ...beyond);
    expect(archivist.ask(['audit'], { env }).status).toBeNull();
    expect(archivist.ask(['status']).json).toMatchObject({ openJobs: 1 });
  }
  const catalogue = join(archivist.archive, 'catalogue.sqlite');
  const before =
    rowsOf<{ n: number }>(catalogue, 'SELECT count(*) AS n FROM act_outcomes WHERE act_id = 2')[0]?.n ?? 0;
  expect(before).toBeGreaterThan(0);
  expect(before).toBeLessThan(30);

  const audit = archivist.ask(['audit']);
  expect(audit).toMatchObject({
    status: 1,
    json: {
      run: { id: 'run-2', complete: true },
      planned: 30,
      outcomes: { intact: 29, missing: 1 },
      findingsTotal: 1,
    },
  });
  const bytes = order.reduce((sum, name) => (name === '1.wav' ? sum : sum + 9_000_000 + parseInt(name)), 0);
  expect(audit.json.bytesRead).toBe(bytes);
  const checked = rowsOf<{ n: number; d: number }>(
    catalogue,
    'SELECT count(*) AS n, count(DISTINCT replica_id) AS d FROM act_outcomes WHERE act_id = 2',
  );
  expect(checked).toEqual([{ n: 30, d: 30 }]);
  expect(archivist.ask(['status']).json).toMatchObject({
    openJobs: 0,
    lastAudit: { checked: 30, complete: true, outcomes: { intact: 29, missing: 1 } },
  });
  expect(archivist.ask(['log', 'verify']).json).toMatchObject({ ok: true });
}

describe('given an audit whose process dies in the middle', () => {
  it('when it is run again, then it goes on, counts the whole act, and checks no copy twice', () => {
    killedAt(12);
  });

  describeLong('at any of thirty moments, and at several', () => {
    for (let moment = 8; moment < 30; moment += 3) it(`at the file ${moment}`, () => killedAt(moment));
    it('three times', () => killedAt(8, 15, 25));
  });
});

describe('given an archive in which nothing is wrong', () => {
  it('when all of what is wrong is to be decided on, then nothing is done and nobody is refused', () => {
    const archivist = new Archivist();
    archivist.keep(archivist.tapes('tapes', 1));
    const nothing = { done: 0, refused: [], refusedTotal: 0, quarantined: 0, bytes: 0 };
    expect(archivist.ask(['recover', '--all'])).toMatchObject({ status: 0, json: nothing });
    const resolve = ['findings', 'resolve', '--all', '--as', 'false-alarm', '--reason', 'Looked at twice'];
    expect(archivist.ask(resolve)).toMatchObject({ status: 0, json: nothing });
    expect(archivist.read(['recover', '--all']).stdout).toContain('No open finding is meant by that');
    // What is named by its id is another matter.
    expect(archivist.ask(['recover', 'find-1'])).toMatchObject({
      status: 2,
      json: { error: { code: expect.any(String) as string } },
    });
  });
});
