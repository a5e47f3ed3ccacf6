import type { ProtectionWriter } from '../../../core/ports/protection.ts';
import type { WriterContext } from './context.ts';

export function recordSupplements(
  { connection }: WriterContext,
  ...[locationId, supplements]: Parameters<ProtectionWriter['recordSupplements']>
): void {
  const upsert = connection.sql(
    `INSERT INTO supplements (location_id, accession_id, event_seq, size, sha256, written_at) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET event_seq = excluded.event_seq, size = excluded.size, sha256 = excluded.sha256,
       written_at = excluded.written_at`,
  );
  const now = Date.now();
  for (const { accessionId, eventSeq, size, sha256 } of supplements)
    upsert.run(locationId, accessionId, eventSeq, size, sha256, now);
}

/** A snapshot of the same event takes the place of the one before it. */
export function recordSnapshot(
  { connection }: WriterContext,
  ...[locationId, { name, eventSeq, size, sha256 }]: Parameters<ProtectionWriter['recordSnapshot']>
): void {
  connection.sql('DELETE FROM snapshots WHERE location_id = ? AND name = ?').run(locationId, name);
  connection
    .sql(
      'INSERT INTO snapshots (location_id, name, event_seq, size, sha256, taken_at) VALUES (?, ?, ?, ?, ?, ?)',
    )
    .run(locationId, name, eventSeq, size, sha256, Date.now());
}

export function recordRotation(
  { connection }: WriterContext,
  ...[ids]: Parameters<ProtectionWriter['recordRotation']>
): void {
  const now = Date.now();
  const update = connection.sql('UPDATE snapshots SET removed_at = ? WHERE id = ? AND removed_at IS NULL');
  for (const id of ids) update.run(now, id);
}
