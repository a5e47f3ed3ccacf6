import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packLatin1, packNames, unpackNames } from '../../../electron/core/ports/packed-names.ts';
import { nameArbitrary } from '../../fixtures/generate/name-arbitrary.ts';

describe('packed names', () => {
  it('come back byte for byte, whatever they are', () => {
    fc.assert(
      fc.property(fc.array(nameArbitrary()), (names) => {
        const { names: back, end } = unpackNames(packNames(names), names.length);
        expect(back.map((name) => Buffer.from(name))).toEqual(names.map((name) => Buffer.from(name)));
        expect(end).toBe(packNames(names).length);
        expect(packLatin1(names.map((name) => Buffer.from(name).toString('latin1')))).toEqual(
          packNames(names),
        );
      }),
    );
  });
});
