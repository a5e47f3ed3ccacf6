import type { Entity, Replica } from '../../../../shared/contract/holdings.ts';
import { publicId } from '../../../../shared/domain/ids.ts';
import type { Connection } from '../connection.ts';
import { attestedOf } from './attestations.ts';
import { priorBaselinesOf } from './prior-baselines.ts';
import { audioFacts } from './audio-facts.ts';
import { hex, json, Paths, time, timeIf } from './rows.ts';
import { shortfallsOfObject } from './shortfalls.ts';

export type ObjectFacts = NonNullable<Entity['object']>;

interface ObjectRow {
  readonly id: number;
  readonly sha256: Buffer;
  readonly size: number;
  readonly kind: string;
  readonly recorded_at: number;
  readonly name: string;
  readonly mime: string;
  readonly puid: string;
  readonly found: string | null;
}

interface TechnicalRow {
  readonly container: string | null;
  readonly codec: string | null;
  readonly lossless: number | null;
  readonly durationMs: number | null;
  readonly sampleRate: number | null;
  readonly bitDepth: number | null;
  readonly channels: number | null;
  readonly bitRate: number | null;
}

/** One content with all its digests, what it is, and every tag as found. */
export function objectFacts(connection: Connection, id: number): ObjectFacts | undefined {
  const row = connection
    .sql<ObjectRow>(
      `SELECT o.id, o.sha256, o.size, o.kind, o.recorded_at, f.name, f.mime, f.puid, e.found
       FROM objects o JOIN formats f ON f.id = o.format_id LEFT JOIN embedded_metadata e ON e.object_id = o.id
       WHERE o.id = ?`,
    )
    .get(id);
  if (row === undefined) return undefined;
  const digests = connection
    .sql<{ algorithm: string; value: Buffer }>(
      'SELECT algorithm, value FROM digests WHERE object_id = ? ORDER BY algorithm',
    )
    .all(id);
  const technical = connection
    .sql<TechnicalRow>(
      `SELECT container, codec, lossless, duration_ms AS durationMs, sample_rate AS sampleRate, bit_depth AS bitDepth,
         channels, bit_rate AS bitRate FROM technical_metadata WHERE object_id = ?`,
    )
    .get(id);
  const integrity = audioFacts(connection, id);
  const lossless = technical?.lossless == null ? null : technical.lossless === 1;
  return {
    id: publicId('object', row.id),
    size: row.size,
    kind: row.kind,
    format: { name: row.name, mime: row.mime, puid: row.puid },
    digests: {
      sha256: hex(row.sha256),
      ...Object.fromEntries(digests.map(({ algorithm, value }) => [algorithm, hex(value)])),
    },
    technical: known({
      ...technical,
      lossless,
    }),
    tags: (json(row.found) ?? {}) as ObjectFacts['tags'],
    recordedAt: time(row.recorded_at),
    ...priorBaselinesOf(connection, id),
    ...(integrity && { integrity }),
    shortfalls: shortfallsOfObject(connection, id, {
      format: row.name,
      codec: technical?.codec ?? undefined,
      sampleRate: technical?.sampleRate ?? undefined,
      bitDepth: technical?.bitDepth ?? undefined,
      lossless: lossless ?? undefined,
    }),
  };
}

/** The facts that are known; what is not has no entry. */
function known(facts: Readonly<Record<string, string | number | boolean | null>>): ObjectFacts['technical'] {
  return Object.fromEntries(
    Object.entries(facts).filter(([, value]) => value !== null),
  ) as ObjectFacts['technical'];
}

interface ReplicaRow {
  readonly id: number;
  readonly folder_id: number;
  readonly name: Buffer;
  readonly size: number;
  /** In milliseconds: nanoseconds are beyond what a double holds. */
  readonly modified: number;
  readonly outcome: string;
  readonly checked_at: number | null;
  readonly verified_at: number | null;
  readonly location_name: string;
}

/** Replicas by their ids, in the order given. */
export function replicasOf(connection: Connection, ids: readonly number[]): Replica[] {
  const paths = new Paths(connection);
  return connection
    .sql<ReplicaRow>(
      `SELECT r.id, r.folder_id, r.name, r.size, r.mtime_ns / 1000000 AS modified, r.outcome, r.checked_at, r.verified_at,
         l.name AS location_name
       FROM json_each(?) j CROSS JOIN replicas r ON r.id = j.value CROSS JOIN folders f ON f.id = r.folder_id
       CROSS JOIN locations l ON l.id = f.location_id ORDER BY j.key`,
    )
    .all(JSON.stringify(ids))
    .map((row) => ({
      id: publicId('replica', row.id),
      location: publicId('location', paths.folder(row.folder_id)?.locationId ?? 0),
      locationName: row.location_name,
      path: paths.json(row.folder_id, row.name),
      size: row.size,
      modifiedAt: fileTime(row.modified),
      outcome: row.outcome,
      ...timeIf('checkedAt', row.checked_at),
      ...timeIf('verifiedAt', row.verified_at),
      ...attestedOf(connection, row.id),
    }));
}

/** File times are whatever a disk says: those that no calendar holds are cut to the nearest that RFC 3339 can write. */
function fileTime(ms: number): string {
  return time(Math.min(Math.max(ms, Date.UTC(0, 0, 1) - 60_000_000_000_000), 253_402_300_799_999));
}
