/** Pictures and cue sheets among the tags of a stream in Ogg: digested each by itself, as they are when taken out. */
import { asciiAt, viewOf } from './content.ts';
import type { WalkReport } from './walk-report.ts';

/** Of one packet of tags; beyond it nothing is looked for. */
const mostTags = 4 * 1024 * 1024;
const mostComments = 10_000;
const flacCueSheet = 5;
const flacPicture = 6;

/** Gathers the packets before the audio that are no essence, one at a time. */
export class OggTags {
  readonly #report: WalkReport;
  #parts: Uint8Array[] = [];
  #length = 0;
  #offset = 0;

  constructor(report: WalkReport) {
    this.#report = report;
  }

  /** @param offset of the page that the piece is on */
  piece(bytes: Uint8Array, offset: number): void {
    if (this.#length === 0) this.#offset = offset;
    this.#length += bytes.length;
    if (this.#length <= mostTags) this.#parts.push(Uint8Array.from(bytes));
  }

  end(codec: string): void {
    const packet = Buffer.concat(this.#parts);
    const isWhole = this.#length <= mostTags;
    this.#parts = [];
    this.#length = 0;
    if (!isWhole) {
      this.#report.lacks('digests of pictures: the tags are larger than 4 MiB');
      return;
    }
    if (codec === 'flac') this.#flacBlock(packet);
    else this.#comments(packet, { vorbis: 7, opus: 8 }[codec] ?? 0);
  }

  #flacBlock(block: Buffer): void {
    const type = (block[0] ?? 0) & 0x7f;
    const content = block.subarray(4);
    if (type === flacPicture) this.#found('picture', 'PICTURE', content);
    else if (type === flacCueSheet) this.#found('cue sheet', 'CUESHEET', content);
    else this.#comments(block, 4);
  }

  /** Vorbis I §5.2.1: vendor, number of comments, comments; each text behind its length. */
  #comments(packet: Buffer, from: number): void {
    const view = viewOf(packet);
    const lengthAt = (at: number): number => (at + 4 <= packet.length ? view.getUint32(at, true) : Infinity);
    let at = from + 4 + lengthAt(from);
    const count = Math.min(lengthAt(at), mostComments);
    at += 4;
    for (let i = 0; i < count && at + 4 <= packet.length; i++) {
      const length = lengthAt(at);
      if (at + 4 + length > packet.length) return;
      const text = packet.subarray(at + 4, at + 4 + length);
      const equals = text.subarray(0, 64).indexOf('=');
      const name = asciiAt(text, 0, Math.max(0, equals)).toUpperCase();
      const value = text.subarray(equals + 1);
      if (name === 'METADATA_BLOCK_PICTURE' || name === 'COVERART') {
        this.#found('picture', name, Buffer.from(value.toString('latin1'), 'base64'));
      } else if (name === 'CUESHEET') this.#found('cue sheet', name, value);
      at += 4 + length;
    }
  }

  #found(kind: 'picture' | 'cue sheet', id: string, content: Uint8Array): void {
    this.#report.evidence({ kind, id, offset: this.#offset }, content);
  }
}
