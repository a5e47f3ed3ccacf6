import type { Loan, Shelf } from '../../../../shared/contract/locations.ts';
import type { Connection } from '../connection.ts';
import { time, timeIf, valueIf } from './rows.ts';

interface LoanRow {
  readonly out_at: number;
  readonly out_by: string;
  readonly lent_to: string;
  readonly purpose: string;
  readonly expected_back: string | null;
  readonly back_at: number | null;
  readonly back_by: string | null;
  readonly condition: string | null;
}

const LOANS = `SELECT k.out_at, o.name AS out_by, k.lent_to, k.purpose, k.expected_back, k.back_at, b.name AS back_by, k.condition
  FROM check_outs k JOIN agents o ON o.id = k.out_by LEFT JOIN agents b ON b.id = k.back_by WHERE k.location_id = ?`;

export function loans(connection: Connection, locationId: number): Loan[] {
  return connection.sql<LoanRow>(`${LOANS} ORDER BY k.id DESC`).all(locationId).map(loanOf);
}

/** Where an offline location lies, and who has it. */
export function shelfOf(connection: Connection, locationId: number): Shelf {
  const media = connection
    .sql<Readonly<Record<'barcode' | 'shelf' | 'generation' | 'recall_by', string | null>>>(
      'SELECT barcode, shelf, generation, recall_by FROM shelf_media WHERE location_id = ?',
    )
    .get(locationId);
  const open = connection.sql<LoanRow>(`${LOANS} AND k.back_at IS NULL`).get(locationId);
  return {
    ...valueIf('barcode', media?.barcode),
    ...valueIf('shelf', media?.shelf),
    ...valueIf('generation', media?.generation),
    ...valueIf('recallBy', media?.recall_by),
    ...valueIf('loan', open && loanOf(open)),
  };
}

function loanOf(row: LoanRow): Loan {
  return {
    to: row.lent_to,
    purpose: row.purpose,
    outAt: time(row.out_at),
    outBy: row.out_by,
    ...valueIf('expectedBack', row.expected_back),
    ...timeIf('backAt', row.back_at),
    ...valueIf('backBy', row.back_by),
    ...valueIf('condition', row.condition),
  };
}
