import type { DigestOutcome, DigestValue, FileOutcome } from './readings.ts';

type Outcome = FileOutcome | DigestOutcome;

/**
 * Outcomes on their way between threads. Cloned as they are, every digest of a million files would be a buffer of its own,
 * allocated by one thread and freed by another: slow, and memory that does not come back. Here a batch is one buffer,
 * one array of integers and one text.
 */
export interface PackedReadings {
  /** SHA-256 and further digests of each file that was read, one after the other; their lengths in the text. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Size, mtime, ctime, inode of each file that was read. */
  readonly stamps: BigInt64Array<ArrayBuffer>;
  /** JSON of PackedOutcome[]. */
  readonly text: string;
}

/** [all but what is packed apart, algorithms and lengths of further digests]. */
type PackedOutcome = readonly [object, readonly (readonly [DigestValue['algorithm'], number])[]];

const SHA256_LENGTH = 32;

export function packReadings(outcomes: readonly Outcome[]): PackedReadings {
  const pieces: Uint8Array[] = [];
  const stamps: bigint[] = [];
  const packed = outcomes.map((outcome): PackedOutcome => {
    if (outcome.status === 'failed') return [outcome, []];
    const { stamp, sha256, digests = [], ...rest } = outcome as Extract<FileOutcome, { status: 'read' }>;
    if (sha256.length !== SHA256_LENGTH) throw new RangeError('a SHA-256 has 32 bytes');
    pieces.push(sha256, ...digests.map(({ value }) => value));
    stamps.push(stamp.size, stamp.mtimeNs, stamp.ctimeNs, stamp.inode);
    return [rest, digests.map(({ algorithm, value }) => [algorithm, value.length] as const)];
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
  return (JSON.parse(text) as PackedOutcome[]).map(([rest, lengths]) => {
    if ((rest as Outcome).status === 'failed') return rest as Outcome;
    const sha256 = next(SHA256_LENGTH);
    const digests = lengths.map(([algorithm, length]) => ({ algorithm, value: next(length) }));
    const [size = 0n, mtimeNs = 0n, ctimeNs = 0n, inode = 0n] = stamps.subarray(stampAt, (stampAt += 4));
    const read = { ...rest, stamp: { size, mtimeNs, ctimeNs, inode }, sha256, digests };
    return read as unknown as Outcome;
  });
}
