/**
 * Ogg (RFC 3533) with Vorbis I, Opus (RFC 7845), FLAC (RFC 9639 §10.1) or Speex. Essence, `ogg-1`: of each stream of sound, in the
 * order in which they begin, the digest over its identification header and, packet by packet, its setup header and audio.
 * Comments are left out, and so is all that pages say: a retag cuts packets into other pages, and changes no packet.
 * Checked: CRC-32 of every page, their numbers within each stream, the mark of the last one.
 */
import { viewOf } from './content.ts';
import { afterId3v2 } from './id3v2.ts';
import { codecOf } from './ogg-codecs.ts';
import { isCapture, type OggPage, pageHeader, PageSeeker, peekPage } from './ogg-page.ts';
import { OggStream } from './ogg-stream.ts';
import type { Walk, WalkedFile } from './walked-file.ts';
import type { Place, WalkReport } from './walk-report.ts';

/** Of the digest of each stream; the whole is digested under the same. */
const definition = 'ogg-1';
/** In one link of a chain. */
const mostStreams = 64;

export function* walkOgg(file: WalkedFile, report: WalkReport): Walk {
  yield* file.skip(afterId3v2((position, length) => file.readAt(position, length)));
  const seeker = new PageSeeker(file);
  const chain = new Chain(report);
  while (file.position < file.size) {
    const begin = yield* file.peek(pageHeader);
    if (begin.length === 0) break;
    const isKnown = chain.knowsSerial(begin);
    const isPage = isKnown || isCapture(begin);
    const page = isPage ? yield* peekPage(file) : undefined;
    const isWhole = page !== undefined && (page.isRight || (yield* leadsOn(file, page.length)));
    if (isWhole) {
      // What is in view may have moved while it was seen where the page leads.
      chain.page(page.isRight ? page : ((yield* peekPage(file)) as OggPage));
      file.advance(page.length);
      continue;
    }
    const offset = file.position;
    const isCutPattern = begin.length < 4 && 'OggS'.startsWith(Buffer.from(begin).toString('latin1'));
    if (begin.length > 0) file.advance(1);
    yield* seeker.seek();
    const isAtEnd = file.position >= file.size;
    if (isAtEnd && (isCutPattern || (isPage && page === undefined))) chain.cutShort(file.size);
    else chain.gap(offset, file.position, isAtEnd, isKnown);
  }
  chain.end(true);
}

/** Whether a page, or nothing, stands behind the next `length` bytes. */
function* leadsOn(file: WalkedFile, length: number): Walk<boolean> {
  const bytes = yield* file.peek(length + 4);
  return bytes.length === length || isCapture(bytes, length);
}

/** The links of a chain one after another, each of one stream or of several that are multiplexed. */
class Chain {
  readonly #report: WalkReport;
  #streams = new Map<number, OggStream>();
  #isBeginning = true;
  #isProvable = true;
  #pages = 0;
  #links = 0;
  #isStrange = false;
  #isCut = false;

  constructor(report: WalkReport) {
    this.#report = report;
  }

  knowsSerial(header: Uint8Array): boolean {
    return (
      header.length === pageHeader && header[4] === 0 && this.#streams.has(viewOf(header).getUint32(14, true))
    );
  }

  page(page: OggPage): void {
    this.#pages++;
    if (page.isFirst && (page.isRight || this.#streams.size === 0)) this.#begin(page);
    else this.#isBeginning = false;
    const stream = this.#streams.get(page.serial);
    if (!page.isRight) this.#damaged(page, stream);
    if (stream !== undefined) stream.page(page);
    else if (page.isRight && !this.#isStrange) {
      this.#isStrange = true;
      this.#isProvable = false;
      this.#report.odd({ offset: page.offset }, 'pages belong to a stream whose first page is not there');
    }
  }

  /** No page was found from `from` up to `to`. @param isPage whether one of a known stream seems to begin there */
  gap(from: number, to: number, isAtEnd: boolean, isPage: boolean): void {
    if (!isPage) {
      // Were it a page that was lost, the number of the next one would say so.
      const where = isAtEnd ? 'behind the last page' : 'between pages';
      this.#report.odd({ offset: from }, `${to - from} bytes stand ${where}`);
      return;
    }
    this.#isProvable = false;
    this.#report.essenceDamaged(this.#placeIn(from), 'a page is damaged, and does not lead to the next');
    for (const stream of this.#streams.values()) stream.forgetNumber();
  }

  /** The file ends within a page. */
  cutShort(end: number): void {
    this.#isProvable = false;
    this.#isCut = true;
    this.#report.truncated(this.#placeIn(end), 'it ends within a page');
  }

  end(isEndOfFile: boolean): void {
    for (const stream of this.#streams.values()) {
      if (!this.#isCut && !stream.end(isEndOfFile)) this.#isProvable = false;
      const digest = stream.digest(definition);
      if (digest === undefined) continue;
      if (this.#links++ === 0) this.#report.essence.parameter('container', Buffer.from('Ogg'));
      this.#report.essence.audio(digest);
    }
    this.#streams = new Map();
    this.#isBeginning = true;
    if (isEndOfFile && this.#isProvable && this.#links > 0)
      this.#report.proved(`CRC-32 of ${this.#pages} pages`);
  }

  /** A first page: of one more stream of this link, or of the next link (RFC 3533 §4). */
  #begin(page: OggPage): void {
    if (!this.#isBeginning) this.end(false);
    const { segments, body } = page;
    const ends = segments.findIndex((length) => length < 255);
    const codec = ends < 0 ? undefined : codecOf(body.slice(0, ends * 255 + (segments[ends] as number)));
    if (this.#streams.size === mostStreams)
      throw new RangeError('it holds more streams at once than this program reads');
    if (codec?.lacks !== undefined) this.#report.lacks(codec.lacks);
    if (codec !== undefined && this.#links === 0) this.#report.versionIs(codec.version);
    this.#streams.set(page.serial, new OggStream(codec, this.#report));
  }

  #damaged(page: OggPage, stream: OggStream | undefined): void {
    const place = stream?.place(page.offset) ?? this.#placeIn(page.offset);
    if (stream !== undefined && stream.codec === undefined) {
      this.#report.odd(place, 'CRC-32 of a page that holds no sound is wrong');
      return;
    }
    this.#isProvable = false;
    if (stream?.holdsTagsAlone(page) === true) {
      this.#report.headerDamaged(place, `CRC-32 of page ${page.sequence}, which holds the tags, is wrong`);
      return;
    }
    if (stream === undefined) for (const other of this.#streams.values()) other.forgetNumber();
    this.#report.essenceDamaged(place, `CRC-32 of page ${page.sequence} is wrong`);
  }

  /** When that is, by the first stream of sound that still goes on. */
  #placeIn(offset: number): Place {
    const streams = [...this.#streams.values()];
    const open = streams.find(({ codec, hasEnded }) => codec !== undefined && !hasEnded);
    return open?.place(offset) ?? { offset };
  }
}
