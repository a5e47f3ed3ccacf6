import type { PackedReadings } from '../core/ports/packed-readings.ts';
import type { DigestValue } from '../core/ports/readings.ts';

/** What a thread and the pool tell each other without messages, by its index in `control`. */
export const control = {
  /** Bytes read since the thread began. */
  bytes: 0,
  /** Place in its task of the file that it is reading. */
  index: 1,
  /** Number of the task to leave off. */
  abort: 2,
  /** Grows with every file and every read: a thread in which it stands still is stuck. */
  pulse: 3,
  /** 1 while tags are read or sound is walked, where only a parser can be stuck. */
  inTags: 4,
} as const;

export type Control = BigInt64Array<SharedArrayBuffer>;
export const controlBytes = Object.keys(control).length * BigInt64Array.BYTES_PER_ELEMENT;

export interface FileSetup {
  readonly control: Control;
}

export interface FileTask {
  readonly id: number;
  /** Absolute paths, packed. */
  readonly paths: Uint8Array<ArrayBuffer>;
  readonly count: number;
  readonly further: readonly DigestValue['algorithm'][];
  /**
   * `whole`: digests, format and tags; `untagged`: the same without tags; `digest`: digests alone; `back`: SHA-256 alone,
   * past the page cache.
   */
  readonly look: 'whole' | 'untagged' | 'digest' | 'back';
  /** Where each file is copied to as it is read, packed; not with `back`. */
  readonly targets?: Uint8Array<ArrayBuffer>;
  /** Stands above all of them; no folder above it is made. */
  readonly within?: Uint8Array;
  /** With `digest`: past the page cache where that can be done. */
  readonly direct?: boolean;
  /** Bytes a second that this thread may read or copy. */
  readonly rate?: number;
}

export interface FileAnswer {
  readonly id: number;
  /** In the order of the paths; fewer when the task was left off. */
  readonly readings: PackedReadings;
}
