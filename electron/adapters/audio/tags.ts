/** Embedded metadata and technical properties, through music-metadata. Its warnings and throws are never damage. */
import type * as Music from 'music-metadata';
import type { IAudioMetadata } from 'music-metadata';
import type { EmbeddedMetadata, FileProblem, TechnicalMetadata } from '../../core/ports/readings.ts';
import type { Content } from './content.ts';
import { cleanText, foundJson } from './found-tags.ts';
import { headerFacts } from './header-facts.ts';
import { formats } from './formats.ts';
import { identifiersIn } from './identifiers.ts';
import type { Identified } from './identify.ts';
import { BudgetExceeded, LazyBlob } from './lazy-blob.ts';
import { plausible } from './plausible.ts';

const mostWord = 1000;
const mostRepaired = 64 * 1024;

export interface Described {
  readonly technical?: TechnicalMetadata;
  readonly embedded?: EmbeddedMetadata;
  readonly identifiers: readonly (readonly [string, string])[];
  readonly problems: readonly FileProblem[];
}

type Parser = typeof Music;
let parser: Promise<Parser> | undefined;

/** Reads tags of a file that is sound by its signature. Never throws: tags that cannot be read are an advisory. */
export async function readTags(content: Content, identified: Identified): Promise<Described> {
  if (identified.parser === undefined) {
    const technical = headerFacts(content, identified.format.name);
    return { ...(technical === undefined ? {} : { technical }), identifiers: [], problems: [] };
  }
  try {
    // Loaded at the first sound: an accession of scans, or a start-up, does not pay for it.
    const metadata = await parse(await (parser ??= import('music-metadata')), content, identified.parser);
    const embedded = embeddedOf(metadata, identified.parser === formats.wave.parser);
    return {
      technical: technicalOf(metadata, identified),
      ...(embedded === undefined ? {} : { embedded }),
      identifiers: identifiersIn(metadata.common),
      problems: [],
    };
  } catch (error) {
    const word = error instanceof Error ? error.message : String(error);
    return { identifiers: [], problems: [{ code: 'tags_unreadable', detail: cleanText(word, 200) }] };
  }
}

async function parse(music: Parser, content: Content, type: string): Promise<IAudioMetadata> {
  // The size lets it work out durations; the type saves it from guessing by content once more.
  if (content.head.length === content.size) {
    return music.parseBuffer(content.head, { mimeType: type, size: content.size });
  }
  const blob = (): Blob => new LazyBlob(content, type) as unknown as Blob;
  try {
    return await music.parseBlob(blob());
  } catch (error) {
    // Pictures are what is large among tags: without them the words may still be had.
    if (error instanceof BudgetExceeded) return await music.parseBlob(blob(), { skipCovers: true });
    throw error;
  }
}

/** Codecs that music-metadata names after what they decode to, or does not name. */
const codecs: Readonly<Record<string, string>> = { WavPack: 'WavPack', DSF: 'DSD' };

function technicalOf({ format }: IAudioMetadata, identified: Identified): TechnicalMetadata {
  const codec = codecs[identified.format.name] ?? identified.codec ?? format.codec;
  const durationMs = plausible((format.duration ?? 0) * 1000);
  // Little-endian samples in AIFF-C are samples all the same.
  const lossless = format.codec === 'PCM (byte swapped)' ? true : format.lossless;
  return {
    ...(format.container === undefined ? {} : { container: cleanText(format.container, 100) }),
    ...(codec === undefined ? {} : { codec: cleanText(codec, 100) }),
    ...(lossless === undefined ? {} : { lossless }),
    ...(durationMs === undefined ? {} : { durationMs }),
    ...numbered('sampleRate', format.sampleRate),
    ...numbered('bitDepth', format.bitsPerSample),
    ...numbered('channels', format.numberOfChannels),
    ...numbered('bitRate', format.bitrate),
  };
}

function embeddedOf({ common, native }: IAudioMetadata, isRiff: boolean): EmbeddedMetadata | undefined {
  if (Object.values(native).every((tags) => tags.length === 0)) return undefined;
  const text = isRiff ? repaired : (value: unknown): unknown => value;
  if (native.exif !== undefined) {
    native.exif = native.exif.map(({ id, value }) => ({ id, value: text(value) }));
  }
  return {
    ...word('title', text(common.title)),
    ...word('artist', text(common.artist)),
    ...word('album', text(common.album)),
    ...word('albumArtist', text(common.albumartist)),
    ...word('date', common.date ?? common.originaldate ?? common.year),
    ...numbered('disc', common.disk.no),
    ...numbered('track', common.track.no),
    found: foundJson(native),
  };
}

/**
 * RIFF INFO has no mark of its encoding, and by its letter it is ISO 8859-1, as music-metadata reads it; nearly all
 * programs write UTF-8. Bytes that are valid UTF-8 beyond ASCII are that, for text in another encoding all but never is.
 */
function repaired(value: unknown): unknown {
  if (typeof value !== 'string' || value.length > mostRepaired || !/[\x80-\xff]/.test(value)) return value;
  if (!/^[\x00-\xff]*$/.test(value)) return value;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(value, 'latin1'));
  } catch {
    return value; // then it is what it says
  }
}

function word<K extends string>(key: K, value: unknown): Partial<Record<K, string>> {
  if (typeof value !== 'string' && typeof value !== 'number') return {};
  const text = cleanText(String(value), mostWord).trim();
  return text === '' ? {} : ({ [key]: text } as Record<K, string>);
}

function numbered<K extends string>(key: K, value: unknown): Partial<Record<K, number>> {
  const rounded = typeof value === 'number' ? (plausible(value) ?? 0) : 0;
  return rounded === 0 ? {} : ({ [key]: rounded } as Record<K, number>);
}
