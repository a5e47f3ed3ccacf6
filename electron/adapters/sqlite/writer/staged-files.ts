import { deserialize, serialize } from 'node:v8';
import type { StagedFile } from '../../../core/ports/replication.ts';
import type { FileReading, FileStamp } from '../../../core/ports/readings.ts';
import type { WriterContext } from './context.ts';

const NO_BYTES = Buffer.alloc(0);

/** Notes what stands in staging. No custody rests on these rows: after a crash they only spare the work. */
export function stageFiles({ connection }: WriterContext, actId: number, files: readonly StagedFile[]): void {
  const insert = connection.sql(
    `INSERT OR REPLACE INTO staged_files (act_id, path, original, object_id, size, mtime_ns, sha256, sha512, reading)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  for (const { path, original, sha512, reading, object } of files) {
    const size = reading?.stamp.size ?? object?.size ?? 0;
    const mtime = reading?.stamp.mtimeNs ?? object?.mtimeNs ?? 0n;
    const sha256 = reading?.sha256 ?? object?.sha256 ?? NO_BYTES;
    const kept = reading === undefined ? null : serialize(reading);
    insert.run(actId, path, original ?? NO_BYTES, object?.id ?? null, size, mtime, sha256, sha512, kept);
  }
}

export function confirmStaged(
  { connection }: WriterContext,
  actId: number,
  files: readonly { readonly path: string; readonly stamp: FileStamp }[],
): void {
  const update = connection.sql(
    `UPDATE staged_files SET copy_mtime_ns = ?, copy_ctime_ns = ?, copy_inode = ?, read_back_at = ?
     WHERE act_id = ? AND path = ?`,
  );
  const now = Date.now();
  for (const { path, stamp } of files)
    update.run(stamp.mtimeNs, stamp.ctimeNs, stamp.inode, now, actId, path);
}

export function dropStaged({ connection }: WriterContext, actId: number, paths: readonly string[]): void {
  const remove = connection.sql('DELETE FROM staged_files WHERE act_id = ? AND path = ?');
  for (const path of paths) remove.run(actId, path);
}

/** What one pass over a file said, as `stageFiles` kept it. */
export function keptReading(bytes: Buffer): FileReading {
  return deserialize(bytes) as FileReading;
}
