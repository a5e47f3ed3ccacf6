import { describe, expect, it } from 'vitest';
import { identifiersIn } from '../../../electron/adapters/audio/identifiers.ts';
import { cleanText, foundJson } from '../../../electron/adapters/audio/found-tags.ts';

type Common = Parameters<typeof identifiersIn>[0];
const none = { no: null, of: null };
const common = (tags: Partial<Common>): Common => ({ track: none, disk: none, movementIndex: none, ...tags });

describe('identifiers in tags', () => {
  it('are normalised, and left out where they are not valid', () => {
    const found = identifiersIn(
      common({
        isrc: ['gb-aye-99-00001', 'ISRC CZZ992600001; JPZ992600003', 'none', 'GBAYE99000012'],
        barcode: '0 724384 260958',
        catalognumber: ['  SU 1234-2 ', ''],
        musicbrainz_recordingid: '00000000-0000-4000-8000-0000000000A1',
        musicbrainz_artistid: ['00000000-0000-4000-8000-0000000000b1/00000000-0000-4000-8000-0000000000b2'],
        acoustid_id: 'nonsense',
      }),
    );
    expect(found).toEqual([
      ['isrc', 'GBAYE9900001'],
      ['isrc', 'CZZ992600001'],
      ['isrc', 'JPZ992600003'],
      ['barcode', '0724384260958'],
      ['catalognumber', 'SU 1234-2'],
      ['mbid-recording', '00000000-0000-4000-8000-0000000000a1'],
      ['mbid-artist', '00000000-0000-4000-8000-0000000000b1'],
      ['mbid-artist', '00000000-0000-4000-8000-0000000000b2'],
    ]);
  });
});

describe('tags as found', () => {
  it('are JSON whatever they hold', () => {
    const circle: Record<string, unknown> = {};
    circle.self = circle;
    const value = [1n, Number.NaN, new Date(NaN), undefined, circle, '\ud800', Uint8Array.of(1)];
    const found = JSON.parse(foundJson({ 'ID3v2.3': [{ id: '__proto__', value }] })) as object;
    expect(found).toHaveProperty(['ID3v2.3', '0', '0'], '__proto__');
  });

  it('lose NULs and half characters', () => {
    expect(cleanText('a\0b\ud800', 10)).toBe('ab\ufffd');
    expect(cleanText('abcdef', 4)).toBe('abc…');
  });
});
