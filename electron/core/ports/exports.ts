import type { RawPath } from '../../../shared/domain/path.ts';

export interface ExportedFile {
  /** Absolute. */
  readonly path: RawPath;
  readonly size: number;
  /** Lower-case hex. */
  readonly sha256: string;
}

export type ExportedContent = { readonly extension: string } & (
  { readonly text: () => AsyncIterable<string> } | { readonly bytes: () => AsyncIterable<Uint8Array> }
);

/** Where hand-outs are written. */
export interface Exports {
  /**
   * Writes files that belong together: `NAME.EXTENSION` each, from a stream of text, in UTF-8, or of bytes. What is there already is
   * never touched: then all of them get the next free name, `NAME-2.EXTENSION`. A file stands under its name only once it
   * is whole and synced; where one cannot be written, none is left.
   * @param folder absolute; made where it is missing
   * @throws HoldfastError DISK_FULL, BAD_INPUT for a folder that is none or may not be written to
   */
  write(folder: RawPath, name: string, files: readonly ExportedContent[]): Promise<ExportedFile[]>;
}
