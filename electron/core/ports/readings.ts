import type { AudioReading } from './audio-reading.ts';
import type { CueSheet } from './cue-sheet.ts';
import type { RawPath } from '../../../shared/domain/path.ts';
import type { FileKind } from '../../../shared/domain/file-kind.ts';
import type { FurtherDigest } from '../../../shared/domain/vocabulary.ts';
import type { ProblemCode, ProblemContext } from '../../../shared/domain/problem-codes.ts';

/** What the file system says of a file without reading it. Times in nanoseconds since the epoch. */
export interface FileStamp {
  readonly size: bigint;
  readonly mtimeNs: bigint;
  readonly ctimeNs: bigint;
  readonly inode: bigint;
}

/** Something about one path that a person must be able to see; what else it carries fills the message of its code. */
export interface FileProblem extends ProblemContext {
  readonly code: ProblemCode;
}

/**
 * The regular files of one folder, or of a slice of a large one, columnar because a million of them cross threads.
 * `stamps` holds four values a file: size, mtimeNs, ctimeNs, inode. Other entries (links, special files, what the scan
 * policy leaves out, folders that could not be read) come as `notes`.
 */
export interface ScannedFolder {
  /** Relative to the scanned root; empty for the root itself. */
  readonly folder: RawPath;
  readonly names: readonly Uint8Array[];
  readonly stamps: BigInt64Array;
  readonly notes: readonly { readonly name: Uint8Array; readonly problem: FileProblem }[];
  /** False while more slices of this folder follow. */
  readonly last: boolean;
}

export interface DigestValue {
  readonly algorithm: FurtherDigest;
  readonly value: Uint8Array;
}

export interface FormatFound {
  readonly name: string;
  readonly mime: string;
  /** PRONOM identifier, empty where PRONOM has no entry. */
  readonly puid: string;
}

export interface TechnicalMetadata {
  readonly container?: string;
  readonly codec?: string;
  readonly lossless?: boolean;
  readonly durationMs?: number;
  readonly sampleRate?: number;
  readonly bitDepth?: number;
  readonly channels?: number;
  readonly bitRate?: number;
}

export interface EmbeddedMetadata {
  readonly title?: string;
  readonly artist?: string;
  readonly album?: string;
  readonly albumArtist?: string;
  readonly date?: string;
  readonly disc?: number;
  readonly track?: number;
  /** JSON {"<tag type>": [["id", value], …]}, every tag as found; binary values as {bytes, sha256}. */
  readonly found: string;
}

/** What one full pass over a file yields. */
export interface FileReading {
  readonly status: 'read';
  readonly stamp: FileStamp;
  readonly sha256: Uint8Array;
  readonly digests: readonly DigestValue[];
  readonly kind: FileKind;
  readonly format: FormatFound;
  readonly technical?: TechnicalMetadata;
  readonly embedded?: EmbeddedMetadata;
  /** CRC-32 of every MiB, four bytes each, big-endian; they only locate damage. */
  readonly chunkDigests?: Uint8Array;
  /** Of sound. */
  readonly audio?: AudioReading;
  /** Of a cue sheet. */
  readonly cue?: CueSheet;
  /** [scheme, value], e.g. ['isrc', 'GBAYE9900001']. */
  readonly identifiers: readonly (readonly [string, string])[];
  /** Advisories (tags unreadable, empty file) that leave the digest standing. */
  readonly problems: readonly FileProblem[];
}

/** The file could not be read to its end; nothing of it is recorded but this. */
export interface FailedReading {
  readonly status: 'failed';
  readonly problem: FileProblem;
  /** Byte offset of a read error. */
  readonly offset?: number;
}

export type FileOutcome = FileReading | FailedReading;

/** A file copied into staging: as it was read, with everything or with its digests alone. */
export type CopyOutcome =
  | FileReading
  | (Pick<FileReading, 'status' | 'stamp' | 'sha256' | 'digests'> & { readonly kind?: undefined })
  | FailedReading;

/** Bytes read and compared with nothing else: what an audit needs. */
export type DigestOutcome =
  | {
      readonly status: 'read';
      readonly stamp: FileStamp;
      readonly sha256: Uint8Array;
      /** What was asked for beside SHA-256. */
      readonly digests?: readonly DigestValue[];
      /** Whether its bytes came past the page cache, where that was asked for. */
      readonly direct?: boolean;
    }
  | FailedReading;

/** Bytes read back after they were written; `direct` where they came past the page cache. */
export type ReadBackOutcome = DigestOutcome & { readonly direct?: boolean };
