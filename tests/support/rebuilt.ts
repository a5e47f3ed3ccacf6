import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';

/** Rows of every table, as text; those of the full-text index by its words. Numbers beyond 2^53 survive. */
export type Rows = Readonly<Record<string, readonly string[]>>;

/** What a rebuild does not bring back as it was, and why. */
const OTHERWISE: Readonly<Record<string, readonly string[]>> = {
  // A place was reached at another time, a key retired.
  locations: ['last_reached_at'],
  signing_keys: ['retired_at'],
  // Attested, not verified here, until an audit.
  replicas: ['outcome', 'checked_at', 'verified_at'],
  bag_tag_files: ['outcome', 'checked_at', 'verified_at'],
  items: ['verified_day', 'copies'],
};
const LEFT_OUT = new Set([
  'counters',
  'snapshots',
  'supplements',
  'attested_checks',
  'sqlite_sequence',
  'sqlite_stat1',
  'sqlite_stat4',
]);

/** Everything that a catalogue says, row by row with its ids: a rebuild keeps them, since the log names things by them. */
export function everyRow(path: string): Rows {
  const db = new Database(path, { readonly: true });
  try {
    db.exec('CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab(main, search, instance)');
    const tables = db
      .prepare(
        `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'search%' ORDER BY name`,
      )
      .pluck()
      .all() as string[];
    const text = (rows: unknown[]): string[] => rows.map((row) => JSON.stringify(row, plain)).sort();
    return {
      ...Object.fromEntries(
        tables
          .filter((table) => !LEFT_OUT.has(table))
          .map((table) => {
            const columns = db
              .prepare(`SELECT name FROM pragma_table_info(?)`)
              .pluck()
              .all(table) as string[];
            const kept = columns.filter((column) => OTHERWISE[table]?.includes(column) !== true);
            return [
              table,
              text(
                db
                  .prepare(`SELECT ${kept.join(', ')} FROM ${table}`)
                  .safeIntegers()
                  .raw()
                  .all(),
              ),
            ];
          }),
      ),
      search: text(db.prepare('SELECT DISTINCT term, doc, col FROM temp.vocabulary').raw().all()),
    };
  } finally {
    db.close();
  }
}

/** Tables in which two catalogues differ, with a few of the lines that only one has; a rebuilt one has a key, an event more. */
export function differences(before: Rows, after: Rows): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  for (const table of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [a, b] = [new Set(before[table]), new Set(after[table])];
    const lost = [...a].filter((line) => !b.has(line)).map((line) => `- ${line}`);
    const extra = [...b].filter((line) => !a.has(line)).map((line) => `+ ${line}`);
    const own = { signing_keys: 1, events: 1, event_links: 1, event_details: 1 }[table] ?? 0;
    if (lost.length > 0 || extra.length > own)
      found[table] = [...lost.slice(0, 3), ...extra.slice(0, 3 + own)];
  }
  return found;
}

function plain(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return String(value);
  // What JSON.stringify has made of a Buffer by now.
  if (typeof value === 'object' && value !== null && 'data' in value && Array.isArray(value.data))
    return Buffer.from(value.data as number[]).toString('hex');
  return value;
}

/** The folder of the one archive in a managed location. */
export function archiveFolder(vault: string): string {
  const id = readdirSync(vault).find((name) => /^[0-9a-f-]{36}$/.test(name));
  if (id === undefined) throw new Error(`${vault} holds no archive`);
  return join(vault, id);
}

export function filesIn(vault: string, kind: 'snapshots' | 'supplements'): string[] {
  const folder = join(archiveFolder(vault), kind);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => !name.endsWith('.sha256'))
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
    .map((name) => join(folder, name));
}

/** Changes a supplement and closes it as if it had been written so: what a careful forger, or a confused program, would do. */
export function forgeSupplement(path: string, change: (lines: string[]) => string[]): void {
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n').slice(0, -1);
  const forged = change(lines).map((line) => `${line}\n`);
  const sha256 = createHash('sha256').update(forged.join('')).digest('hex');
  const rows = forged.filter((line) => line.startsWith('[')).length;
  const text = `${forged.join('')}${JSON.stringify({ end: true, rows, sha256 })}\n`;
  writeFileSync(path, text);
  putDigest(path, text);
}

export function putDigest(path: string, content: string | Buffer = readFileSync(path)): void {
  const digest = createHash('sha256').update(content).digest('hex');
  writeFileSync(`${path}.sha256`, `${digest}  ${path.slice(path.lastIndexOf('/') + 1)}\n`);
}
