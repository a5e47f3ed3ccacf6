import type { Entity } from '../../../../shared/contract/holdings.ts';
import { joinRaw, utf8Path, type RawPath } from '../../../../shared/domain/path.ts';
import type { KnownAttestation } from '../../../core/ports/attesting.ts';
import type { NewPriorBaselines } from '../../../core/ports/prior-baselines.ts';
import { asBuffer, type Connection } from '../connection.ts';

interface FolderRow {
  readonly locationId: number;
  readonly folder: RawPath;
  readonly isBag: number;
}

export function handedOverFolders(
  connection: Connection,
  accessionId: number,
): { locationId: number; folder: RawPath }[] {
  return connection
    .sql<FolderRow>(
      `SELECT location_id AS locationId, path AS folder, 0 AS isBag FROM accession_roots WHERE accession_id = ?
       UNION ALL SELECT b.location_id, b.path, 1 FROM accruals c JOIN bags b ON b.accrual_id = c.id
         WHERE c.accession_id = ? AND b.deleted_at IS NULL`,
    )
    .all(accessionId, accessionId)
    .map(({ locationId, folder, isBag }) => ({
      locationId,
      folder: isBag === 1 ? joinRaw(folder, utf8Path('data')) : folder,
    }));
}

export function samePriorManifest(
  connection: Connection,
  of: Pick<NewPriorBaselines, 'locationId' | 'by' | 'on' | 'manifestSha256'>,
): KnownAttestation | undefined {
  return connection
    .sql<KnownAttestation>(
      `SELECT t.act_id AS actId, a.event_seq AS eventSeq, a.closed_at AS recordedAt
       FROM prior_manifests t JOIN acts a ON a.id = t.act_id
       WHERE t.location_id = ? AND t.stated_by = ? AND t.stated_on = ? AND t.manifest_sha256 = ? ORDER BY t.act_id LIMIT 1`,
    )
    .get(of.locationId, of.by, of.on, asBuffer(of.manifestSha256));
}

/** What is known of a content from before its custody, the oldest first, as a property to spread. */
export function priorBaselinesOf(
  connection: Connection,
  objectId: number,
): Pick<NonNullable<Entity['object']>, 'priorBaselines'> {
  const priorBaselines = connection
    .sql<{ on: string; by: string; made: string; of_samples: number }>(
      `SELECT t.stated_on AS "on", t.stated_by AS "by", t.made, b.of_samples FROM prior_baselines b
       JOIN prior_manifests t ON t.act_id = b.act_id WHERE b.object_id = ? ORDER BY t.stated_on, t.act_id`,
    )
    .all(objectId)
    .map(({ on, by, made, of_samples }) => ({ on, by, made, ofSamples: of_samples === 1 }));
  return priorBaselines.length === 0 ? {} : { priorBaselines };
}
