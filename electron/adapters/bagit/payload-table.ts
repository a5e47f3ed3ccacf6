import { foldName } from '../../../shared/domain/bag-name.ts';
import { KeyTable } from '../../../shared/domain/key-table.ts';
import { decodeUtf8 } from '../../../shared/domain/path.ts';

/** Beyond this a bag is not judged to its end; the table then takes half a gigabyte. */
const MOST_ENTRIES = 4_000_000;

/** Of a digest: all of an MD5, as much of the others. */
const DIGEST_WORDS = 4;

/** What a path is known from; `otherForm`: a manifest lists it in another normalisation. */
export const SEEN = { onDisk: 1, toFetch: 2, otherForm: 4 } as const;

/**
 * Every payload path of a bag, on disk or listed, and what each manifest says of it, without a name or a whole digest in memory:
 * of a digest its first 127 bits are kept, which nobody can meet with another file as long as its algorithm holds.
 */
export class PayloadTable {
  readonly #exact = new KeyTable();
  /** Names that are not NFC, by their NFC form. */
  readonly #composed = new KeyTable();
  readonly #folded = new KeyTable();
  #columns = 0;
  #seen = new Uint8Array(1024);
  #listed = new Uint16Array(1024);
  /** KiB, as found. */
  #sizes = new Uint32Array(1024);
  #expected = new Uint32Array(0);
  #count = 0;

  /** Makes room for the digests of so many algorithms; called once, before the first is entered. */
  keepDigests(columns: number): void {
    this.#columns = columns;
    this.#expected = new Uint32Array(this.#seen.length * columns * DIGEST_WORDS);
  }

  get isFull(): boolean {
    return this.#count >= MOST_ENTRIES;
  }

  /** The entry of a path by its own bytes, or by its NFC form where only that is known. */
  find(path: Uint8Array): { readonly entry: number; readonly isExact: boolean } | undefined {
    const exact = this.#exact.get(path);
    if (exact !== undefined) return { entry: exact, isExact: true };
    const composed = composedForm(path);
    const entry = (composed && this.#exact.get(composed)) ?? this.#composed.get(composed ?? path);
    return entry === undefined ? undefined : { entry, isExact: false };
  }

  /** Adds a path whose bytes are not known yet; tells the twin that it has, if any. */
  add(path: Uint8Array): { readonly entry: number; readonly twin?: 'normalisation' | 'case' } {
    const entry = this.#count++;
    this.#grow();
    const composed = composedForm(path);
    const other = (composed && this.#exact.get(composed)) ?? this.#composed.get(composed ?? path);
    this.#exact.set(path, entry);
    if (other !== undefined) return { entry, twin: 'normalisation' };
    if (composed !== undefined) this.#composed.set(composed, entry);
    const text = decodeUtf8(path);
    if (text === undefined) return { entry };
    const twin = this.#folded.claim(Buffer.from(foldName(text)), entry);
    return twin === undefined ? { entry } : { entry, twin: 'case' };
  }

  /** In bytes, kept by the KiB: what a batch of files weighs, so that they need not be looked at again. */
  keepSize(entry: number, bytes: bigint): void {
    const kib = (bytes + 1023n) / 1024n;
    this.#sizes[entry] = kib > 0xffff_ffffn ? 0xffff_ffff : Number(kib);
  }

  sizeOf(entry: number): number {
    return (this.#sizes[entry] ?? 0) * 1024;
  }

  see(entry: number, how: number): void {
    this.#seen[entry] = (this.#seen[entry] ?? 0) | how;
  }

  isSeen(entry: number, how: number): boolean {
    return ((this.#seen[entry] ?? 0) & how) !== 0;
  }

  /** Which payload manifests list it, a bit for each. */
  listedIn(entry: number): number {
    return this.#listed[entry] ?? 0;
  }

  list(entry: number, manifest: number): void {
    this.#listed[entry] = (this.#listed[entry] ?? 0) | (1 << manifest);
  }

  expect(entry: number, column: number, digest: Uint8Array): void {
    const at = (entry * this.#columns + column) * DIGEST_WORDS;
    for (let n = 0; n < DIGEST_WORDS; n++) this.#expected[at + n] = wordOf(digest, n);
  }

  /** Whether a digest made here is the one listed; undefined where none is. */
  agrees(entry: number, column: number, digest: Uint8Array): boolean | undefined {
    const at = (entry * this.#columns + column) * DIGEST_WORDS;
    if (this.#expected[at] === 0) return undefined;
    for (let n = 0; n < DIGEST_WORDS; n++) if (this.#expected[at + n] !== wordOf(digest, n)) return false;
    return true;
  }

  #grow(): void {
    if (this.#count <= this.#seen.length) return;
    const length = this.#seen.length * 2;
    const seen = new Uint8Array(length);
    const listed = new Uint16Array(length);
    const sizes = new Uint32Array(length);
    const expected = new Uint32Array(length * this.#columns * DIGEST_WORDS);
    seen.set(this.#seen);
    listed.set(this.#listed);
    sizes.set(this.#sizes);
    expected.set(this.#expected);
    this.#seen = seen;
    this.#listed = listed;
    this.#sizes = sizes;
    this.#expected = expected;
  }
}

/** Of a digest; its first is never 0, which means that nothing is expected. */
function wordOf(digest: Uint8Array, n: number): number {
  const at = n * 4;
  const word =
    (((digest[at] ?? 0) << 24) |
      ((digest[at + 1] ?? 0) << 16) |
      ((digest[at + 2] ?? 0) << 8) |
      (digest[at + 3] ?? 0)) >>>
    0;
  return n === 0 ? (word | 1) >>> 0 : word;
}

/** Undefined where the path is NFC already, or no text. */
function composedForm(path: Uint8Array): Uint8Array | undefined {
  if (path.every((byte) => byte < 0x80)) return undefined;
  const text = decodeUtf8(path);
  const composed = text?.normalize('NFC');
  return composed === undefined || composed === text ? undefined : Buffer.from(composed);
}
