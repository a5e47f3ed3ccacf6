/** What a file is, by its bytes and never by its name; and whether its name says otherwise. */
import type { FileProblem, FormatFound } from '../../core/ports/readings.ts';
import { type FileKind, fileKind } from '../../../shared/domain/file-kind.ts';
import { bytesAt, type Content } from './content.ts';
import { type Format, formats } from './formats.ts';
import type { Found } from './found.ts';
import { afterId3v2 } from './id3v2.ts';
import { findFrames, mostBeforeFrames } from './mpeg-frames.ts';
import { bySignature } from './signatures.ts';

const textSample = 64 * 1024;

export interface Identified {
  readonly kind: FileKind;
  readonly format: FormatFound;
  /** Content type under which music-metadata reads it; undefined where it cannot, or where it is no sound. */
  readonly parser?: string;
  /** Where the signature's own reader knows it better than music-metadata. */
  readonly codec?: string;
  readonly problems: readonly FileProblem[];
}

/** @param name one segment, as bytes on disk; only for the kind of a text, and to compare it with the content */
export function identify(content: Content, name: Uint8Array): Identified {
  const { format, protection, codec } = find(content);
  const problems: FileProblem[] = [];
  if (protection !== undefined) problems.push({ code: 'protected', detail: protection });
  if (content.size === 0) problems.push({ code: 'empty_file' });
  else if (disagrees(format, name)) problems.push({ code: 'format_mismatch', detail: format.name });
  const { name: formatName, mime, puid, parser } = format;
  const hasSound = format.kind === 'audio' || format.kind === 'video';
  return {
    kind: kindOf(format, name),
    format: { name: formatName, mime, puid },
    ...(codec === undefined ? {} : { codec }),
    ...(parser === undefined || !hasSound || protection !== undefined ? {} : { parser }),
    problems,
  };
}

function find(content: Content): Found {
  if (content.size === 0) return { format: formats.empty };
  // An ID3v2 tag may stand before any format that is read from its beginning; FLAC and APE files have it too.
  const start = afterId3v2((position, length) => bytesAt(content, position, length));
  const found = bySignature(content, start);
  if (found !== undefined && found.format !== formats.unidentified) return found;
  const isTagged = start > 0;
  const sample = bytesAt(content, start, mostBeforeFrames * 2);
  const frames = findFrames(sample, 0, mostBeforeFrames, start + sample.length === content.size);
  if (frames !== undefined && (isTagged || frames.offset === 0)) return { format: formats[frames.format] };
  // The mark of UTF-16 is one bit away from the header of a frame: frames behind it are the better sign.
  const isMarked = frames !== undefined && content.head[0] === 0xff;
  const text = isTagged || isMarked ? undefined : textFormat(content.head.subarray(0, textSample));
  if (text !== undefined) return { format: text };
  return { format: frames === undefined ? formats.unidentified : formats[frames.format] };
}

/** Text as opposed to data: no control characters but those of text, in UTF-8, UTF-16 with its mark, or 8 bits. */
function textFormat(bytes: Uint8Array): Format | undefined {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return formats.textUtf16;
  let high = 0;
  for (const byte of bytes) {
    if (byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d && byte !== 0x0c && byte !== 0x1b)
      return undefined;
    if (byte === 0x7f) return undefined;
    if (byte > 0x7f) high++;
  }
  if (high === 0 || isUtf8(bytes)) return formats.text;
  // Without UTF-8 nothing proves an encoding; text in Latin letters is mostly ASCII, data is not.
  return high * 2 < bytes.length ? formats.textOther : undefined;
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    // `stream`: the sample may end in the middle of a character.
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

const textKinds: ReadonlySet<FileKind> = new Set(['cue', 'log', 'text', 'playlist', 'checksum', 'document']);

function kindOf(format: Format, name: Uint8Array): FileKind {
  const claimed = fileKind(name);
  if (format.kind === 'text') return textKinds.has(claimed) ? claimed : 'text';
  // A container of anything: .docx and .epub are ZIP, and PRONOM's container signatures are not at hand here.
  if (format.kind === 'other') return claimed === 'document' ? claimed : 'other';
  return format.kind;
}

const known = new Set(Object.values(formats).flatMap(({ extensions }) => extensions.split(' ')));

function disagrees(format: Format, name: Uint8Array): boolean {
  const text = Buffer.from(name.buffer, name.byteOffset, name.byteLength).toString('latin1').toLowerCase();
  const dot = text.lastIndexOf('.');
  if (dot <= 0) return false;
  const extension = text.slice(dot + 1);
  const claimed = fileKind(name);
  if (format.extensions.split(' ').includes(extension)) return false;
  if (format.kind === 'text') return claimed === 'audio' || claimed === 'video' || claimed === 'image';
  // Kinds for which this table has no signature (checksums of any sort, rare sound formats) cannot be contradicted,
  // unless what was found is itself certain.
  return format === formats.unidentified ? known.has(extension) : claimed !== 'other' || known.has(extension);
}
