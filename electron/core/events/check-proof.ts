import type { KeyObject } from 'node:crypto';
import type { InclusionProof, SealedEventJson } from '../../../shared/contract/proofs.ts';
import { verifyChain, type EventBody, type SealedEvent } from './chain.ts';
import { keyIdOf, publicKeyOf, rotationOf } from './key-change.ts';
import { verifyInclusion } from './merkle.ts';

export interface ProofReport {
  readonly ok: boolean;
  /** What does not hold; absent where all does. */
  readonly reason?: string;
  /** Of what holds: what it says. */
  readonly proven?: {
    readonly outcome: string;
    readonly replica: number;
    readonly sha256?: string;
    /** When the act that checked it was closed. */
    readonly at: string;
    readonly event: string;
    readonly head: { readonly seq: number; readonly hash: string; readonly at: string };
  };
}

/**
 * Checks a proof with a public key that its reader has from elsewhere, and nothing else. It holds where the outcome is a leaf under
 * the root of its event; every event follows from the one before and bears a good signature; and the last of them is signed by that key, or by
 * one that it named, a key after the other: a signature covers all that its event follows from, and nothing that follows it.
 */
export function checkProof(proof: InclusionProof, pem: string): ProofReport {
  const trusted = publicKeyOf(pem);
  if (trusted === undefined) return { ok: false, reason: 'the key is no public key of Ed25519 in PEM' };
  const keys = new Map<string, KeyObject>();
  for (const { id, publicKey } of proof.keys) {
    const key = publicKeyOf(publicKey);
    if (key === undefined || keyIdOf(key) !== id)
      return { ok: false, reason: `key ${id} in the proof is not the one it is called` };
    keys.set(id, key);
  }
  const events = proof.events.map(sealed);
  const first = bodyOf(proof.events[0]);
  const last = bodyOf(proof.events.at(-1));
  if (first === undefined || last === undefined) return { ok: false, reason: 'its events cannot be read' };
  const chain = verifyChain(events, keys, { seq: first.seq, previous: first.previous });
  if (!chain.ok)
    return { ok: false, reason: `event ${chain.firstBad?.seq ?? '?'}: ${chain.firstBad?.reason ?? ''}` };
  if (first.merkle === undefined) return { ok: false, reason: 'its event commits to no outcomes' };
  const { root, leaves } = first.merkle;
  const path = proof.path.map((hash) => Buffer.from(hash, 'hex'));
  if (
    leaves !== proof.size ||
    !verifyInclusion(proof.leaf, proof.index, leaves, path, Buffer.from(root, 'hex'))
  )
    return { ok: false, reason: 'the outcome is not among those that its event commits to' };
  const good = trustedIds(trusted, proof.rotations, keys);
  if (!good.has(events.at(-1)?.keyId ?? ''))
    return { ok: false, reason: 'its head is not signed by this key, or by one that this key has named' };
  const leaf = JSON.parse(proof.leaf) as { outcome: string; replica: number; sha256?: string };
  return {
    ok: true,
    proven: {
      outcome: leaf.outcome,
      replica: leaf.replica,
      ...(leaf.sha256 === undefined ? {} : { sha256: leaf.sha256 }),
      at: first.at,
      event: first.id,
      head: { seq: last.seq, hash: chain.head, at: last.at },
    },
  };
}

/** The trusted key, and every one that a trusted one has signed for, in the order of the log. */
function trustedIds(
  trusted: KeyObject,
  rotations: readonly SealedEventJson[],
  keys: ReadonlyMap<string, KeyObject>,
): ReadonlySet<string> {
  const good = new Map([[keyIdOf(trusted), trusted]]);
  for (const rotation of rotations) {
    const body = bodyOf(rotation);
    if (body === undefined || !good.has(rotation.keyId)) continue;
    const start = { seq: body.seq, previous: body.previous };
    const named = rotationOf(rotation.body);
    const key = named && publicKeyOf(named.publicKey);
    if (named === undefined || key === undefined || keyIdOf(key) !== named.id) continue;
    if (verifyChain([sealed(rotation)], good, start).ok) good.set(named.id, keys.get(named.id) ?? key);
  }
  return new Set(good.keys());
}

function sealed({ body, hash, signature, keyId }: SealedEventJson): SealedEvent {
  return { body, hash: Buffer.from(hash, 'hex'), signature: Buffer.from(signature, 'hex'), keyId };
}

function bodyOf(event: SealedEventJson | undefined): EventBody | undefined {
  try {
    const body = JSON.parse(event?.body ?? '') as EventBody;
    return Number.isSafeInteger(body.seq) && typeof body.previous === 'string' ? body : undefined;
  } catch {
    return undefined;
  }
}
