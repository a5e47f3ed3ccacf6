import { crc32 } from 'node:zlib';

/** Bytes that one digest covers. */
const step = 1024 * 1024;

/**
 * CRC-32 of every MiB of a file, made as it is read. They only locate damage: what is proven of the whole is proven by
 * its message digest.
 */
export class ChunkDigests {
  #digests = new Uint8Array(64);
  #count = 0;
  #crc = 0;
  #filled = 0;

  update(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length;) {
      const end = Math.min(bytes.length, at + step - this.#filled);
      this.#crc = crc32(bytes.subarray(at, end), this.#crc);
      this.#filled += end - at;
      at = end;
      if (this.#filled === step) this.#close();
    }
  }

  /** Four bytes a MiB, big-endian; the last for what remains. 4 KB for a GiB. */
  digest(): Uint8Array {
    if (this.#filled > 0) this.#close();
    return this.#digests.slice(0, this.#count * 4);
  }

  #close(): void {
    if (this.#count * 4 === this.#digests.length) {
      const larger = new Uint8Array(this.#digests.length * 2);
      larger.set(this.#digests);
      this.#digests = larger;
    }
    new DataView(this.#digests.buffer).setUint32(this.#count++ * 4, this.#crc);
    this.#crc = 0;
    this.#filled = 0;
  }
}
