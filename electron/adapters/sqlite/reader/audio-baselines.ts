import { essenceDigest } from '../../../../shared/domain/essence.ts';
import type { AudioBaseline } from '../../../core/ports/catalogue.ts';
import type { Connection } from '../connection.ts';

/** Essence and chunk digests that were recorded of the contents of replicas, in the order of their ids. */
export function audioBaselines(connection: Connection, replicaIds: readonly number[]): AudioBaseline[] {
  const essences = connection.sql<{ definition: string; value: Buffer }>(
    'SELECT e.definition, e.value FROM replicas r JOIN essences e ON e.object_id = r.object_id WHERE r.id = ?',
  );
  const chunks = connection
    .sql<Buffer>(
      'SELECT c.crc32 FROM replicas r JOIN chunk_digests c ON c.object_id = r.object_id WHERE r.id = ?',
    )
    .pluck(true);
  return replicaIds.map((id) => {
    const chunkDigests = chunks.get(id);
    return {
      essences: essences.all(id).map(({ definition, value }) => essenceDigest(definition, value)),
      ...(chunkDigests === undefined ? {} : { chunkDigests }),
    };
  });
}
