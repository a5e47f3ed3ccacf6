import { describe, expect, it } from 'vitest';
import { ChunkDigests } from '../../../electron/adapters/audio/chunk-digests.ts';
import { differingChunks } from '../../../electron/core/fixity/differing-chunks.ts';

const MIB = 1024 * 1024;

function chunksOf(bytes: Uint8Array): { digests: Uint8Array; size: number } {
  const chunks = new ChunkDigests();
  chunks.update(bytes);
  return { digests: chunks.digest(), size: bytes.length };
}

const whole = Uint8Array.from({ length: 4 * MIB + 100 }, (_, at) => (at * 31) % 251);

function changed(...offsets: readonly number[]): Uint8Array {
  const copy = Uint8Array.from(whole);
  for (const offset of offsets) copy[offset] = (copy[offset] ?? 0) ^ 1;
  return copy;
}

describe('where two states of a file differ', () => {
  it('is nowhere when they are the same', () => {
    expect(differingChunks(chunksOf(whole), chunksOf(whole))).toEqual({ differs: [] });
  });

  it('is told by the MiB, neighbours as one range', () => {
    expect(differingChunks(chunksOf(whole), chunksOf(changed(5, MIB + 5, 3 * MIB)))).toEqual({
      differs: [
        [0, 2 * MIB],
        [3 * MIB, 4 * MIB],
      ],
    });
    expect(differingChunks(chunksOf(whole), chunksOf(changed(whole.length - 1)))).toEqual({
      differs: [[4 * MIB, whole.length]],
    });
  });

  it('is the end of a file that was cut off, whose bytes begin the whole', () => {
    const cut = whole.subarray(0, 2 * MIB + 7);
    expect(differingChunks(chunksOf(whole), chunksOf(cut))).toEqual({
      differs: [[2 * MIB, whole.length]],
      prefixMatches: true,
    });
    expect(differingChunks(chunksOf(whole), chunksOf(changed(9).subarray(0, 2 * MIB + 7)))).toMatchObject({
      prefixMatches: false,
    });
  });

  it('says nothing of the beginning where less than a chunk is in common', () => {
    expect(differingChunks(chunksOf(whole), chunksOf(whole.subarray(0, 9)))).toEqual({
      differs: [[0, whole.length]],
    });
  });
});
