import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { openConnection } from '../../electron/adapters/sqlite/connection.ts';
import { migrateCatalogue, SCHEMA_VERSION } from '../../electron/adapters/sqlite/migrate.ts';
import { migrations } from '../../electron/adapters/sqlite/migrations/index.ts';
import type { Migration } from '../../electron/adapters/sqlite/migrations/migration.ts';
import { readableSchema } from '../../electron/adapters/sqlite/schema-text.ts';
import { tempFolder } from '../support/temp.ts';

const next: Migration = {
  version: SCHEMA_VERSION + 1,
  name: 'fabricated',
  sql: `CREATE TABLE added (id INTEGER PRIMARY KEY) STRICT; INSERT INTO added VALUES (7);
        UPDATE agents SET name = name || '!';`,
};
const failing: Migration = { ...next, sql: `${next.sql} INSERT INTO nowhere VALUES (1);` };
const orphaning: Migration = {
  ...next,
  sql: `${next.sql} PRAGMA defer_foreign_keys = ON; INSERT INTO identifiers VALUES ('object', 1, 's', 'v', 'tag');
        INSERT INTO accruals (accession_id, number, opened_at) VALUES (99, 1, 0);`,
};

/** A catalogue of the current version with something in it. */
function catalogue(): string {
  const path = join(tempFolder(), 'catalogue.sqlite');
  migrateCatalogue(path);
  const connection = openConnection(path);
  connection.sql(`INSERT INTO agents (kind, name, created_at) VALUES ('person', 'Ada', 1)`).run();
  connection.close();
  return path;
}

function read<Value>(path: string, query: string): Value {
  const db = new Database(path, { readonly: true });
  try {
    return db.prepare(query).pluck().get() as Value;
  } finally {
    db.close();
  }
}

const versionOf = (path: string): number => read(path, 'SELECT user_version FROM pragma_user_version');

describe('migrations', () => {
  it('apply one by one, each on a catalogue of the version before it', () => {
    const path = join(tempFolder(), 'catalogue.sqlite');
    for (const [index, { version }] of migrations.entries()) {
      const report = migrateCatalogue(path, migrations.slice(0, index + 1));
      expect(report).toMatchObject({ from: index, to: version });
      expect(versionOf(path)).toBe(version);
    }
    expect(migrateCatalogue(path)).toEqual({ from: SCHEMA_VERSION, to: SCHEMA_VERSION });
    expect(read(path, 'PRAGMA integrity_check')).toBe('ok');
  });

  it('make the schema that schema.sql shows', () => {
    const shown = readFileSync(new URL('../../electron/adapters/sqlite/schema.sql', import.meta.url), 'utf8');
    expect(readableSchema(catalogue(), migrations)).toBe(shown);
  });

  it('make schema.sql a schema that SQLite takes', () => {
    const shown = readFileSync(new URL('../../electron/adapters/sqlite/schema.sql', import.meta.url), 'utf8');
    const db = new Database(':memory:');
    db.exec(shown);
    expect(db.prepare('SELECT count(*) FROM sqlite_schema').pluck().get()).toBe(
      read(catalogue(), 'SELECT count(*) FROM sqlite_schema'),
    );
    db.close();
  });

  it('back up a catalogue with content first', () => {
    const path = catalogue();
    const report = migrateCatalogue(path, [...migrations, next]);
    expect(report).toMatchObject({ from: SCHEMA_VERSION, to: SCHEMA_VERSION + 1 });
    expect(read(path, 'SELECT name FROM agents')).toBe('Ada!');
    const backup = report.backup ?? '';
    expect(backup).toMatch(/\/backups\/catalogue-v\d+-\d{8}T\d+Z\.sqlite$/);
    expect(versionOf(backup)).toBe(SCHEMA_VERSION);
    expect(read(backup, 'SELECT name FROM agents')).toBe('Ada');
    expect(read(backup, 'PRAGMA integrity_check')).toBe('ok');
  });

  it.each([
    ['fails', failing],
    ['leaves rows that refer to nothing', orphaning],
  ])('roll back wholly when one %s', (_, broken) => {
    const path = catalogue();
    expect(() => migrateCatalogue(path, [...migrations, broken])).toThrow(
      expect.objectContaining({ code: 'INTERNAL', message: expect.stringContaining('fabricated') as string }),
    );
    expect(versionOf(path)).toBe(SCHEMA_VERSION);
    expect(read(path, `SELECT count(*) FROM sqlite_schema WHERE name = 'added'`)).toBe(0);
    expect(read(path, 'SELECT name FROM agents')).toBe('Ada');
    expect(migrateCatalogue(path)).toEqual({ from: SCHEMA_VERSION, to: SCHEMA_VERSION });
  });

  it('make no backup of what does not exist yet, and none when there is nothing to do', () => {
    const path = catalogue();
    migrateCatalogue(path);
    expect(readdirSync(join(path, '..'))).toEqual(['catalogue.sqlite']);
  });
});

describe('a catalogue that is not ours to open', () => {
  it('of a newer program is refused, unchanged', () => {
    const path = catalogue();
    migrateCatalogue(path, [...migrations, next]);
    const before = readFileSync(path);
    expect(() => migrateCatalogue(path)).toThrow(
      expect.objectContaining({
        code: 'CATALOGUE_NEWER',
        message: expect.stringContaining(
          `newer Holdfast (schema ${SCHEMA_VERSION + 1}; this one knows ${SCHEMA_VERSION})`,
        ) as string,
      }),
    );
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  it('of another program is refused', () => {
    const path = join(tempFolder(), 'catalogue.sqlite');
    const db = new Database(path);
    db.exec('CREATE TABLE bookmarks (id)');
    db.close();
    expect(() => migrateCatalogue(path)).toThrow(expect.objectContaining({ code: 'CATALOGUE_CORRUPT' }));
  });

  it.each([
    ['no database at all', (bytes: Buffer) => Buffer.from('x'.repeat(bytes.length))],
    ['a damaged header', (bytes: Buffer) => bytes.fill(0xff, 0, 90)],
    ['a damaged schema', (bytes: Buffer) => bytes.fill(0xee, 100, 4096)],
    ['the half of one', (bytes: Buffer) => bytes.subarray(0, 4096 * 2)],
  ])('because it is %s says what to do', (_, damage) => {
    const path = catalogue();
    writeFileSync(path, damage(readFileSync(path)));
    expect(() => migrateCatalogue(path, [...migrations, next])).toThrow(
      expect.objectContaining({
        code: 'CATALOGUE_CORRUPT',
        message: expect.stringContaining('backups') as string,
      }),
    );
  });
});
