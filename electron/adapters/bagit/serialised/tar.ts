/** Reads tar (ustar, pax, GNU), plain or in gzip, as a stream: nothing is unpacked to disk. */
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { extract, type Header } from 'tar-stream';
import type { RawPath } from '../../../../shared/domain/path.ts';
import { type ArchiveEntry, asBroken, checkRatio, type OpenEntry } from './archive-entry.ts';

const CHUNK = 1024 * 1024;

export async function* readTar(path: RawPath, isGzip: boolean): AsyncGenerator<OpenEntry, void> {
  const file = createReadStream(Buffer.from(path), { highWaterMark: CHUNK });
  // In latin1 a character is a byte: names need not be UTF-8. Its types do not know the option.
  const options: ReadTarOptions = { filenameEncoding: 'latin1' };
  const tar = extract(options);
  async function* metered(unpacked: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
    let bytes = 0;
    for await (const chunk of unpacked) {
      bytes += chunk.length;
      checkRatio(bytes, file.bytesRead);
      yield chunk;
    }
  }
  const ended = isGzip
    ? pipeline(file, createGunzip({ chunkSize: CHUNK / 4 }), metered, tar)
    : pipeline(file, tar);
  // Asked for below; meanwhile an error reaches whoever takes entries.
  ended.catch(() => undefined);
  try {
    for await (const entry of tar) {
      yield { ...describe(entry.header), chunks: () => entry as AsyncIterable<Uint8Array> };
      entry.resume();
    }
    await ended;
  } catch (error) {
    throw asBroken(error);
  } finally {
    file.destroy();
    tar.destroy();
  }
}

type ReadTarOptions = NonNullable<Parameters<typeof extract>[0]> & { readonly filenameEncoding: 'latin1' };
type Pax = Readonly<Record<string, string>> | null | undefined;

function describe({ name, size, type, pax: extended }: Header): ArchiveEntry {
  const pax = extended as Pax;
  // Names in pax headers are UTF-8 by definition.
  const bytes = Buffer.from(name, pax?.path === undefined ? 'latin1' : 'utf8');
  const entry = (kind: ArchiveEntry['kind'], detail?: string): ArchiveEntry => ({
    name: bytes,
    kind,
    size: kind === 'file' ? size : 0,
    ...(detail === undefined ? {} : { detail }),
  });
  if (pax?.['GNU.sparse.major'] !== undefined) return entry('closed', 'it is stored without its holes');
  switch (type) {
    case 'file':
    case 'contiguous-file':
      return entry('file');
    case 'directory':
      return entry('folder');
    case 'symlink':
      return entry('symlink');
    case 'link':
      return entry('hardlink');
    case 'fifo':
      return entry('special', 'a pipe');
    case 'character-device':
    case 'block-device':
      return entry('special', 'a device');
    default:
      return entry('closed', 'it is of a kind that cannot be read here');
  }
}
