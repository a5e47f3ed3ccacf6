import { createHash } from 'node:crypto';
import { ARCHIVE_SUPPLEMENT, supplementName } from '../../../../shared/domain/location-layout.ts';
import { NO_EVENT } from '../../../core/events/chain.ts';
import type { Connection } from '../connection.ts';
import type { Destination, Written } from './destination.ts';
import type { AccessionScope } from './scope.ts';
import {
  columnsOf,
  encodeRow,
  selected,
  SUPPLEMENT_FORMAT,
  SUPPLEMENT_VERSION,
  type SupplementHeader,
} from './supplement-lines.ts';
import { SUPPLEMENT_TABLES, type SupplementTable } from './supplement-tables.ts';

export interface SupplementWritten extends Written {
  /** 0 for the archive's own. */
  readonly accessionId: number;
  readonly eventSeq: number;
}

const CHUNK = 256 * 1024;

/** The log's head, which says of what moment a supplement or a snapshot is. */
export function headOf(connection: Connection): { seq: number; hash: string } {
  const row = connection
    .sql<{ seq: number; hash: Buffer }>('SELECT seq, hash FROM events ORDER BY seq DESC LIMIT 1')
    .get();
  return { seq: row?.seq ?? 0, hash: row?.hash.toString('hex') ?? NO_EVENT };
}

/** Writes the supplement of an accession, or with 0 that of the archive itself, in one read transaction. */
export function writeSupplement(
  connection: Connection,
  scope: AccessionScope,
  destination: Destination,
  accessionId: number,
): SupplementWritten {
  return connection.db.transaction((): SupplementWritten => {
    const header = headerOf(connection, accessionId);
    if (accessionId > 0) scope.select(accessionId);
    const name = header.accession === undefined ? ARCHIVE_SUPPLEMENT : supplementName(header.accession);
    const written = destination.place(
      'supplements',
      name,
      (take) => writeLines(connection, header, accessionId, take),
      false,
    );
    return { ...written, accessionId, eventSeq: header.event.seq };
  })();
}

function headerOf(connection: Connection, accessionId: number): SupplementHeader {
  const archive = connection.sql<{ id: string; name: string }>('SELECT id, name FROM archive').get();
  const accession =
    accessionId === 0
      ? undefined
      : connection
          .sql<{ id: number; number: string }>('SELECT id, number FROM accessions WHERE id = ?')
          .get(accessionId);
  if (archive === undefined || (accessionId > 0 && accession === undefined))
    throw new Error(`there is no accession ${accessionId}`);
  return {
    format: SUPPLEMENT_FORMAT,
    version: SUPPLEMENT_VERSION,
    schema: connection.db.pragma('user_version', { simple: true }) as number,
    archive,
    ...(accession === undefined ? {} : { accession }),
    event: headOf(connection),
    writtenAt: new Date().toISOString(),
    sequences: Object.fromEntries(
      connection.sql<[string, number]>('SELECT name, seq FROM sqlite_sequence ORDER BY name').raw(true).all(),
    ),
  };
}

function writeLines(
  connection: Connection,
  header: SupplementHeader,
  accessionId: number,
  take: (bytes: Uint8Array) => void,
): void {
  const digest = createHash('sha256');
  let text = '';
  let rows = 0;
  const flush = (): void => {
    const bytes = Buffer.from(text);
    digest.update(bytes);
    take(bytes);
    text = '';
  };
  const line = (json: string): void => {
    text += `${json}\n`;
    if (text.length >= CHUNK) flush();
  };
  line(JSON.stringify(header));
  for (const table of SUPPLEMENT_TABLES) {
    const condition = accessionId === 0 ? table.ofArchive : table.ofAccession;
    if (condition === undefined) continue;
    const columns = columnsOf(connection, table.table);
    let named = false;
    for (const row of rowsOf(connection, table, condition)) {
      if (!named) line(JSON.stringify({ table: table.table, columns: columns.map(({ name }) => name) }));
      named = true;
      line(encodeRow(columns, row));
      rows++;
    }
  }
  flush();
  take(Buffer.from(`${JSON.stringify({ end: true, rows, sha256: digest.digest('hex') })}\n`));
}

function rowsOf(
  connection: Connection,
  { table }: SupplementTable,
  condition: string,
): IterableIterator<unknown[]> {
  const columns = columnsOf(connection, table).map(selected).join(', ');
  return connection.db
    .prepare<unknown[], unknown[]>(`SELECT ${columns} FROM ${table} AS t WHERE ${condition}`)
    .raw(true)
    .iterate();
}
