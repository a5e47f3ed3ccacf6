/** The tracks of sound that `moov` describes (ISO/IEC 14496-12 §8.2 to §8.8), read out of order and in small pieces. */
import { asciiAt, viewOf } from './content.ts';
import { Essence } from './essence.ts';
import { boxAt } from './mp4-boxes.ts';
import type { SampleTables } from './mp4-tables.ts';
import type { WalkedFile } from './walked-file.ts';

const mostDepth = 8;
const mostTracks = 64;
const mostDescription = 256 * 1024;
const containers = new Set(['trak', 'mdia', 'minf', 'dinf', 'stbl', 'mvex', 'udta', 'ilst', 'covr']);
const mostPictures = 256;
const tables = new Set(['stsz', 'stz2', 'stsc', 'stco', 'co64']);

export interface Track {
  id: number;
  handler: string;
  durationMs: number;
  descriptions?: Uint8Array;
  isElsewhere: boolean;
  readonly tables: SampleTables;
  readonly essence: Essence;
  /** Samples that its tables list. */
  count: number;
}

export interface Box {
  readonly at: number;
  readonly type: string;
  readonly size: number;
  readonly header: number;
}

/** Where the bytes of a picture stand. */
export interface Picture {
  readonly offset: number;
  readonly length: number;
}

export interface Movie {
  readonly tracks: readonly Track[];
  readonly pictures: readonly Picture[];
  /** Size of a sample of each track in fragments where nothing else is said, by the track's id. */
  readonly defaultSizes: ReadonlyMap<number, number>;
  readonly isFragmented: boolean;
  readonly hasVideo: boolean;
}

/** @throws RangeError where it holds more than this program reads */
export function readMovie(file: WalkedFile, movie: Box): Movie {
  const reader = new MovieReader(file);
  reader.boxes(movie.at + movie.header, Math.min(movie.at + movie.size, file.size), 0, 'moov');
  const sound = reader.tracks.filter(({ handler }) => handler === 'soun');
  return {
    tracks: sound,
    pictures: reader.pictures,
    defaultSizes: reader.defaultSizes,
    isFragmented: reader.isFragmented,
    hasVideo: reader.tracks.some(({ handler }) => handler === 'vide'),
  };
}

class MovieReader {
  readonly tracks: Track[] = [];
  readonly pictures: Picture[] = [];
  readonly defaultSizes = new Map<number, number>();
  isFragmented = false;
  readonly #file: WalkedFile;

  constructor(file: WalkedFile) {
    this.#file = file;
  }

  boxes(from: number, to: number, depth: number, parent: string): void {
    for (let at = from; at + 8 <= to;) {
      const header = this.#file.readAt(at, 16);
      const box = boxAt(header, 0, to - at);
      if (box === undefined) return;
      const body = at + box.header;
      const end = Math.min(at + box.size, to);
      if (box.type === 'trak') this.#track();
      if (box.type === 'mvex') this.isFragmented = true;
      if (containers.has(box.type) && depth < mostDepth) this.boxes(body, end, depth + 1, box.type);
      else if (box.type === 'meta' && depth < mostDepth)
        this.boxes(body + this.#metaHeader(body), end, depth + 1, 'meta');
      else this.#leaf(box.type, body, end, parent);
      at += box.size;
    }
  }

  /** A version stands before the boxes, but in QuickTime. */
  #metaHeader(body: number): number {
    return asciiAt(this.#file.readAt(body, 8), 4, 4) === 'hdlr' ? 0 : 4;
  }

  #track(): void {
    if (this.tracks.length === mostTracks)
      throw new RangeError('it holds more tracks than this program reads');
    this.tracks.push({
      ...{ id: 0, handler: '', durationMs: 0, isElsewhere: false, count: 0 },
      ...{ tables: {}, essence: new Essence() },
    });
  }

  #leaf(type: string, body: number, end: number, parent: string): void {
    const read = (most: number): Uint8Array => this.#file.readAt(body, Math.min(most, end - body));
    if (type === 'trex') {
      const trex = read(20);
      if (trex.length === 20) this.defaultSizes.set(viewOf(trex).getUint32(4), viewOf(trex).getUint32(16));
      return;
    }
    // Behind a type and a locale. It is digested as it passes, since it may be large.
    if (type === 'data' && parent === 'covr' && this.pictures.length < mostPictures && end - body > 8) {
      this.pictures.push({ offset: body + 8, length: end - body - 8 });
    }
    const track = this.tracks.at(-1);
    if (track === undefined) return;
    if (tables.has(type) && parent === 'stbl') track.tables[type as keyof SampleTables] ??= read(end - body);
    else if (type === 'stsd') {
      if (end - body > mostDescription)
        throw new RangeError('its sample descriptions are larger than this program reads');
      track.descriptions ??= read(mostDescription);
    } else if (type === 'hdlr' && parent === 'mdia') track.handler = asciiAt(read(12), 8, 4);
    else if (type === 'tkhd') track.id = numberBehindTimes(read(24));
    else if (type === 'mdhd') track.durationMs = durationOf(read(36));
    else if (type === 'dref') track.isElsewhere = isElsewhere(read(20));
  }
}

/** §8.3.2: creation and modification time of 32 or 64 bits stand first. */
function numberBehindTimes(header: Uint8Array): number {
  const at = header[0] === 1 ? 20 : 12;
  return header.length < at + 4 ? 0 : viewOf(header).getUint32(at);
}

/** §8.4.2, in milliseconds; 0 where it is not said. */
function durationOf(header: Uint8Array): number {
  const isLong = header[0] === 1;
  if (header.length < (isLong ? 32 : 20)) return 0;
  const view = viewOf(header);
  const scale = view.getUint32(isLong ? 20 : 12);
  const duration = isLong ? Number(view.getBigUint64(24)) : view.getUint32(16);
  return scale === 0 ? 0 : (duration / scale) * 1000;
}

/** §8.7.2: the first entry's flag 1 says that the samples are in this file. */
function isElsewhere(references: Uint8Array): boolean {
  return references.length >= 20 && ((references[19] as number) & 1) === 0;
}
