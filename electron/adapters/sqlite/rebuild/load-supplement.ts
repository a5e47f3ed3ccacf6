import { HoldfastError } from '../../../../shared/domain/errors.ts';
import type { Connection, Statement, SqlValue } from '../connection.ts';
import { SCHEMA_VERSION } from '../migrate.ts';
import type { AccessionScope } from '../protection/scope.ts';
import {
  columnsOf,
  decodeValue,
  keyOf,
  type Column,
  type SupplementHeader,
} from '../protection/supplement-lines.ts';
import { SUPPLEMENT_TABLES, type SupplementTable } from '../protection/supplement-tables.ts';
import { readSupplement } from './read-supplement.ts';
import { isSafeRelative } from './safe-paths.ts';

/** Tables whose rows belong to things rather than to the accession: what they say is replaced once the things stand. */
const ABOUT = new Set(['identifiers', 'relations', 'descriptions', 'rights_links', 'agent_roles']);
/** Columns of each table with a path below a location's root, or a single name. */
const RELATIVE: Readonly<Record<string, { readonly column: string; readonly single: boolean }>> = {
  folders: { column: 'path', single: false },
  accession_roots: { column: 'path', single: false },
  location_sentinels: { column: 'path', single: false },
  replicas: { column: 'name', single: true },
  bags: { column: 'path', single: false },
  bag_tag_files: { column: 'name', single: false },
};
/** What must be as it was where it stands already. */
const SAME: Readonly<Record<string, string>> = {
  objects: 'sha256',
  digests: 'value',
  events: 'hash',
};

interface OpenTable {
  readonly spec: SupplementTable;
  readonly columns: readonly Column[];
  readonly insert: Statement;
  readonly same:
    | { readonly statement: Statement<Uint8Array>; readonly at: number; readonly key: readonly number[] }
    | undefined;
  readonly relative: { readonly at: number; readonly single: boolean } | undefined;
}

/**
 * Loads supplements into a catalogue that is being rebuilt, older ones first. Each is taken whole or not at all: it is from
 * outside, and may be damaged, or made to say anything.
 */
export class SupplementLoader {
  readonly #connection: Connection;
  readonly #scope: AccessionScope;
  readonly #archiveId: string;

  /** @param scope prepared for every accession that will be loaded */
  constructor(connection: Connection, scope: AccessionScope, archiveId: string) {
    this.#connection = connection;
    this.#scope = scope;
    this.#archiveId = archiveId;
  }

  /** @throws HoldfastError BAD_INPUT, CATALOGUE_NEWER; nothing of it then stands. */
  load(path: Buffer): void {
    const { db } = this.#connection;
    db.exec('BEGIN');
    try {
      const load = new Load(this.#connection, this.#scope, this.#archiveId);
      readSupplement(
        path,
        (header) => load.begin(header),
        (line) => ('row' in line ? load.row(line.row) : load.table(line.table, line.columns)),
      );
      load.end();
      db.exec('COMMIT');
    } catch (error) {
      if (db.inTransaction) db.exec('ROLLBACK');
      throw refusal(error);
    }
  }
}

class Load {
  readonly #connection: Connection;
  readonly #scope: AccessionScope;
  readonly #archiveId: string;
  readonly #rows = new Map<string, number>();
  #header: SupplementHeader | undefined;
  #open: OpenTable | undefined;
  #aboutReplaced = false;
  #standsAlready = false;

  constructor(connection: Connection, scope: AccessionScope, archiveId: string) {
    this.#connection = connection;
    this.#scope = scope;
    this.#archiveId = archiveId;
  }

