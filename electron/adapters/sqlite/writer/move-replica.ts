import type { RawPath } from '../../../../shared/domain/path.ts';
import type { FileStamp } from '../../../core/ports/readings.ts';
import type { ActState } from './acts.ts';
import type { WriterContext } from './context.ts';
import { refreshWords } from './described-words.ts';
import { keepFormerBaseline, requireReplica, verifyReplica } from './verified-replica.ts';

/** A replica is expected where its content was found and read; where it was expected before stays on record. */
export function moveReplica(
  context: WriterContext,
  act: ActState,
  to: {
    readonly findingId: number;
    readonly replicaId: number;
    readonly locationId: number;
    readonly folder: RawPath;
    readonly name: Uint8Array;
    readonly stamp: FileStamp;
  },
): void {
  const { connection, counters } = context;
  const before = requireReplica(connection, to.replicaId);
  keepFormerBaseline(context, act.id, to.findingId, before);
  const folder = context.folders.at(to.locationId, to.folder);
  connection
    .sql('UPDATE replicas SET folder_id = ?, name = ? WHERE id = ?')
    .run(folder.id, to.name, to.replicaId);
  context.nowTracked(folder.id, to.name);
  if (before.location_id !== to.locationId) {
    counters.add('location', String(before.location_id), -1, -before.size, -before.duration_ms);
    counters.add('location', String(to.locationId), 1, before.size, before.duration_ms);
  }
  verifyReplica(context, to.replicaId, to.stamp);
  const parts = connection
    .sql<number>('SELECT id FROM parts WHERE replica_id = ?')
    .pluck(true)
    .all(to.replicaId);
  refreshWords(connection, [], parts);
}
