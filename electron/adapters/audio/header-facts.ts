/** Technical metadata of formats that music-metadata does not read, from their fixed headers. Sizes in bytes. */
import type { TechnicalMetadata } from '../../core/ports/readings.ts';
import { asciiAt, bytesAt, type Content, viewOf } from './content.ts';
import { type Format, formats } from './formats.ts';
import { plausible } from './plausible.ts';

const mostChunks = 200;

interface Sound {
  container: string;
  codec: string;
  lossless: boolean;
  sampleRate: number;
  channels: number;
  bitDepth: number;
  /** Of the whole file; undefined where the header does not say. */
  frames?: number | undefined;
}

const readers: readonly (readonly [Format, (content: Content) => Sound | undefined])[] = [
  [formats.rf64, readRf64],
  [formats.rf64Bwf, readRf64],
  [formats.bw64, readRf64],
  [formats.w64, readW64],
  [formats.caf, readCaf],
  [formats.au, readAu],
  [formats.tta1, readTta],
];

/** Undefined where the format is none of these, or its header makes no sense. */
export function headerFacts(content: Content, formatName: string): TechnicalMetadata | undefined {
  const sound = readers.find(([format]) => format.name === formatName)?.[1](content);
  const sampleRate = plausible(sound?.sampleRate);
  if (sound === undefined || sampleRate === undefined || sound.channels === 0) return undefined;
  const { container, codec, lossless, channels, bitDepth, frames } = sound;
  const durationMs = frames === undefined ? undefined : plausible((frames / sound.sampleRate) * 1000);
  return {
    container,
    codec,
    lossless,
    sampleRate,
    channels,
    ...(bitDepth > 0 ? { bitDepth } : {}),
    ...(durationMs === undefined ? {} : { durationMs }),
  };
}

/** The fmt chunk of WAVE (WAVEFORMATEX), from its first field on. */
function waveFormat(container: string, format: DataView, dataBytes: number | undefined): Sound {
  const tag = format.getUint16(0, true);
  const subTag = tag === 0xfffe && format.byteLength >= 26 ? format.getUint16(24, true) : tag;
  const blockAlign = format.getUint16(12, true);
  const isLinear = subTag === 1 || subTag === 3;
  return {
    container,
    codec: subTag === 1 ? 'PCM' : subTag === 3 ? 'IEEE_FLOAT' : `WAVE format ${subTag}`,
    lossless: isLinear,
    channels: format.getUint16(2, true),
    sampleRate: format.getUint32(4, true),
    bitDepth: format.getUint16(14, true),
    frames: isLinear && blockAlign > 0 && dataBytes !== undefined ? dataBytes / blockAlign : undefined,
  };
}

function readRf64(content: Content): Sound | undefined {
  let format: DataView | undefined;
  let dataBytes: number | undefined;
  let at = 12;
  for (let i = 0; i < mostChunks && at + 8 <= content.size; i++) {
    const chunk = bytesAt(content, at, 48);
    if (chunk.length < 8) break;
    const view = viewOf(chunk);
    const id = asciiAt(chunk, 0, 4);
    const size = view.getUint32(4, true);
    if (id === 'ds64' && chunk.length >= 24) dataBytes = Number(view.getBigUint64(16, true));
    if (id === 'fmt ' && size >= 16 && chunk.length >= 24) format = viewOf(chunk.subarray(8));
    if (id === 'data') {
      if (size !== 0xffffffff) dataBytes = size;
      break;
    }
    at += 8 + size + (size % 2);
  }
  const container = asciiAt(content.head, 0, 4);
  return format === undefined ? undefined : waveFormat(container, format, dataBytes);
}

