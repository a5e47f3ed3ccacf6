/**
 * Makes a bag (RFC 8493, version 1.0) of a folder whose `data/` is filled already: the manifests, what the bag says of itself,
 * the manifests of its tag files. Reads nothing of the payload; whoever filled it brings the digests.
 */
import { createHash, type Hash } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { HoldfastError } from '../../../shared/domain/errors.ts';
import { type RawPath, displayPath, joinRaw, utf8Path } from '../../../shared/domain/path.ts';
import {
  BAG_INFO_TXT,
  BAG_VERSION,
  BAGIT_TXT,
  type BagAlgorithm,
  bagInfoElement,
  FETCH_TXT,
  manifestLine,
  manifestName,
  PAYLOAD,
  payloadManifest,
  tagManifest,
} from './bag-files.ts';

/** With a digest by each algorithm of the bag. */
export interface BagPayloadFile extends Readonly<Partial<Record<BagAlgorithm, Uint8Array>>> {
  /** Below `data/`, as it stands in the bag (`BagNames.map`). */
  readonly path: string;
  readonly size: bigint | number;
}

export interface BagTagFile {
  /** Below the bag, not in `data/`: `holdfast/original-names.tsv`. */
  readonly path: string;
  /** Text is written in UTF-8. */
  readonly content: string | Uint8Array | Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>;
}

export interface BagContents {
  /**
   * Lines of the manifests stand in this order: byte order of the path, if it comes so. Read once, never held: a million
   * files cost no more memory than ten.
   */
  readonly payload: Iterable<BagPayloadFile> | AsyncIterable<BagPayloadFile>;
  /**
   * Labels and values of bag-info.txt; a label may repeat. Reserved labels are written in the order of `BAG_INFO_ORDER`, others
   * after them as they come. Values are cleaned of line breaks and controls; what is empty is left out. `Payload-Oxum` is added.
   */
  readonly info: readonly (readonly [label: string, value: string])[];
  readonly tagFiles?: readonly BagTagFile[];
  /** Of the manifests; SHA-256 and SHA-512 where none are named. */
  readonly algorithms?: readonly BagAlgorithm[];
}

export interface WrittenTagFile {
  /** Below the bag. */
  readonly path: string;
  readonly size: number;
  readonly sha256: Uint8Array;
}

export interface WrittenBag {
  /** Every tag file, the tag manifests last. */
  readonly tagFiles: readonly WrittenTagFile[];
  readonly payloadFiles: number;
  readonly payloadBytes: bigint;
}

const BAG_INFO_ORDER = [
  'Source-Organization',
  'Organization-Address',
  'Contact-Name',
  'Contact-Phone',
  'Contact-Email',
  'External-Identifier',
  'External-Description',
  'Bagging-Date',
  'Bag-Size',
  'Payload-Oxum',
  'Bag-Group-Identifier',
  'Bag-Count',
  'Internal-Sender-Identifier',
  'Internal-Sender-Description',
  'Bag-Software-Agent',
];

/**
 * Writes every tag file into `bag`, an absolute path, and waits until they and their folders are on the disk. Files that an
 * interrupted run left are written anew; nothing in `data/` is touched. On an error some tag files may be there: the folder is
 * then no bag, as its tag manifests come last.
 * @throws HoldfastError DISK_FULL, LOCATION_UNREACHABLE
 * @throws RangeError for paths or labels that no bag may have: a fault of the caller
 */
export async function writeBagTags(bag: RawPath, contents: BagContents): Promise<WrittenBag> {
  try {
    return await new BagWriter(bag, contents.algorithms ?? DEFAULT_ALGORITHMS).write(contents);
  } catch (error) {
    if (!isDiskFull(error)) throw placeError(bag, error);
    throw new HoldfastError(
      'DISK_FULL',
      `The volume of ${displayPath(bag)} is full, so the bag's manifests could not be written. Make room there, then run this again.`,
      { cause: error },
    );
  }
}

const DEFAULT_ALGORITHMS = ['sha256', 'sha512'] as const;

type DigestedTagFile = WrittenTagFile & { readonly digests: ReadonlyMap<BagAlgorithm, Uint8Array> };

class BagWriter {
  readonly #bag: RawPath;
  readonly #algorithms: readonly BagAlgorithm[];
  readonly #written: DigestedTagFile[] = [];
  readonly #folders = new Set<string>();

  constructor(bag: RawPath, algorithms: readonly BagAlgorithm[]) {
    this.#bag = bag;
    this.#algorithms = algorithms;
  }

