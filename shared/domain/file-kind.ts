/**
 * What a file seems to be, by the end of its name. A hint for grouping and for the order of reading only: what a file is
 * gets decided by its signature, elsewhere.
 */

export type FileKind =
  'audio' | 'cue' | 'log' | 'image' | 'document' | 'text' | 'playlist' | 'checksum' | 'video' | 'other';

const EXTENSIONS: Readonly<Record<Exclude<FileKind, 'other'>, string>> = {
  audio:
    'wav wave bwf rf64 bw64 w64 flac fla mp3 mp2 mp1 mpa ogg oga opus spx m4a m4b m4p m4r aac adts alac aif aiff aifc ' +
    'afc wv ape mac tta shn ofr tak wma asf dsf dff dsd caf au snd ra rm ram ac3 dts mka mpc mp+ amr gsm voc sd2 sds ' +
    'aa aax aaxc aa3 oma at3 mid midi xa',
  cue: 'cue toc',
  log: 'log accurip',
  image: 'jpg jpeg jpe png tif tiff gif bmp webp jp2 jpx j2k heic heif avif psd dng cr2 nef arw svg',
  document: 'pdf doc docx odt rtf xls xlsx ods ppt pptx odp epub djvu htm html',
  text: 'txt md nfo csv tsv xml json yaml yml ini lrc srt vtt diz',
  playlist: 'm3u m3u8 pls xspf wpl asx',
  checksum: 'md5 sha1 sha256 sha512 sha sfv ffp st5 hashdeep b3 blake3 par2 asc sig',
  video: 'mp4 m4v mov mkv webm avi mpg mpeg vob mts m2ts ts wmv mxf ogv 3gp flv dv',
};

const byExtension = new Map<string, FileKind>();
for (const [kind, extensions] of Object.entries(EXTENSIONS) as [Exclude<FileKind, 'other'>, string][]) {
  for (const extension of extensions.split(' ')) byExtension.set(extension, kind);
}
const LONGEST = Math.max(...Array.from(byExtension.keys(), (extension) => extension.length));
const DOT = 0x2e;

/** The kind that a name suggests; `name` is a name or path as bytes on disk. `other` where it suggests nothing. */
export function fileKind(name: Uint8Array): FileKind {
  let extension = '';
  for (let i = name.length - 1; i > 0 && extension.length <= LONGEST; i--) {
    const byte = name[i] as number;
    if (byte === DOT) return byExtension.get(extension.toLowerCase()) ?? 'other';
    extension = String.fromCharCode(byte) + extension;
  }
  return 'other';
}
