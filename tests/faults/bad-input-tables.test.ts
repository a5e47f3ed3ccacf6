/** Tables that nobody would write by hand: fifty thousand rows, cells without end. */
import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { writeArchiveFile } from '../../electron/adapters/sqlite/archive-file.ts';
import { makeCatalogue } from '../fixtures/generate/catalogue.ts';
import { rowsOf } from '../support/catalogue-rows.ts';
import { Archivist } from '../support/archivist.ts';

vi.setConfig({ testTimeout: 300_000 });

const ROWS = 50_000;
/** Far below what the rows would take if they were held at once, and above what the program takes with none. */
const HEAP = '--max-old-space-size=96';

const NOTE = 'What was heard that night and at some length. '.repeat(20);

describe('a table', () => {
  it('of 50,000 rows with three wrong ones tells all three, and needs no memory for its length', () => {
    const archivist = new Archivist();
    mkdirSync(archivist.archive);
    const { rows, path } = largeCatalogue(archivist.archive);
    const table = archivist.path('long.csv');
    const wrong = new Map([
      [10, 'part-10,Tenth,soon,x'],
      [25_000, 'part-9,Twice,1962,x'],
      [rows, 'prt-1,Last,1962,x'],
    ]);
    writeTable(table, rows, wrong);
    const { status, stdout } = archivist.read(['describe', '--csv', table, '--dry-run'], {
      env: { NODE_OPTIONS: HEAP },
    });
    expect(status).toBe(1);
    expect(stdout).toMatch(/^ *11 +date +soon/m);
    expect(stdout).toMatch(/^ *25001 +id +part-9 +Row 10 describes the same/m);
    expect(stdout).toMatch(new RegExp(`^ *${rows + 1} +id +prt-1`, 'm'));
    expect(stdout).toContain(`3 of ${rows.toLocaleString('en')} rows are wrong.`);
    expect(stdout).toContain(
      `values of ${(rows - 3).toLocaleString('en')} things would change. Nothing was changed.`,
    );
    expect(rowsOf(path, 'SELECT count(*) AS n FROM descriptions')).toEqual([{ n: 0 }]);
  });

  it('most of whose rows are wrong is applied without them where that is waived', () => {
    const archivist = new Archivist();
    archivist.keep(archivist.tapes('tapes', 2));
    const table = archivist.path('long.csv');
    writeTable(table, ROWS, new Map());
    const refused = archivist.ask(['describe', '--csv', table], { env: { NODE_OPTIONS: HEAP } });
    expect(refused).toMatchObject({ status: 2, json: { rows: ROWS, wrongRows: ROWS - 2, edit: null } });
    expect(refused.json['problems']).toHaveLength(10_000);
    expect(archivist.ask(['describe', 'part-1']).json).not.toMatchObject({ title: 'Recording 1' });
    const waived = archivist.ask(['describe', '--csv', table, '--skip-bad'], { env: { NODE_OPTIONS: HEAP } });
    expect(waived).toMatchObject({ status: 1, json: { total: 6, entities: 2 } });
  });

  it('with a title of a megabyte, and a quotation mark that is never closed, says which row', () => {
    const archivist = new Archivist();
    archivist.keep(archivist.tapes('tapes', 1));
    const table = archivist.path('wide.csv');
    writeFileSync(table, `id,title\npart-1,${'x'.repeat(1 << 20)}\n`);
    const { status, stdout } = archivist.read(['describe', '--csv', table]);
    expect(status).toBe(2);
    expect(stdout).toMatch(/2 +title +x+… +Title: 1,048,576 characters are too many; 1,000 is the most/);
    const set = archivist.read(['describe', 'part-1', '--set', `title=${'x'.repeat(100_000)}`]);
    expect(set).toMatchObject({ status: 2, stderr: expect.stringContaining('100,000 characters') as string });
    writeFileSync(table, `id,title\npart-1,"never closed\n${'part-1,x\n'.repeat(2_500_000)}`);
    const open = archivist.ask(['describe', '--csv', table], { env: { NODE_OPTIONS: HEAP } });
    expect(open).toMatchObject({
      status: 2,
      json: { error: { message: expect.stringContaining('row 2') as string } },
    });
  });
});

function writeTable(path: string, rows: number, instead: ReadonlyMap<number, string>): void {
  const file = openSync(path, 'w');
  writeSync(file, 'id,title,date,content-note\n');
  for (let n = 1; n <= rows; n += 1)
    writeSync(file, `${instead.get(n) ?? `part-${n},Recording ${n},1962,${NOTE}`}\n`);
  closeSync(file);
}

/** An archive of as many parts, made by the generator that the benchmarks use. */
function largeCatalogue(archive: string): { rows: number; path: string } {
  const path = `${archive}/catalogue.sqlite`;
  const { parts } = makeCatalogue({ path, replicas: ROWS + 10_000 });
  const [made] = rowsOf<{ id: string; name: string; version: number }>(
    path,
    'SELECT id, name, (SELECT user_version FROM pragma_user_version) AS version FROM archive',
  );
  writeArchiveFile(archive, {
    id: made?.id ?? '',
    name: made?.name ?? '',
    schemaVersion: made?.version ?? 0,
  });
  expect(parts).toBeGreaterThanOrEqual(ROWS);
  return { rows: ROWS, path };
}
