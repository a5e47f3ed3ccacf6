/** Reading tag files of any bag: in the encoding that it declares, line by line, never more in memory than a few lines. */
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { TextDecoder } from 'node:util';
import type { RawPath } from '../../../shared/domain/path.ts';
import { decodeUtf8 } from '../../../shared/domain/path.ts';

const CHUNK = 256 * 1024;
/** A path of 4,095 bytes with every byte percent-encoded, its digest, and much room. */
const LONGEST_LINE = 64 * 1024;
const LF = 0x0a;
const CR = 0x0d;

/** A line without its end; `fault` instead of the text where it cannot be had. */
export type TagLine = { readonly number: number } & (
  { readonly text: string } | { readonly fault: 'encoding' | 'too_long' }
);

/** How the bytes of a tag file are text. */
export interface TagEncoding {
  readonly label: string;
  readonly isUtf16: boolean;
  readonly decodeLine: (bytes: Uint8Array) => string | undefined;
}

export const UTF8: TagEncoding = { label: 'UTF-8', isUtf16: false, decodeLine: decodeUtf8 };

/** The encoding that bagit.txt declares; undefined where it cannot be read here. */
export function tagEncoding(label: string): TagEncoding | undefined {
  const name = label.toLowerCase();
  if (/^utf-?8$/.test(name)) return UTF8;
  if (/^utf-?16(le|be)?$/.test(name)) return { label, isUtf16: true, decodeLine: decodeUtf8 };
  // The web's decoders read ISO-8859-1 as windows-1252, which differs from it.
  if (/^(iso[-_]?8859-1|latin-?1)$/.test(name))
    return {
      label,
      isUtf16: false,
      decodeLine: (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1'),
    };
  if (/^(us-)?ascii$/.test(name))
    return {
      label,
      isUtf16: false,
      decodeLine: (bytes) => (bytes.every((byte) => byte < 0x80) ? decodeUtf8(bytes) : undefined),
    };
  try {
    const decoder = new TextDecoder(label, { fatal: true });
    return {
      label,
      isUtf16: false,
      decodeLine(bytes) {
        try {
          return decoder.decode(bytes);
        } catch {
          return undefined; // bytes that this encoding does not have
        }
      },
    };
  } catch {
    return undefined; // no such encoding
  }
}

/** A tag file that is open. */
export interface OpenTagFile {
  /** Whether it began with the byte order mark of UTF-8; known after the first line. */
  readonly hasByteOrderMark: boolean;
  lines(): AsyncGenerator<TagLine, void>;
  close(): Promise<void>;
}

/**
 * Opens a tag file by its absolute path, through no link.
 * @throws the system's error; also for what is no regular file (`code` ENOTREG)
 */
export async function openTagFile(path: RawPath, encoding: TagEncoding): Promise<OpenTagFile> {
  const flags = constants as { readonly O_NOFOLLOW?: number; readonly O_NONBLOCK?: number };
  const handle = await open(
    Buffer.from(path),
    constants.O_RDONLY | (flags.O_NOFOLLOW ?? 0) | (flags.O_NONBLOCK ?? 0),
  );
  try {
    const stats = await handle.stat();
    if (!stats.isFile())
      throw Object.assign(new Error('not a regular file'), { code: 'ENOTREG', syscall: 'open' });
  } catch (error) {
    await handle.close();
    throw error;
  }
  return new TagFile({ chunks: () => chunksOf(handle), close: () => handle.close() }, encoding);
}

/** A tag file that is in memory already. */
export function tagFileOf(content: Uint8Array, encoding: TagEncoding): OpenTagFile {
  return new TagFile({ chunks: () => [content], close: () => Promise.resolve() }, encoding);
}

async function* chunksOf(handle: FileHandle): AsyncGenerator<Uint8Array, void> {
  for (;;) {
    // A buffer of its own each time: lines that a chunk ends in the middle of are kept.
    const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(CHUNK), 0, CHUNK);
    if (bytesRead === 0) return;
    yield buffer.subarray(0, bytesRead);
  }
}

interface Content {
  chunks(): AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
  close(): Promise<void>;
}

class TagFile implements OpenTagFile {
  hasByteOrderMark = false;
  readonly #content: Content;
  readonly #encoding: TagEncoding;

