import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { HoldfastError } from '../../../shared/domain/errors.ts';
import { displayPath, type RawPath } from '../../../shared/domain/path.ts';
import type { OpenTable } from '../../core/ports/describing.ts';
import type { TableRow } from '../../core/ports/tables.ts';
import { requireTextFile, unreadable } from '../../core/ports/text-files.ts';
import { decoderFor, EncodingDetector } from './detect-encoding.ts';

const CHUNK = 256 * 1024;
const SLICE = 500;
/** A record that is longer is none: a quotation mark was opened and never closed. */
const LONGEST_RECORD = 16 * 1024 * 1024;
const SEPARATORS = [',', ';', '\t', '|'];

/**
 * Opens a CSV (RFC 4180) in whatever encoding and with whichever separator it was saved, and reads it a record at a time.
 * @throws HoldfastError BAD_INPUT where there is no such file, or it is no table.
 */
export async function openTable(
  path: RawPath,
  how: { readonly encoding?: string; readonly separator?: string },
): Promise<OpenTable> {
  const told = displayPath(path);
  await requireTextFile(path, 'CSV file', stat(Buffer.from(path)));
  const encoding = decoderFor(how.encoding ?? (await encodingOf(path))).encoding;
  const head = await headOf(path, encoding, told);
  const separator = how.separator ?? head.separator;
  const records = recordsOf(path, encoding, separator, head.skipped, told);
  const first = await records.next();
  const header = first.done === true ? [] : first.value.cells;
  if (header.every((cell) => cell.trim() === ''))
    throw new HoldfastError(
      'BAD_INPUT',
      `${told} cannot be read as a table: its first row is empty, where the names of the columns should stand.`,
    );
  return { encoding, separator, header, slices: slicesOf(records) };
}

async function encodingOf(path: RawPath): Promise<string> {
  const detector = new EncodingDetector();
  for await (const chunk of chunksOf(path)) {
    detector.look(chunk);
    if (detector.isSure) break;
  }
  return detector.found();
}

function chunksOf(path: RawPath): AsyncIterable<Buffer> {
  return createReadStream(Buffer.from(path), { highWaterMark: CHUNK }) as AsyncIterable<Buffer>;
}

/** Text without its byte order mark. */
async function* textOf(path: RawPath, encoding: string, told: string): AsyncGenerator<string> {
  const decoder = decoderFor(encoding);
  const decode = (bytes?: Buffer): string => {
    try {
      return bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true });
    } catch {
      throw new HoldfastError(
        'BAD_INPUT',
        `${told} cannot be read as a table: its bytes are not ${encoding}. Save it as UTF-8, or name its encoding with --encoding.`,
      );
    }
  };
  try {
    for await (const chunk of chunksOf(path)) yield decode(chunk);
    yield decode();
  } catch (error) {
    throw unreadable(error, path);
  }
}

/** What the beginning says: `sep=;` in the first line is how Excel is told of a separator, and no row. */
async function headOf(
  path: RawPath,
  encoding: string,
  told: string,
): Promise<{ separator: string; skipped: number }> {
  let text = '';
  for await (const chunk of textOf(path, encoding, told)) {
    text += chunk;
    if (text.length >= CHUNK) break;
  }
  const said = /^sep=(.)(?:\r\n|\n|\r)/i.exec(text);
  if (said?.[1] !== undefined && SEPARATORS.includes(said[1]))
    return { separator: said[1], skipped: said[0].length };
  return { separator: mostFrequent(text), skipped: 0 };
}

/** The separator that occurs most often in the first record, outside quotes; a comma where none does. */
function mostFrequent(text: string): string {
  const counts = new Map(SEPARATORS.map((separator) => [separator, 0]));
  let quoted = false;
  for (const character of text) {
    if (character === '"') quoted = !quoted;
    else if (!quoted && (character === '\n' || character === '\r')) break;
    else if (!quoted && counts.has(character)) counts.set(character, (counts.get(character) ?? 0) + 1);
  }
  return [...counts].reduce((most, next) => (next[1] > most[1] ? next : most))[0];
}

async function* recordsOf(
  path: RawPath,
  encoding: string,
  separator: string,
  skipped: number,
  told: string,
): AsyncGenerator<TableRow> {
  const parser = parse({
    delimiter: separator,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    max_record_size: LONGEST_RECORD,
  });
  const source = Readable.from(without(textOf(path, encoding, told), skipped), { objectMode: true });
  source.on('error', (error) => parser.destroy(error));
  source.pipe(parser);
  // The header is row 1, and a line before it that names the separator is counted as well.
  let row = skipped > 0 ? 1 : 0;
  try {
    for await (const cells of parser as AsyncIterable<string[]>) yield { row: ++row, cells };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new HoldfastError(
      'BAD_INPUT',
      `${told} cannot be read as a table: ${faultOf(error, rowOf(error, skipped))}`,
      {
        cause: error,
      },
    );
  } finally {
    source.destroy();
  }
}

async function* without(text: AsyncIterable<string>, skipped: number): AsyncGenerator<string> {
  let left = skipped;
  for await (const chunk of text) {
    const rest = chunk.slice(left);
    left -= chunk.length - rest.length;
    if (rest !== '') yield rest;
  }
}

/** Without records whose cells are all empty. */
async function* slicesOf(records: AsyncIterable<TableRow>): AsyncGenerator<readonly TableRow[]> {
  let slice: TableRow[] = [];
  for await (const record of records) {
    if (record.cells.every((cell) => cell === '')) continue;
    slice.push(record);
    if (slice.length < SLICE) continue;
    yield slice;
    slice = [];
  }
  if (slice.length > 0) yield slice;
}

/** Records before the one at fault; those that were read ahead of it are gone with it. */
function rowOf(error: CsvError, skipped: number): number {
  const before: unknown = error['records'];
  return (typeof before === 'number' ? before : 0) + (skipped > 0 ? 2 : 1);
}

function faultOf(error: CsvError, row: number): string {
  switch (error.code) {
    case 'CSV_QUOTE_NOT_CLOSED':
    case 'CSV_MAX_RECORD_SIZE':
      return `a quotation mark that is opened in row ${row} is never closed. Close it, or double it ("") where it belongs to the text.`;
    case 'CSV_INVALID_CLOSING_QUOTE':
      return `in row ${row} text follows a closing quotation mark. Double a quotation mark ("") that belongs to the text.`;
    case 'INVALID_OPENING_QUOTE':
      return `in row ${row} a quotation mark stands within a cell that is not quoted. Put the cell in quotation marks, and double ("") those inside.`;
    default:
      return `row ${row}: ${error.message}`;
  }
}
