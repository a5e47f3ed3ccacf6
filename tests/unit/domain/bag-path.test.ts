import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bagName, bagPath, folderInBag, folderLabel, isBesideBags } from '../../../shared/domain/bag-path.ts';
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