/** Sony Wave64: chunks named by GUIDs that begin with the RIFF name; sizes count the 24 bytes of their header. */
function readW64(content: Content): Sound | undefined {
  let format: DataView | undefined;
  let at = 40;
  for (let i = 0; i < mostChunks && at + 24 <= content.size; i++) {
    const chunk = bytesAt(content, at, 64);
    if (chunk.length < 24) break;
    const id = asciiAt(chunk, 0, 4);
    const size = Number(viewOf(chunk).getBigUint64(16, true));
    if (id === 'fmt ' && chunk.length >= 40) format = viewOf(chunk.subarray(24));
    if (id === 'data' && format !== undefined) return waveFormat('Wave64', format, size - 24);
    if (size < 24) break;
    at += Math.ceil(size / 8) * 8;
  }
  return undefined;
}

/** Apple Core Audio Format Specification 1.0: the desc chunk stands first; big-endian. */
function readCaf(content: Content): Sound | undefined {
  const head = bytesAt(content, 0, 52);
  if (head.length < 52 || asciiAt(head, 8, 4) !== 'desc') return undefined;
  const view = viewOf(head);
  const codec = asciiAt(head, 28, 4);
  const bytesPerPacket = view.getUint32(36);
  let frames: number | undefined;
  for (let at = 20 + Number(view.getBigInt64(12)), i = 0; i < mostChunks && at + 12 <= content.size; i++) {
    const chunk = bytesAt(content, at, 12);
    if (chunk.length < 12) break;
    const size = Number(viewOf(chunk).getBigInt64(4));
    if (asciiAt(chunk, 0, 4) === 'data') {
      // -1: up to the end of the file. Four bytes of the chunk count edits.
      const bytes = size < 0 ? content.size - at - 12 : size;
      if (codec === 'lpcm' && bytesPerPacket > 0) frames = (bytes - 4) / bytesPerPacket;
      break;
    }
    if (size < 0) break;
    at += 12 + size;
  }
  return {
    container: 'CAF',
    codec: codec === 'lpcm' ? 'PCM' : codec.trim(),
    lossless: codec === 'lpcm' || codec === 'alac',
    sampleRate: view.getFloat64(20),
    channels: view.getUint32(44),
    bitDepth: view.getUint32(48),
    frames,
  };
}

/** Sun AU: encodings 2–5 are integers of 8–32 bits, 6 and 7 floating point, 1 µ-law, 27 A-law; big-endian. */
function readAu(content: Content): Sound | undefined {
  const head = bytesAt(content, 0, 24);
  if (head.length < 24) return undefined;
  const view = viewOf(head);
  const encoding = view.getUint32(12);
  const bits = { 1: 8, 2: 8, 3: 16, 4: 24, 5: 32, 6: 32, 7: 64, 27: 8 }[encoding];
  const codec = encoding === 1 ? 'µ-law' : encoding === 27 ? 'A-law' : encoding >= 6 ? 'IEEE_FLOAT' : 'PCM';
  const channels = view.getUint32(20);
  const declared = view.getUint32(8);
  const bytes = declared === 0xffffffff ? content.size - view.getUint32(4) : declared;
  return {
    container: 'AU',
    codec: bits === undefined ? `AU encoding ${encoding}` : codec,
    lossless: bits !== undefined && bits > 8,
    sampleRate: view.getUint32(16),
    channels,
    bitDepth: bits ?? 0,
    frames: bits === undefined ? undefined : bytes / (channels * (bits / 8)),
  };
}

/** TTA1: format, channels, bits, rate, samples; little-endian. An ID3v2 tag in front is not looked behind. */
function readTta(content: Content): Sound | undefined {
  const head = bytesAt(content, 0, 18);
  if (head.length < 18 || asciiAt(head, 0, 4) !== 'TTA1') return undefined;
  const view = viewOf(head);
  return {
    container: 'TTA',
    codec: 'TTA',
    lossless: true,
    channels: view.getUint16(6, true),
    bitDepth: view.getUint16(8, true),
    sampleRate: view.getUint32(10, true),
    frames: view.getUint32(14, true),
  };
}
