import { inclusionProofSchema, type InclusionProof } from '../../shared/contract/proofs.ts';
import { checkProof, type ProofReport } from '../core/events/check-proof.ts';
import { publicKeyOf } from '../core/events/key-change.ts';
import { HoldfastError } from '../../shared/domain/errors.ts';

export type CheckedProof = ProofReport & Pick<InclusionProof, 'names'>;

/**
 * Checks a proof on any machine: no archive is needed, only the public key that its reader trusts.
 * @throws HoldfastError BAD_INPUT for a text that is no such proof, and for a key that is none
 */
export function verifyProof(text: string, publicKey: string): CheckedProof {
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch {
    given = undefined;
  }
  const parsed = inclusionProofSchema.safeParse(given);
  if (!parsed.success)
    throw new HoldfastError(
      'BAD_INPUT',
      'This is no proof of Holdfast. Name the file that was written by: holdfast log prove',
    );
  if (publicKeyOf(publicKey) === undefined)
    throw new HoldfastError(
      'BAD_INPUT',
      'The key is no public key of Ed25519 in PEM. Name the file keys/….public.pem that the archive has handed out.',
    );
  const { names } = parsed.data;
  return { ...checkProof(parsed.data, publicKey), ...(names === undefined ? {} : { names }) };
}
