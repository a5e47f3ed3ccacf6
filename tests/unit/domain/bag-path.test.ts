import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bagIdentifier,
  bagName,
  bagPath,
  editionOf,
  folderInBag,
  folderLabel,
  isBesideBags,
  parseBagIdentifier,
} from '../../../shared/domain/bag-path.ts';
import { displayPath, utf8Path } from '../../../shared/domain/path.ts';

const ARCHIVE = '0b8f7a52-5d0e-4f0c-9b1b-3f6e2a7c1d90';
const OTHER = '7c1d90aa-5d0e-4f0c-9b1b-3f6e2a7c1d90';

describe('the name of a bag', () => {
  it('is the number of its accession, and tells accruals apart', () => {
    expect(bagName({ id: 1, number: '2026-0001', accrual: 1 })).toBe('2026-0001');
    expect(bagName({ id: 1, number: '2026-0001', accrual: 3 })).toBe('2026-0001-a3');
    const path = bagPath(ARCHIVE, { id: 1, number: '2026-0001', accrual: 1 });
    expect(displayPath(path)).toBe(`${ARCHIVE}/bags/2026-0001`);
  });

  it('is one that every system takes, whatever the number, and another one for another accession', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        const [one, two] = [
          bagName({ id: 1, number: a, accrual: 1 }),
          bagName({ id: 2, number: b, accrual: 1 }),
        ];
        for (const name of [one, two]) expect(name).toMatch(/^[A-Za-z0-9_][A-Za-z0-9._-]*$/);
        if (a !== b) expect(one).not.toBe(two);
      }),
    );
    expect(bagName({ id: 7, number: 'Radio/1987 №3', accrual: 1 })).toBe('Radio_1987__3-acc7');
  });
});

describe('the edition of a bag', () => {
  const edition = fc.integer({ min: 1, max: 999_999_999 });
  const accrual = fc.integer({ min: 1, max: 9_999 });

  it('stands in its name, but for the first', () => {
    expect(bagName({ id: 1, number: '2026-0001', accrual: 1 }, 2)).toBe('2026-0001-s2');
    expect(bagName({ id: 1, number: '2026-0001', accrual: 3 }, 12)).toBe('2026-0001-a3-s12');
  });

  it('is read back from where it stands, whatever the number of the accession', () => {
    fc.assert(
      fc.property(fc.string(), accrual, edition, (number, n, which) => {
        const of = { id: 1, number, accrual: n };
        expect(editionOf(bagPath(ARCHIVE, of, which), ARCHIVE, of)).toBe(which);
      }),
    );
    const of = { id: 1, number: '2026-0001-s2', accrual: 1 };
    expect(editionOf(bagPath(ARCHIVE, of), ARCHIVE, of)).toBe(1);
  });

  it('is read back from its identifier, as are number and accrual', () => {
    const words = fc
      .string({ minLength: 1, maxLength: 80 })
      .filter((text) => !/[\r\n\u2028\u2029]/.test(text));
    fc.assert(
      fc.property(words, accrual, edition, (number, n, which) => {
        const said = bagIdentifier(ARCHIVE, number, n, which);
        expect(parseBagIdentifier(said, ARCHIVE)).toEqual({ number, accrual: n, edition: which });
        expect(parseBagIdentifier(said, OTHER)).toBeUndefined();
      }),
    );
    expect(parseBagIdentifier('ark:/12345/kettle', ARCHIVE)).toBeUndefined();
  });
});

describe('a folder in a bag', () => {
  it('is known by what it was called before it was deposited', () => {
    expect(folderInBag(`${ARCHIVE}/bags/2026-0001/data/Reel 3/side b`)).toBe('Reel 3/side b');
    expect(folderInBag(`${ARCHIVE}/bags/2026-0001/data`)).toBe('');
    expect(folderInBag('bags/2026-0001/data/Reel 3')).toBe('bags/2026-0001/data/Reel 3');
  });

  it('gets a number where several of one name stand side by side', () => {
    const taken = new Set<string>();
    const labels = ['/a/Tapes', '/b/tapes', '/c/..', '/'].map((path) => folderLabel(utf8Path(path), taken));
    expect(labels).toEqual(['Tapes', 'tapes 2', 'folder', 'folder 2']);
  });
});

describe('a file in a managed location', () => {
  it('is beside the bags where Holdfast or another archive put it', () => {
    for (const path of [
      '.holdfast/location.json',
      'RECOVER.txt',
      'RECOVER.html',
      `${ARCHIVE}/README.txt`,
      `${ARCHIVE}/supplements/2026-0001.json`,
      `${ARCHIVE}/snapshots/catalogue-12.sqlite`,
      `${OTHER}/bags/2026-0001/data/1.wav`,
    ])
      expect(isBesideBags(path, ARCHIVE), path).toBe(true);
  });

  it('is a stranger anywhere else', () => {
    for (const path of [
      'notes.txt',
      `${ARCHIVE}/notes.txt`,
      `${ARCHIVE}/bags/2026-0001/data/stranger.wav`,
      `${ARCHIVE}/bags/2026-0001/notes.txt`,
    ])
      expect(isBesideBags(path, ARCHIVE), path).toBe(false);
  });
});
