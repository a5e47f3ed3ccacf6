import { createHash } from 'node:crypto';
import type { DigestOutcome } from '../../../core/ports/readings.ts';
import type { RawPath } from '../../../../shared/domain/path.ts';
import type { FurtherDigest } from '../../../../shared/domain/vocabulary.ts';
import type { BagSource } from '../bag-source.ts';
import type { FindingList } from '../finding-list.ts';
import { type OpenTagFile, type TagEncoding, tagFileOf } from '../tag-lines.ts';
import { type BagEntry, codeOf, isPayload } from '../walk-bag.ts';
import {
  ArchiveBroken,
  asBroken,
  type OpenEntry,
  type ReadArchive,
  TooMuchUnpacked,
} from './archive-entry.ts';
import type { KeptEntry, SerialContents } from './contents.ts';

const SLICE = 256;

/** A bag in an archive. Its payload is read in a second pass, in the order of the archive, and by nobody twice. */
export class SerialSource implements BagSource {
  readonly #contents: SerialContents;
  readonly #read: ReadArchive;
  readonly #findings: FindingList;
  readonly #onBytes: (bytes: number) => void;
  readonly #ordinals = new Map<string, number>();
  #cursor: AsyncGenerator<OpenEntry, void> | undefined;
  #at = -1;
  /** Calls wait for each other: there is one stream. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(
    contents: SerialContents,
    read: ReadArchive,
    findings: FindingList,
    onBytes: (bytes: number) => void,
  ) {
    this.#contents = contents;
    this.#read = read;
    this.#findings = findings;
    this.#onBytes = onBytes;
    for (const { path, kind, ordinal } of contents.entries)
      if (kind === 'file') this.#ordinals.set(keyOf(path), ordinal);
  }

  payloadFolder(): Promise<'folder' | 'absent'> {
    const isThere = this.#contents.entries.some(
      ({ path, kind }) => isPayload(path) || (kind === 'folder' && keyOf(path) === 'data'),
    );
    return Promise.resolve(isThere ? 'folder' : 'absent');
  }

  async *walk(below: 'bag' | 'payload'): AsyncGenerator<BagEntry[], void> {
    const parents = new Set<string>();
    for (const { path } of this.#contents.entries) {
      const key = keyOf(path);
      for (let at = key.lastIndexOf('/'); at > 0; at = key.lastIndexOf('/', at - 1))
        parents.add(key.slice(0, at));
    }
    let slice: BagEntry[] = [];
    for (const entry of this.#contents.entries) {
      if (below === 'payload' && !isPayload(entry.path)) continue;
      const found = entryOf(entry);
      if (found.kind === 'folder' && parents.has(keyOf(entry.path))) continue;
      slice.push(found);
      if (slice.length < SLICE) continue;
      yield slice;
      slice = [];
    }
    if (slice.length > 0) yield slice;
  }

  openTagFile(file: RawPath, encoding: TagEncoding): Promise<OpenTagFile> {
    const content = this.#contents.tagFiles.get(keyOf(file));
    if (content !== undefined) return Promise.resolve(tagFileOf(content, encoding));
    return Promise.reject(Object.assign(new Error('not in the archive'), { code: 'ENOENT' }));
  }

  digest(files: readonly RawPath[], further: readonly FurtherDigest[]): Promise<DigestOutcome[]> {
    const turn = this.#turn.then(async () => {
      const outcomes: DigestOutcome[] = [];
      for (const file of files) outcomes.push(await this.#digestOne(file, further));
      return outcomes;
    });
    this.#turn = turn;
    return turn;
  }

  async close(): Promise<void> {
    await this.#cursor?.return();
  }

  async #digestOne(file: RawPath, further: readonly FurtherDigest[]): Promise<DigestOutcome> {
    const content = this.#contents.tagFiles.get(keyOf(file));
    try {
      const chunks = content === undefined ? (await this.#goTo(file))?.chunks() : [content];
      if (chunks === undefined) return { status: 'failed', problem: { code: 'vanished' } };
      const hashes = ['sha256', ...further].map((algorithm) => createHash(algorithm));
      let size = 0;
      for await (const chunk of chunks) {
        for (const hash of hashes) hash.update(chunk);
        size += chunk.length;
        this.#onBytes(chunk.length);
      }
      const [sha256, ...rest] = hashes.map((hash) => new Uint8Array(hash.digest()));
      return {
        status: 'read',
        stamp: { size: BigInt(size), mtimeNs: 0n, ctimeNs: 0n, inode: 0n },
        sha256: sha256 as Uint8Array,
        digests: further.map((algorithm, at) => ({ algorithm, value: rest[at] as Uint8Array })),
      };
    } catch (error) {
      const cause = asBroken(error);
      const isOurs = cause instanceof ArchiveBroken || cause instanceof TooMuchUnpacked;
      if (isOurs) this.#findings.add('BAG-SERIAL-BROKEN', file, { detail: cause.message });
      return {
        status: 'failed',
        problem: { code: 'unreadable', errno: isOurs ? 'its archive is broken' : codeOf(error) },
      };
    }
  }

  async #goTo(file: RawPath): Promise<OpenEntry | undefined> {
    const ordinal = this.#ordinals.get(keyOf(file));
    this.#cursor ??= this.#read();
    while (ordinal !== undefined && this.#at < ordinal) {
      const next = await this.#cursor.next();
      if (next.done === true) return undefined;
      this.#at += 1;
      if (this.#at === ordinal) return next.value;
    }
    return undefined;
  }
}

function entryOf({ path, kind, size, detail }: KeptEntry): BagEntry {
  const told = detail === undefined ? {} : { detail };
  if (kind === 'closed') return { path, kind: 'unreadable', size: 0n, ...told };
  if (kind === 'hardlink') return { path, kind: 'special', size: 0n, ...told };
  return { path, kind, size: BigInt(size), ...told };
}

function keyOf(path: Uint8Array): string {
  return Buffer.from(path.buffer, path.byteOffset, path.byteLength).toString('latin1');
}
