import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { openConnection } from '../../electron/adapters/sqlite/connection.ts';
import { migrateCatalogue, SCHEMA_VERSION } from '../../electron/adapters/sqlite/migrate.ts';
import { migrations } from '../../electron/adapters/sqlite/migrations/index.ts';
import type { Migration } from '../../electron/adapters/sqlite/migrations/migration.ts';
import { compareCounters } from '../../electron/adapters/sqlite/writer/counters.ts';
import { readableSchema } from '../../electron/adapters/sqlite/schema-text.ts';
import { DEFAULT_MASS_THRESHOLDS } from '../../shared/domain/mass-change.ts';
import { DEFAULT_TECHNICAL_POLICY } from '../../shared/domain/technical-policy.ts';
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

  it('give an archive made before there was one the technical policy that new ones have', () => {
    const path = join(tempFolder(), 'catalogue.sqlite');
    migrateCatalogue(path, migrations.slice(0, 3));
    const connection = openConnection(path);
    connection
      .sql(
        `INSERT INTO archive (one, id, name, accession_pattern, further_digests, verify_within_days, created_at)
         VALUES (1, 'a', 'Kettle', '{year}-{n}', '[]', 90, 1)`,
      )
      .run();
    connection.close();
    migrateCatalogue(path);
    expect(JSON.parse(read(path, 'SELECT technical_policy FROM archive'))).toEqual(DEFAULT_TECHNICAL_POLICY);
    expect(read(path, 'SELECT virus_check FROM archive')).toBe(0);
    // What was a constant before goes on to be so.
    expect(JSON.parse(read(path, 'SELECT mass_change FROM archive'))).toEqual(DEFAULT_MASS_THRESHOLDS);
  });

  it('let the name of a schedule be used again once that was removed, and of no two at once', () => {
    const connection = openConnection(catalogue());
    const add = () =>
      connection
        .sql(
          `INSERT INTO schedules (name, kind, words, cron, time_zone, budget, created_at, created_by)
           VALUES ('nightly', 'audit', 'everything every night', '0 3 * * *', 'UTC', '{}', 1, 1)`,
        )
        .run();
    add();
    expect(add).toThrow(/UNIQUE/);
    connection.sql('UPDATE schedules SET removed_at = 2').run();
    add();
    connection.close();
  });

  it('count what never was verified by the day on which custody of it was taken', () => {
    const path = join(tempFolder(), 'catalogue.sqlite');
    migrateCatalogue(path, migrations.slice(0, 6));
    const connection = openConnection(path);
    const day = 86_400_000;
    connection.db.exec(
      `INSERT INTO agents (id, kind, name, created_at) VALUES (1, 'person', 'Ada', 1);
       INSERT INTO accessions (id, number, title, mode, agent_id, opened_at) VALUES (1, '2026-1', 'T', 'in-place', 1, 1);
       INSERT INTO accruals (id, accession_id, number, opened_at) VALUES (1, 1, 1, ${day * 100 + 7}), (2, 1, 2, ${day * 200});
       INSERT INTO locations (id, name, kind, root, writes, created_at) VALUES (1, 'L', 'folder', x'2f', 'never', 1);
       INSERT INTO folders (id, location_id, path) VALUES (1, 1, x'61');
       INSERT INTO formats (id, name, mime, puid) VALUES (1, 'FLAC', 'audio/flac', '');
       INSERT INTO objects (id, sha256, size, format_id, kind, recorded_at) VALUES (1, zeroblob(32), 5, 1, 'audio', 1);
       INSERT INTO technical_metadata (object_id, duration_ms) VALUES (1, 9);
       INSERT INTO replicas (object_id, folder_id, accrual_id, name, size, mtime_ns, ctime_ns, inode, verified_at)
         VALUES (1, 1, 1, x'01', 5, 0, 0, 0, NULL), (1, 1, 2, x'02', 5, 0, 0, 0, NULL), (1, 1, 1, x'03', 5, 0, 0, 0, ${day * 300});
       INSERT INTO counters (facet, key, count, bytes, duration_ms) VALUES ('verified', '0', 2, 10, 18), ('verified', '300', 1, 5, 9);`,
    );
    connection.close();
    migrateCatalogue(path);
    const migrated = openConnection(path);
    const kept = migrated.sql(`SELECT key, count, bytes, duration_ms AS ms FROM counters ORDER BY key`).all();
    expect(kept).toEqual([
      { key: '-100', count: 1, bytes: 5, ms: 9 },
      { key: '-200', count: 1, bytes: 5, ms: 9 },
      { key: '300', count: 1, bytes: 5, ms: 9 },
    ]);
    expect(compareCounters(migrated).filter((line) => line.includes('verified'))).toEqual([]);
    migrated.close();
  });

  it('leave findings of before decisions open, and part of no mass change', () => {
    const path = join(tempFolder(), 'catalogue.sqlite');
    migrateCatalogue(path, migrations.slice(0, 5));
    const connection = openConnection(path);
    connection.db.exec(
      `INSERT INTO acts (id, kind, opened_at) VALUES (1, 'audit', 1);
       INSERT INTO findings (replica_id, act_id, outcome, detail, opened_at, last_seen_at) VALUES (7, 1, 'altered', '{}', 1, 1);`,
    );
    connection.close();
    migrateCatalogue(path);
    expect(
      read(
        path,
        `SELECT count(*) FROM findings WHERE resolved_at IS NULL AND mass_change_id IS NULL AND resolved_by IS NULL
           AND resolved_act_id IS NULL AND reason IS NULL`,
      ),
    ).toBe(1);
  });

  it('know of nothing attested before attestations were, and take no other word for one', () => {
    const path = join(tempFolder(), 'catalogue.sqlite');
    migrateCatalogue(path, migrations.slice(0, 7));
    const connection = openConnection(path);
    connection.db.exec(
      `INSERT INTO locations (id, name, kind, root, writes, created_at) VALUES (1, 'L', 'offline', x'', 'never', 1);
       INSERT INTO acts (id, kind, opened_at) VALUES (1, 'attestation', 1);`,
    );
    connection.close();
    migrateCatalogue(path);
    const migrated = openConnection(path);
    expect(migrated.sql('SELECT 1 FROM attestations').all()).toEqual([]);
    migrated.sql(`INSERT INTO attestations VALUES (1, 1, 'Robot', '2026-01-03', zeroblob(32), '{}')`).run();
    const attest = migrated.sql('INSERT INTO attested_replicas VALUES (7, 1, ?)');
    expect(() => attest.run('intact')).toThrow(/CHECK/);
    attest.run('attested');
    migrated.close();
  });

  it('know of no prior baseline before older manifests were taken in, and of one content once a manifest', () => {
    const path = join(tempFolder(), 'catalogue.sqlite');
    migrateCatalogue(path, migrations.slice(0, 9));
    const connection = openConnection(path);
    connection.db.exec(
      `INSERT INTO locations (id, name, kind, root, writes, created_at) VALUES (1, 'L', 'folder', x'2f', 'never', 1);
       INSERT INTO acts (id, kind, opened_at) VALUES (1, 'prior baseline', 1);
       INSERT INTO formats (id, name, mime) VALUES (1, 'WAVE', 'audio/wav');
       INSERT INTO objects (id, sha256, size, format_id, kind, recorded_at) VALUES (1, zeroblob(32), 1, 1, 'audio', 1);`,
    );
    connection.close();
    migrateCatalogue(path);
    const migrated = openConnection(path);
    expect(migrated.sql('SELECT 1 FROM prior_baselines').all()).toEqual([]);
    migrated
      .sql(`INSERT INTO prior_manifests VALUES (1, 1, 'Donor', '2009-05-03', 'SFV', zeroblob(32), '{}')`)
      .run();
    const baseline = migrated.sql('INSERT INTO prior_baselines VALUES (1, 1, ?)');
    expect(() => baseline.run(2)).toThrow(/CHECK/);
    baseline.run(0);
    expect(() => baseline.run(1)).toThrow(/UNIQUE/);
    migrated.close();
  });

  it('know of no package before packages were handed out, and of none that is done without what proves it', () => {
    const path = join(tempFolder(), 'catalogue.sqlite');
    migrateCatalogue(path, migrations.slice(0, 10));
    const connection = openConnection(path);
    connection.db.exec(`INSERT INTO agents (id, kind, name, created_at) VALUES (1, 'person', 'Ada', 1)`);
    connection.close();
    migrateCatalogue(path);
    const migrated = openConnection(path);
    expect(migrated.sql('SELECT 1 FROM hand_outs').all()).toEqual([]);
    const handOut = (state: string, reserved: string): unknown =>
      migrated
        .sql(
          `INSERT INTO hand_outs (state, of, name, form, path, token, reserved, selection, digests, log_events, log_head, agent_id, opened_at)
           VALUES (?, 'x', 'x', 'tar', x'2f', 't', ?, '{}', '[]', 0, '', 1, 1)`,
        )
        .run(state, reserved);
    handOut('open', '[]');
    expect(() => handOut('done', '[]')).toThrow(/CHECK/);
    expect(() => handOut('open', '["tdm"]')).toThrow(/CHECK/);
    migrated.close();
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
