/** Magic bytes, one signature a line, asked in order. A format that needs more than its first bytes names a reader for them. */
import { asciiAt, bytesAt, type Content } from './content.ts';
import { type FormatId, formats } from './formats.ts';
import type { Found } from './found.ts';
import { readAsf } from './asf.ts';
import { readMatroska } from './ebml.ts';
import { readMp4 } from './mp4-boxes.ts';
import { readOgg } from './ogg-kind.ts';
import { readRiff } from './riff.ts';

type Decide = (content: Content, at: number) => Found;
/** Offset, bytes (latin1; `?` stands for any byte), and what they mean. */
type Signature = readonly [offset: number, magic: string, meaning: FormatId | Decide];

const signatures: readonly Signature[] = [
  [0, 'fLaC', 'flac'],
  [0, 'RIFF????WAVE', readRiff],
  [0, 'RF64????WAVE', readRiff],
  [0, 'BW64????WAVE', readRiff],
  [0, 'RIFF????AVI ', 'avi'],
  [0, 'RIFF????WEBP', 'webp'],
  [0, 'riff\x2e\x91\xcf\x11\xa5\xd6\x28\xdb\x04\xc1\x00\x00', 'w64'],
  [0, 'FORM????AIFF', 'aiff'],
  [0, 'FORM????AIFC', 'aifc'],
  [0, 'caff\x00\x01', 'caf'],
  [0, '.snd\x00\x00', 'au'],
  [0, 'OggS\x00', readOgg],
  [4, 'ftyp', readMp4],
  [4, 'moov', readMp4],
  [0, 'wvpk', 'wavpack'],
  [0, '\x30\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9\x00\xaa\x00\x62\xce\x6c', readAsf],
  [0, 'MAC ', 'ape'],
  [0, 'TTA1', 'tta1'],
  [0, 'TTA2', 'tta2'],
  [0, 'ajkg', 'shorten'],
  [0, 'MPCK', 'musepack'],
  [0, 'MP+', 'musepack'],
  [0, 'tBaK', 'tak'],
  [0, 'OFR ', 'optimfrog'],
  [0, 'DSD \x1c\x00\x00\x00', 'dsf'],
  [0, 'FRM8????????DSD ', 'dsdiff'],
  [0, '\x1a\x45\xdf\xa3', readMatroska],
  [0, '.ra\xfd\x00\x03', 'realAudio3'],
  [0, '.ra\xfd\x00\x04', 'realAudio4'],
  [0, '.RMF\x00\x00', 'realMedia'],
  [0, '#!AMR', 'amr'],
  [0, 'MThd\x00\x00\x00\x06', 'midi'],
  [4, '\x57\x90\x75\x36', () => ({ format: formats.audible, protection: 'Audible (AA)' })],
  [0, '\xff\xd8\xff\xe0??JFIF\x00\x01\x00', 'jpegJfif100'],
  [0, '\xff\xd8\xff\xe0??JFIF\x00\x01\x01', 'jpegJfif101'],
  [0, '\xff\xd8\xff\xe0??JFIF\x00\x01\x02', 'jpegJfif102'],
  [0, '\xff\xd8\xff', 'jpeg'],
  [0, '\x89PNG\r\n\x1a\n', 'png'],
  [0, 'GIF87a', 'gif87'],
  [0, 'GIF89a', 'gif89'],
  [0, 'II*\x00', 'tiff'],
  [0, 'MM\x00*', 'tiff'],
  [0, 'II+\x00', 'bigTiff'],
  [0, 'MM\x00+', 'bigTiff'],
  [0, '\x00\x00\x00\x0cjP  \r\n\x87\n', 'jp2'],
  [0, '8BPS\x00\x01', 'psd'],
  [0, '%PDF-', readPdf],
  [0, '{\\rtf', 'rtf'],
  [0, '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', 'ole'],
  [0, 'PK\x03\x04', 'zip'],
  [0, 'PK\x05\x06', 'zip'],
  [0, '\x1f\x8b\x08', 'gzip'],
  [0, "7z\xbc\xaf'\x1c", 'sevenZip'],
  [0, 'Rar!\x1a\x07', 'rar'],
  [0, '\x7fELF', 'elf'],
  [0, 'MZ', readMz],
  [0, '\xcf\xfa\xed\xfe', 'machO'],
  [0, '\xce\xfa\xed\xfe', 'machO'],
  [0, 'SQLite format 3\x00', 'sqlite'],
  [0, '#!/', 'script'],
  [0, 'BM????\x00\x00\x00\x00', 'bmp'],
];

/** What the bytes at `at` are by their signature; undefined where none fits. */
export function bySignature(content: Content, at: number): Found | undefined {
  const start = bytesAt(content, at, 64);
  for (const [offset, magic, meaning] of signatures) {
    if (!fits(start, offset, magic)) continue;
    return typeof meaning === 'string' ? { format: formats[meaning] } : meaning(content, at);
  }
  return undefined;
}

function fits(bytes: Uint8Array, offset: number, magic: string): boolean {
  if (bytes.length < offset + magic.length) return false;
  for (let i = 0; i < magic.length; i++) {
    const code = magic.charCodeAt(i);
    if (code !== bytes[offset + i] && code !== 0x3f) return false;
  }
  return true;
}

/** PRONOM gave each version of PDF a line of its own. */
function readPdf(content: Content, at: number): Found {
  const version = asciiAt(bytesAt(content, at, 8), 5, 3);
  const puids: Readonly<Record<string, string>> = {
    '1.0': 'fmt/14',
    '1.1': 'fmt/15',
    '1.2': 'fmt/16',
    '1.3': 'fmt/17',
    '1.4': 'fmt/18',
    '1.5': 'fmt/19',
    '1.6': 'fmt/20',
    '1.7': 'fmt/276',
  };
  const puid = puids[version];
  return { format: puid === undefined ? formats.pdf : { ...formats.pdf, name: `PDF ${version}`, puid } };
}

/** `MZ` alone is two letters; a Windows program also points to its PE header at 0x3c. */
function readMz(content: Content, at: number): Found {
  const header = bytesAt(content, at, 64);
  if (header.length < 64) return { format: formats.unidentified };
  const pointer = (header[0x3c] ?? 0) | ((header[0x3d] ?? 0) << 8) | ((header[0x3e] ?? 0) << 16);
  const isPe = asciiAt(bytesAt(content, at + pointer, 4), 0, 4) === 'PE\0\0';
  return { format: isPe ? formats.pe : formats.unidentified };
}
