/** Where a bag is read from: a folder, or an archive that is streamed. The rules are the same for both. */
import { lstat } from 'node:fs/promises';
import type { DigestFiles } from '../../core/ports/bag-validation.ts';
import { joinRaw, type RawPath } from '../../../shared/domain/path.ts';
import { openTagFile, type OpenTagFile, type TagEncoding } from './tag-lines.ts';
import { type BagEntry, codeOf, DATA_FOLDER, walkBag, WHOLE_BAG } from './walk-bag.ts';

/** All paths are relative to the bag. */
export interface BagSource {
  /** Whether `data/` is there and a folder: a link in its place is none. */
  payloadFolder(): Promise<'folder' | 'absent' | { readonly unreadable: string }>;
  /**
   * @param sizes `unasked`: sizes may be 0, where that saves time
   */
  walk(below: 'bag' | 'payload', sizes: 'asked' | 'unasked'): AsyncIterable<BagEntry[]>;
  /** @throws the system's error, `code` ENOENT where there is no such file */
  openTagFile(file: RawPath, encoding: TagEncoding): Promise<OpenTagFile>;
  /** Payload is asked for in the order of the walk. */
  readonly digest: DigestFiles;
}

export class FolderSource implements BagSource {
  readonly digest: DigestFiles;
  readonly #bag: RawPath;

  /** @param digest of files by their absolute paths */
  constructor(bag: RawPath, digest: DigestFiles) {
    this.#bag = bag;
    this.digest = (files, further) =>
      digest(
        files.map((file) => joinRaw(bag, file)),
        further,
      );
  }

  async payloadFolder(): Promise<'folder' | 'absent' | { readonly unreadable: string }> {
    try {
      const stats = await lstat(Buffer.from(joinRaw(this.#bag, DATA_FOLDER)));
      return stats.isDirectory() ? 'folder' : 'absent';
    } catch (error) {
      return codeOf(error) === 'ENOENT' ? 'absent' : { unreadable: codeOf(error) };
    }
  }

  walk(below: 'bag' | 'payload', sizes: 'asked' | 'unasked'): AsyncIterable<BagEntry[]> {
    return walkBag(this.#bag, below === 'bag' ? WHOLE_BAG : DATA_FOLDER, sizes);
  }

  openTagFile(file: RawPath, encoding: TagEncoding): Promise<OpenTagFile> {
    return openTagFile(joinRaw(this.#bag, file), encoding);
  }
}
