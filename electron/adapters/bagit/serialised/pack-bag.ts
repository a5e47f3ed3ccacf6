/** A bag in one file: tar (POSIX pax) or zip, neither compressed: sound does not get smaller, and what is damaged in it stays small. */
import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { once } from 'node:events';
import { lstat, open, opendir, type FileHandle } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pack as tarPack, type Pack } from 'tar-stream';
import { ZipFile } from 'yazl';
import type { PackageForm } from '../../../../shared/domain/package-forms.ts';
import { baseName, decodeUtf8, joinRaw, type RawPath } from '../../../../shared/domain/path.ts';

interface Entry {
  readonly path: RawPath;
  /** Below the folder that the bag is in; UTF-8, since the bag is ours. */
  readonly name: string;
  readonly size: number;
  readonly mtime: Date;
  readonly isFolder: boolean;
}

const FILE_MODE = 0o644;
const FOLDER_MODE = 0o755;

/** @returns SHA-256 of the file, which is new and synced */
export async function packBag(
  bag: RawPath,
  to: RawPath,
  form: Exclude<PackageForm, 'folder'>,
  onBytes: (bytes: number) => void,
): Promise<Uint8Array> {
  const file = await open(Buffer.from(to), 'wx', 0o644);
  const hash = createHash('sha256');
  try {
    const entries = entriesOf(bag, nameOf(baseName(bag)));
    if (form === 'tar') await writeTar(entries, file, hash, onBytes);
    else await writeZip(entries, file, hash, onBytes);
    await file.sync();
    return hash.digest();
  } finally {
    await file.close();
  }
}

/** A folder before what is in it; tag files and payload as the folders list them. */
async function* entriesOf(folder: RawPath, name: string): AsyncGenerator<Entry> {
  const { mtime } = await lstat(Buffer.from(folder));
  yield { path: folder, name: `${name}/`, size: 0, mtime, isFolder: true };
  const folders: RawPath[] = [];
  for await (const entry of await opendir(Buffer.from(folder), { encoding: 'buffer' as BufferEncoding })) {
    const path = joinRaw(folder, entry.name as unknown as Uint8Array);
    if (entry.isDirectory()) {
      folders.push(path);
      continue;
    }
    const { size, mtime: changed } = await lstat(Buffer.from(path));
    yield { path, name: `${name}/${nameOf(baseName(path))}`, size, mtime: changed, isFolder: false };
  }
  for (const each of folders) yield* entriesOf(each, `${name}/${nameOf(baseName(each))}`);
}

function nameOf(raw: RawPath): string {
  const name = decodeUtf8(raw);
  if (name === undefined) throw new Error('a bag that is made here has names in UTF-8');
  return name;
}

async function writeTar(
  entries: AsyncIterable<Entry>,
  file: FileHandle,
  hash: Hash,
  onBytes: (bytes: number) => void,
): Promise<void> {
  const tar = tarPack();
  const filling = fillTar(tar, entries, onBytes).catch((error: unknown) => {
    tar.destroy(error instanceof Error ? error : new Error(String(error)));
  });
  await pour(tar as AsyncIterable<Uint8Array>, file, hash);
  await filling;
}

async function fillTar(
  tar: Pack,
  entries: AsyncIterable<Entry>,
  onBytes: (bytes: number) => void,
): Promise<void> {
  for await (const { path, name, size, mtime, isFolder } of entries) {
    const header = { name, size, mtime, mode: isFolder ? FOLDER_MODE : FILE_MODE, uid: 0, gid: 0 };
    const type = isFolder ? 'directory' : 'file';
    await new Promise<void>((resolve, reject) => {
      const ended = (error?: Error | null): void => {
        if (error) reject(error);
        else resolve();
      };
      if (size === 0) tar.entry({ ...header, type }, Buffer.alloc(0), ended);
      else fillEntry(tar.entry({ ...header, type }, ended), contentOf(path, onBytes)).catch(reject);
    });
  }
  tar.finalize();
}

/** Its stream is none of Node's, so that a pipeline would not hear of its end. */
async function fillEntry(
  entry: ReturnType<Pack['entry']>,
  content: AsyncIterable<Uint8Array>,
): Promise<void> {
  for await (const chunk of content) if (!entry.write(chunk)) await once(entry, 'drain');
  entry.end(null);
}

async function writeZip(
  entries: AsyncIterable<Entry>,
  file: FileHandle,
  hash: Hash,
  onBytes: (bytes: number) => void,
): Promise<void> {
  const zip = new ZipFile();
  const pouring = pour(zip.outputStream as unknown as AsyncIterable<Uint8Array>, file, hash);
  pouring.catch(() => undefined);
  for await (const { path, name, size, mtime, isFolder } of entries)
    if (isFolder) zip.addEmptyDirectory(name.slice(0, -1), { mtime, mode: FOLDER_MODE });
    else
      zip.addReadStreamLazy(name, { mtime, mode: FILE_MODE, size, compress: false }, (callback) => {
        callback(null, contentOf(path, onBytes));
      });
  zip.end();
  await pouring;
}

function contentOf(path: RawPath, onBytes: (bytes: number) => void): Readable {
  const read = async function* (): AsyncGenerator<Uint8Array> {
    const content = createReadStream(Buffer.from(path), { highWaterMark: 256 * 1024 });
    for await (const chunk of content as AsyncIterable<Uint8Array>) {
      onBytes(chunk.length);
      yield chunk;
    }
  };
  return Readable.from(read(), { objectMode: false });
}

async function pour(content: AsyncIterable<Uint8Array>, file: FileHandle, hash: Hash): Promise<void> {
  for await (const chunk of content) {
    hash.update(chunk);
    // write(2) may write less than it was given.
    for (let at = 0; at < chunk.length;) at += (await file.write(chunk, at)).bytesWritten;
  }
}