  constructor(content: Content, encoding: TagEncoding) {
    this.#content = content;
    this.#encoding = encoding;
  }

  close(): Promise<void> {
    return this.#content.close();
  }

  async *lines(): AsyncGenerator<TagLine, void> {
    const splitter = new LineSplitter();
    let number = 0;
    const read = (line: Uint8Array | 'too_long'): TagLine => {
      number += 1;
      if (line === 'too_long') return { number, fault: 'too_long' };
      const isMarked = number === 1 && line[0] === 0xef && line[1] === 0xbb && line[2] === 0xbf;
      if (isMarked && this.#encoding.decodeLine === decodeUtf8) {
        this.hasByteOrderMark = true;
        line = line.subarray(3);
      }
      const text = this.#encoding.decodeLine(line);
      return text === undefined ? { number, fault: 'encoding' } : { number, text };
    };
    try {
      for await (const chunk of this.#encoding.isUtf16 ? this.#fromUtf16() : this.#content.chunks())
        for (const line of splitter.split(chunk)) yield read(line);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      yield { number: number + 1, fault: 'encoding' };
      return;
    }
    const rest = splitter.rest();
    if (rest !== undefined) yield read(rest);
  }

  /** As UTF-8, without a byte order mark. @throws TypeError for what is no UTF-16 */
  async *#fromUtf16(): AsyncGenerator<Uint8Array, void> {
    let decoder: TextDecoder | undefined;
    for await (const chunk of this.#content.chunks()) {
      decoder ??= new TextDecoder(isBigEndian(this.#encoding.label, chunk) ? 'utf-16be' : 'utf-16le', {
        fatal: true,
      });
      yield Buffer.from(decoder.decode(chunk, { stream: true }));
    }
    yield Buffer.from(decoder?.decode() ?? '');
  }
}

function isBigEndian(label: string, [first, second]: Uint8Array): boolean {
  if (first === 0xfe && second === 0xff) return true;
  if (first === 0xff && second === 0xfe) return false;
  if (/be$/i.test(label)) return true;
  // Without a mark: manifests and labels begin with ASCII.
  return !/le$/i.test(label) && first === 0;
}

/** Parts bytes into lines at LF, CR and CRLF, across chunks. Empty lines are lines. */
class LineSplitter {
  #held: Uint8Array[] = [];
  #heldLength = 0;
  #afterCr = false;

  *split(chunk: Uint8Array): Generator<Uint8Array | 'too_long', void> {
    let start = 0;
    if (this.#afterCr && chunk.length > 0) {
      if (chunk[0] === LF) start = 1;
      this.#afterCr = false;
    }
    let cr = chunk.indexOf(CR, start);
    let lf = chunk.indexOf(LF, start);
    while (cr >= 0 || lf >= 0) {
      const isCr = cr >= 0 && (lf < 0 || cr < lf);
      const end = isCr ? cr : lf;
      yield this.#take(chunk.subarray(start, end));
      start = end + 1;
      if (isCr && start === chunk.length) this.#afterCr = true;
      else if (isCr && chunk[start] === LF) start += 1;
      if (cr >= 0 && cr < start) cr = chunk.indexOf(CR, start);
      if (lf >= 0 && lf < start) lf = chunk.indexOf(LF, start);
    }
    if (start < chunk.length) this.#hold(chunk.subarray(start));
  }

  /** What follows the last line end. */
  rest(): Uint8Array | 'too_long' | undefined {
    return this.#heldLength === 0 ? undefined : this.#take(new Uint8Array(0));
  }

  #take(end: Uint8Array): Uint8Array | 'too_long' {
    if (this.#heldLength === 0) return end.length > LONGEST_LINE ? 'too_long' : end;
    this.#hold(end);
    const line = this.#heldLength > LONGEST_LINE ? 'too_long' : Buffer.concat(this.#held);
    this.#held = [];
    this.#heldLength = 0;
    return line;
  }

  #hold(bytes: Uint8Array): void {
    this.#heldLength += bytes.length;
    // Beyond the longest line only its length is needed.
    if (this.#heldLength <= LONGEST_LINE) this.#held.push(bytes);
    else this.#held = [];
  }
}
