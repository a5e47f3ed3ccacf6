/**
 * Merkle tree hashes over SHA-256 (RFC 9162 §2.1): one root commits to every per-file outcome of an act, in order, and a
 * proof of log₂ n hashes shows that one outcome is among them without showing the others.
 */
import { hash } from 'node:crypto';

/** The data of one leaf; text stands for its UTF-8 bytes. */
export type LeafData = Uint8Array | string;

const HASH_LENGTH = 32;

// Hashes are kept as binary (Latin-1) strings inside: crypto.hash makes one in a third of the time that it takes to make a Buffer.
type BinaryHash = string;

/** Adds leaves one by one in O(log n) memory, so that an act of a million files needs no list of them. */
export class MerkleAccumulator {
  // Roots of the perfect subtrees so far, largest first; one for each set bit of the count, as in a binary counter.
  readonly #peaks: BinaryHash[] = [];
  #size = 0;

  /** Number of leaves so far. */
  get size(): number {
    return this.#size;
  }

  add(leafData: LeafData): void {
    let node = leafHash(leafData);
    for (let count = this.#size; count % 2 === 1; count = (count - 1) / 2)
      node = nodeHash(this.#peaks.pop() ?? '', node);
    this.#peaks.push(node);
    this.#size++;
  }

  /** The root over the leaves so far, 32 bytes; more may be added after it. Of no leaves: SHA-256 of nothing. */
  root(): Buffer {
    let node = this.#peaks.at(-1);
    if (node === undefined) return Buffer.from(hash('sha256', '', 'binary'), 'binary');
    for (let i = this.#peaks.length - 2; i >= 0; i--) node = nodeHash(this.#peaks[i] ?? '', node);
    return Buffer.from(node, 'binary');
  }
}

/**
 * The audit path of a leaf (RFC 9162 §2.1.3.1), lowest first; hashes every leaf once, in 32 bytes of memory each.
 * @param index may be known only when all leaves were seen.
 * @throws RangeError when there is no leaf at `index`.
 */
export function inclusionProof(leaves: Iterable<LeafData>, index: number | (() => number)): Buffer[] {
  let level = Buffer.alloc(1024 * HASH_LENGTH);
  let count = 0;
  for (const leaf of leaves) {
    if ((count + 1) * HASH_LENGTH > level.length) level = Buffer.concat([level, Buffer.alloc(level.length)]);
    level.write(leafHash(leaf), count++ * HASH_LENGTH, HASH_LENGTH, 'binary');
  }
  let at = typeof index === 'number' ? index : index();
  if (!Number.isInteger(at) || at < 0 || at >= count) throw new RangeError(`no leaf ${at} among ${count}`);
  const hashAt = (place: number): Buffer => level.subarray(place * HASH_LENGTH, (place + 1) * HASH_LENGTH);
  const proof: Buffer[] = [];
  while (count > 1) {
    // The last node of an odd level has no sibling and rises unchanged: that is the split of RFC 9162 at a power of two.
    if ((at ^ 1) < count) proof.push(Buffer.from(hashAt(at ^ 1)));
    for (let i = 0; i < count; i += 2) {
      const left = hashAt(i).toString('binary');
      const node = i + 1 < count ? nodeHash(left, hashAt(i + 1).toString('binary')) : left;
      level.write(node, (i / 2) * HASH_LENGTH, HASH_LENGTH, 'binary');
    }
    count = Math.ceil(count / 2);
    at = Math.floor(at / 2);
  }
  return proof;
}

/**
 * Whether `leafData` is leaf `index` of the `size` leaves under `root` (RFC 9162 §2.1.3.2). False, never an error, for a
 * proof of any other shape: proofs come from elsewhere.
 */
export function verifyInclusion(
  leafData: LeafData,
  index: number,
  size: number,
  proof: readonly Uint8Array[],
  root: Uint8Array,
): boolean {
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(size) || index < 0 || index >= size) return false;
  let at = index;
  let last = size - 1;
  let node = leafHash(leafData);
  for (const sibling of proof) {
    if (last === 0 || sibling.length !== HASH_LENGTH) return false;
    const other = Buffer.from(sibling).toString('binary');
    if (at % 2 === 1 || at === last) {
      node = nodeHash(other, node);
      // A node that rose without siblings: go up to where it has one.
      while (at % 2 === 0 && at !== 0) {
        at /= 2;
        last = Math.floor(last / 2);
      }
    } else {
      node = nodeHash(node, other);
    }
    at = Math.floor(at / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 && Buffer.from(node, 'binary').equals(root);
}

// Both are filled anew for every hash; nothing here awaits, so no two uses overlap.
const nodeInput = Buffer.alloc(1 + 2 * HASH_LENGTH, 1);
const leafInput = Buffer.alloc(1 + 1024);

/** SHA-256 of 0x00 and the data; the prefixes keep a leaf from passing for a node (RFC 9162 §2.1.1). */
function leafHash(data: LeafData): BinaryHash {
  if (typeof data === 'string') return hash('sha256', `\0${data}`, 'binary');
  const input =
    data.length < leafInput.length ? leafInput.subarray(0, data.length + 1) : Buffer.alloc(data.length + 1);
  input.set(data, 1);
  return hash('sha256', input, 'binary');
}

function nodeHash(left: BinaryHash, right: BinaryHash): BinaryHash {
  nodeInput.write(left, 1, HASH_LENGTH, 'binary');
  nodeInput.write(right, 1 + HASH_LENGTH, HASH_LENGTH, 'binary');
  return hash('sha256', nodeInput, 'binary');
}
