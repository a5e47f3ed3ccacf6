import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCueSheet } from '../../../electron/adapters/audio/cue-sheet.ts';
import { formatDiscTime, parseDiscTime } from '../../../shared/domain/disc-time.ts';

const sheet = (text: string) => parseCueSheet(Buffer.from(text));

const whole = `REM GENRE Jazz
REM DATE 1957
CATALOG 4006381333931
PERFORMER "The Kettles"
TITLE "Steam, Live"
FILE "Steam.wav" WAVE
  TRACK 01 AUDIO
    TITLE "First Boil"
    PERFORMER "A. Kettle"
    ISRC GB-AYE-57-00001
    INDEX 01 00:00:00
  TRACK 02 AUDIO
    TITLE "Whistle"
    FLAGS DCP
    INDEX 00 03:58:40
    INDEX 01 04:00:74
`;

/** One byte a letter, in a code page that Node's TextDecoder reads. */
function encoded(text: string, encoding: string): Buffer {
  const decoder = new TextDecoder(encoding);
  const byCharacter = new Map<string, number[]>();
  for (let byte = 0; byte < 256; byte++) byCharacter.set(decoder.decode(Uint8Array.of(byte)), [byte]);
  if (encoding === 'shift_jis')
    for (let lead = 0x81; lead <= 0x9f; lead++)
      for (let trail = 0x40; trail <= 0xfc; trail++)
        byCharacter.set(decoder.decode(Uint8Array.of(lead, trail)), [lead, trail]);
  return Buffer.from(Array.from(text).flatMap((character) => byCharacter.get(character) ?? [0x3f]));
}

