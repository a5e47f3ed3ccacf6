import { describe, expect, it } from 'vitest';
import { fileKind } from '../../../shared/domain/file-kind.ts';
import {
  compareNames,
  documentedItem,
  itemBase,
  itemKey,
  itemTitle,
  partPosition,
  roleFor,
} from '../../../shared/domain/grouping.ts';
import type { GroupingInput } from '../../../shared/domain/grouping.ts';

const audio = (folder: string, rest: Partial<GroupingInput> = {}): GroupingInput => ({
  folder,
  kind: 'audio',
  ...rest,
});
const kindOf = (name: string) => fileKind(new TextEncoder().encode(name));

describe('the kind that a name suggests', () => {
  it.each([
    ['a.FLAC', 'audio'],
    ['a.b.wav', 'audio'],
    ['a.cue', 'cue'],
    ['rip.log', 'log'],
    ['cover.JPEG', 'image'],
    ['booklet.pdf', 'document'],
    ['notes.txt', 'text'],
    ['a.m3u8', 'playlist'],
    ['a.ffp', 'checksum'],
    ['a.mkv', 'video'],
    ['a.bin', 'other'],
    ['flac', 'other'],
    ['.flac', 'other'],
    ['a.', 'other'],
    ['folder.flac/name', 'other'],
    ['', 'other'],
    [`a.${'x'.repeat(100)}`, 'other'],
  ])('%o: %s', (name, kind) => {
    expect(kindOf(name)).toBe(kind);
  });

  it('is a hint: what has no telling name is looked into all the same', () => {
    expect(fileKind(Uint8Array.of(0xff, 0x2e, 0xff))).toBe('other');
  });
});

describe('the base of an item', () => {
  it.each([
    ['', '', undefined, false],
    ['Album', 'Album', undefined, false],
    ['Album/CD1', 'Album', 1, false],
    ['Album/cd 02', 'Album', 2, false],
    ['Album/Disc 3 of 4', 'Album', 3, false],
    ['Album/Disk-1 (bonus)', 'Album', 1, false],
    ['Album/CD2 - The Late Years', 'Album', 2, false],
    ['Album/Side A', 'Album', 1, false],
    ['Album/side_b', 'Album', 2, false],
    ['Oral history/Tape 12', 'Oral history', 12, false],
    ['Set/Disc 2/Side B', 'Set', 4, false],
    ['Set/Disc 2/Side C', 'Set', 3, false],
    ['Album/Scans', 'Album', undefined, true],
    ['Album/CD2/Artwork', 'Album', 2, true],
    ['Album/Scans/CD2', 'Album', 2, true],
    ['Album/liner notes', 'Album', undefined, true],
    ['CD1', '', 1, false],
    ['Tapes', 'Tapes', undefined, false],
    ['Sides of the Moon', 'Sides of the Moon', undefined, false],
    ['CD collection', 'CD collection', undefined, false],
    ['1999', '1999', undefined, false],
    ['Disc 1987x', 'Disc 1987x', undefined, false],
    ['Scans/Album', 'Scans/Album', undefined, false],
  ])('%o is %o', (folder, base, disc, documentation) => {
    expect(itemBase(folder)).toEqual(
      disc === undefined ? { base, documentation } : { base, disc, documentation },
    );
  });
});

describe('items', () => {
  it('hold the discs of one album together, also when each is tagged with its number', () => {
    const one = itemKey(audio('A/CD1', { album: 'Live in Köln (Disc 1)' }));
    expect(itemKey(audio('A/CD2', { album: 'Live In Koln [CD 2]' }))).toBe(one);
    expect(itemKey(audio('A/CD2', { album: 'Studio' }))).not.toBe(one);
    expect(itemKey(audio('B', { album: 'Live in Köln' }))).not.toBe(one);
  });

  it('without tags are their folders', () => {
    expect(itemKey(audio('Tapes/1987/Side A'))).toBe('Tapes/1987');
    expect(itemKey(audio('', { album: '  ' }))).toBe('');
  });

  it('tell apart albums whose names are signs only', () => {
    expect(itemKey(audio('', { album: '( )' }))).not.toBe(itemKey(audio('', { album: '÷' })));
    expect(itemKey(audio('', { album: '( )' }))).not.toBe('');
  });

  it('take the papers of their folder, when it is plain whose they are', () => {
    const album = itemKey(audio('A', { album: 'X' }));
    const other = itemKey(audio('A', { album: 'Y' }));
    const papers = itemKey({ folder: 'A/Scans', kind: 'image' });
    expect(documentedItem(papers, [album, album, itemKey(audio('AB', { album: 'X' }))])).toBe(album);
    expect(documentedItem(papers, [album, other])).toBe('A');
    expect(documentedItem(papers, [album, 'A'])).toBe('A');
    expect(documentedItem(papers, [])).toBe('A');
  });

  it('have the best title at hand', () => {
    expect(itemTitle({ folder: 'A/CD1', album: ' Live (Disc 1) ' }, 'Gift')).toBe('Live');
    expect(itemTitle({ folder: 'A/B/CD1' }, 'Gift')).toBe('B');
    expect(itemTitle({ folder: 'CD1' }, 'Gift')).toBe('Gift');
    expect(itemTitle({ folder: '', album: 'CD 1' }, 'Gift')).toBe('CD 1');
  });
});

describe('the order of parts', () => {
  it('is by disc, track, then name; papers last', () => {
    const parts: [GroupingInput, string][] = [
      [{ folder: 'A/Scans', kind: 'image' }, 'front.jpg'],
      [{ folder: 'A/CD1', kind: 'log' }, 'rip.log'],
      [{ folder: 'A/CD1', kind: 'cue' }, 'a.cue'],
      [audio('A/CD2', { track: 1 }), 'x.flac'],
      [audio('A/CD1'), '10 - ten.flac'],
      [audio('A/CD1', { disc: 1, track: 2 }), '99.flac'],
      [audio('A'), '3-07 deep.flac'],
      [audio('A'), 'b 10.flac'],
      [audio('A'), 'b 9.flac'],
    ];
    const order = parts.toSorted(
      (a, b) => partPosition(...a) - partPosition(...b) || compareNames(a[1], b[1]),
    );
    expect(order.map(([, name]) => name)).toEqual([
      'b 9.flac',
      'b 10.flac',
      '99.flac',
      '10 - ten.flac',
      'x.flac',
      '3-07 deep.flac',
      'a.cue',
      'rip.log',
      'front.jpg',
    ]);
  });

  it('takes no nonsense from tags, and no year for a track', () => {
    for (const track of [0, -1, NaN, Infinity, 1.5, 1e9])
      expect(partPosition(audio('', { track, disc: track }), 'x')).toBe(0);
    expect(partPosition(audio(''), '1987-05-01.wav')).toBe(0);
    expect(Number.isSafeInteger(partPosition(audio('', { disc: 9999, track: 9999 }), 'x'))).toBe(true);
    expect(partPosition(audio('', { disc: 9999, track: 9999 }), 'x')).toBeLessThan(
      partPosition({ folder: '', kind: 'cue' }, 'x'),
    );
  });

  it('gives recordings the role of masters', () => {
    expect((['audio', 'video', 'cue', 'other'] as const).map(roleFor)).toEqual([
      'preservation master',
      'preservation master',
      'documentation',
      'documentation',
    ]);
  });
});
