/** Where results go, who starts the program with what, and files that may not be taken: each with a code and a sentence. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, openSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Archivist } from '../support/archivist.ts';
import { holdfastCommand } from '../support/holdfast.ts';
import { itWith } from '../support/skips.ts';

const repository = join(import.meta.dirname, '../..');
/** As a fresh shell has it: without what npm puts before it, so with whatever Node the system has. */
const systemPath = (process.env.PATH ?? '')
  .split(delimiter)
  .filter((folder) => !folder.includes('node_modules') && !folder.includes('node-gyp'))
  .join(delimiter);

describe('given results that cannot be written', () => {
  itWith(
    { that: '/dev/full', available: existsSync('/dev/full') },
    'then that is said, and half of them never pass for all',
    () => {
      const archivist = new Archivist();
      archivist.keep(archivist.tapes());
      for (const words of [['status', '--json'], ['status'], ['jobs', 'list', '--ndjson'], ['help']]) {
        const [command, args] = holdfastCommand(words);
        const { status, stderr } = spawnSync(command, args, {
          encoding: 'utf8',
          env: { ...process.env, HOLDFAST_ARCHIVE: archivist.archive },
          stdio: ['ignore', openSync('/dev/full', 'w'), 'pipe'],
        });
        expect([words, status]).toEqual([words, 3]);
        expect(stderr).toBe(
          'The results could not be written (ENOSPC). What was done is recorded: make room for them, then ask again.\n',
        );
      }
    },
  );
});

describe('given files that are protected', () => {
  it('when the basis is a licence, then they are refused; when it is a statute, then they are kept and said to be', () => {
    const archivist = new Archivist();
    archivist.init();
    for (const [basis, taken] of [
      ['license', { status: 1, json: { files: 1, refusedTotal: 1 } }],
      ['statute', { status: 0, json: { files: 2, refusedTotal: 0, refused: [], problems: [] } }],
    ] as const) {
      const folder = archivist.tapes(basis, 1);
      archivist.copyFixture('protected-drms.m4p', join(folder, 'song.m4p'));
      const words = [
        'accession',
        folder,
        '--title',
        basis,
        '--rights-basis',
        basis,
        '--source',
        'S',
        '--acquired',
        'A',
      ];
      expect(archivist.ask(words)).toMatchObject(taken);
    }
    const kept = archivist.ask(['jobs', 'show', 'job-2']).json.problems;
    expect(kept).toMatchObject({
      rows: [{ code: 'protected_kept', severity: 'advisory', path: archivist.path('statute', 'song.m4p') }],
    });
  });
});

describe('given somebody who starts it for the first time', () => {
  const start = (home: string, ...words: readonly string[]) =>
    spawnSync('npm', ['start', '--silent', '--', ...words], {
      cwd: repository,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      // Nothing else of this test's surroundings.
      env: { PATH: systemPath, HOME: home, TZ: 'UTC', NO_UPDATE_NOTIFIER: '1' },
    });

  itWith(
    { tool: 'npm' },
    'when the home is empty and nobody types, then a folder is taken, verified and told, twice',
    () => {
      const archivist = new Archivist();
      const home = archivist.path('empty home');
      mkdirSync(home);
      const tapes = archivist.tapes();
      const misspelt = start(home, archivist.path('nowhere'));
      expect([misspelt.status, misspelt.stdout]).toEqual([2, '']);
      expect(existsSync(join(home, '.local/share/holdfast'))).toBe(false);

      const first = start(home, tapes);
      expect(first.status, first.stderr).toBe(0);
      expect(first.stdout).toMatch(
        /3 files.*taken into custody[^]*A gap that blocks sharing[^]*3 intact[^]*What can be done next/,
      );
      const again = start(home, tapes);
      expect(again.status, again.stderr).toBe(0);
      expect(again.stdout).toMatch(/Nothing new: all 3 files were in custody already[^]*3 intact/);
    },
  );
});
