/** Reads zip by its central directory, entry after entry: nothing is unpacked to disk. */
import { close as closeFile, fstat, open } from 'node:fs';
import { promisify } from 'node:util';
import { crc32 } from 'node:zlib';
import { type Entry, fromFdPromise } from 'yauzl';
import type { RawPath } from '../../../../shared/domain/path.ts';
import { type ArchiveEntry, asBroken, checkRatio, type OpenEntry, TooMuchUnpacked } from './archive-entry.ts';

/** Systems whose attributes are those of Unix (APPNOTE 4.4.2). */
const UNIX = 3;
const MACOS = 19;
const UNICODE_PATH = 0x7075;
const LOCAL_HEADER = 30;

export async function* readZip(path: RawPath): AsyncGenerator<OpenEntry, void> {
  const fd = await promisify(open)(Buffer.from(path), 'r');
  const { size: fileSize } = await promisify(fstat)(fd);
  let zip;
  try {
    zip = await fromFdPromise(fd, { lazyEntries: true, decodeStrings: false, autoClose: false });
  } catch (error) {
    await promisify(closeFile)(fd);
    throw asBroken(error);
  }
  try {
    let unpacked = 0;
    let packed = 0;
    for await (const entry of zip.eachEntry()) {
      unpacked += entry.uncompressedSize;
      packed += entry.compressedSize + LOCAL_HEADER;
      // One stretch of bytes that many entries share is how a small zip holds petabytes.
      if (packed > fileSize)
        throw new TooMuchUnpacked('more than it has room for: its entries lie over each other');
      checkRatio(unpacked, fileSize);
      yield {
        ...describe(entry),
        async *chunks() {
          const stream = await zip.openReadStreamPromise(entry);
          let crc = 0;
          for await (const chunk of stream as AsyncIterable<Uint8Array>) {
            crc = crc32(chunk, crc);
            yield chunk;
          }
          if (crc !== entry.crc32) throw new Error('its CRC-32 is not the one that the archive has of it');
        },
      };
    }
  } catch (error) {
    throw asBroken(error);
  } finally {
    zip.close();
  }
}

function describe(entry: Entry): ArchiveEntry {
  const name = nameOf(entry);
  const described = (kind: ArchiveEntry['kind'], detail?: string): ArchiveEntry => ({
    name,
    kind,
    size: kind === 'file' ? entry.uncompressedSize : 0,
    ...(detail === undefined ? {} : { detail }),
  });
  const system = entry.versionMadeBy >>> 8;
  const format = system === UNIX || system === MACOS ? (entry.externalFileAttributes >>> 28) & 0xf : 0;
  if (format === 0xa) return described('symlink');
  if (format === 0x4 || name.at(-1) === 0x2f) return described('folder');
  if (format !== 0 && format !== 0x8) return described('special', format === 0x1 ? 'a pipe' : 'a device');
  if (entry.isEncrypted()) return described('closed', 'it is encrypted');
  if (!entry.canDecodeFileData())
    return described('closed', `it is packed in a way that cannot be read here (${entry.compressionMethod})`);
  return described('file');
}

/** The name in UTF-8 that stands beside one of an older character set, where it is of this name (APPNOTE 4.6.9). */
function nameOf({ fileNameRaw, extraFields }: Entry): Uint8Array {
  const beside = extraFields.find(({ id, data }) => id === UNICODE_PATH && data.length > 5 && data[0] === 1);
  return beside !== undefined && beside.data.readUInt32LE(1) === crc32(fileNameRaw)
    ? beside.data.subarray(5)
    : fileNameRaw;
}
