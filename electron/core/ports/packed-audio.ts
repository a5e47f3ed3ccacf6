import { essenceDigest } from '../../../shared/domain/essence.ts';
import type { AudioReading, Evidence } from './audio-reading.ts';

/** An audio reading as JSON takes it: its bytes stand elsewhere, in the order essence, then digest and content of each evidence. */
export interface PackedAudio extends Omit<AudioReading, 'essence' | 'evidence'> {
  readonly essence?: { readonly definition: string };
  /** `kept`: length of the content, where that was kept. */
  readonly evidence: readonly (Omit<Evidence, 'sha256' | 'bytes'> & { readonly kept?: number })[];
}

const sha256Length = 32;

/** @param push takes the bytes, in order */
export function packAudio(audio: AudioReading, push: (bytes: Uint8Array) => void): PackedAudio {
  const { essence, evidence, ...rest } = audio;
  if (essence !== undefined) push(essence.value);
  return {
    ...rest,
    ...(essence === undefined ? {} : { essence: { definition: essence.definition } }),
    evidence: evidence.map(({ sha256, bytes, ...known }) => {
      push(sha256);
      if (bytes === undefined) return known;
      push(bytes);
      return { ...known, kept: bytes.length };
    }),
  };
}

/** @param next gives the bytes back, in the order in which they were pushed */
export function unpackAudio(packed: PackedAudio, next: (length: number) => Uint8Array): AudioReading {
  const { essence, evidence, ...rest } = packed;
  return {
    ...rest,
    ...(essence === undefined ? {} : { essence: essenceDigest(essence.definition, next(sha256Length)) }),
    evidence: evidence.map(({ kept, ...known }) => {
      const sha256 = next(sha256Length);
      return { ...known, sha256, ...(kept === undefined ? {} : { bytes: next(kept) }) };
    }),
  };
}
