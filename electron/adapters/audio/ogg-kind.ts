/** What an Ogg file holds, by the first packet of each of the streams that begin together (RFC 3533 §4). */
import { asciiAt, bytesAt, type Content } from './content.ts';
import { type Format, formats } from './formats.ts';
import type { Found } from './found.ts';

const mostStreams = 16;
const longestTable = 27 + 255;

export function readOgg(content: Content, at: number): Found {
  let sound: Format | undefined;
  let page = at;
  for (let count = 0; count < mostStreams; count++) {
    const header = bytesAt(content, page, longestTable + 16);
    const isFirst = asciiAt(header, 0, 4) === 'OggS' && ((header[5] ?? 0) & 2) !== 0;
    // A page behind the first counts only where it begins a stream too.
    if (header.length < 27 || (count > 0 && !isFirst)) break;
    const body = 27 + (header[26] as number);
    const packet = asciiAt(header, body, 8);
    if (packet.startsWith('\x80theora')) return { format: { ...formats.ogg, kind: 'video' } };
    sound ??= soundOf(packet);
    page += header.subarray(27, body).reduce((sum, length) => sum + length, body);
  }
  return { format: sound ?? formats.ogg };
}

/** Undefined for what is no sound, such as Skeleton, which describes the other streams. */
function soundOf(packet: string): Format | undefined {
  if (packet.startsWith('\x01vorbis')) return formats.vorbis;
  if (packet === 'OpusHead') return formats.opus;
  if (packet.startsWith('\x7fFLAC')) return formats.oggFlac;
  return packet === 'Speex   ' ? formats.speex : undefined;
}
