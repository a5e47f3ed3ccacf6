/**
 * The formats that are told apart, one a line: name, MIME type, PRONOM identifier (signature file v118; empty where there is
 * none, or where the signature alone does not decide between several), kind, the usual ends of its names, and the MIME
 * type under which music-metadata has a parser for it.
 */
import type { FileKind } from '../../../shared/domain/file-kind.ts';

export interface Format {
  readonly name: string;
  readonly mime: string;
  readonly puid: string;
  readonly kind: FileKind;
  /** Lower case, apart by blanks. Empty: any name will do. */
  readonly extensions: string;
  readonly parser?: string;
}

function line(
  name: string,
  mime: string,
  puid: string,
  kind: FileKind,
  extensions: string,
  parser?: string,
): Format {
  return { name, mime, puid, kind, extensions, ...(parser === undefined ? {} : { parser }) };
}

const wave = 'wav wave bwf rf64 bw64';
const mp4 = 'm4a m4b m4p m4r mp4 m4v mov aac alac 3gp aax aaxc';
const ogg = 'ogg oga opus spx ogx';
const mpeg = 'mp3 mp2 mp1 mpa mpga';
const asf = 'wma wmv asf';
const tiff = 'tif tiff dng nef cr2 arw';
const zip =
  'zip docx xlsx pptx odt ods odp epub jar kmz xpi apk whl mscz band sxw ora idml pages numbers key';

