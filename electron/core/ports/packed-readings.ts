import { type PackedAudio, packAudio, unpackAudio } from './packed-audio.ts';
import type { DigestOutcome, DigestValue, FileOutcome } from './readings.ts';

type Outcome = FileOutcome | DigestOutcome;

/**
 * Outcomes on their way between threads. Cloned as they are, every digest of a million files would be a buffer of its own,
 * allocated by one thread and freed by another: slow, and memory that does not come back. Here a batch is one buffer,
 * one array of integers and one text.
 */
export interface PackedReadings {
  /** Of each file that was read, one after the other: SHA-256, further digests, chunk digests, bytes of its audio reading. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Size, mtime, ctime, inode of each file that was read. */
  readonly stamps: BigInt64Array<ArrayBuffer>;
  /** JSON of PackedOutcome[]. */
  readonly text: string;
}

/** [all but what is packed apart, algorithms and lengths of further digests, length of the chunk digests]. */
type PackedOutcome = readonly [
  object & { readonly audio?: PackedAudio },
  readonly (readonly [DigestValue['algorithm'], number])[],
  number?,
];

const SHA256_LENGTH = 32;

export function packReadings(outcomes: readonly Outcome[]): PackedReadings {
  const pieces: Uint8Array[] = [];
  const stamps: bigint[] = [];
  const packed = outcomes.map((outcome): PackedOutcome => {
    if (outcome.status === 'failed') return [outcome, []];
    const {
      stamp,
      sha256,
      digests = [],
      chunkDigests,
      audio,
      ...rest
    } = outcome as Extract<FileOutcome, { status: 'read' }>;
    if (sha256.length !== SHA256_LENGTH) throw new RangeError('a SHA-256 has 32 bytes');
    pieces.push(sha256, ...digests.map(({ value }) => value));
    stamps.push(stamp.size, stamp.mtimeNs, stamp.ctimeNs, stamp.inode);
    const lengths = digests.map(({ algorithm, value }) => [algorithm, value.length] as const);
    if (chunkDigests !== undefined) pieces.push(chunkDigests);
    const known =
      audio === undefined ? rest : { ...rest, audio: packAudio(audio, (piece) => pieces.push(piece)) };
    return chunkDigests === undefined ? [known, lengths] : [known, lengths, chunkDigests.length];
  });
  const bytes = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return { bytes, stamps: BigInt64Array.from(stamps), text: JSON.stringify(packed) };
}

/** The outcomes as they were packed; digests are views of the packed bytes. */
export function unpackReadings({ bytes, stamps, text }: PackedReadings): Outcome[] {
  // Buffers, because SQLite's binding takes them as they are.
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  let stampAt = 0;
  const next = (length: number): Buffer => buffer.subarray(at, (at += length));
  return (JSON.parse(text) as PackedOutcome[]).map(([{ audio, ...rest }, lengths, chunks]) => {
    if ((rest as Outcome).status === 'failed') return rest as Outcome;
    const sha256 = next(SHA256_LENGTH);
    const digests = lengths.map(([algorithm, length]) => ({ algorithm, value: next(length) }));
    const [size = 0n, mtimeNs = 0n, ctimeNs = 0n, inode = 0n] = stamps.subarray(stampAt, (stampAt += 4));
    const read = {
      ...rest,
      stamp: { size, mtimeNs, ctimeNs, inode },
      sha256,
      digests,
      ...(chunks === undefined ? {} : { chunkDigests: next(chunks) }),
      ...(audio === undefined ? {} : { audio: unpackAudio(audio, next) }),
    };
    return read as unknown as Outcome;
  });
}
