/** MP4 (ISO/IEC 14496-12): which codecs its sample descriptions name, and whether any of them is under protection. */
import { asciiAt, bytesAt, type Content, viewOf } from './content.ts';
import { formats } from './formats.ts';
import type { Found } from './found.ts';

/** An hour of AAC has a moov of about 1 MB; beyond this only its beginning is looked at. */
const mostMoov = 16 * 1024 * 1024;
const mostBoxes = 4096;

const protectedEntries = new Set(['enca', 'encv', 'drms', 'drmi', 'aavd']);
const protectedSchemes = new Set(['cenc', 'cens', 'cbc1', 'cbcs', 'itun', 'piff', 'adrm']);
const imageBrands = new Set(['heic', 'heix', 'hevc', 'mif1', 'msf1', 'avif', 'avis']);
/** Boxes that hold boxes, on the way to the sample descriptions. */
const containers = new Set(['moov', 'trak', 'mdia', 'minf', 'stbl', 'sinf', 'schi']);

interface Facts {
  readonly codecs: Set<string>;
  readonly handlers: Set<string>;
  protection?: string;
  boxes: number;
}

export function readMp4(content: Content, at: number): Found {
  const facts: Facts = { codecs: new Set(), handlers: new Set(), boxes: 0 };
  const brand = asciiAt(bytesAt(content, at, 12), 8, 4);
  if (imageBrands.has(brand)) return { format: formats.heif };
  if (brand === 'M4P ' || brand === 'aax ' || brand === 'aaxc') facts.protection = `brand ${brand.trim()}`;
  readTop(content, at, facts);
  const protection = facts.protection === undefined ? {} : { protection: facts.protection };
  if (facts.handlers.has('vide')) return { format: formats.mp4Video, ...protection };
  if (facts.codecs.has('alac')) return { format: formats.alac, ...protection };
  const isAac = facts.codecs.has('mp4a') || facts.protection !== undefined;
  return { format: isAac ? formats.aac : formats.mp4, ...protection };
}

/** Finds `moov` among the outermost boxes: before the samples, or behind them at the end of the file. */
function readTop(content: Content, start: number, facts: Facts): void {
  for (let at = start; at + 8 <= content.size && facts.boxes++ < mostBoxes;) {
    const header = bytesAt(content, at, 16);
    const box = boxAt(header, 0, content.size - at);
    if (box === undefined) return;
    if (box.type === 'moov') {
      const size = Math.min(box.size, mostMoov);
      readBoxes(bytesAt(content, at, size), box.header, size, facts);
      return;
    }
    at += box.size;
  }
}

/** The box whose header stands at `at`. @param rest how far a box reaches that says: to the end */
export function boxAt(
  bytes: Uint8Array,
  at: number,
  rest: number,
): { type: string; size: number; header: number } | undefined {
  if (at + 8 > bytes.length) return undefined;
  const view = viewOf(bytes);
  let size = view.getUint32(at);
  let header = 8;
  if (size === 1) {
    if (at + 16 > bytes.length) return undefined;
    size = Number(view.getBigUint64(at + 8));
    header = 16;
  } else if (size === 0) {
    size = rest;
  }
  return size < header ? undefined : { type: asciiAt(bytes, at + 4, 4), size, header };
}

function readBoxes(bytes: Uint8Array, from: number, to: number, facts: Facts): void {
  for (let at = from; at + 8 <= to && facts.boxes++ < mostBoxes;) {
    const box = boxAt(bytes, at, to - at);
    if (box === undefined) return;
    const body = at + box.header;
    const end = Math.min(at + box.size, to, bytes.length);
    if (containers.has(box.type)) readBoxes(bytes, body, end, facts);
    else if (box.type === 'hdlr') facts.handlers.add(asciiAt(bytes, body + 8, 4));
    else if (box.type === 'stsd') readEntries(bytes, body + 8, end, facts);
    else if (box.type === 'schm') scheme(asciiAt(bytes, body + 4, 4), facts);
    else if (box.type === 'frma') facts.codecs.add(asciiAt(bytes, body, 4));
    at += box.size;
  }
}

/** Sample entries: the codec is their type; boxes of an audio entry begin after 28 bytes (more in QuickTime). */
function readEntries(bytes: Uint8Array, from: number, to: number, facts: Facts): void {
  for (let at = from; at + 8 <= to && facts.boxes++ < mostBoxes;) {
    const entry = boxAt(bytes, at, to - at);
    if (entry === undefined) return;
    const end = Math.min(at + entry.size, to);
    facts.codecs.add(entry.type);
    if (protectedEntries.has(entry.type)) facts.protection = `sample entry ${entry.type}`;
    // Found by its name rather than by counting: the length of what stands before it differs between versions.
    const sinf = indexOfAscii(bytes, 'sinf', at + 8, end);
    if (sinf >= 4) {
      facts.protection ??= 'protection scheme (sinf)';
      readBoxes(bytes, sinf - 4, end, facts);
    }
    at += entry.size;
  }
}

function scheme(name: string, facts: Facts): void {
  if (protectedSchemes.has(name)) facts.protection = `${facts.protection ?? 'protection scheme'}, ${name}`;
}

function indexOfAscii(bytes: Uint8Array, text: string, from: number, to: number): number {
  const found = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(to, bytes.length)).indexOf(
    text,
    from,
    'latin1',
  );
  return found;
}
