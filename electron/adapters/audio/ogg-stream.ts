/** One logical stream of an Ogg file: its pages in order, its packets, and the essence that is in them. */
import { Essence } from './essence.ts';
import type { OggCodec } from './ogg-codecs.ts';
import type { OggPage } from './ogg-page.ts';
import { OggTags } from './ogg-tags.ts';
import type { Place, WalkReport } from './walk-report.ts';

export class OggStream {
  readonly codec: OggCodec | undefined;
  readonly #report: WalkReport;
  readonly #essence = new Essence();
  readonly #tags: OggTags;
  /** Packets that have begun. */
  #packets = 0;
  /** Of the packet that goes on, so far; undefined between packets. */
  #length: number | undefined;
  #isEssence = false;
  /** What number the next page has; undefined where pages before it were damaged. */
  #next: number | undefined;
  /** Whether a page of audio came. */
  #hasAudio = false;
  #hasEnded = false;
  #granule: number | undefined;
  /** Whether numbers say that there were other pages. */
  #hasGap = false;
  #firstGranule = 0;
  #pageEnd = 0;

  /** @param codec undefined for a stream that is no sound: its pages are followed, and are no essence */
  constructor(codec: OggCodec | undefined, report: WalkReport) {
    this.codec = codec;
    this.#report = report;
    this.#tags = new OggTags(report);
    if (codec !== undefined) this.#essence.parameter('identification', codec.identification);
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** Where and when it stood before the page that is looked at now. */
  place(offset = this.#pageEnd): Place {
    const { rate, preSkip } = this.codec ?? { rate: 0, preSkip: 0 };
    const since = Math.max(0, (this.#granule ?? 0) - this.#firstGranule - preSkip);
    return rate === 0 ? { offset } : { offset, timeMs: (since / rate) * 1000 };
  }

  /** Pages were lost or damaged, and that has been said: the next number is nobody's fault. */
  forgetNumber(): void {
    this.#next = undefined;
  }

  /** The next page of this stream. */
  page(page: OggPage): void {
    const { sequence, segments, body } = page;
    const isHeader = !this.#hasHeaders;
    if (page.isRight) this.#follow(page);
    // What wrote the page may have counted wrongly; where its CRC is wrong the number may be what is damaged.
    this.#next = page.isRight
      ? (sequence + 1) >>> 0
      : this.#next === undefined
        ? undefined
        : (this.#next + 1) >>> 0;
    let from = 0;
    let to = 0;
    for (const length of segments) {
      to += length;
      if (length === 255) continue;
      this.#piece(body.subarray(from, to), page.offset, true);
      from = to;
    }
    if (segments.length > 0 && segments[segments.length - 1] === 255)
      this.#piece(body.subarray(from), page.offset, false);
    this.#hasAudio ||= !isHeader;
    if (page.isRight && page.granule !== undefined) this.#granule = page.granule;
    if (page.isLast) this.#hasEnded = true;
    this.#pageEnd = page.offset + page.length;
  }

  /** Whether a page, as far as its lacing can be believed, holds nothing but tags. */
  holdsTagsAlone({ segments, body }: OggPage): boolean {
    if (this.codec === undefined || this.#packets === 0) return false;
    const isGoingOn = this.#length !== undefined;
    if (isGoingOn ? this.#isEssence : this.codec.isEssence(this.#packets, body[0] ?? 0)) return false;
    const ends = segments.findIndex((length) => length < 255);
    return ends < 0 || ends === segments.length - 1;
  }

  /**
   * No page follows.
   * @param isEndOfFile otherwise another link of the chain
   * @returns whether its end is known to be its end; what it lacks has been said
   */
  end(isEndOfFile: boolean): boolean {
    if (this.codec === undefined) return true;
    const place = this.place();
    if (this.#length !== undefined) {
      this.#report.truncated(place, 'its last packet goes on, and no page follows');
      return false;
    }
    const hasHeaders = this.#hasHeaders;
    if (!hasHeaders || (!this.#hasAudio && !this.#hasEnded)) {
      this.#report.truncated(place, hasHeaders ? 'it ends before its audio' : 'header packets are missing');
      return false;
    }
    if (this.#hasEnded) return !this.#hasGap;
    const where = isEndOfFile ? 'of the file' : 'of one stream';
    this.#report.odd(place, `no page is marked as the last ${where}, as in recordings of a broadcast`);
    this.#report.lacks(
      'mark of the last page: never set, so that an end cut off between two pages cannot be seen',
    );
    return false;
  }

  /** Undefined where it is no sound. */
  digest(definition: string): Uint8Array | undefined {
    return this.codec === undefined ? undefined : this.#essence.digest(definition)?.value;
  }

  /** Whether all packets before the audio are there to their ends. */
  get #hasHeaders(): boolean {
    const whole = this.#packets - (this.#length === undefined ? 0 : 1);
    return whole >= (this.codec?.headers ?? 0);
  }

  #follow(page: OggPage): void {
    const { sequence, isContinued, granule } = page;
    const isExpected = this.#next === undefined || sequence === this.#next;
    if (this.#hasEnded) this.#report.odd({ offset: page.offset }, 'pages follow the one marked as the last');
    if (isExpected) {
      if (this.#next !== undefined && isContinued !== (this.#length !== undefined)) {
        this.#report.odd(
          { offset: page.offset },
          'a packet goes on where none began, or the other way round',
        );
      }
      return;
    }
    const awaited = this.#next as number;
    const detail = `page ${sequence} stands where page ${awaited} should`;
    const isFirstAudio = !this.#hasAudio && this.#hasHeaders;
    if (isFirstAudio) {
      // Recorded from a broadcast: headers as they were sent on joining, then pages from the middle of the stream.
      this.#hasGap = true;
      this.#firstGranule = granule ?? 0;
      this.#report.odd(this.place(page.offset), detail);
    } else if (sequence < awaited) this.#report.odd(this.place(page.offset), detail);
    else if (this.codec === undefined) this.#report.odd(this.place(), detail);
    else {
      this.#hasGap = true;
      this.#report.essenceDamaged(this.place(), `pages are missing: ${detail}`);
    }
  }

  #piece(bytes: Uint8Array, offset: number, isEnd: boolean): void {
    if (this.#length === undefined) {
      this.#length = 0;
      this.#isEssence =
        this.#packets > 0 && this.codec !== undefined && this.codec.isEssence(this.#packets, bytes[0] ?? 0);
      this.#packets++;
    }
    this.#length += bytes.length;
    if (this.#isEssence && bytes.length > 0) this.#essence.audio(bytes);
    const isTags = this.codec !== undefined && !this.#isEssence && this.#packets > 1;
    if (isTags) this.#tags.piece(bytes, offset);
    if (!isEnd) return;
    if (isTags) this.#tags.end(this.codec.name);
    if (this.#isEssence) this.#essence.packetEnd(this.#length);
    this.#length = undefined;
  }
}
