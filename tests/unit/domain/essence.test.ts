import { expect, it } from 'vitest';
import { essenceDigest, sameEssence } from '../../../shared/domain/essence.ts';

const zeros = new Uint8Array(32);
const ones = new Uint8Array(32).fill(1);

it('compares essence digests of one definition, and of two definitions says nothing', () => {
  expect(sameEssence(essenceDigest('flac-1', zeros), essenceDigest('flac-1', zeros))).toBe(true);
  expect(sameEssence(essenceDigest('flac-1', zeros), essenceDigest('flac-1', ones))).toBe(false);
  expect(sameEssence(essenceDigest('flac-1', zeros), essenceDigest('flac-2', zeros))).toBeUndefined();
});
