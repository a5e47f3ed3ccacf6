/** What each codec makes of the first packets of its stream in Ogg. */
import { asciiAt, viewOf } from './content.ts';

export interface OggCodec {
  readonly name: string;
  /** Samples a second, as granule positions count them; 0 where the packet does not say. */
  readonly rate: number;
  /** Samples at the beginning that are not played. */
  readonly preSkip: number;
  /** What is decoded by, out of the first packet. */
  readonly identification: Uint8Array;
  /** Packets before the audio, as far as they are counted. */
  readonly headers: number;
  readonly version: string;
  /** Whether the packet of this number, which begins with this byte, is essence. The first packet has number 0. */
  readonly isEssence: (number: number, firstByte: number) => boolean;
  readonly lacks?: string;
}

const secondIsComment = (number: number): boolean => number !== 1;

/** By the first packet of a stream; undefined where it is no sound: Skeleton, Theora, Kate. */
export function codecOf(packet: Uint8Array): OggCodec | undefined {
  const view = viewOf(packet);
  const identification = packet;
  // Vorbis I §4.2.2: version 32, channels 8, rate 32.
  if (asciiAt(packet, 0, 7) === '\x01vorbis' && packet.length >= 30) {
    const [rate, version] = [view.getUint32(12, true), `Vorbis ${view.getUint32(7, true)}`];
    return {
      name: 'vorbis',
      rate,
      preSkip: 0,
      identification,
      headers: 3,
      version,
      isEssence: secondIsComment,
    };
  }
  // RFC 7845 §5.1: granule positions count 48,000 a second whatever the input had.
  if (asciiAt(packet, 0, 8) === 'OpusHead' && packet.length >= 19) {
    const preSkip = view.getUint16(10, true);
    const version = `Opus ${packet[8]}`;
    return {
      name: 'opus',
      rate: 48000,
      preSkip,
      identification,
      headers: 2,
      version,
      isEssence: secondIsComment,
    };
  }
  // The Speex Codec Manual, table 7.1: version 20, id, size, rate, …, extra_headers.
  if (asciiAt(packet, 0, 8) === 'Speex   ' && packet.length >= 80) {
    const headers = 2 + Math.min(view.getUint32(68, true), 255);
    const [rate, version] = [
      view.getUint32(36, true),
      asciiAt(packet, 8, 20).replace(/[^\x21-\x7e].*$/s, ''),
    ];
    return { name: 'speex', rate, preSkip: 0, identification, headers, version, isEssence: secondIsComment };
  }
  return asciiAt(packet, 0, 5) === '\x7fFLAC' && packet.length >= 51 ? flacOf(packet, view) : undefined;
}

/**
 * RFC 9639 §10.1: version 16, number of header packets 16, `fLaC`, then STREAMINFO with its block header. The number changes with the
 * tags, and MD5 may be set later, so that neither is essence; block headers never begin with 0xff, and frames always do.
 */
function flacOf(packet: Uint8Array, view: DataView): OggCodec {
  let inAudio = false;
  return {
    name: 'flac',
    rate: view.getUint32(27) >>> 12,
    preSkip: 0,
    identification: packet.subarray(17, 35),
    headers: 2,
    version: `FLAC in Ogg ${packet[5]}.${packet[6]}`,
    isEssence: (_, firstByte) => (inAudio ||= firstByte === 0xff),
    ...(packet.subarray(35, 51).every((byte) => byte === 0)
      ? { lacks: 'MD5 of the samples: never set' }
      : {}),
  };
}
