const WIDTH = 24;

/**
 * Counts contents that occur more than once, in 24 bytes a file: the first 16 bytes of the digest and the size. Two
 * contents that agree in 128 bits of SHA-256 are not met by chance.
 */
export class DigestTally {
  #rows = Buffer.alloc(WIDTH * 1024);
  #count = 0;

  add(sha256: Uint8Array, bytes: number): void {
    if ((this.#count + 1) * WIDTH > this.#rows.length)
      this.#rows = Buffer.concat([this.#rows, Buffer.alloc(this.#rows.length)]);
    this.#rows.set(sha256.subarray(0, 16), this.#count * WIDTH);
    this.#rows.writeBigUInt64BE(BigInt(bytes), this.#count * WIDTH + 16);
    this.#count += 1;
  }

  /** Files, and their bytes, that repeat a content seen before them. */
  repeated(): { files: number; bytes: number } {
    const order = Uint32Array.from({ length: this.#count }, (_, index) => index);
    const row = (index: number): Buffer => this.#rows.subarray(index * WIDTH, index * WIDTH + WIDTH);
    order.sort((a, b) => row(a).compare(row(b)));
    let files = 0;
    let bytes = 0;
    for (let at = 1; at < order.length; at += 1) {
      const current = row(order[at] ?? 0);
      if (current.compare(row(order[at - 1] ?? 0)) !== 0) continue;
      files += 1;
      bytes += Number(current.readBigUInt64BE(16));
    }
    return { files, bytes };
  }
}
