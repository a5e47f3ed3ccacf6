/** A map from byte strings to small numbers that keeps none of the strings: 16 to 32 bytes an entry, whatever their length. */

import { randomSipKey, sipHash } from './sip-hash.ts';

const WORDS = 3;

/**
 * Open addressing; a slot holds 64 bits of the key's SipHash and the value. Two keys that collide would be taken for one: nobody can
 * prepare such a pair without the secret of the table, and chance makes one in 10⁷ tables of a million keys.
 */
export class KeyTable {
  readonly #secret = randomSipKey();
  readonly #hash = new Uint32Array(2);
  #slots = new Uint32Array(256 * WORDS);
  #used = 0;

  get size(): number {
    return this.#used;
  }

  get(key: Uint8Array): number | undefined {
    if (this.#used === 0) return undefined;
    const at = this.#slotFor(key);
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
    const at = this.#slotFor(key);
    if (isFree(this.#slots, at)) {
      this.#used += 1;
      this.#slots.set(this.#hash, at);
    }
    return at;
  }

  /** The slot of a key, or the free one where it belongs; its hash is then in `#hash`. */
  #slotFor(key: Uint8Array): number {
    sipHash(this.#secret, key, this.#hash);
    // Never 0 0, which is a free slot.
    this.#hash[0] = (this.#hash[0] ?? 0) | 1;
    return find(this.#slots, this.#hash[0] ?? 0, this.#hash[1] ?? 0);
  }

  #grow(): void {
    const before = this.#slots;
    const slots = new Uint32Array(before.length * 2);
    for (let at = 0; at < before.length; at += WORDS) {
      if (isFree(before, at)) continue;
      const to = find(slots, before[at] as number, before[at + 1] as number);
      slots.set(before.subarray(at, at + WORDS), to);
    }
    this.#slots = slots;
  }
}

function isFree(slots: Uint32Array, at: number): boolean {
  return slots[at] === 0 && slots[at + 1] === 0;
}

function find(slots: Uint32Array, high: number, low: number): number {
  let at = (low % (slots.length / WORDS)) * WORDS;
  while (!isFree(slots, at) && (slots[at] !== high || slots[at + 1] !== low))
    at = (at + WORDS) % slots.length;
  return at;
}
