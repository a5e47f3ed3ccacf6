import { describe, expect, it } from 'vitest';
import { parseCueSheet } from '../../electron/adapters/audio/cue-sheet.ts';
import { structured, take, type Structured } from '../support/structure.ts';
import { agent, type MadeFile } from '../support/written-catalogue.ts';

const text = (file: string): string => `PERFORMER "The Kettles"
FILE "${file}" WAVE
TRACK 01 AUDIO
TITLE "First Boil"
ISRC GBAYE5700001
INDEX 01 00:00:00
TRACK 02 AUDIO
TITLE "Whistle"
INDEX 00 00:28:00
INDEX 01 00:30:00
`;

const cue = (file: string, name = 'album.cue'): MadeFile => ({
  name,
  kind: 'cue',
  content: text(file),
  cue: parseCueSheet(Buffer.from(text(file))),
});

const found = (made: Structured, words: string) => made.reader.search(words, 10).rows.map(({ id }) => id);

describe('given a cue sheet beside its file', () => {
  it('the tracks inside are known, and lead to the part by title and ISRC', () => {
    const made = structured({ 'box/Live': [{ name: 'album.flac' }, cue('album.flac')] });
    const part = made.part('album.flac');
    expect(made.reader.tracks({ kind: 'item', id: 1 })).toMatchObject([
      {
        part: `part-${part}`,
        number: 1,
        title: 'First Boil',
        isrc: 'GBAYE5700001',
        startFrame: 0,
        endFrame: 2250,
      },
      // The last one ends with the file: it is 61 s long.
      { number: 2, title: 'Whistle', gapFrame: 2100, startFrame: 2250, endFrame: 4575 },
    ]);
    for (const words of ['whistle', 'first boil', 'GBAYE5700001', 'GB-AYE-57-00001'])
      expect(found(made, words)).toContain(`part-${part}`);
    expect(made.writer.checkCounters()).toEqual([]);
  });

  it.each([
    ['in another case', 'ALBUM.FLAC'],
    ['as it was before it was encoded', 'album.wav'],
    ['with the path of another machine', 'D:\\rips\\album.flac'],
    ['with a name that it no longer has', 'image.bin'],
  ])('which it names %s, they are known too', (_, name) => {
    const made = structured({ 'box/Live': [{ name: 'album.flac' }, cue(name)] });
    expect(made.reader.tracks({ kind: 'part', id: made.part('album.flac') })).toHaveLength(2);
  });

  it('in a folder below, they are known once all is taken in', () => {
    const made = structured({
      'box/Live': [cue('CD1/album.flac')],
      'box/Live/CD1': [{ name: 'album.flac' }],
    });
    expect(made.reader.tracks({ kind: 'part', id: made.part('album.flac') })).toHaveLength(2);
  });

  it('that came later, or whose file did, they are known then', () => {
    const made = structured({ 'box/Live': [{ name: 'album.flac' }], 'box/Late': [cue('late.flac')] });
    take(made, { 'box/Live': [cue('album.flac')], 'box/Late': [{ name: 'late.flac' }] }, 1);
    expect(made.reader.tracks({ kind: 'part', id: made.part('album.flac') })).toHaveLength(2);
    expect(made.reader.tracks({ kind: 'part', id: made.part('late.flac') })).toHaveLength(2);
    expect(made.writer.checkCounters()).toEqual([]);
  });

  it('nothing outside its folder is meant, and nothing where two could be', () => {
    const made = structured({
      box: [{ name: 'album.flac' }],
      'box/Live': [cue('../album.flac'), { name: 'a.flac' }, { name: 'b.flac' }],
    });
    expect(made.rows('SELECT * FROM tracks')).toEqual([]);
  });

  it('the part stays findable by its tracks when it is moved', () => {
    const made = structured({
      'box/Live': [{ name: 'album.flac' }, cue('album.flac')],
      'box/Other': [{ name: 'other.flac' }],
    });
    made.writer.describe({ kind: 'edit', note: '', agent }, [
      { entity: 'item', id: 1, field: 'title', value: '"Steam sessions"' },
    ]);
    const part = made.part('album.flac');
    made.writer.moveParts([part], 2, agent);
    expect(found(made, 'whistle')).toContain(`part-${part}`);
    expect(made.writer.checkCounters()).toEqual([]);
  });
});
