import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openReaderMethods, type ReaderMethods } from '../../electron/adapters/sqlite/reader/reader.ts';
import { sharedFolder } from '../support/temp.ts';
import { writtenCatalogue, type MadeFile } from '../support/written-catalogue.ts';

const dir = sharedFolder();
let reader: ReaderMethods;

const song = (name: string, title: string, artist: string, more: Partial<MadeFile> = {}): MadeFile => ({
  name,
  embedded: { title, artist, album: 'Sbírka' },
  ...more,
});

beforeAll(() => {
  const { path, writer, begin, record } = writtenCatalogue(dir);
  const opened = begin();
  record(opened, 'box/alpha', [
    song('01.flac', 'Humoreska', 'Antonín Dvořák'),
    song('02.flac', 'Dvořák', 'Someone Else'),
    song('03.flac', 'Берёзовая роща', 'Чайка'),
    song('04.flac', '東京の夜', '山田 花子'),
    song('05.flac', 'Straße', 'Łódź Øst'),
    song('06.flac', 'Blues', 'Nobody', { identifiers: [['isrc', 'GBAYE9900001']] }),
    song('07.flac', 'Bluesette', 'Toots'),
    song('08.flac', 'Near and far', 'Or Not'),
    song('09.flac', 'Said "quietly"', 'And'),
    { name: 'Harbour recording.flac' },
  ]);
  record(opened, 'box/Blues from the attic', [song('a.flac', 'Untold', 'Quiet One')]);
  writer.closeAccession(opened.actId, 'done');
  writer.close();
  reader = openReaderMethods(path, {});
});
afterAll(() => reader.close());

const titles = (text: string, limit = 50) => reader.search(text, limit).rows.map(({ title }) => title);

describe('search', () => {
  it.each([
    ['dvorak', ['Dvořák', 'Humoreska']],
    ['DVOŘÁK', ['Dvořák', 'Humoreska']],
    ['dvo', ['Dvořák', 'Humoreska']],
    ['d', ['Dvořák', 'Humoreska']],
    ['humo anton', ['Humoreska']],
    ['березовая', ['Берёзовая роща']],
    ['берёз', ['Берёзовая роща']],
    ['роща чаика', ['Берёзовая роща']],
    ['東京', ['東京の夜']],
    ['京', ['東京の夜']],
    ['夜', ['東京の夜']],
    ['花子', ['東京の夜']],
    ['strasse', ['Straße']],
    ['lodz ost', ['Straße']],
    ['harbour', ['Harbour recording']],
    ['attic untold', ['Untold']],
    ['nothing of the kind', []],
    ['', []],
    ['  ', []],
    ['---', []],
  ])('finds %s', (text, expected) => {
    expect(titles(text)).toEqual(expected);
    expect(reader.search(text, 50).capped).toBe(false);
  });

  it('ranks the whole word in a title before its beginning, and a path last', () => {
    expect(titles('blues')).toEqual(['Blues', 'Bluesette', 'Untold']);
    expect(titles('blues', 1)).toEqual(['Blues']);
  });

  it.each(['GBAYE9900001', 'GB-AYE-99-00001', 'gb aye 99 00001', 'gbaye99'])(
    'finds an ISRC typed as %s',
    (code) => {
      expect(titles(code)).toEqual(['Blues']);
    },
  );

  it.each([
    ['" OR *', ['Near and far']],
    ['*', []],
    ['"', []],
    ['NEAR(near far)', ['Near and far']],
    ['near AND far', ['Near and far']],
    ['said "quietly"', ['Said "quietly"']],
    ['title : blues', []],
    ['{title}:near', []],
    ['^near', ['Near and far']],
    ["blues'; DROP TABLE parts; --", []],
    ['near OR nothing', []],
    ['\0near', ['Near and far']],
    ['near\ud800', ['Near and far']],
  ])('takes %s as words, never as syntax', (text, expected) => {
    expect(titles(text)).toEqual(expected);
  });

  it('bears any length of text', () => {
    expect(titles('near '.repeat(10_000))).toEqual(['Near and far']);
    expect(titles(Array.from({ length: 2_000 }, (_, i) => `word${i}`).join(' '))).toEqual([]);
  });
});
