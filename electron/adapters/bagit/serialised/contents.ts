/** The first pass over a serialised bag: what it would unpack to, its tag files, and what must not be in it. */
import { baseName, decodeUtf8, rawPath, type RawPath } from '../../../../shared/domain/path.ts';
import type { FindingList } from '../finding-list.ts';
import { codeOf } from '../walk-bag.ts';
import {
  type ArchiveEntry,
  ArchiveBroken,
  type EntryKind,
  type OpenEntry,
  type ReadArchive,
  TooMuchUnpacked,
} from './archive-entry.ts';

/** Tag files are kept in memory: their manifests are read before the payload, wherever they stand in the archive. */
const MOST_TAG_BYTES = 128 * 1024 * 1024;
const MOST_ENTRIES = 1_000_000;

export interface KeptEntry {
  /** Its place in the archive, counted from 0. */
  readonly ordinal: number;
  /** Below the bag. */
  readonly path: RawPath;
  readonly kind: EntryKind;
  readonly size: number;
  readonly detail?: string;
}

export interface SerialContents {
  /** In the order of the archive. */
  readonly entries: readonly KeptEntry[];
  /** Contents of tag files by their paths below the bag, a byte a character. */
  readonly tagFiles: ReadonlyMap<string, Uint8Array>;
}

/** @returns undefined where there is no one folder to judge; the findings say why */
export async function readContents(
  read: ReadArchive,
  archive: RawPath,
  findings: FindingList,
): Promise<SerialContents | undefined> {
  const contents = new Contents(findings);
  try {
    for await (const entry of read()) if (!(await contents.take(entry))) return undefined;
  } catch (error) {
    if (error instanceof TooMuchUnpacked)
      findings.add('BAG-SERIAL-BOMB', undefined, { detail: error.message });
    else if (error instanceof ArchiveBroken)
      findings.add('BAG-SERIAL-BROKEN', undefined, { detail: error.message });
    else findings.add('BAG-UNREADABLE', undefined, { detail: codeOf(error) });
    return undefined;
  }
  return contents.end(archive);
}

class Contents {
  readonly #findings: FindingList;
  readonly #entries: KeptEntry[] = [];
  readonly #tagFiles = new Map<string, Uint8Array>();
  readonly #roots = new Set<string>();
  /** Every path that was taken, and every folder above one, a byte a character. */
  readonly #kinds = new Map<string, EntryKind>();
  readonly #parents = new Set<string>();
  #tagBytes = 0;
  #ordinal = -1;
  #looseFile: string | undefined;

  constructor(findings: FindingList) {
    this.#findings = findings;
  }

  /** False where there are too many. */
  async take(entry: OpenEntry): Promise<boolean> {
    this.#ordinal += 1;
    const findings = this.#findings;
    if (this.#ordinal >= MOST_ENTRIES) {
      findings.add('BAG-TOO-LARGE', undefined, { detail: `it has more than ${MOST_ENTRIES} entries` });
      return false;
    }
    const segments = segmentsOf(entry.name);
    if (typeof segments === 'string') {
      findings.add('BAG-SERIAL-PATH', rawPath(entry.name), { detail: segments });
      return true;
    }
    const [root, ...below] = segments;
    if (root === undefined) return true;
    this.#roots.add(root);
    if (below.length === 0) {
      if (entry.kind !== 'folder') this.#looseFile ??= root;
      return true;
    }
    const path = below.join('/');
    const raw = rawPath(Buffer.from(path, 'latin1'));
    const known = this.#kinds.get(segments.join('/'));
    if (known !== undefined && !(known === 'folder' && entry.kind === 'folder')) {
      findings.add('BAG-SERIAL-TWICE', raw);
      return true;
    }
    this.#kinds.set(segments.join('/'), entry.kind);
    for (let to = segments.length - 1; to > 0; to -= 1) {
      const parent = segments.slice(0, to).join('/');
      if (this.#parents.has(parent)) break;
      this.#parents.add(parent);
    }
    await this.#keep(entry, path, raw, below[0] === 'data');
    return true;
  }

  async #keep(entry: OpenEntry, path: string, raw: RawPath, isPayload: boolean): Promise<void> {
    const { kind, size, detail } = entry;
    let kept: Omit<KeptEntry, 'ordinal' | 'path'> = {
      kind,
      size,
      ...(detail === undefined ? {} : { detail }),
    };
    if (kind === 'file' && !isPayload) {
      this.#tagBytes += size;
      if (this.#tagBytes > MOST_TAG_BYTES) {
        kept = {
          kind: 'closed',
          size,
          detail: 'the tag files of the archive take more memory than there is',
        };
      } else {
        const chunks: Uint8Array[] = [];
        for await (const chunk of entry.chunks()) chunks.push(chunk);
        this.#tagFiles.set(path, Buffer.concat(chunks));
      }
    }
    if (kind === 'hardlink') this.#findings.add('BAG-SERIAL-LINK', raw);
    else this.#entries.push({ ordinal: this.#ordinal, path: raw, ...kept });
  }

  end(archive: RawPath): SerialContents | undefined {
    const findings = this.#findings;
    for (const [path, kind] of this.#kinds)
      if (kind !== 'folder' && this.#parents.has(path))
        findings.add('BAG-SERIAL-TWICE', rawPath(Buffer.from(path.slice(path.indexOf('/') + 1), 'latin1')));
    const [root, ...more] = this.#roots;
    if (root === undefined || more.length > 0 || this.#looseFile !== undefined) {
      const detail =
        root === undefined
          ? 'there is nothing in it'
          : more.length > 0
            ? `there are ${more.length + 1} things beside each other`
            : 'there is a file and no folder';
      findings.add('BAG-SERIAL-ROOT', undefined, { detail });
      return undefined;
    }
    const expected = nameWithoutForm(archive);
    const name = decodeUtf8(Buffer.from(root, 'latin1')) ?? root;
    if (name !== expected) findings.add('BAG-SERIAL-NAME', undefined, { detail: name, expected });
    return { entries: this.#entries, tagFiles: this.#tagFiles };
  }
}

/** The names on the way to an entry, a byte a character; why it is refused, where it would lead out of the bag. */
function segmentsOf(name: ArchiveEntry['name']): string[] | string {
  const text = Buffer.from(name).toString('latin1');
  if (text.includes('\0')) return 'it contains a NUL';
  if (/^[/\\]/.test(text)) return 'it is absolute';
  if (/^[A-Za-z]:/.test(text)) return 'it begins with a drive letter';
  if (text.split(/[/\\]/).includes('..')) return 'it has a segment ".."';
  return text.split('/').filter((segment) => segment !== '' && segment !== '.');
}

function nameWithoutForm(archive: RawPath): string {
  const name = decodeUtf8(baseName(archive)) ?? '';
  return name.replace(/\.(?:tar|tar\.gz|tgz|zip)$/i, '');
}
