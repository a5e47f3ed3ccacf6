import type { FileProblem } from '../core/ports/readings.ts';

/** Sibling folders still to be listed; `folder` is relative to the root and holds them. */
export interface FolderBlock {
  readonly folder: Uint8Array;
  /** Packed names; one empty name in an empty folder is the root itself. */
  readonly names: Uint8Array<ArrayBuffer>;
  readonly count: number;
  /** (device, inode, bytes that the folder itself takes or 0) of each of them. */
  readonly stats: BigInt64Array<ArrayBuffer>;
  /** (device, inode) of `folder` and every folder above it, up to the root. */
  readonly ancestors: BigInt64Array;
}

/** Begins a walk; a thread does one after another. */
export interface ScanSetup {
  readonly root: Uint8Array;
  /** [messages taken by the consumer, 1 when aborted]. */
  readonly control: Int32Array<SharedArrayBuffer>;
}

export interface ScanTask {
  readonly blocks: readonly FolderBlock[];
}

/** Slices of folders, columnar. Names are packed: for each slice its folder, then its files. */
export interface ScanMessage {
  readonly names: Uint8Array<ArrayBuffer>;
  /** For each slice: number of files, and 1 where it is the last of its folder, 2 where its listing broke off. */
  readonly slices: Int32Array<ArrayBuffer>;
  readonly stamps: BigInt64Array<ArrayBuffer>;
  readonly notes: readonly {
    readonly slice: number;
    readonly name: Uint8Array;
    readonly problem: FileProblem;
  }[];
  readonly found: readonly FolderBlock[];
  /** The blocks of one task have all been listed. */
  readonly done: boolean;
}
