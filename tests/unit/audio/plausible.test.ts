import { describe, expect, it } from 'vitest';
import { plausible } from '../../../electron/adapters/audio/plausible.ts';

describe('a quantity that a header says', () => {
  it.each([44_100, 0.6, 2 ** 40])('is taken where a recording can have it: %d', (value) => {
    expect(plausible(value)).toBe(Math.round(value));
  });

  it.each([undefined, Number.NaN, Number.POSITIVE_INFINITY, -1, 0, 1e300, 2 ** 41])(
    'is nothing where none can: %s',
    (value) => {
      expect(plausible(value)).toBeUndefined();
    },
  );
});
