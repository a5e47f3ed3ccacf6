import { createHash, type Hash } from 'node:crypto';
import { essenceDigest, type EssenceDigest } from '../../../shared/domain/essence.ts';

/** Smaller pieces are gathered first: a call into the digest costs as much as some hundred bytes. */
const gathered = 16 * 1024;

/**
 * The essence digest of one file while it is walked: SHA-256 over
 *
 *     "holdfast essence" 00 <definition> 00
 *     for each parameter, in the order given: <name> 00 <length, 8 bytes big-endian> <bytes>
 *     "audio" 00 <length of the audio, 8 bytes big-endian> <SHA-256 of the audio>
 *
 * The audio has a digest of its own within, so that a format may tell its parameters before the audio or after it.
 */
export class Essence {
  #audio: Hash | undefined;
  #length = 0;
  readonly #parameters: Uint8Array[] = [];
  #buffer: Uint8Array | undefined;
  #filled = 0;

  /** Something that the audio is decoded by. The bytes are copied. */
  parameter(name: string, bytes: Uint8Array): void {
    this.#parameters.push(Buffer.from(`${name}\0`), lengthBytes(bytes.length), Uint8Array.from(bytes));
  }

  /** The next piece of the audio, of any size; where it is cut makes no difference. */
  audio(bytes: Uint8Array): void {
    this.#length += bytes.length;
    if (bytes.length >= gathered / 4) {
      this.#flush();
      this.#hash().update(bytes);
      return;
    }
    if (this.#filled + bytes.length > gathered) this.#flush();
    (this.#buffer ??= new Uint8Array(gathered)).set(bytes, this.#filled);
    this.#filled += bytes.length;
  }

  /** Ends a packet of `length` bytes, where a format's audio comes in packets: where one ends is then essence too. */
  packetEnd(length: number): void {
    this.audio(lengthBytes(length));
  }

  /** Undefined where no parameter was told: audio alone cannot be played, and must not be compared. */
  digest(definition: string): EssenceDigest | undefined {
    if (this.#parameters.length === 0) return undefined;
    this.#flush();
    const whole = createHash('sha256').update(`holdfast essence\0${definition}\0`);
    for (const bytes of this.#parameters) whole.update(bytes);
    whole.update('audio\0').update(lengthBytes(this.#length)).update(this.#hash().digest());
    return essenceDigest(definition, Uint8Array.from(whole.digest()));
  }

  #hash(): Hash {
    return (this.#audio ??= createHash('sha256'));
  }

  #flush(): void {
    if (this.#filled === 0 || this.#buffer === undefined) return;
    this.#hash().update(this.#buffer.subarray(0, this.#filled));
    this.#filled = 0;
  }
}

function lengthBytes(length: number): Uint8Array {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(length));
  return bytes;
}
