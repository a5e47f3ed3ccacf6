/** Names as file systems have them: kept byte for byte, shown without harm, found again by their bytes. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leaveOut } from '../../shared/domain/scan-policy.ts';
import { makeHostileNames, removeHostileNames } from '../fixtures/generate/hostile-names.ts';
import { nameArbitrary } from '../fixtures/generate/name-arbitrary.ts';
import { Archivist } from '../support/archivist.ts';
import { rowsOf } from '../support/catalogue-rows.ts';

interface PathRow {
  readonly path: string;
  readonly pathBytes?: string;
}

/** The bytes that a row of JSON names. */
function bytesOf({ path, pathBytes }: PathRow): Buffer {
  return pathBytes === undefined ? Buffer.from(path, 'utf8') : Buffer.from(pathBytes, 'base64');
}

const hex = (paths: readonly Buffer[]): string[] => paths.map((path) => path.toString('hex')).sort();

/** Every path in custody, relative to its location, as the catalogue has it. */
function inCustody(archivist: Archivist): string[] {
  const rows = rowsOf<{ path: string }>(
    join(archivist.archive, 'catalogue.sqlite'),
    `SELECT lower(CASE WHEN length(f.path) = 0 THEN hex(r.name) ELSE hex(f.path) || '2F' || hex(r.name) END) AS path
     FROM replicas r JOIN folders f ON f.id = r.folder_id`,
  );
  return rows.map(({ path }) => path).sort();
}

/** What a terminal would obey, or what would show another name than the one there is. */
const UNSAFE = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b\u202a-\u202e\u2066-\u2069\ufeff]/;

describe('given a folder of every hostile name and thing', () => {
  it('when it is taken into custody, then every file is in it by its bytes, and everything else is named', async () => {
    const archivist = new Archivist();
    const dir = archivist.path('hostile');
    const { entries, root } = await makeHostileNames(dir, 1, { beyondLimit: true, sparseBytes: 1024 * 1024 });
    try {
      archivist.init();
      const files = entries.filter(({ kind, path }) => kind === 'file' && path.length <= 4095);
      const survey = archivist.ask(['survey', dir]);
      const taken = archivist.ask(archivist.accession(dir));
      expect([survey.status, taken.status]).toEqual([1, 1]);
      expect([survey.json.files, taken.json.files]).toEqual([files.length, files.length]);
      expect(inCustody(archivist)).toEqual(hex(files.map(({ relative }) => relative)));

      const problems = taken.json.problems as (PathRow & { code: string })[];
      const reported = entries.filter(
        ({ kind, expect, path }) => expect === 'reported' && (kind !== 'file' || path.length > 4095),
      );
      for (const { path, why } of reported) {
        // Of a path that no call takes, the folder is named where it ends.
        const named = problems.some((row) => {
          const bytes = bytesOf(row);
          return (
            bytes.equals(path) ||
            (row.code === 'path_too_long' && bytes.equals(path.subarray(0, bytes.length)))
          );
        });
        expect(named, why).toBe(true);
      }
      expect(problems).toHaveLength(reported.length);
      expect(archivist.ask(['audit'])).toMatchObject({
        status: 0,
        json: { outcomes: { intact: files.length } },
      });
      expect(archivist.ask(['rescan']).json.outcomes).toMatchObject({
        unchanged: files.length,
        untracked: 0,
        gone: 0,
      });

      // Every sort of name is found by its bytes, on the command line too.
      const sample = [
        'ISO-8859-2',
        'newline',
        'double quote',
        'emoji',
        'NFC twin',
        'NFD twin',
        'leading dash, ',
        'exactly 4095',
      ];
      for (const sort of sample) {
        const entry = files.find(({ why }) => why.includes(sort));
        if (entry === undefined) throw new Error(`no hostile name with ${sort}`);
        const shown = archivist.ask(['show', '--path-base64', entry.path.toString('base64')]);
        expect(shown.status, sort).toBe(0);
        const [replica] = shown.json.replicas as PathRow[];
        expect(replica !== undefined && bytesOf(replica).equals(entry.path), sort).toBe(true);
      }
      for (const words of [
        ['jobs', 'show', 'job-1'],
        ['survey', dir],
        ['search', 'line'],
        ['search', 'wav', '--limit', '500'],
      ]) {
        const { stdout, stderr } = archivist.read(words);
        expect(UNSAFE.exec(stdout + stderr)?.[0], words.join(' ')).toBeUndefined();
      }
      const said = archivist.ask(['jobs', 'show', 'job-1', '--limit', '1000']).json.problems as {
        rows: { code: string; path: string }[];
      };
      const twins = said.rows.filter(({ code }) => code === 'name_twin').map(({ path }) => path);
      expect(new Set(twins.map((path) => path.normalize('NFC'))).size).toBe(1);
      expect(new Set(twins).size).toBe(2);
      expect(root.length).toBeGreaterThan(0);
    } finally {
      removeHostileNames(dir);
    }
  });

  it('property: whatever the names in a folder are, each comes back byte for byte', () => {
    const names = fc.uniqueArray(nameArbitrary(), {
      minLength: 1,
      maxLength: 60,
      selector: (name) => name.toString('latin1'),
    });
    const long = process.env.HOLDFAST_LONG === '1';
    fc.assert(
      fc.property(names, (all) => {
        const kept = all.filter((name) => leaveOut(name, false) === undefined);
        fc.pre(kept.length > 0);
        const archivist = new Archivist();
        const tapes = archivist.tapes('tapes', 0);
        const paths = kept.map((name) => Buffer.concat([Buffer.from(`${tapes}/`), name]));
        for (const [n, path] of paths.entries()) writeFileSync(path, `recording ${n}`);
        archivist.init();
        expect(archivist.ask(archivist.accession(tapes)).json).toMatchObject({
          files: kept.length,
          problemsTotal: 0,
        });
        expect(archivist.ask(['audit']).json.outcomes).toMatchObject({ intact: kept.length });
        expect(inCustody(archivist)).toEqual(hex(kept));
        for (const path of paths.slice(0, 2)) {
          const shown = archivist.ask(['show', '--path-base64', path.toString('base64')]).json;
          expect((shown.replicas as PathRow[]).map((row) => bytesOf(row).toString('hex'))).toEqual([
            path.toString('hex'),
          ]);
        }
        // All of them at once, as findings tell them.
        for (const path of paths) writeFileSync(path, 'another recording');
        const { findings } = archivist.ask(['audit']).json as { findings: PathRow[] };
        expect(hex(findings.map(bytesOf))).toEqual(hex(paths));
      }),
      { numRuns: long ? 60 : 3, endOnFailure: true },
    );
  });
});
