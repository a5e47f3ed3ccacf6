import { HoldfastError } from '../../../shared/domain/errors.ts';
import { parsePublicId } from '../../../shared/domain/ids.ts';
import type { CatalogueReader } from '../ports/catalogue.ts';
import type { CertificateFigures } from './certificate.ts';

/**
 * Everything that is recorded of the checks of one content.
 * @throws HoldfastError NOT_FOUND where it has left the archive meanwhile
 */
export async function certificateFigures(
  reader: CatalogueReader,
  objectId: string,
): Promise<CertificateFigures> {
  const entity = await reader.entity(objectId);
  if (entity?.object === undefined)
    throw new HoldfastError('NOT_FOUND', `${objectId} is not in this archive any more. Nothing was written.`);
  const { object, replicas, title } = entity;
  const copies = [];
  for (const replica of replicas) {
    const history = await reader.replicaHistory(numberOf(replica.id));
    if (history !== undefined) copies.push({ replica, history });
  }
  const newest = replicas.toSorted((a, b) => ((a.verifiedAt ?? '') < (b.verifiedAt ?? '') ? 1 : -1))[0];
  const proof = newest === undefined ? undefined : await reader.proofOf(numberOf(newest.id), false);
  const { log } = await reader.status(Date.now());
  return { at: new Date().toISOString(), title, object, copies, proof: proof ?? null, log };
}

function numberOf(id: string): number {
  return parsePublicId(id)?.id ?? 0;
}
