import type { FilesRead } from '../../../core/ports/catalogue.ts';
import type { DigestValue, FailedReading, FileReading } from '../../../core/ports/readings.ts';

/**
 * FilesRead on its way to the thread. Cloned as it is, every name and digest of a million files would be a buffer of its
 * own, allocated by one thread and freed by another: slow, and memory that does not come back. Here a batch is one buffer,
 * one array of integers and one text.
 */
export interface PackedFiles extends Omit<FilesRead, 'files'> {
  /** Name, SHA-256 and further digests of each file, one after the other; their lengths in the text. */
  readonly bytes: Uint8Array;
  /** Size, mtime, ctime, inode of each file that was read. */
  readonly stamps: BigInt64Array;
  /** JSON of PackedFile[]. */
  readonly text: string;
}

/** [length of the name, what was read or failed, algorithms and lengths of further digests]. */
type PackedFile = readonly [
  number,
  Omit<FileReading, 'stamp' | 'sha256' | 'digests'> | FailedReading,
  readonly (readonly [DigestValue['algorithm'], number])[],
];

const SHA256_LENGTH = 32;

export function packFiles({ files, ...batch }: FilesRead): PackedFiles {
  const pieces: Uint8Array[] = [];
  const stamps: bigint[] = [];
  const packed = files.map(({ name, outcome }): PackedFile => {
    pieces.push(name);
    if (outcome.status === 'failed') return [name.length, outcome, []];
    const { stamp, sha256, digests, ...rest } = outcome;
    if (sha256.length !== SHA256_LENGTH) throw new RangeError('a SHA-256 has 32 bytes');
    pieces.push(sha256, ...digests.map(({ value }) => value));
    stamps.push(stamp.size, stamp.mtimeNs, stamp.ctimeNs, stamp.inode);
    return [name.length, rest, digests.map(({ algorithm, value }) => [algorithm, value.length] as const)];
  });
  const bytes = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return { ...batch, bytes, stamps: BigInt64Array.from(stamps), text: JSON.stringify(packed) };
}

export function unpackFiles({ bytes, stamps, text, ...batch }: PackedFiles): FilesRead {
  // Buffers, because SQLite's binding takes them as they are.
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  let stampAt = 0;
  const next = (length: number): Buffer => buffer.subarray(at, (at += length));
  const files = (JSON.parse(text) as PackedFile[]).map(([nameLength, rest, lengths]) => {
    const name = next(nameLength);
    if (rest.status === 'failed') return { name, outcome: rest };
    const sha256 = next(SHA256_LENGTH);
    const digests = lengths.map(([algorithm, length]) => ({ algorithm, value: next(length) }));
    const [size = 0n, mtimeNs = 0n, ctimeNs = 0n, inode = 0n] = stamps.subarray(stampAt, (stampAt += 4));
    return { name, outcome: { ...rest, stamp: { size, mtimeNs, ctimeNs, inode }, sha256, digests } };
  });
  return { ...batch, files };
}
