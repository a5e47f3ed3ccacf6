/** Bags whose tag files are in one of the encodings that occur, and in none of them. */
import { TestBag } from '../bags.ts';
import { changed, invalid, MANIFEST, type SetBag, sound } from './set-bag.ts';

/** With the mark of its order of bytes. */
export const utf16 = (text: string): Buffer => Buffer.from(`\ufeff${text}`, 'utf16le');

type Encode = (text: string) => Uint8Array;

/** Made from what the system's decoder reads, as it has no encoder: every sequence of one and two bytes. */
function encoderOf(label: string): Encode {
  const decoder = new TextDecoder(label, { fatal: true });
  const bytesOf = new Map<string, readonly number[]>();
  const learn = (...bytes: number[]): void => {
    try {
      const text = decoder.decode(Uint8Array.from(bytes));
      if ([...text].length === 1 && !bytesOf.has(text)) bytesOf.set(text, bytes);
    } catch {
      // This encoding has no such sequence.
    }
  };
  for (let first = 0; first < 256; first += 1) learn(first);
  for (let first = 0x80; first < 256; first += 1)
    for (let second = 0x30; second < 256; second += 1) learn(first, second);
  return (text) =>
    Buffer.from(
      [...text].flatMap((character) => {
        const bytes = bytesOf.get(character);
        if (bytes === undefined) throw new Error(`${label} has no ${character}`);
        return bytes;
      }),
    );
}

/** Every tag file but the declaration in this encoding, with a name and a label that only it can write. */
function inEncoding(encoding: string, word: string, encode: Encode, version = '1.0'): TestBag {
  const info = `Contact-Name: ${word}\n`;
  return changed(new TestBag({ encoding, version, payload: { [`${word}.wav`]: 'one' }, info }), (bag) => {
    for (const file of [MANIFEST, 'bag-info.txt']) bag.write(file, encode(bag.read(file)));
    bag.seal().write('tagmanifest-sha256.txt', encode(bag.read('tagmanifest-sha256.txt')));
  });
}

const latin1: Encode = (text) => Buffer.from(text, 'latin1');
const utf8: Encode = (text) => Buffer.from(text);
const big: Encode = (text) => Buffer.from(text, 'utf16le').swap16();
const little: Encode = (text) => Buffer.from(text, 'utf16le');

const known: readonly (readonly [label: string, word: string, encode?: Encode])[] = [
  ['UTF-8', 'é東', utf8],
  ['utf8', 'é東', utf8],
  ['UTF-16', 'é東', utf16],
  ['UTF-16LE', 'é東', little],
  ['UTF-16BE', 'é東', big],
  ['US-ASCII', 'plain', latin1],
  ['ISO-8859-1', 'é', latin1],
  ['latin1', 'ÿ', latin1],
  ['ISO-8859-2', 'ő'],
  ['ISO-8859-15', '€'],
  ['windows-1251', 'Запись'],
  ['windows-1252', '“é”'],
  ['KOI8-R', 'Запись'],
  ['macintosh', 'é'],
  ['Shift_JIS', '東京'],
  ['EUC-JP', '東京'],
  ['EUC-KR', '서울'],
  ['GB18030', '北京'],
  ['Big5', '臺北'],
];

export const encodings: readonly SetBag[] = [
  ...known.map(([label, word, encode]) =>
    sound(`tag-files-in-${label.toLowerCase()}`, () =>
      inEncoding(label, word, encode ?? encoderOf(label.toLowerCase())),
    ),
  ),
  sound('tag-files-in-iso-8859-1-of-0-96', () => inEncoding('ISO-8859-1', 'é', latin1, '0.96')),
  invalid('bag-info-in-latin-1-declared-utf-8', ['BAG-TAG-FILE-ENCODING bag-info.txt'], () =>
    new TestBag().write('bag-info.txt', latin1('Contact-Name: é\n')).seal(),
  ),
  invalid(
    'bag-info-in-utf-8-declared-ascii',
    ['BAG-TAG-FILE-ENCODING bag-info.txt'],
    () => new TestBag({ encoding: 'US-ASCII', info: 'Contact-Name: é\n' }),
  ),
  invalid(
    'manifest-of-half-a-unit-of-utf-16',
    [`BAG-TAG-FILE-ENCODING ${MANIFEST}`, 'BAG-UNLISTED data/a.wav', 'BAG-UNLISTED data/side/b.wav'],
    () =>
      new TestBag({ encoding: 'UTF-16', tagAlgorithms: [], info: '' }).write(
        MANIFEST,
        Buffer.concat([utf16(''), Buffer.of(0)]),
      ),
  ),
];
