/** Pages of an Ogg bitstream (RFC 3533 §6): found, checked by their CRC-32, and found again behind damage. */
import { asciiAt, viewOf } from './content.ts';
import { crc32Forward } from './crc32-forward.ts';
import type { Walk, WalkedFile } from './walked-file.ts';

export const pageHeader = 27;
const capture = Buffer.from('OggS');
/** What checks of what only looks like a page may cost in a file; more comes about by malice alone. */
const mostInVain = 64 * 1024 * 1024;

/** Valid until the next yield. */
export interface OggPage {
  readonly offset: number;
  /** Of header and body. */
  readonly length: number;
  readonly isFirst: boolean;
  readonly isLast: boolean;
  readonly isContinued: boolean;
  /** Undefined where no packet ends on the page. */
  readonly granule: number | undefined;
  readonly serial: number;
  readonly sequence: number;
  /** The lacing values: a packet ends with the first one below 255. */
  readonly segments: Uint8Array;
  readonly body: Uint8Array;
  /** Whether its CRC is right. */
  readonly isRight: boolean;
}

const zeros = new Uint8Array(4);

/** The page that begins here, whether its CRC is right or not; undefined where the file ends before the page does. */
export function* peekPage(file: WalkedFile): Walk<OggPage | undefined> {
  const header = yield* file.peek(pageHeader);
  if (header.length < pageHeader) return undefined;
  const body = pageHeader + (header[26] as number);
  const table = yield* file.peek(body);
  if (table.length < body) return undefined;
  let length = body;
  for (let i = pageHeader; i < body; i++) length += table[i] as number;
  const page = yield* file.peek(length);
  return page.length < length ? undefined : pageOf(page, body, file.position);
}

function pageOf(bytes: Uint8Array, body: number, offset: number): OggPage {
  const view = viewOf(bytes);
  const flags = bytes[5] as number;
  const granule = view.getBigInt64(6, true);
  const before = crc32Forward(crc32Forward(0, bytes, 0, 22), zeros, 0, 4);
  return {
    offset,
    length: bytes.length,
    isContinued: (flags & 1) !== 0,
    isFirst: (flags & 2) !== 0,
    isLast: (flags & 4) !== 0,
    granule: granule < 0n ? undefined : Number(granule),
    serial: view.getUint32(14, true),
    sequence: view.getUint32(18, true),
    segments: bytes.subarray(pageHeader, body),
    body: bytes.subarray(body),
    isRight: crc32Forward(before, bytes, 26, bytes.length) === view.getUint32(22, true),
  };
}

export function isCapture(bytes: Uint8Array, at = 0): boolean {
  return asciiAt(bytes, at, 4) === 'OggS';
}

/** Looks for pages where none stands, within what that may cost. */
export class PageSeeker {
  readonly #file: WalkedFile;
  #inVain = 0;

  constructor(file: WalkedFile) {
    this.#file = file;
  }

  /**
   * Moves to the next page whose CRC is right, or to the end of the file.
   * @throws RangeError when very much looks like a page and is none
   */
  *seek(): Walk {
    const file = this.#file;
    for (;;) {
      if (file.held < capture.length) yield capture.length;
      const view = file.view();
      const at = Buffer.from(view.buffer, view.byteOffset, view.byteLength).indexOf(capture);
      if (at < 0) {
        // A pattern may stand across the end of what is in view.
        file.advance(file.hasEnded ? file.held : file.held - capture.length + 1);
        if (file.hasEnded) return;
        continue;
      }
      file.advance(at);
      const page = yield* peekPage(file);
      if (page?.isRight === true) return;
      this.#inVain += page?.length ?? 0;
      if (this.#inVain > mostInVain) throw new RangeError('too much in it looks like pages and is none');
      file.advance(1);
    }
  }
}
