import type { Location } from '../../../../shared/contract/locations.ts';
import type { Replica } from '../../../../shared/contract/holdings.ts';
import type { ChecksumAlgorithm } from '../../../../shared/domain/checksum-lines.ts';
import { baseName, parentOf, type RawPath } from '../../../../shared/domain/path.ts';
import type { Attestable, KnownAttestation, NewAttestation } from '../../../core/ports/attesting.ts';
import { asBuffer, type Connection } from '../connection.ts';
import { json, valueIf } from './rows.ts';
import { samplesMd5Of } from './samples-md5.ts';

interface ReplicaRow {
  readonly id: number;
  readonly object_id: number;
  readonly sha256: Buffer;
  readonly verified_at: number | null;
}

/** What stands expected at paths relative to the root of a location, in their order. */
export function attestables(
  connection: Connection,
  locationId: number,
  paths: readonly RawPath[],
  { withSamples = false }: { readonly withSamples?: boolean } = {},
): (Attestable | undefined)[] {
  const folder = connection
    .sql<number>('SELECT id FROM folders WHERE location_id = ? AND path = ?')
    .pluck(true);
  const replica = connection.sql<ReplicaRow>(
    `SELECT r.id, r.object_id, o.sha256, CASE r.outcome WHEN 'intact' THEN r.verified_at END AS verified_at FROM replicas r JOIN objects o ON o.id = r.object_id
     WHERE r.folder_id = ? AND r.name = ?`,
  );
  const further = connection.sql<{ algorithm: ChecksumAlgorithm; value: Buffer }>(
    `SELECT algorithm, value FROM digests WHERE object_id = ? AND algorithm IN ('crc32', 'md5', 'sha1', 'sha512')`,
  );
  const folders = new Map<string, number | undefined>();
  return connection.db.transaction(() =>
    paths.map((path) => {
      const parent = asBuffer(parentOf(path));
      const key = parent.toString('latin1');
      if (!folders.has(key)) folders.set(key, folder.get(locationId, parent));
      const row = replica.get(folders.get(key) ?? -1, asBuffer(baseName(path)));
      if (row === undefined) return undefined;
      const digests: Partial<Record<ChecksumAlgorithm, Uint8Array>> = { sha256: row.sha256 };
      for (const { algorithm, value } of further.all(row.object_id)) digests[algorithm] = value;
      const samples = withSamples ? samplesMd5Of(connection, row.object_id) : undefined;
      if (samples !== undefined) digests['samples-md5'] = Buffer.from(samples, 'hex');
      return { replicaId: row.id, digests, ...valueIf('verifiedAt', row.verified_at) };
    }),
  )();
}

/** Those that say the same, oldest first. */
export function sameAttestations(
  connection: Connection,
  of: Pick<NewAttestation, 'locationId' | 'by' | 'on' | 'manifestSha256'>,
): KnownAttestation[] {
  return connection
    .sql<KnownAttestation>(
      `SELECT t.act_id AS actId, a.event_seq AS eventSeq, a.closed_at AS recordedAt
       FROM attestations t JOIN acts a ON a.id = t.act_id
       WHERE t.location_id = ? AND t.attested_by = ? AND t.attested_on = ? AND t.manifest_sha256 = ? ORDER BY t.act_id`,
    )
    .all(of.locationId, of.by, of.on, asBuffer(of.manifestSha256));
}

interface LastRow {
  readonly attested_by: string;
  readonly attested_on: string;
  readonly outcomes: string;
}

/** The last one of a location, by its date, as a property to spread. */
export function lastAttestedOf(connection: Connection, locationId: number): Pick<Location, 'lastAttested'> {
  const row = connection
    .sql<LastRow>(
      `SELECT attested_by, attested_on, outcomes FROM attestations WHERE location_id = ?
       ORDER BY attested_on DESC, act_id DESC LIMIT 1`,
    )
    .get(locationId);
  if (row === undefined) return {};
  const { attested = 0, attested_altered: differing = 0 } = (json(row.outcomes) ?? {}) as Record<
    string,
    number
  >;
  return { lastAttested: { on: row.attested_on, by: row.attested_by, agreeing: attested, differing } };
}

export function attestedWords(agrees: boolean): string {
  return agrees ? 'as recorded' : 'not as recorded';
}

/** What was last attested of a replica, as a property to spread. */
export function attestedOf(connection: Connection, replicaId: number): Pick<Replica, 'attested'> {
  const row = connection
    .sql<{ by: string; on: string; outcome: string }>(
      `SELECT t.attested_by AS "by", t.attested_on AS "on", x.outcome FROM attested_replicas x
       JOIN attestations t ON t.act_id = x.act_id WHERE x.replica_id = ?`,
    )
    .get(replicaId);
  if (row === undefined) return {};
  return { attested: { on: row.on, by: row.by, agrees: row.outcome === 'attested' } };
}
