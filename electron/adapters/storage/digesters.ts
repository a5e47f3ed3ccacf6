/** Message digests and CRC-32 behind one face: what a policy asks for is made in the one pass over a file. */
import { createHash, hash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { DigestValue } from '../../core/ports/readings.ts';

type Algorithm = 'sha256' | DigestValue['algorithm'];

export interface Digester {
  update(bytes: Uint8Array): unknown;
  digest(): Buffer;
}

/** Takes bytes piece by piece. */
export function digesterOf(algorithm: Algorithm): Digester {
  return algorithm === 'crc32' ? new Crc32() : createHash(algorithm);
}

/** Of bytes that are all at hand. */
export function digestOf(algorithm: Algorithm, bytes: Uint8Array): Buffer {
  return algorithm === 'crc32' ? crcBytes(crc32(bytes)) : hash(algorithm, bytes, 'buffer');
}

class Crc32 implements Digester {
  #crc = 0;

  update(bytes: Uint8Array): void {
    this.#crc = crc32(bytes, this.#crc);
  }

  digest(): Buffer {
    return crcBytes(this.#crc);
  }
}

/** Four bytes, the most significant first, as checksum files write them. */
function crcBytes(crc: number): Buffer {
  const bytes = Buffer.allocUnsafeSlow(4);
  bytes.writeUInt32BE(crc);
  return bytes;
}
