import { closeSync, openSync, readSync, rmSync } from 'node:fs';
import { snapshotName } from '../../../../shared/domain/location-layout.ts';
import { catalogueError, openConnection, type Connection } from '../connection.ts';
import type { Destination, Written } from './destination.ts';
import { headOf } from './write-supplement.ts';

/** A consistent copy of the catalogue on the archive's own volume, from which every location gets the same bytes. */
export interface LocalSnapshot {
  readonly path: string;
  readonly eventSeq: number;
}

export interface SnapshotWritten extends Written {
  readonly name: string;
  readonly eventSeq: number;
}

const STEP = 1024 * 1024;

/**
 * Copies the catalogue to `path`, compacted and with an empty full-text index, in one read transaction: writers are not held
 * up. Of 100,000 replicas in 0.7 s; copying table by table, or page by page and dropping the index, takes as long.
 * @throws HoldfastError DISK_FULL, CATALOGUE_CORRUPT
 */
export function makeSnapshot(catalogue: Connection, path: string): LocalSnapshot {
  removeDatabase(path);
  try {
    catalogue.db.prepare('VACUUM INTO ?').run(path);
    const copy = openConnection(path);
    try {
      // Nothing reads it before it is whole, and a crash leaves a file that the next one removes.
      copy.db.pragma('journal_mode = OFF');
      copy.db.pragma('synchronous = OFF');
      copy.db.exec(`INSERT INTO search (search) VALUES ('delete-all')`);
      copy.db.exec('VACUUM');
      return { path, eventSeq: headOf(copy).seq };
    } finally {
      copy.close();
    }
  } catch (error) {
    throw catalogueError(error, catalogue.path);
  }
}

/** Puts a copy of a local snapshot into a location. */
export function placeSnapshot(local: LocalSnapshot, destination: Destination): SnapshotWritten {
  const name = snapshotName(local.eventSeq);
  const written = destination.place('snapshots', name, (take) => readInto(local.path, take), true);
  return { ...written, name, eventSeq: local.eventSeq };
}

export function removeDatabase(path: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(path + suffix, { force: true });
}

function readInto(path: string, take: (bytes: Uint8Array) => void): void {
  const descriptor = openSync(path, 'r');
  const memory = Buffer.allocUnsafe(STEP);
  try {
    for (let count; (count = readSync(descriptor, memory, 0, STEP, null)) > 0;)
      take(memory.subarray(0, count));
  } finally {
    closeSync(descriptor);
  }
}