describe('a cue sheet', () => {
  it('tells the tracks inside a file, with where they begin and end', () => {
    expect(sheet(whole)).toEqual({
      encoding: 'utf-8',
      title: 'Steam, Live',
      performer: 'The Kettles',
      catalogue: '4006381333931',
      remarks: [
        ['GENRE', 'Jazz'],
        ['DATE', '1957'],
      ],
      files: [
        {
          name: 'Steam.wav',
          tracks: [
            {
              number: 1,
              title: 'First Boil',
              performer: 'A. Kettle',
              isrc: 'GBAYE5700001',
              startFrame: 0,
              endFrame: 4 * 60 * 75 + 74,
            },
            { number: 2, title: 'Whistle', gapFrame: (3 * 60 + 58) * 75 + 40, startFrame: 4 * 60 * 75 + 74 },
          ],
        },
      ],
      problems: [],
    });
  });

  it('may tell of a file for each track, with the pause at the end of the one before', () => {
    const { files, problems } = sheet(`FILE "01.wav" WAVE
TRACK 01 AUDIO
INDEX 01 00:00:00
TRACK 02 AUDIO
INDEX 00 03:00:00
FILE "02.wav" WAVE
INDEX 01 00:00:00`);
    expect(problems).toEqual([]);
    expect(files).toEqual([
      { name: '01.wav', tracks: [{ number: 1, startFrame: 0 }] },
      { name: '02.wav', tracks: [{ number: 2, startFrame: 0 }] },
    ]);
  });

  it.each([
    ['utf-8', 'Ukolébavka – 雨上がり'],
    ['windows-1252', 'Für Elise, déjà vu à Noël'],
    ['windows-1252', 'Smørrebrød på Åland'],
    ['windows-1250', 'Dvořák: Příliš žluťoučký kůň'],
    ['windows-1250', 'Zażółć gęślą jaźń'],
    ['windows-1250', 'Dvořák: Slovanské tance'],
    ['windows-1251', 'Пётр Чайковский: Времена года'],
    ['shift_jis', '雨上がりの夜空に'],
  ])('in %s is read as such: %s', (encoding, title) => {
    const text = `TITLE "${title}"\nFILE "a.wav" WAVE\nTRACK 01 AUDIO\nINDEX 01 00:00:00\n`;
    const bytes = encoding === 'utf-8' ? Buffer.from(text) : encoded(text, encoding);
    expect(parseCueSheet(bytes)).toMatchObject({ encoding, title });
  });

  it.each(['utf-16le', 'utf-16be'])('in %s is read with and without a byte order mark', (encoding) => {
    for (const mark of ['\ufeff', '']) {
      const bytes = Buffer.from(`${mark}${whole}`, 'utf16le');
      if (encoding === 'utf-16be') bytes.swap16();
      expect(parseCueSheet(bytes)).toMatchObject({ encoding, title: 'Steam, Live', problems: [] });
    }
  });

  it('keeps what is sound of a damaged one, and says what is not', () => {
    const damaged = sheet(`FILE "a.wav" WAVE
TRACK 01 AUDIO
ISRC nonsense
INDEX 01 00:00:00
TRACK 02 AUDIO
INDEX 01 00:61:00
TRACK 02 AUDIO
INDEX 01 00:30:00
TRACK 03 AUDIO
INDEX 01 00:20:00
TRACK 100 AUDIO
INDEX 01 00:50:00
GARBAGE`);
    expect(damaged.files[0]?.tracks).toEqual([
      { number: 1, startFrame: 0, endFrame: 20 * 75 },
      { number: 3, startFrame: 20 * 75 },
    ]);
    expect(damaged.problems.map(({ line }) => line)).toEqual([3, 6, 5, 7, 11, 13]);
  });

  it('passes over tracks of data, and ends the sound where they begin', () => {
    const { files } = sheet(
      'FILE "a.bin" BINARY\nTRACK 01 AUDIO\nINDEX 01 00:00:00\nTRACK 02 MODE1/2352\nINDEX 01 10:00:00',
    );
    expect(files[0]?.tracks).toEqual([{ number: 1, startFrame: 0, endFrame: 45_000 }]);
  });

  it('never throws, whatever the bytes, and stays within bounds', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        const { files, problems } = parseCueSheet(bytes);
        expect(problems.length).toBeLessThanOrEqual(50);
        expect(files.length).toBeLessThanOrEqual(200);
      }),
    );
  });

  it('tells tracks in order and never past each other, whatever lines it has', () => {
    const line = fc.constantFrom(
      'FILE "a.wav" WAVE', 'FILE b.flac WAVE', 'TRACK 01 AUDIO', 'TRACK 02 AUDIO', 'TRACK 2 MODE1/2048', 'TRACK x',
      'INDEX 01 00:00:00', 'INDEX 01 03:00:00', 'INDEX 00 02:00:00', 'INDEX 01 01:00:75', 'INDEX 02 03:10:00', 'TITLE "t"', 'ISRC 0',
    ); // prettier-ignore
    fc.assert(
      fc.property(fc.array(line, { maxLength: 30 }), (lines) => {
        for (const { tracks } of sheet(lines.join('\r\n')).files)
          for (const [at, track] of tracks.entries()) {
            expect(track.endFrame ?? Infinity).toBeGreaterThan(track.startFrame);
            expect(track.gapFrame ?? -1).toBeLessThan(track.startFrame);
            const next = tracks[at + 1];
            if (next !== undefined)
              expect(next.startFrame).toBeGreaterThanOrEqual(track.endFrame ?? track.startFrame);
          }
      }),
    );
  });

  it('a megabyte of one line, or of many, is read to its end', () => {
    for (const text of [
      `TITLE "${'a'.repeat(1_000_000)}"`,
      '"'.repeat(1_000_000),
      'TRACK 01 AUDIO\n'.repeat(70_000),
    ])
      expect(sheet(text)).toBeDefined();
  });
});

describe('a time on a disc', () => {
  it('is written as it is read', () => {
    fc.assert(
      fc.property(fc.nat(9_999 * 60 * 75), (frames) => {
        expect(parseDiscTime(formatDiscTime(frames))).toBe(frames);
      }),
    );
    for (const text of ['', '1:2', '00:60:00', '00:00:75', '-1:00:00', '00:00:0x'])
      expect(parseDiscTime(text)).toBeUndefined();
  });
});
