/** A map from byte strings to small numbers that keeps none of the strings: 16 to 32 bytes an entry, whatever their length. */

const WORDS = 3;

/**
 * Open addressing; a slot holds 64 bits of the key's salted SHA-256 and the value. Two keys that collide would be taken for
 * one: nobody can prepare such a pair without the salt, and chance makes one in 10⁷ tables of a million keys.
 */
export class KeyTable {
  readonly #sha256: (bytes: Uint8Array) => Uint8Array;
  readonly #salt = Uint8Array.from({ length: 16 }, () => Math.floor(Math.random() * 256));
  #salted = new Uint8Array(1024);
  #slots = new Uint32Array(256 * WORDS);
  #used = 0;

  constructor(sha256: (bytes: Uint8Array) => Uint8Array) {
    this.#sha256 = sha256;
    this.#salted.set(this.#salt);
  }

  get size(): number {
    return this.#used;
  }

  get(key: Uint8Array): number | undefined {
    if (this.#used === 0) return undefined;
    const at = this.#find(this.#slots, ...this.#digest(key));
    return isFree(this.#slots, at) ? undefined : this.#slots[at + 2];
  }

  /** @param value an unsigned number of 32 bits */
  set(key: Uint8Array, value: number): void {
    const at = this.#slotOf(key);
    this.#slots[at + 2] = value;
  }

  /** The value that stands for a key already; otherwise enters this one, and is undefined. */
  claim(key: Uint8Array, value: number): number | undefined {
    const used = this.#used;
    const at = this.#slotOf(key);
    if (this.#used === used) return this.#slots[at + 2];
    this.#slots[at + 2] = value;
    return undefined;
  }

  /** The slot of a key, taken for it where it had none. */
  #slotOf(key: Uint8Array): number {
    if (this.#used * 4 * WORDS >= this.#slots.length * 3) this.#grow();
    const [high, low] = this.#digest(key);
    const at = this.#find(this.#slots, high, low);
    if (isFree(this.#slots, at)) {
      this.#used += 1;
      this.#slots[at] = high;
      this.#slots[at + 1] = low;
    }
    return at;
  }

  #digest(key: Uint8Array): readonly [number, number] {
    const start = this.#salt.length;
    if (this.#salted.length < start + key.length) {
      this.#salted = new Uint8Array((start + key.length) * 2);
      this.#salted.set(this.#salt);
    }
    this.#salted.set(key, start);
    const digest = this.#sha256(this.#salted.subarray(0, start + key.length));
    // Never 0 0, which is a free slot.
    return [(word(digest, 0) | 1) >>> 0, word(digest, 4)];
  }

  /** The slot of a key, or the free one where it belongs. */
  #find(slots: Uint32Array, high: number, low: number): number {
    let at = (low % (slots.length / WORDS)) * WORDS;
    while (!isFree(slots, at) && (slots[at] !== high || slots[at + 1] !== low))
      at = (at + WORDS) % slots.length;
    return at;
  }

  #grow(): void {
    const before = this.#slots;
    const slots = new Uint32Array(before.length * 2);
    for (let at = 0; at < before.length; at += WORDS) {
      if (isFree(before, at)) continue;
      const to = this.#find(slots, before[at] as number, before[at + 1] as number);
      slots.set(before.subarray(at, at + WORDS), to);
    }
    this.#slots = slots;
  }
}

function isFree(slots: Uint32Array, at: number): boolean {
  return slots[at] === 0 && slots[at + 1] === 0;
}

function word(bytes: Uint8Array, at: number): number {
  const [a = 0, b = 0, c = 0, d = 0] = bytes.subarray(at, at + 4);
  return ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
}
