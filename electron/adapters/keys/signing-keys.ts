import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
} from 'node:crypto';
import { closeSync, fsyncSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { HoldfastError } from '../../../shared/domain/errors.ts';

/** An Ed25519 key (RFC 8032) that signs the log of one archive. */
export interface KeyPair {
  /** SHA-256 of the public key's SPKI, first 16 bytes, lower-case hex. */
  readonly id: string;
  /** SPKI, PEM (RFC 8410). */
  readonly publicKey: string;
  /** PKCS #8, PEM (RFC 8410). */
  readonly privateKey: string;
}

/** Makes a key and keeps it in a folder as `<id>.private.pem`, which only its owner may read, and `<id>.public.pem`. */
export function createSigningKey(keysDir: string): KeyPair {
  const pair = generateKeyPairSync('ed25519');
  const id = keyId(pair.publicKey);
  const publicKey = pair.publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const privateKey = pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  writeDurably(privatePath(keysDir, id), privateKey, 0o600);
  writeDurably(join(keysDir, `${id}.public.pem`), publicKey, 0o644);
  return { id, publicKey, privateKey };
}

/**
 * Reads a key back.
 * @throws HoldfastError ARCHIVE_READ_ONLY when its private half is missing, unreadable or another key: without it nothing
 *   can be added to the log.
 */
export function loadSigningKey(keysDir: string, id: string): KeyPair {
  const path = privatePath(keysDir, id);
  let privateKey: string;
  let key: KeyObject;
  try {
    privateKey = readFileSync(path, 'utf8');
    key = createPublicKey(createPrivateKey(privateKey));
  } catch (error) {
    throw unusable(path, error instanceof Error ? error.message : String(error), error);
  }
  if (key.asymmetricKeyType !== 'ed25519' || keyId(key) !== id)
    throw unusable(path, 'it is another key than the catalogue names');
  return { id, privateKey, publicKey: key.export({ type: 'spki', format: 'pem' }).toString() };
}

/** Removes the private half of a key that signs no more; its public half stays, since what it signed is still checked with it. */
export function destroyPrivateKey(keysDir: string, id: string): void {
  rmSync(privatePath(keysDir, id), { force: true });
  syncFolder(keysDir);
}

function syncFolder(path: string): void {
  // Windows opens no folders; its file system orders this by itself.
  if (process.platform === 'win32') return;
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function privatePath(keysDir: string, id: string): string {
  return join(keysDir, `${id}.private.pem`);
}

function keyId(publicKey: KeyObject): string {
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(spki).digest('hex').slice(0, 32);
}

function unusable(path: string, why: string, cause?: unknown): HoldfastError {
  return new HoldfastError(
    'ARCHIVE_READ_ONLY',
    `The key that signs the log, ${path}, cannot be used (${why}). Nothing can be recorded without it. Put it back from ` +
      'where a copy of keys/ is kept; the archive can still be read.',
    { cause },
  );
}

function writeDurably(path: string, text: string, mode: number): void {
  const handle = openSync(path, 'wx', mode);
  try {
    writeFileSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
