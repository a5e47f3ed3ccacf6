import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CollectionPathError,
  collectionName,
  formatCollectionPath,
  parseCollectionPath,
} from '../../../shared/domain/collection-path.ts';

/** Any text that can be a name, as it is kept. */
const name = fc.string({ unit: 'binary', minLength: 1 }).map((text) => {
  try {
    return collectionName(text);
  } catch {
    return 'Jazz\\';
  }
});

describe('a path of collections', () => {
  it('is written and read back, whatever slashes and backslashes its names have', () => {
    fc.assert(
      fc.property(fc.array(name, { minLength: 1, maxLength: 32 }), (names) => {
        expect(parseCollectionPath(formatCollectionPath(names))).toEqual({ names, fromTop: false });
        expect(parseCollectionPath(`/${formatCollectionPath(names)}`)).toEqual({ names, fromTop: true });
      }),
    );
  });

  it('never throws but for what can be no path', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'/\\ ab\n') }), (text) => {
        try {
          parseCollectionPath(text);
        } catch (error) {
          expect(error).toBeInstanceOf(CollectionPathError);
        }
      }),
    );
  });
});
