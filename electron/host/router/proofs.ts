import { join } from 'node:path';
import { HoldfastError } from '../../../shared/domain/errors.ts';
import { parsePublicId } from '../../../shared/domain/ids.ts';
import { pathFromJson, type PathJson } from '../../../shared/domain/path.ts';
import type { Entity } from '../../../shared/contract/holdings.ts';
import { createSigningKey, destroyPrivateKey } from '../../adapters/keys/signing-keys.ts';
import { writable, type HostContext } from '../context.ts';
import { host } from './base.ts';
import { numberOf } from './numbers.ts';

export const proofs = {
  prove: host.proofs.prove.handler(async ({ context, input }) => {
    const { reader, writer } = writable(context);
    const replicaId = await replicaOf(context, input);
    const proof = await reader.proofOf(replicaId, input.withNames);
    if (proof === undefined)
      throw new HoldfastError(
        'NOT_FOUND',
        'Nothing was recorded of it yet that could be proven: it was never checked. Run: holdfast audit',
      );
    const head = proof.events.at(-1);
    const { seq } = JSON.parse(head?.body ?? '{}') as { seq?: number };
    await writer.lodgeHead(input.holder, 'proof', seq);
    return proof;
  }),

  lodge: host.proofs.lodge.handler(({ context, input }) =>
    writable(context).writer.lodgeHead(input.with, 'by hand'),
  ),

  heads: host.proofs.heads.handler(async ({ context }) => ({
    rows: await context.reader.lodgedHeads(),
    next: null,
  })),

  rotateKey: host.proofs.rotateKey.handler(async ({ context, input }) => {
    const { writer } = writable(context);
    const keys = join(context.archivePath, 'keys');
    // On disk before anything names it: a log that nobody can sign any more would be lost.
    const key = createSigningKey(keys);
    const former = await writer.rotateKey(key, input.reason, context.agent);
    destroyPrivateKey(keys, former);
    return { key: key.id, publicKey: key.publicKey, former };
  }),
};

/** The replica that was named, or of several the one that was verified last. */
async function replicaOf(
  { reader }: HostContext,
  { id, path }: { readonly id?: string | undefined; readonly path?: PathJson | undefined },
): Promise<number> {
  if (id !== undefined && parsePublicId(id)?.kind === 'replica') return numberOf('replica', id);
  const entity =
    (id === undefined ? undefined : await reader.entity(id)) ??
    (path === undefined ? undefined : await reader.entityAt(pathFromJson(path)));
  const replica = entity && newest(entity, path);
  if (replica !== undefined) return numberOf('replica', replica.id);
  throw new HoldfastError(
    'NOT_FOUND',
    `No copy in this archive goes by ${JSON.stringify(id ?? path?.display ?? '')}. ` +
      'Give the id of an object or a copy, a SHA-256, or the path of a file in custody; find it with: holdfast search WORDS',
  );
}

function newest({ replicas }: Entity, path: PathJson | undefined): Entity['replicas'][number] | undefined {
  const there = replicas.find(
    (replica) => replica.path.display === path?.display && replica.path.bytes === path.bytes,
  );
  const verified = (replica: Entity['replicas'][number]): string => replica.verifiedAt ?? '';
  return there ?? replicas.toSorted((a, b) => (verified(a) < verified(b) ? 1 : -1))[0];
}
