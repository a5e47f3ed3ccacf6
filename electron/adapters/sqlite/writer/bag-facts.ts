import type { Json } from '../../../core/events/canonical-json.ts';
import type { Connection } from '../connection.ts';

export interface RecordedBag {
  readonly id: number;
  readonly locationId: number;
  readonly oxum: string;
  /** SHA-256 of its tag manifest, which speaks for all of it. */
  readonly sealedBy: string;
  /** Whether every byte was read back past the page cache. */
  readonly direct: boolean;
}

/** What an event says of a bag. */
export function bagFacts({ id, oxum, sealedBy, direct }: RecordedBag): Json {
  return { id, payloadOxum: oxum, tagManifestSha256: sealedBy, readBack: direct ? 'medium' : 'cache' };
}

interface KeptIn {
  readonly accession: number;
  /** As people know the accession. */
  readonly number: string;
  readonly accrual: number;
  /** The location's name. */
  readonly location: string;
}

/** What a bag is of, and where, as its events say it. */
export function keptIn(
  connection: Connection,
  { location_id, accrual_id }: { readonly location_id: number; readonly accrual_id: number },
): KeptIn {
  const row = connection
    .sql<KeptIn>(
      `SELECT n.id AS accession, n.number, c.number AS accrual, (SELECT name FROM locations WHERE id = ?) AS location
       FROM accruals c JOIN accessions n ON n.id = c.accession_id WHERE c.id = ?`,
    )
    .get(location_id, accrual_id);
  if (row === undefined) throw new Error(`there is no accrual ${accrual_id}`);
  return row;
}