  begin(header: SupplementHeader): void {
    if (header.archive.id !== this.#archiveId) throw bad('it belongs to another archive');
    if (header.schema > SCHEMA_VERSION)
      throw new HoldfastError(
        'CATALOGUE_NEWER',
        `it was written by a newer Holdfast (schema ${header.schema}; this one knows ${SCHEMA_VERSION}). Use the newer program to rebuild.`,
      );
    const known = this.#connection
      .sql<string>('SELECT lower(hex(hash)) FROM events WHERE seq = ?')
      .pluck(true)
      .get(header.event.seq);
    if (known !== undefined && known !== header.event.hash) throw forked();
    this.#header = header;
    if (header.accession === undefined)
      // What was erased of the log's words since an older supplement was written stays erased.
      this.#connection.sql('DELETE FROM event_details WHERE event_seq <= ?').run(header.event.seq);
    this.#standsAlready =
      header.accession === undefined ||
      this.#connection.sql('SELECT 1 FROM accessions WHERE id = ?').get(header.accession.id) !== undefined;
    if (!this.#standsAlready) return;
    if (header.accession !== undefined) this.#scope.select(header.accession.id);
    this.#forget(() => true);
  }

  table(name: string, columnNames: readonly string[]): void {
    const spec = SUPPLEMENT_TABLES.find(({ table }) => table === name);
    if (spec === undefined || this.#condition(spec) === undefined)
      throw bad(`it has a table ${JSON.stringify(name)} that it cannot have`);
    if (this.#rows.has(name)) throw bad(`it has the table ${name} twice`);
    if (ABOUT.has(name)) this.#replaceAbout();
    const known = columnsOf(this.#connection, name);
    const columns = columnNames.map((column) => {
      const found = known.find((each) => each.name === column);
      if (found === undefined) throw bad(`its table ${name} has a column that is not known`);
      return found;
    });
    if (new Set(columnNames).size !== columns.length || columns.length === 0)
      throw bad(`its table ${name} has a column twice, or none`);
    this.#rows.set(name, 0);
    this.#open = openTable(this.#connection, spec, columns);
  }

  row(values: readonly unknown[]): void {
    const open = this.#open;
    if (open === undefined || values.length !== open.columns.length) throw bad('a row fits no table');
    const { spec, columns, insert, same, relative } = open;
    const row: SqlValue[] = columns.map((column, at) => decodeValue(column, values[at]));
    if (relative !== undefined) refuseClimbing(row[relative.at], relative.single);
    if (spec.table === 'archive' && row[columns.findIndex(({ name }) => name === 'id')] !== this.#archiveId)
      throw bad('it belongs to another archive');
    insert.run(...row);
    if (same !== undefined) {
      const stands = same.statement.get(...same.key.map((at) => row[at] ?? null));
      if (stands === undefined || !Buffer.from(stands).equals(row[same.at] as Buffer))
        throw spec.table === 'events'
          ? forked()
          : bad('it gives a content another digest than it was known by');
    }
    this.#rows.set(spec.table, (this.#rows.get(spec.table) ?? 0) + 1);
  }

  /** What it brought must be the accession's own, all of it: a supplement speaks for nothing else. */
  end(): void {
    this.#replaceAbout();
    const header = this.#header as SupplementHeader;
    if (header.accession !== undefined) {
      const { id, number } = header.accession;
      const found = this.#connection
        .sql<{ number: string }>('SELECT number FROM accessions WHERE id = ?')
        .get(id);
      if (found?.number !== number) throw bad('it does not hold the accession that it is named for');
      this.#scope.select(id);
    }
    for (const spec of SUPPLEMENT_TABLES) {
      const condition = this.#condition(spec);
      // Outcomes of audits are many, and of many accessions: the log commits to them.
      if (condition === undefined || spec.tenure !== 'own' || spec.table === 'act_outcomes') continue;
      const brought = this.#rows.get(spec.table) ?? 0;
      const stands = this.#connection.db
        .prepare(`SELECT count(*) FROM ${spec.table} WHERE ${condition}`)
        .pluck(true);
      if (stands.get() !== brought) throw bad(`its rows of ${spec.table} are not its own`);
    }
    const raise = this.#connection.sql('UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?');
    const add = this.#connection.sql(
      `INSERT INTO sqlite_sequence (name, seq) SELECT s.name, ? FROM sqlite_schema s
       WHERE s.name = ? AND s.sql LIKE '%AUTOINCREMENT%' AND s.name NOT IN (SELECT name FROM sqlite_sequence)`,
    );
    for (const [table, seq] of Object.entries(header.sequences)) {
      raise.run(seq, table);
      add.run(seq, table);
    }
  }

  /** Once the things stand, so that what is said of new ones is replaced as well. */
  #replaceAbout(): void {
    if (this.#aboutReplaced) return;
    this.#aboutReplaced = true;
    const accession = this.#header?.accession;
    if (accession !== undefined) this.#scope.select(accession.id);
    this.#forget((table) => ABOUT.has(table));
  }

  /** Forgets what the catalogue says so far, so that what is gone from the newer supplement is gone. */
  #forget(which: (table: string) => boolean): void {
    for (const spec of [...SUPPLEMENT_TABLES].reverse()) {
      const condition = this.#condition(spec);
      if (condition === undefined || spec.tenure !== 'own' || !which(spec.table)) continue;
      this.#connection.db.prepare(`DELETE FROM ${spec.table} WHERE ${condition}`).run();
    }
  }

  #condition(spec: SupplementTable): string | undefined {
    return this.#header?.accession === undefined ? spec.ofArchive : spec.ofAccession;
  }
}

function openTable(connection: Connection, spec: SupplementTable, columns: readonly Column[]): OpenTable {
  const names = columns.map(({ name }) => name);
  const key = keyOf(connection, spec.table);
  if (!key.every((column) => names.includes(column)))
    throw bad(`its table ${spec.table} lacks a column that tells its rows apart`);
  const sameColumn = SAME[spec.table];
  if (sameColumn !== undefined && !names.includes(sameColumn))
    throw bad(`its table ${spec.table} lacks its digests`);
  const relative = RELATIVE[spec.table];
  return {
    spec,
    columns,
    insert: connection.sql(insertInto(spec, names, key)),
    same:
      sameColumn === undefined
        ? undefined
        : {
            statement: connection
              .sql<Uint8Array>(
                `SELECT ${sameColumn} FROM ${spec.table} WHERE ${key.map((column) => `${column} = ?`).join(' AND ')}`,
              )
              .pluck(true),
            at: names.indexOf(sameColumn),
            key: key.map((column) => names.indexOf(column)),
          },
    relative:
      relative === undefined || !names.includes(relative.column)
        ? undefined
        : { at: names.indexOf(relative.column), single: relative.single },
  };
}

function insertInto(
  { table, tenure }: SupplementTable,
  names: readonly string[],
  key: readonly string[],
): string {
  const insert = `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`;
  if (tenure === 'own') return insert;
  // What kind of thing a content is may have been understood better since; its digest may not have changed.
  const changing =
    tenure === 'shared'
      ? names.filter((name) => !key.includes(name))
      : names.filter((name) => table === 'objects' && ['format_id', 'kind'].includes(name));
  const update = changing.map((name) => `${name} = excluded.${name}`).join(', ');
  return `${insert} ON CONFLICT (${key.join(', ')}) DO ${update === '' ? 'NOTHING' : `UPDATE SET ${update}`}`;
}

function refuseClimbing(value: SqlValue | undefined, single: boolean): void {
  if (value === null || value === undefined) return;
  if (!(value instanceof Uint8Array) || !isSafeRelative(value, single))
    throw bad('it names a path that leaves its location');
}

function refusal(error: unknown): unknown {
  if (error instanceof HoldfastError) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code.startsWith('SQLITE_CONSTRAINT'))
    return new HoldfastError('BAD_INPUT', 'it contradicts what is known already, or itself', {
      cause: error,
    });
  if (code === 'SQLITE_MISMATCH' || code === 'SQLITE_ERROR')
    return new HoldfastError('BAD_INPUT', 'it holds values that the catalogue cannot hold', { cause: error });
  if (/^E[A-Z]+$/.test(code))
    return new HoldfastError('BAD_INPUT', `it cannot be read (${code})`, { cause: error });
  return error;
}

function forked(): HoldfastError {
  return bad(
    'its log and the one known from elsewhere part ways: one of them was written by a copy of this archive',
  );
}

function bad(what: string): HoldfastError {
  return new HoldfastError('BAD_INPUT', what);
}