export const formats = {
  flac: line('FLAC', 'audio/flac', 'fmt/279', 'audio', 'flac fla', 'audio/flac'),
  wave: line('WAVE', 'audio/vnd.wave', 'fmt/6', 'audio', wave, 'audio/wav'),
  wavePcm: line('WAVE (PCMWAVEFORMAT)', 'audio/vnd.wave', 'fmt/141', 'audio', wave, 'audio/wav'),
  waveEx: line('WAVE (WAVEFORMATEX)', 'audio/vnd.wave', 'fmt/142', 'audio', wave, 'audio/wav'),
  waveExtensible: line(
    'WAVE (WAVEFORMATEXTENSIBLE)',
    'audio/vnd.wave',
    'fmt/143',
    'audio',
    wave,
    'audio/wav',
  ),
  rf64: line('RF64', 'audio/vnd.wave', 'fmt/712', 'audio', wave),
  rf64Bwf: line('RF64 multichannel Broadcast WAVE', 'audio/vnd.wave', 'fmt/713', 'audio', wave),
  bw64: line('BW64', 'audio/vnd.wave', '', 'audio', wave),
  w64: line('Sony Wave64', 'audio/x-w64', 'fmt/951', 'audio', 'w64 wav'),
  aiff: line('AIFF', 'audio/aiff', 'fmt/414', 'audio', 'aif aiff aifc afc', 'audio/aiff'),
  aifc: line('AIFF-C', 'audio/aiff', 'x-fmt/136', 'audio', 'aif aiff aifc afc', 'audio/aiff'),
  caf: line('Core Audio Format', 'audio/x-caf', 'fmt/416', 'audio', 'caf'),
  au: line('Sun/NeXT AU', 'audio/basic', 'x-fmt/139', 'audio', 'au snd'),
  mp3: line('MPEG Audio Layer 3', 'audio/mpeg', 'fmt/134', 'audio', mpeg, 'audio/mpeg'),
  mp2: line('MPEG Audio Layer 2', 'audio/mpeg', 'fmt/198', 'audio', mpeg, 'audio/mpeg'),
  mp1: line('MPEG Audio Layer 1', 'audio/mpeg', 'fmt/347', 'audio', mpeg, 'audio/mpeg'),
  adts: line('ADTS AAC', 'audio/aac', 'fmt/1812', 'audio', 'aac adts', 'audio/aacp'),
  vorbis: line('Ogg Vorbis', 'audio/ogg', 'fmt/203', 'audio', ogg, 'audio/ogg'),
  opus: line('Ogg Opus', 'audio/ogg', 'fmt/946', 'audio', ogg, 'audio/ogg'),
  oggFlac: line('Ogg FLAC', 'audio/ogg', 'fmt/947', 'audio', `${ogg} flac`, 'audio/ogg'),
  speex: line('Ogg Speex', 'audio/ogg', 'fmt/948', 'audio', ogg, 'audio/ogg'),
  ogg: line('Ogg', 'application/ogg', 'fmt/944', 'other', `${ogg} ogv`, 'audio/ogg'),
  aac: line('MPEG-4 (AAC)', 'audio/mp4', 'fmt/199', 'audio', mp4, 'audio/mp4'),
  alac: line('MPEG-4 (ALAC)', 'audio/mp4', 'fmt/596', 'audio', mp4, 'audio/mp4'),
  mp4: line('MPEG-4', 'audio/mp4', 'fmt/199', 'audio', mp4, 'audio/mp4'),
  mp4Video: line('MPEG-4 (video)', 'video/mp4', 'fmt/199', 'video', mp4, 'audio/mp4'),
  heif: line('HEIF', 'image/heif', '', 'image', 'heic heif avif'),
  wavpack: line('WavPack', 'audio/x-wavpack', '', 'audio', 'wv wvc', 'audio/wavpack'),
  wma: line('Windows Media Audio', 'audio/x-ms-wma', 'fmt/132', 'audio', asf, 'audio/ms-wma'),
  asf: line('Advanced Systems Format', 'video/x-ms-asf', 'fmt/131', 'video', asf, 'audio/ms-asf'),
  ape: line("Monkey's Audio", 'audio/x-ape', 'fmt/1086', 'audio', 'ape mac apl', 'audio/ape'),
  tta1: line('TTA 1', 'audio/x-tta', 'fmt/952', 'audio', 'tta'),
  tta2: line('TTA 2', 'audio/x-tta', 'fmt/953', 'audio', 'tta'),
  shorten: line('Shorten', 'audio/x-shorten', 'fmt/1961', 'audio', 'shn'),
  musepack: line('Musepack', 'audio/x-musepack', '', 'audio', 'mpc mp+ mpp', 'audio/musepack'),
  tak: line('TAK', 'audio/x-tak', '', 'audio', 'tak'),
  optimfrog: line('OptimFROG', 'audio/x-ofr', '', 'audio', 'ofr ofs'),
  dsf: line('DSF', 'audio/x-dsf', 'fmt/1817', 'audio', 'dsf', 'audio/dsf'),
  dsdiff: line('DSDIFF', 'audio/x-dff', '', 'audio', 'dff', 'audio/dsd'),
  mka: line('Matroska', 'audio/matroska', 'fmt/569', 'audio', 'mka mkv mk3d', 'audio/matroska'),
  mkv: line('Matroska', 'video/matroska', 'fmt/569', 'video', 'mkv mka mk3d', 'video/matroska'),
  webmAudio: line('WebM', 'audio/webm', '', 'audio', 'webm weba', 'audio/webm'),
  webm: line('WebM', 'video/webm', '', 'video', 'webm weba', 'video/webm'),
  realAudio3: line('RealAudio 3', 'audio/vnd.rn-realaudio', 'x-fmt/278', 'audio', 'ra ram rm'),
  realAudio4: line('RealAudio 4', 'audio/vnd.rn-realaudio', 'fmt/404', 'audio', 'ra ram rm'),
  realMedia: line('RealMedia', 'application/vnd.rn-realmedia', 'x-fmt/190', 'audio', 'rm ra ram rmvb'),
  amr: line('AMR', 'audio/amr', '', 'audio', 'amr awb'),
  midi: line('Standard MIDI File', 'audio/midi', '', 'audio', 'mid midi kar'),
  audible: line('Audible', 'audio/x-audible', '', 'audio', 'aa'),
  avi: line('AVI', 'video/x-msvideo', 'fmt/5', 'video', 'avi'),
  jpeg: line('JPEG', 'image/jpeg', '', 'image', 'jpg jpeg jpe jfif'),
  jpegJfif100: line('JPEG (JFIF 1.00)', 'image/jpeg', 'fmt/42', 'image', 'jpg jpeg jpe jfif'),
  jpegJfif101: line('JPEG (JFIF 1.01)', 'image/jpeg', 'fmt/43', 'image', 'jpg jpeg jpe jfif'),
  jpegJfif102: line('JPEG (JFIF 1.02)', 'image/jpeg', 'fmt/44', 'image', 'jpg jpeg jpe jfif'),
  png: line('PNG', 'image/png', '', 'image', 'png'),
  gif87: line('GIF 87a', 'image/gif', 'fmt/3', 'image', 'gif'),
  gif89: line('GIF 89a', 'image/gif', 'fmt/4', 'image', 'gif'),
  tiff: line('TIFF', 'image/tiff', 'fmt/353', 'image', tiff),
  bigTiff: line('BigTIFF', 'image/tiff', '', 'image', tiff),
  webp: line('WebP', 'image/webp', '', 'image', 'webp'),
  bmp: line('BMP', 'image/bmp', '', 'image', 'bmp dib'),
  jp2: line('JPEG 2000', 'image/jp2', '', 'image', 'jp2 jpx jpf j2k'),
  psd: line('Photoshop', 'image/vnd.adobe.photoshop', 'x-fmt/92', 'image', 'psd'),
  pdf: line('PDF', 'application/pdf', '', 'document', 'pdf ai'),
  rtf: line('RTF', 'application/rtf', '', 'document', 'rtf doc'),
  ole: line(
    'OLE2 compound file',
    'application/x-ole-storage',
    'fmt/111',
    'document',
    'doc xls ppt msi db msg',
  ),
  zip: line('ZIP', 'application/zip', 'x-fmt/263', 'other', zip),
  gzip: line('GZIP', 'application/gzip', 'x-fmt/266', 'other', 'gz tgz svgz'),
  sevenZip: line('7-Zip', 'application/x-7z-compressed', '', 'other', '7z'),
  rar: line('RAR', 'application/vnd.rar', '', 'other', 'rar cbr'),
  elf: line('ELF executable', 'application/x-executable', '', 'other', 'so o bin elf'),
  pe: line(
    'Windows executable',
    'application/vnd.microsoft.portable-executable',
    '',
    'other',
    'exe dll sys scr com',
  ),
  machO: line('Mach-O executable', 'application/x-mach-binary', '', 'other', 'dylib bundle o'),
  script: line('script', 'text/x-script', '', 'text', 'sh py pl rb js txt'),
  sqlite: line('SQLite database', 'application/vnd.sqlite3', '', 'other', 'sqlite sqlite3 db'),
  text: line('text', 'text/plain', 'x-fmt/111', 'text', ''),
  textUtf16: line('text (UTF-16)', 'text/plain', 'x-fmt/111', 'text', ''),
  textOther: line('text (not UTF-8)', 'text/plain', 'x-fmt/111', 'text', ''),
  empty: line('empty', 'application/x-empty', '', 'other', ''),
  unidentified: line('unidentified', 'application/octet-stream', '', 'other', ''),
} as const satisfies Readonly<Record<string, Format>>;

export type FormatId = keyof typeof formats;
