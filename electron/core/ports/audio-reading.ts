import type { EssenceDigest } from '../../../shared/domain/essence.ts';
import type { InternalVerdict } from '../../../shared/domain/integrity.ts';

/** A part of a file that is neither essence nor a mere tag: it tells where the recording comes from. */
export interface Evidence {
  readonly kind: 'chunk' | 'picture' | 'cue sheet';
  /** As the format names it: `bext`, `LIST/INFO`, `APPLICATION riff`. */
  readonly id: string;
  /** Of its content, without the header that names it. */
  readonly offset: number;
  /** Bytes that are there; fewer than claimed where the file ends before. */
  readonly length: number;
  readonly sha256: Uint8Array;
  /** Its content, where that is small enough to be kept. */
  readonly bytes?: Uint8Array;
  /** What was read out of it, by the names of its specification. */
  readonly fields?: Readonly<Record<string, string | number>>;
}

/** Something that a walk met, of a code of problem-codes.ts; its place is always known. */
export interface AudioProblem {
  readonly code:
    | 'essence_damaged'
    | 'checksum_differs'
    | 'truncated'
    | 'header_damaged'
    | 'decoder_limitation'
    | 'structure_odd';
  /** Bytes from the beginning of the file. */
  readonly offset: number;
  /** Milliseconds from the beginning of the recording, where that can be known. */
  readonly timeMs?: number;
  readonly detail: string;
}

/** What one walk over a file of sound yields. */
export interface AudioReading {
  readonly verdict: InternalVerdict;
  /** Internal checks that cover the audio and passed, such as `CRC-16 of 1,204 frames`. */
  readonly proofs: readonly string[];
  /** What could have been checked and is not there, such as `MD5 of the samples: never set`. */
  readonly lacks: readonly string[];
  /** Absent where no rule says yet what the essence of this format is, or its parameters were not found. */
  readonly essence?: EssenceDigest;
  /** Version of the format, in its own words. */
  readonly version?: string;
  /** MD5 of the decoded samples as the file states it (FLAC: STREAMINFO), lower-case hex; absent where it was never set. */
  readonly samplesMd5?: string;
  /** Why it is under protection (DRM). */
  readonly protection?: string;
  /** In the order of their offsets, the first few hundred. */
  readonly evidence: readonly Evidence[];
  /** In the order found, the first few dozen. */
  readonly problems: readonly AudioProblem[];
  /** Evidence and problems beyond those listed. */
  readonly unlisted: number;
}

/** What a person must know of a file; what is unusual in it, or beyond this program, stands with the content and asks for nothing. */
export function damageIn(audio: AudioReading | undefined): AudioProblem[] {
  return (audio?.problems ?? []).filter(
    ({ code }) => code !== 'structure_odd' && code !== 'decoder_limitation',
  );
}
