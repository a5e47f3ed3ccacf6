import { openConnection } from './connection.ts';
import type { Migration } from './migrations/migration.ts';

interface SchemaRow {
  readonly name: string;
  readonly table: string;
  readonly sql: string;
}

/**
 * The schema of a catalogue as SQL for people: tables, indexes and triggers in the order in which they were made, each with
 * the comment that stands above it in the migration that made it. Shadow tables of the full-text index are left out.
 * @public
 */
export function readableSchema(path: string, migrations: readonly Migration[]): string {
  const connection = openConnection(path, { readonly: true });
  try {
    const virtual = connection
      .sql<{ name: string }>(`SELECT name FROM sqlite_schema WHERE sql LIKE 'CREATE VIRTUAL TABLE%'`)
      .all();
    const rows = connection
      .sql<SchemaRow>(
        `SELECT name, tbl_name AS "table", sql FROM sqlite_schema
         WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY rowid`,
      )
      .all()
      .filter(({ table }) => !virtual.some(({ name }) => table.startsWith(`${name}_`)));
    const comments = commentsOf(migrations);
    const version = connection.db.pragma('user_version', { simple: true }) as number;
    const statements = rows.map(({ name, sql }) => `${comments.get(name) ?? ''}${sql};\n`);
    return (
      `-- The catalogue's schema, version ${version}. Made by \`npm run schema\` from the migrations; not to be edited.\n\n` +
      statements.join('\n')
    );
  } finally {
    connection.close();
  }
}

/** The comment lines directly above each CREATE, by the name of what it creates; a later migration's win. */
function commentsOf(migrations: readonly Migration[]): Map<string, string> {
  const comments = new Map<string, string>();
  for (const { sql } of migrations) {
    let above = '';
    for (const line of sql.split('\n')) {
      const created =
        /^CREATE (?:UNIQUE |VIRTUAL )?(?:TABLE|INDEX|TRIGGER|VIEW) (?:IF NOT EXISTS )?"?(\w+)/.exec(line);
      if (created?.[1] !== undefined && above !== '') comments.set(created[1], above);
      above = line.startsWith('--') ? `${above}${line}\n` : '';
    }
  }
  return comments;
}
