/** WAVE in RIFF, RF64 and BW64: what its fmt and bext chunks say (EBU Tech 3285, 3306; ITU-R BS.2088). */
import { asciiAt, bytesAt, type Content, viewOf } from './content.ts';
import { type Format, formats } from './formats.ts';
import type { Found } from './found.ts';

/** A healthy file has a dozen; this bounds what a crafted one costs. */
const mostChunks = 200;
const pcm = 0x0001;
const mpeg = [0x0050, 0x0055];
const extensible = 0xfffe;

const codecs: Readonly<Record<number, string>> = { 1: 'PCM', 3: 'IEEE_FLOAT', 6: 'ALAW', 7: 'MULAW' };

const broadcastBase = { pcm: 703, mpeg: 706, extensible: 709 } as const;
const broadcastGeneric = ['fmt/1', 'fmt/2', 'fmt/527'] as const;

interface Chunks {
  formatTag?: number;
  formatSize?: number;
  /** The format tag inside the GUID of WAVEFORMATEXTENSIBLE. */
  subFormat?: number;
  /** Version of the bext chunk; undefined where there is none. */
  broadcast?: number;
}

export function readRiff(content: Content, at: number): Found {
  const container = asciiAt(bytesAt(content, at, 4), 0, 4);
  const chunks = readChunks(content, at + 12);
  if (container === 'BW64') return { format: formats.bw64 };
  if (container === 'RF64')
    return { format: chunks.broadcast === undefined ? formats.rf64 : formats.rf64Bwf };
  const codec = chunks.formatTag === extensible ? codecs[chunks.subFormat ?? 0] : undefined;
  if (chunks.broadcast !== undefined) return { format: broadcast(chunks.broadcast, chunks.formatTag), codec };
  return { format: plain(chunks), codec };
}

function plain({ formatTag, formatSize }: Chunks): Format {
  if (formatTag === extensible) return formats.waveExtensible;
  if (formatTag === pcm && formatSize === 16) return formats.wavePcm;
  return formatTag !== undefined && (formatSize ?? 0) >= 18 ? formats.waveEx : formats.wave;
}

function broadcast(version: number, tag: number | undefined): Format {
  const family = tag === pcm ? 'pcm' : tag === extensible ? 'extensible' : 'mpeg';
  const isFamily = family !== 'mpeg' || mpeg.includes(tag ?? 0);
  const generic = broadcastGeneric[version];
  // A version that PRONOM does not know yet is a Broadcast WAVE all the same, without an identifier.
  if (generic === undefined) return { ...formats.wave, name: `Broadcast WAVE ${version}`, puid: '' };
  const puid = isFamily ? `fmt/${broadcastBase[family] + version}` : generic;
  return { ...formats.wave, name: `Broadcast WAVE ${version}`, puid };
}

function readChunks(content: Content, start: number): Chunks {
  const chunks: Chunks = {};
  let dataSize64: number | undefined;
  let at = start;
  for (let i = 0; i < mostChunks && at + 8 <= content.size; i++) {
    const header = bytesAt(content, at, 36);
    if (header.length < 8) break;
    const view = viewOf(header);
    const id = asciiAt(header, 0, 4);
    let size = view.getUint32(4, true);
    if (id === 'ds64' && header.length >= 24) dataSize64 = Number(view.getBigUint64(16, true));
    if (id === 'data' && size === 0xffffffff && dataSize64 !== undefined) size = dataSize64;
    if (id === 'fmt ' && header.length >= 10) {
      chunks.formatTag = view.getUint16(8, true);
      chunks.formatSize = size;
      if (size >= 26 && header.length >= 34) chunks.subFormat = view.getUint16(32, true);
    }
    if (id === 'bext') {
      const version = bytesAt(content, at + 8 + 346, 2);
      chunks.broadcast = version.length === 2 ? viewOf(version).getUint16(0, true) : 0;
    }
    if (chunks.formatTag !== undefined && chunks.broadcast !== undefined) break;
    at += 8 + size + (size % 2);
  }
  return chunks;
}
