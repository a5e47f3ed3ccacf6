/**
 * The lines of a supplement (docs/supplements.md): a header; then for each table a line that names it and its columns, and a
 * line for each row; then a line that closes it. JSON Lines, so that one of a million files streams.
 */
import { HoldfastError } from '../../../../shared/domain/errors.ts';
import { decodeUtf8, fromBase64, toBase64 } from '../../../../shared/domain/path.ts';
import { asBuffer, type Connection, type SqlValue } from '../connection.ts';

export const SUPPLEMENT_FORMAT = 'holdfast supplement';
export const SUPPLEMENT_VERSION = 1;

export interface SupplementHeader {
  readonly format: typeof SUPPLEMENT_FORMAT;
  readonly version: number;
  /** Of the catalogue whose tables and columns these are. */
  readonly schema: number;
  readonly archive: { readonly id: string; readonly name: string };
  /** Absent in the supplement of the archive itself. */
  readonly accession?: { readonly id: number; readonly number: string };
  /** Head of the log at which it was written. */
  readonly event: { readonly seq: number; readonly hash: string };
  /** RFC 3339, UTC. */
  readonly writtenAt: string;
  /** The highest id that each table ever gave away: none is given twice. */
  readonly sequences: Readonly<Record<string, number>>;
}

/** How a column stands in JSON: `path` as text, or {"base64": …} where it is not UTF-8; `wide` integers as text. */
export type Encoding = 'text' | 'integer' | 'wide' | 'hex' | 'path';

export interface Column {
  readonly name: string;
  readonly encoding: Encoding;
}

interface ColumnRow {
  readonly name: string;
  readonly type: string;
  readonly pk: number;
}

const PATH_COLUMNS = new Set(['path', 'name', 'root', 'original']);
/** Beyond 2^53, which JSON cannot carry. */
const WIDE_COLUMNS = new Set(['mtime_ns', 'ctime_ns', 'inode', 'root_inode']);

/** The columns of a table as the schema has them. */
export function columnsOf(connection: Connection, table: string): Column[] {
  return connection
    .sql<ColumnRow>('SELECT name, type, pk FROM pragma_table_info(?)')
    .all(table)
    .map(({ name, type }) => ({ name, encoding: encodingOf(name, type) }));
}

/** The columns of its primary key, in order. */
export function keyOf(connection: Connection, table: string): string[] {
  return connection
    .sql<ColumnRow>('SELECT name, type, pk FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk')
    .all(table)
    .map(({ name }) => name);
}

function encodingOf(name: string, type: string): Encoding {
  if (type === 'BLOB') return PATH_COLUMNS.has(name) ? 'path' : 'hex';
  if (type !== 'INTEGER') return 'text';
  return WIDE_COLUMNS.has(name) ? 'wide' : 'integer';
}

/** What to select of a column, so that `encodeRow` loses nothing. */
export function selected({ name, encoding }: Column): string {
  return encoding === 'wide' ? `CAST(t.${name} AS TEXT)` : `t.${name}`;
}

export function encodeRow(columns: readonly Column[], row: readonly unknown[]): string {
  let line = '[';
  for (let i = 0; i < row.length; i++) {
    const value = row[i];
    if (i > 0) line += ',';
    if (value instanceof Uint8Array) line += encodeBytes(columns[i]?.encoding === 'path', value);
    else line += JSON.stringify(value);
  }
  return `${line}]`;
}

function encodeBytes(isPath: boolean, bytes: Uint8Array): string {
  if (!isPath) return `"${asBuffer(bytes).toString('hex')}"`;
  const text = decodeUtf8(bytes);
  return text === undefined ? `{"base64":"${toBase64(bytes)}"}` : JSON.stringify(text);
}

/** @throws HoldfastError BAD_INPUT for what is no value of that column. */
export function decodeValue({ name, encoding }: Column, value: unknown): SqlValue {
  if (value === null) return null;
  switch (encoding) {
    case 'text':
      if (typeof value === 'string' && value.isWellFormed()) return value;
      break;
    case 'integer':
      if (Number.isSafeInteger(value)) return value as number;
      break;
    case 'wide':
      if (typeof value === 'string' && /^-?\d{1,19}$/.test(value) && isInt64(BigInt(value)))
        return BigInt(value);
      break;
    case 'hex':
      if (typeof value === 'string' && /^([0-9a-f]{2})*$/.test(value)) return Buffer.from(value, 'hex');
      break;
    case 'path': {
      const bytes = decodePath(value);
      if (bytes !== undefined && !bytes.includes(0)) return bytes;
      break;
    }
  }
  throw new HoldfastError('BAD_INPUT', `the column ${name} holds what it cannot hold`);
}

function decodePath(value: unknown): Buffer | undefined {
  if (typeof value === 'string') return value.isWellFormed() ? Buffer.from(value) : undefined;
  if (typeof value !== 'object' || value === null || !('base64' in value)) return undefined;
  if (typeof value.base64 !== 'string') return undefined;
  try {
    return asBuffer(fromBase64(value.base64));
  } catch {
    return undefined; // no base64
  }
}

function isInt64(value: bigint): boolean {
  return BigInt.asIntN(64, value) === value;
}
