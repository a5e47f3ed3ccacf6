import type { KeyObject } from 'node:crypto';
import { createHash, createPublicKey } from 'node:crypto';

/** A key as an event names it. */
export interface NamedKey {
  readonly id: string;
  /** SPKI, PEM. */
  readonly publicKey: string;
}

/** The key that an event names as the next one to sign: the key before it has signed this event. */
export function rotationOf(body: string): NamedKey | undefined {
  const { facts } = JSON.parse(body) as { readonly facts?: unknown };
  const { key, rotated } = (facts ?? {}) as { readonly key?: Partial<NamedKey>; readonly rotated?: unknown };
  if (rotated === undefined || typeof key?.id !== 'string' || typeof key.publicKey !== 'string')
    return undefined;
  return { id: key.id, publicKey: key.publicKey };
}

/** The key in PEM; undefined for what is none of Ed25519. */
export function publicKeyOf(pem: string): KeyObject | undefined {
  try {
    const key = createPublicKey(pem);
    return key.asymmetricKeyType === 'ed25519' ? key : undefined;
  } catch {
    return undefined;
  }
}

/** SHA-256 of the public key's SPKI, first 16 bytes, lower-case hex. */
export function keyIdOf(key: KeyObject): string {
  const spki = key.export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(spki).digest('hex').slice(0, 32);
}
