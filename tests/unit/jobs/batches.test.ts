import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { batchesBySize } from '../../../electron/core/jobs/batches.ts';

const MIB = 1024 * 1024;
const file = (size: number) => ({ stamp: { size: BigInt(size) } });

describe('batches of files', () => {
  it('keep every file once and in order, and are bounded unless one file alone is larger', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(40 * MIB), { maxLength: 300 }), (sizes) => {
        const files = sizes.map(file);
        const cut = [...batchesBySize(files, ({ stamp }) => Number(stamp.size))];
        expect(cut.flat()).toEqual(files);
        for (const batch of cut) {
          const bytes = batch.reduce((sum, { stamp }) => sum + Number(stamp.size), 0);
          expect(batch.length).toBeGreaterThan(0);
          expect(batch.length).toBeLessThanOrEqual(64);
          expect(batch.length === 1 || bytes <= 16 * MIB).toBe(true);
        }
      }),
    );
  });
});
