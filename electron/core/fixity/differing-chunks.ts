/** From and to (exclusive), in bytes from the beginning of the file. */
export type ByteRange = readonly [from: number, to: number];

const CHUNK = 1024 * 1024;
const DIGEST = 4;
const MOST_RANGES = 20;

interface Chunks {
  /** CRC-32 of each MiB, four bytes each. */
  readonly digests: Uint8Array;
  readonly size: number;
}

/**
 * Where two states of a file differ, by the digests of their chunks. A chunk that only one of them has whole says nothing of what both
 * have of it: it counts as differing, and not against `prefixMatches`.
 */
export function differingChunks(
  expected: Chunks,
  observed: Chunks,
): { differs: ByteRange[]; prefixMatches?: boolean } {
  const differs: ByteRange[] = [];
  const end = Math.max(expected.size, observed.size);
  const wholeInBoth = Math.floor(Math.min(expected.size, observed.size) / CHUNK);
  let prefixMatches = true;
  for (let chunk = 0; chunk * CHUNK < end; chunk++) {
    const same = sameAt(expected.digests, observed.digests, chunk * DIGEST);
    if (same && lengthOf(expected, chunk) === lengthOf(observed, chunk)) continue;
    if (chunk < wholeInBoth) prefixMatches = false;
    const [from, to] = [chunk * CHUNK, Math.min(end, (chunk + 1) * CHUNK)];
    const last = differs.at(-1);
    if (last?.[1] === from) differs[differs.length - 1] = [last[0], to];
    else if (differs.length < MOST_RANGES) differs.push([from, to]);
  }
  // Less than a chunk in common proves nothing of the beginning.
  return observed.size < expected.size && wholeInBoth > 0 ? { differs, prefixMatches } : { differs };
}

function lengthOf({ size }: Chunks, chunk: number): number {
  return Math.max(0, Math.min(CHUNK, size - chunk * CHUNK));
}

function sameAt(a: Uint8Array, b: Uint8Array, at: number): boolean {
  for (let i = at; i < at + DIGEST; i++) if (a[i] === undefined || a[i] !== b[i]) return false;
  return true;
}
