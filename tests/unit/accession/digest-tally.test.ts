import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DigestTally } from '../../../electron/core/accession/digest-tally.ts';

describe('repeated contents', () => {
  it('are counted as a plain map would count them', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(40), { maxLength: 3000 }), (contents) => {
        const tally = new DigestTally();
        const seen = new Map<number, number>();
        let files = 0;
        let bytes = 0;
        for (const content of contents) {
          tally.add(createHash('sha256').update(String(content)).digest(), content * 10);
          if (seen.has(content)) {
            files += 1;
            bytes += content * 10;
          }
          seen.set(content, 1);
        }
        expect(tally.repeated()).toEqual({ files, bytes });
      }),
      { numRuns: 30 },
    );
  });
});
