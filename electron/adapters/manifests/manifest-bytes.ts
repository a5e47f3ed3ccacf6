import { createReadStream } from 'node:fs';
import { TextDecoder } from 'node:util';
import { HoldfastError } from '../../../shared/domain/errors.ts';
import { displayPath, type RawPath } from '../../../shared/domain/path.ts';
import type { ManifestCharacterSet } from '../../core/ports/attesting.ts';
import { unreadable } from '../../core/ports/text-files.ts';

const CHUNK = 256 * 1024;

/**
 * The bytes of a manifest as its lines are made of them: without a byte order mark and, of UTF-16, in which Windows PowerShell and RapidCRC
 * write, as UTF-8. Bytes that are no UTF-8 stay as they are: they may be the names themselves.
 */
export class ManifestBytes {
  /** Known once all was read. */
  characterSet: ManifestCharacterSet = 'UTF-8';
  readonly #path: RawPath;
  readonly #onChunk: (chunk: Buffer) => void;
  readonly #check = new TextDecoder('utf-8', { fatal: true });

  /** @param onChunk is shown every byte of the file, as it stands there */
  constructor(path: RawPath, onChunk: (chunk: Buffer) => void) {
    this.#path = path;
    this.#onChunk = onChunk;
  }

  /** @throws HoldfastError BAD_INPUT where it cannot be read, or is UTF-16 that breaks off */
  async *chunks(): AsyncGenerator<Buffer> {
    const stream = createReadStream(Buffer.from(this.#path), { highWaterMark: CHUNK });
    let decoder: TextDecoder | undefined;
    let isFirst = true;
    try {
      for await (const piece of stream as AsyncIterable<Buffer>) {
        this.#onChunk(piece);
        if (isFirst) decoder = this.#begin(piece);
        const chunk = decoder === undefined ? withoutMark(piece, isFirst) : this.#decoded(decoder, piece);
        isFirst = false;
        this.#look(chunk);
        yield chunk;
      }
      if (decoder !== undefined) yield this.#decoded(decoder);
      this.#look(undefined);
    } catch (error) {
      throw unreadable(error, this.#path);
    }
  }

  #begin([a, b]: Buffer): TextDecoder | undefined {
    const order = a === 0xff && b === 0xfe ? 'LE' : a === 0xfe && b === 0xff ? 'BE' : undefined;
    if (order === undefined) return undefined;
    this.characterSet = `UTF-16${order}`;
    return new TextDecoder(this.characterSet, { fatal: true });
  }

  /** The rest, where no chunk is given. */
  #decoded(decoder: TextDecoder, chunk?: Buffer): Buffer {
    try {
      return Buffer.from(decoder.decode(chunk, { stream: chunk !== undefined }), 'utf8');
    } catch {
      throw new HoldfastError(
        'BAD_INPUT',
        `${displayPath(this.#path)} begins as UTF-16 and is none. Save it as UTF-8. Nothing was recorded.`,
      );
    }
  }

  #look(chunk: Buffer | undefined): void {
    if (this.characterSet !== 'UTF-8') return;
    try {
      this.#check.decode(chunk, { stream: chunk !== undefined });
    } catch {
      this.characterSet = 'not UTF-8';
    }
  }
}

function withoutMark(chunk: Buffer, isFirst: boolean): Buffer {
  const [a, b, c] = chunk;
  return isFirst && a === 0xef && b === 0xbb && c === 0xbf ? chunk.subarray(3) : chunk;
}