  async write({ payload, info, tagFiles = [] }: BagContents): Promise<WrittenBag> {
    const { files, bytes } = await this.#manifests(payload);
    await this.#file(BAGIT_TXT, [`BagIt-Version: ${BAG_VERSION}\n`, 'Tag-File-Character-Encoding: UTF-8\n']);
    await this.#file(BAG_INFO_TXT, infoElements([...info, ['Payload-Oxum', `${bytes}.${files}`]]));
    for (const { path, content } of tagFiles) {
      checkTagPath(path);
      await this.#file(path, typeof content === 'string' || isBytes(content) ? [content] : content);
    }
    const listed = [...this.#written].sort((a, b) =>
      Buffer.compare(Buffer.from(a.path), Buffer.from(b.path)),
    );
    for (const algorithm of this.#algorithms) {
      const lines = listed.map((file) => manifestLine(toHex(given(file.digests.get(algorithm))), file.path));
      await this.#file(tagManifest(algorithm), lines);
    }
    for (const folder of this.#folders) await syncFolder(joinRaw(this.#bag, utf8Path(folder)));
    await syncFolder(this.#bag);
    const written = this.#written.map(({ path, size, sha256 }) => ({ path, size, sha256 }));
    return { tagFiles: written, payloadFiles: files, payloadBytes: bytes };
  }

  /** All at once, since the payload's digests come by only once. */
  async #manifests(payload: BagContents['payload']): Promise<{ files: number; bytes: bigint }> {
    let files = 0;
    let bytes = 0n;
    await this.#writingAll(this.#algorithms, async (manifests) => {
      for await (const file of payload) {
        checkPayloadPath(file.path);
        for (const [algorithm, manifest] of manifests)
          await manifest.add(manifestLine(toHex(given(file[algorithm])), PAYLOAD + file.path));
        files += 1;
        bytes += BigInt(file.size);
      }
    });
    return { files, bytes };
  }

  async #writingAll(
    [first, ...rest]: readonly BagAlgorithm[],
    write: (manifests: readonly (readonly [BagAlgorithm, TagFileWriter])[]) => Promise<void>,
  ): Promise<void> {
    if (first === undefined) return write([]);
    await this.#writing(payloadManifest(first), (file) =>
      this.#writingAll(rest, (others) => write([[first, file], ...others])),
    );
  }

  async #file(
    path: string,
    pieces: Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>,
  ): Promise<void> {
    if (this.#written.some((other) => other.path === path))
      throw new RangeError(`the tag file ${path} is given twice`);
    const parents = path.split('/').slice(0, -1);
    if (parents.length > 0) {
      // Each holds the name of the next, so each must be on the disk. The bag's own folder stands, or its volume is gone.
      for (let depth = 1; depth <= parents.length; depth++) {
        const folder = parents.slice(0, depth).join('/');
        if (this.#folders.has(folder)) continue;
        await makeFolder(Buffer.from(joinRaw(this.#bag, utf8Path(folder))));
        this.#folders.add(folder);
      }
    }
    await this.#writing(path, async (file) => {
      for await (const piece of pieces) await file.add(piece);
    });
  }

  async #writing(path: string, write: (file: TagFileWriter) => Promise<void>): Promise<void> {
    const file = await TagFileWriter.open(this.#bag, path, this.#algorithms);
    try {
      await write(file);
      this.#written.push(await file.finish());
    } finally {
      await file.close();
    }
  }
}

/** A disk that fails or is pulled out while manifests are written is no fault of the program. */
function placeError(bag: RawPath, error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (!/^E[A-Z]+$/.test(code)) return error;
  return new HoldfastError(
    'LOCATION_UNREACHABLE',
    `The bag's manifests could not be written at ${displayPath(bag)} (${code}). Nothing of it was recorded. Check that the place is connected and writable, then run this again to go on.`,
    { cause: error },
  );
}

async function makeFolder(path: Buffer): Promise<void> {
  try {
    await mkdir(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

const CHUNK = 256 * 1024;

/** One file: gathered into large writes, digested on the way, on the disk when it is finished. */
class TagFileWriter {
  readonly #path: string;
  readonly #handle: FileHandle;
  readonly #hashes: ReadonlyMap<BagAlgorithm, Hash>;
  #text: string[] = [];
  #textLength = 0;
  #size = 0;

  private constructor(path: string, handle: FileHandle, algorithms: readonly BagAlgorithm[]) {
    this.#path = path;
    this.#handle = handle;
    // Whoever asked for the bag knows its tag files by their SHA-256, whether a manifest has it or not.
    this.#hashes = new Map(
      [...new Set(['sha256' as const, ...algorithms])].map((each) => [each, createHash(each)]),
    );
  }

  static async open(bag: RawPath, path: string, algorithms: readonly BagAlgorithm[]): Promise<TagFileWriter> {
    // A link that somebody left under this name must not lead the writing elsewhere. Undefined on Windows.
    const noFollow = (constants as { readonly O_NOFOLLOW?: number }).O_NOFOLLOW ?? 0;
    const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC | noFollow;
    const handle = await open(Buffer.from(joinRaw(bag, utf8Path(path))), flags, 0o644);
    return new TagFileWriter(path, handle, algorithms);
  }

  async add(piece: string | Uint8Array): Promise<void> {
    if (typeof piece !== 'string') {
      await this.#flush();
      await this.#put(piece);
      return;
    }
    this.#text.push(piece);
    this.#textLength += piece.length;
    if (this.#textLength >= CHUNK) await this.#flush();
  }

  async finish(): Promise<DigestedTagFile> {
    await this.#flush();
    await this.#handle.sync();
    const digests = new Map([...this.#hashes].map(([algorithm, hash]) => [algorithm, hash.digest()]));
    return { path: this.#path, size: this.#size, sha256: given(digests.get('sha256')), digests };
  }

  close(): Promise<void> {
    return this.#handle.close();
  }

  async #flush(): Promise<void> {
    const text = this.#text.join('');
    this.#text = [];
    this.#textLength = 0;
    if (text !== '') await this.#put(Buffer.from(text));
  }

  async #put(bytes: Uint8Array): Promise<void> {
    for (const hash of this.#hashes.values()) hash.update(bytes);
    // write(2) may write less than it was given.
    for (let at = 0; at < bytes.length;) at += (await this.#handle.write(bytes, at)).bytesWritten;
    this.#size += bytes.length;
  }
}

function infoElements(pairs: BagContents['info']): string[] {
  const place = (label: string): number => {
    const at = BAG_INFO_ORDER.indexOf(label);
    return at < 0 ? BAG_INFO_ORDER.length : at;
  };
  return pairs
    .map(([label, value]) => [checkedLabel(label), cleanValue(value)] as const)
    .filter(([, value]) => value !== '')
    .sort(([a], [b]) => place(a) - place(b))
    .map(([label, value]) => bagInfoElement(label, value));
}

function cleanValue(value: string): string {
  return value
    .toWellFormed()
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .trim();
}

/** §2.2.2: no colon, no white space around it. */
function checkedLabel(label: string): string {
  if (!/^[^\s:\p{Cc}]([^:\p{Cc}]*[^\s:\p{Cc}])?$/u.test(label))
    throw new RangeError(`${JSON.stringify(label)} cannot be a label of bag-info.txt`);
  return label;
}

function checkPayloadPath(path: string): void {
  if (!isRelative(path)) throw new RangeError(`${JSON.stringify(path)} cannot be a path below data/`);
}

function checkTagPath(path: string): void {
  const isOurs = [BAGIT_TXT, BAG_INFO_TXT, FETCH_TXT].includes(path) || manifestName(path) !== undefined;
  if (isOurs || !isRelative(path) || /[\r\n%]/.test(path) || `${path}/`.startsWith(PAYLOAD))
    throw new RangeError(`${JSON.stringify(path)} cannot be a further tag file`);
}

function isRelative(path: string): boolean {
  return (
    path.isWellFormed() && !path.includes('\0') && path.split('/').every((name) => !/^\.{0,2}$/.test(name))
  );
}

async function syncFolder(folder: RawPath): Promise<void> {
  // Windows opens no folders; there the file system's own journal orders names.
  if (process.platform === 'win32') return;
  const handle = await open(Buffer.from(folder), constants.O_RDONLY);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function given(digest: Uint8Array | undefined): Uint8Array {
  if (digest === undefined) throw new RangeError('a digest by each algorithm of the bag is needed');
  return digest;
}

function toHex(digest: Uint8Array): string {
  return Buffer.from(digest.buffer, digest.byteOffset, digest.byteLength).toString('hex');
}

function isBytes(content: BagTagFile['content']): content is Uint8Array {
  return content instanceof Uint8Array;
}

function isDiskFull(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'ENOSPC' || code === 'EDQUOT';
}
