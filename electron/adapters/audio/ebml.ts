/** Matroska and WebM (RFC 8794, RFC 9559): what kinds of tracks there are, and whether any is encrypted. */
import { asciiAt, type Content } from './content.ts';
import { formats } from './formats.ts';
import type { Found } from './found.ts';

const mostElements = 4096;
const docType = 0x4282;
const trackType = 0x83;
const contentEncryption = 0x5035;
const cluster = 0x1f43b675;
/** Elements on the way to those above: EBML, Segment, Tracks, TrackEntry, ContentEncodings, ContentEncoding. */
const parents = new Set([0x1a45dfa3, 0x18538067, 0x1654ae6b, 0xae, 0x6d80, 0x6240]);

interface Facts {
  docType: string;
  readonly trackTypes: Set<number>;
  isEncrypted: boolean;
  elements: number;
}

/** Looks at the retained head alone: Tracks stand before the first cluster in all but very unusual files. */
export function readMatroska(content: Content, at: number): Found {
  const facts: Facts = { docType: '', trackTypes: new Set(), isEncrypted: false, elements: 0 };
  readElements(content.head, at, content.head.length, facts);
  const hasVideo = facts.trackTypes.has(1);
  const isWebm = facts.docType === 'webm';
  const format = isWebm
    ? hasVideo
      ? formats.webm
      : formats.webmAudio
    : hasVideo
      ? formats.mkv
      : formats.mka;
  return { format, ...(facts.isEncrypted ? { protection: 'ContentEncryption' } : {}) };
}

function readElements(bytes: Uint8Array, from: number, to: number, facts: Facts): void {
  for (let at = from; at < to && facts.elements++ < mostElements;) {
    const id = numberAt(bytes, at, true);
    const size = id === undefined ? undefined : numberAt(bytes, at + id.length, false);
    if (id === undefined || size === undefined || id.value === cluster) return;
    const body = at + id.length + size.length;
    const end = Math.min(body + size.value, to);
    if (parents.has(id.value)) readElements(bytes, body, end, facts);
    else if (id.value === docType)
      facts.docType = asciiAt(bytes, body, Math.min(end - body, 32)).replace(/\0+$/, '');
    else if (id.value === trackType) facts.trackTypes.add(bytes[end - 1] ?? 0);
    else if (id.value === contentEncryption) facts.isEncrypted = true;
    at = body + size.value;
  }
}

/** A number of variable length; all ones is an unknown size, which reaches to the end of what there is. */
function numberAt(
  bytes: Uint8Array,
  at: number,
  keepMarker: boolean,
): { value: number; length: number } | undefined {
  const first = bytes[at];
  if (first === undefined || first === 0) return undefined;
  const length = Math.clz32(first) - 23;
  if (at + length > bytes.length) return undefined;
  let value = keepMarker ? first : first & ((1 << (8 - length)) - 1);
  let isUnknown = !keepMarker && value === (1 << (8 - length)) - 1;
  for (let i = 1; i < length; i++) {
    const byte = bytes[at + i] as number;
    isUnknown &&= byte === 0xff;
    value = value * 256 + byte;
  }
  return { value: isUnknown ? Number.MAX_SAFE_INTEGER : value, length };
}
