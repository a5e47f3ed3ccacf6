import type { RawPath } from '../../../shared/domain/path.ts';

export interface FolderEntry {
  readonly name: RawPath;
  /** Absolute. */
  readonly path: RawPath;
  /** What the system does not show by itself. */
  readonly hidden: boolean;
}

export interface ListedFolder {
  readonly path: RawPath;
  /** Absent at the top. */
  readonly parent?: RawPath;
  readonly folders: readonly FolderEntry[];
  /** There are more. */
  readonly truncated: boolean;
  readonly files: number;
}

/** Folders of this machine, for whoever chooses one. Names only: no file is opened. */
export interface Folders {
  /**
   * Undefined: the user's home.
   * @throws HoldfastError FOLDER_NOT_FOUND, NOT_A_FOLDER, FOLDER_UNREADABLE
   */
  list(path: RawPath | undefined): Promise<ListedFolder>;
  /** The user's home, and what is mounted beside the system's own disk. */
  places(): Promise<{ readonly name: string; readonly path: RawPath; readonly kind: 'home' | 'volume' }[]>;
  /** Of the volume of this folder; undefined where the system does not tell. */
  space(path: RawPath): Promise<{ readonly freeBytes: number; readonly totalBytes: number } | undefined>;
}
