import { createHash } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { HoldfastError } from '../../../../shared/domain/errors.ts';
import {
  SUPPLEMENT_FORMAT,
  SUPPLEMENT_VERSION,
  type SupplementHeader,
} from '../protection/supplement-lines.ts';

/** The lines of a supplement behind its header. */
export type SupplementLine =
  { readonly table: string; readonly columns: readonly string[] } | { readonly row: readonly unknown[] };

const STEP = 1024 * 1024;
const LONGEST_HEADER = STEP;
/** Tags as found are the longest thing in a row, and are bounded when they are read. */
const LONGEST_LINE = 64 * STEP;

/** The header alone, to choose among supplements. @throws HoldfastError BAD_INPUT, CATALOGUE_NEWER */
export function readHeader(path: Buffer): SupplementHeader {
  for (const { text } of linesOf(path, LONGEST_HEADER)) return headerOf(text);
  throw bad('it is empty');
}

/**
 * Reads a supplement whole, line by line, and answers with the header at the end: only then is it known that nothing was
 * changed or cut off. Whoever took the lines takes back what it did with them when this throws.
 * @throws HoldfastError BAD_INPUT, CATALOGUE_NEWER
 */
export function readSupplement(
  path: Buffer,
  onHeader: (header: SupplementHeader) => void,
  onLine: (line: SupplementLine) => void,
): void {
  const digest = createHash('sha256');
  let rows = 0;
  let first = true;
  let ended = false;
  for (const { text, bytes } of linesOf(path, LONGEST_LINE)) {
    if (ended) throw bad('something stands behind its end');
    if (first) onHeader(headerOf(text));
    else {
      const value = parse(text);
      if (Array.isArray(value)) {
        rows++;
        onLine({ row: value as unknown[] });
      } else if (isEnd(value)) {
        ended = true;
        if (value.rows !== rows || value.sha256 !== digest.digest('hex'))
          throw bad('it is not as it was written');
      } else if (isTable(value)) onLine(value);
      else throw bad('it has a line that means nothing');
    }
    first = false;
    if (!ended) digest.update(bytes);
  }
  if (!ended) throw bad('its end is missing');
}

function headerOf(text: string): SupplementHeader {
  const header = parse(text) as Partial<SupplementHeader> | null;
  if (header?.format !== SUPPLEMENT_FORMAT || typeof header.version !== 'number')
    throw bad('it is no supplement');
  if (header.version > SUPPLEMENT_VERSION || typeof header.schema !== 'number')
    throw new HoldfastError(
      'CATALOGUE_NEWER',
      'it was written by a newer Holdfast. Use the newer program to rebuild.',
    );
  const { archive, accession, event, writtenAt, sequences } = header;
  const holds =
    typeof archive?.id === 'string' &&
    typeof archive.name === 'string' &&
    (accession === undefined || (isId(accession.id) && typeof accession.number === 'string')) &&
    typeof event === 'object' &&
    Number.isSafeInteger(event.seq) &&
    event.seq >= 0 &&
    typeof event.hash === 'string' &&
    typeof writtenAt === 'string' &&
    typeof sequences === 'object' &&
    Object.values(sequences).every((seq) => Number.isSafeInteger(seq));
  if (!holds) throw bad('its first line is damaged');
  return header as SupplementHeader;
}

function isId(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) > 0;
}

function isEnd(value: unknown): value is { end: true; rows: unknown; sha256: unknown } {
  return (
    typeof value === 'object' && value !== null && 'end' in value && 'rows' in value && 'sha256' in value
  );
}

function isTable(value: unknown): value is { table: string; columns: string[] } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'table' in value &&
    typeof value.table === 'string' &&
    'columns' in value &&
    Array.isArray(value.columns) &&
    value.columns.every((column) => typeof column === 'string')
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw bad('a line of it is no JSON');
  }
}

/** Line by line, `bytes` with the line feed; links are not followed, and a line is never held beyond its bound. */
function* linesOf(path: Buffer, longest: number): Generator<{ text: string; bytes: Buffer }> {
  const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants;
  // Undefined on Windows.
  const careful = ((O_NOFOLLOW as number | undefined) ?? 0) | ((O_NONBLOCK as number | undefined) ?? 0);
  const descriptor = openSync(path, O_RDONLY | careful);
  try {
    if (!fstatSync(descriptor).isFile()) throw bad('it is not a file');
    let pieces: Buffer[] = [];
    let held = 0;
    for (;;) {
      const memory = Buffer.allocUnsafe(STEP);
      const count = readSync(descriptor, memory, 0, STEP, null);
      if (count === 0) break;
      let from = 0;
      for (let end; (end = memory.subarray(0, count).indexOf(0x0a, from)) >= 0; from = end + 1) {
        const tail = memory.subarray(from, end + 1);
        const bytes = pieces.length === 0 ? tail : Buffer.concat([...pieces, tail]);
        pieces = [];
        held = 0;
        if (bytes.length > longest) throw bad('a line of it is too long');
        yield { text: bytes.toString('utf8'), bytes };
      }
      if (from < count) pieces.push(memory.subarray(from, count));
      held += count - from;
      if (held > longest) throw bad('a line of it is too long');
    }
    if (held > 0) throw bad('it was cut off');
  } finally {
    closeSync(descriptor);
  }
}

function bad(what: string): HoldfastError {
  return new HoldfastError('BAD_INPUT', what);
}
