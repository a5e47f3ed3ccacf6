/** The evidence of a finding, which the contract carries as JSON text. */

export interface Seen {
  readonly sha256: string;
  readonly size: number;
}

export interface Evidence {
  readonly expected?: Seen;
  readonly observed?: Seen;
  readonly suspectedSilentCorruption: boolean;
  /** Code of a problem, as in shared/domain/problem-codes.ts. */
  readonly problem?: string;
  readonly errno?: string;
  readonly offset?: number;
  /** What the problem says beside its code. */
  readonly problemDetail?: string;
  readonly reason?: string;
  readonly look?: Look;
  /** Paths at which the same content stands. */
  readonly contentAt?: readonly string[];
  /** What somebody else says of it; nothing was read here. */
  readonly attested?: AttestedEvidence;
  /** What an older manifest says that it was, before it came into custody here. */
  readonly prior?: AttestedEvidence;
  /** A whole sentence: of what is no such JSON, and of what is attested. */
  readonly words?: string;
}

export interface AttestedEvidence {
  readonly by: string;
  /** ISO 8601 date. */
  readonly on: string;
  readonly algorithm: string;
  /** Lower-case hex, as `found`. */
  readonly expected: string;
  readonly found: string;
}

/** What a second look at a file told whose bytes are not the expected ones. */
export interface Look {
  /** Whether the sound is the one that was deposited; absent where that cannot be told. */
  readonly essenceSame?: boolean;
  /** From where on its own checks fail, in milliseconds from the beginning of the recording. */
  readonly fromMs?: number;
  /** The first bytes that differ, from and to (exclusive). */
  readonly bytes?: readonly [from: number, to: number];
}

export function readEvidence(detail: string): Evidence {
  const fields = parse(detail);
  if (fields === undefined)
    return { suspectedSilentCorruption: false, ...(detail === '' ? {} : { words: detail }) };
  const attested = readAttested(object(fields['attested']));
  if (attested !== undefined)
    return { suspectedSilentCorruption: false, attested, words: attestedSentence(attested) };
  const prior = readAttested(object(fields['prior']));
  if (prior !== undefined) return { suspectedSilentCorruption: false, prior, words: priorSentence(prior) };
  const expected = seen(fields['expected']);
  const observed = seen(fields['observed']);
  const about = object(fields['problem']);
  const problem = text(fields['problem']) ?? text(about?.['code']);
  const errno = text(about?.['errno']);
  const problemDetail = text(about?.['detail']);
  const reason = text(fields['reason']);
  const look = object(fields['look']);
  return {
    suspectedSilentCorruption: fields['suspectedSilentCorruption'] === true,
    ...(expected === undefined ? {} : { expected }),
    ...(observed === undefined ? {} : { observed }),
    ...(problem === undefined ? {} : { problem }),
    ...(errno === undefined ? {} : { errno }),
    ...(typeof fields['offset'] === 'number' ? { offset: fields['offset'] } : {}),
    ...(problemDetail === undefined ? {} : { problemDetail }),
    ...(reason === undefined ? {} : { reason }),
    ...(look === undefined ? {} : { look: readLook(look) }),
    ...readPlaces(fields['contentAt']),
  };
}

/** Every place at which a second look found a difference, where it told any. */
export interface Places {
  /** Bytes from the beginning of the file, from and to (exclusive), in order. */
  readonly ranges: readonly (readonly [from: number, to: number])[];
  /** Where the sound's own checks fail, in milliseconds from the beginning of the recording. */
  readonly timesMs: readonly number[];
}

/** Reads all of them: `readEvidence` keeps the first, which a sentence says. */
export function placesOf(detail: string): Places {
  const look = object(parse(detail)?.['look']);
  const ranges = list(look?.['differs']).flatMap((range) => {
    const [from, to] = list(range);
    return typeof from === 'number' && typeof to === 'number' && from < to ? [[from, to] as const] : [];
  });
  const timesMs = list(look?.['places']).flatMap((place) => {
    const timeMs = object(place)?.['timeMs'];
    return typeof timeMs === 'number' ? [timeMs] : [];
  });
  return { ranges, timesMs: [...new Set(timesMs)].sort((one, other) => one - other) };
}

/** Which sentence says what a second look told of the sound; undefined where it told nothing. */
export function lookSentence(
  look: Look | undefined,
): 'soundSame' | 'soundDiffers' | 'soundDiffersFrom' | undefined {
  if (look?.essenceSame === undefined) return undefined;
  if (look.essenceSame) return 'soundSame';
  return look.fromMs === undefined ? 'soundDiffers' : 'soundDiffersFrom';
}

function readAttested(fields: Record<string, unknown> | undefined): AttestedEvidence | undefined {
  const [by, on, algorithm, expected, found] = ['by', 'on', 'algorithm', 'expected', 'found'].map((name) =>
    text(fields?.[name]),
  );
  if (by === undefined || on === undefined || algorithm === undefined) return undefined;
  return expected === undefined || found === undefined ? undefined : { by, on, algorithm, expected, found };
}

function attestedSentence({ by, on, algorithm, expected, found }: AttestedEvidence): string {
  return `${by} says of ${on} that its ${algorithmWords(algorithm)} is ${shortDigest(found)}, not ${shortDigest(expected)}. It was not read here.`;
}

function priorSentence({ by, on, algorithm, expected, found }: AttestedEvidence): string {
  return (
    `A manifest of ${by} of ${on} says that its ${algorithmWords(algorithm)} was ${shortDigest(found)}; what came into custody ` +
    `here has ${shortDigest(expected)}. Whether it was changed in between or the manifest is of something else, a person must find out.`
  );
}

function algorithmWords(algorithm: string): string {
  if (algorithm === 'samples-md5') return 'MD5 of the samples';
  return algorithm === 'md5' || algorithm === 'crc32'
    ? algorithm.toUpperCase().replace('CRC', 'CRC-')
    : algorithm.replace('sha', 'SHA-');
}

function readPlaces(value: unknown): { readonly contentAt?: readonly string[] } {
  const places = Array.isArray(value) ? (value as unknown[]) : [];
  const contentAt = places.flatMap((place) => text(object(object(place)?.['path'])?.['display']) ?? []);
  return contentAt.length === 0 ? {} : { contentAt };
}

function readLook(fields: Record<string, unknown>): Look {
  const [place] = Array.isArray(fields['places']) ? (fields['places'] as unknown[]) : [];
  const [range] = Array.isArray(fields['differs']) ? (fields['differs'] as unknown[]) : [];
  const [from, to] = Array.isArray(range) ? (range as unknown[]) : [];
  const fromMs = object(place)?.['timeMs'];
  return {
    ...(typeof fields['essenceSame'] === 'boolean' ? { essenceSame: fields['essenceSame'] } : {}),
    ...(typeof fromMs === 'number' ? { fromMs } : {}),
    ...(typeof from === 'number' && typeof to === 'number' ? { bytes: [from, to] as const } : {}),
  };
}

/** First and last group: enough to compare by eye. */
export function shortDigest(hex: string): string {
  return hex.length <= 8 ? hex : `${hex.slice(0, 4)}…${hex.slice(-4)}`;
}

function seen(value: unknown): Seen | undefined {
  const fields = object(value);
  const [sha256, size] = [fields?.['sha256'], fields?.['size']];
  return typeof sha256 === 'string' && typeof size === 'number' ? { sha256, size } : undefined;
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [];
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function parse(json: string): Record<string, unknown> | undefined {
  try {
    return object(JSON.parse(json) as unknown);
  } catch {
    return undefined; // plain words
  }
}

function object(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}
