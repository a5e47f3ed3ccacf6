import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inclusionProof, MerkleAccumulator, verifyInclusion } from '../../../electron/core/events/merkle.ts';
import type { LeafData } from '../../../electron/core/events/merkle.ts';

// The inputs and roots that Certificate Transparency's own implementations test against (merkle_tree_test of RFC 6962).
const INPUTS = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
].map((hex) => Buffer.from(hex, 'hex'));
const ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

const rootOf = (leaves: readonly LeafData[]): Buffer => {
  const tree = new MerkleAccumulator();
  for (const leaf of leaves) tree.add(leaf);
  expect(tree.size).toBe(leaves.length);
  return tree.root();
};

/** The definition, word for word (RFC 9162 §2.1.1): slow, and plainly right. */
function definition(leaves: readonly Uint8Array[]): Buffer {
  const sha256 = (...parts: Uint8Array[]) => createHash('sha256').update(Buffer.concat(parts)).digest();
  const [first] = leaves;
  if (first === undefined) return sha256();
  if (leaves.length === 1) return sha256(Buffer.of(0), first);
  const k = 2 ** Math.floor(Math.log2(leaves.length - 1));
  return sha256(Buffer.of(1), definition(leaves.slice(0, k)), definition(leaves.slice(k)));
}

describe('Merkle roots', () => {
  it.each(ROOTS.map((root, size) => [size, root] as const))('of the first %i known inputs', (size, root) => {
    expect(rootOf(INPUTS.slice(0, size)).toString('hex')).toBe(root);
  });

  it('follow the definition, at every size on the way', () => {
    const leaves = Array.from({ length: 70 }, (_, i) => Buffer.from(`leaf ${i}`));
    const tree = new MerkleAccumulator();
    for (const [i, leaf] of leaves.entries()) {
      tree.add(leaf);
      expect(tree.root().equals(definition(leaves.slice(0, i + 1)))).toBe(true);
    }
  });

  it('take text for its UTF-8, and leaves of any length', () => {
    expect(rootOf(['Dvořák', '東京']).equals(rootOf([Buffer.from('Dvořák'), Buffer.from('東京')]))).toBe(
      true,
    );
    for (const length of [1023, 1024, 1025, 5000]) {
      const leaf = Buffer.alloc(length, 'x');
      expect(rootOf([leaf]).equals(definition([leaf]))).toBe(true);
    }
  });
});

describe('inclusion proofs', () => {
  it('hold for every leaf of every small tree, and for nothing else', () => {
    for (let size = 1; size <= 33; size++) {
      const leaves = Array.from({ length: size }, (_, i) => `leaf ${i}`);
      const root = rootOf(leaves);
      for (let index = 0; index < size; index++) {
        const proof = inclusionProof(leaves, index);
        expect(verifyInclusion(`leaf ${index}`, index, size, proof, root)).toBe(true);
        expect(verifyInclusion('another', index, size, proof, root)).toBe(false);
        expect(verifyInclusion(`leaf ${index}`, index, size, [...proof, Buffer.alloc(32)], root)).toBe(false);
        if (proof.length > 0)
          expect(verifyInclusion(`leaf ${index}`, index, size, proof.slice(1), root)).toBe(false);
        for (let wrong = 0; wrong < size; wrong++) {
          if (wrong !== index) expect(verifyInclusion(`leaf ${index}`, wrong, size, proof, root)).toBe(false);
        }
      }
    }
  });

  it('match the known ones', () => {
    const proof = inclusionProof(INPUTS.slice(0, 5), 4).map((hash) => hash.toString('hex'));
    expect(proof).toEqual(['d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7']);
    expect(inclusionProof(INPUTS, 0).map((hash) => hash.toString('hex'))).toEqual([
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ]);
  });

  it('of any shape are refused, not thrown at', () => {
    const root = rootOf(['a', 'b']);
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array({ maxLength: 40 })),
        fc.integer(),
        fc.integer(),
        (proof, index, size) => {
          expect(verifyInclusion('c', index, size, proof, root)).toBe(false);
        },
      ),
    );
    expect(verifyInclusion('a', 0.5, 2, [], root)).toBe(false);
    expect(() => inclusionProof(['a'], 1)).toThrow(RangeError);
    expect(() => inclusionProof([], 0)).toThrow(RangeError);
  });
});
