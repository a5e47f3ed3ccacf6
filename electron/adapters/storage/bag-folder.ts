/** A bag on disk as whoever removes it must see it: by its own entries, through no link, on one volume. */
import { createHash } from 'node:crypto';
import { type BigIntStats, constants, type Dirent } from 'node:fs';
import { lstat, open, readdir, type FileHandle } from 'node:fs/promises';
import { HoldfastError } from '../../../shared/domain/errors.ts';
import {
  decodeUtf8,
  displayPath,
  joinRaw,
  parentOf,
  rawPath,
  utf8Path,
  type RawPath,
} from '../../../shared/domain/path.ts';
import type { BagContents } from '../../core/ports/custody.ts';
import { readMarker } from './managed-store.ts';
import { errnoOf } from '../../core/ports/errno.ts';

/** What ends a look or a removal before a file is touched: not what the catalogue knows (`refused`), or not to be told now. */
export class NotOurs extends Error {
  readonly state: 'refused' | 'unreachable';

  constructor(state: 'refused' | 'unreachable', reason: string) {
    super(reason);
    this.state = state;
  }
}

/** A bag-info.txt is a page; what is larger is none. */
const MOST_TEXT = 1024 * 1024;
const UNEXPECTED_NAMED = 5;

async function statOf(path: RawPath): Promise<BigIntStats | undefined> {
  try {
    return await lstat(Buffer.from(path), { bigint: true });
  } catch (error) {
    if (errnoOf(error) === 'ENOENT' || errnoOf(error) === 'ENOTDIR') return undefined;
    throw error;
  }
}

/**
 * The folder at `path` below `root`, reached through folders only.
 * @returns undefined where nothing stands.
 * @throws NotOurs where a link, another volume or something else than a folder stands on the way or at its end.
 */
export async function folderBelow(root: RawPath, path: RawPath): Promise<RawPath | undefined> {
  const top = await statOf(root);
  if (top?.isDirectory() !== true) throw new NotOurs('unreachable', `${displayPath(root)} is not there now.`);
  let at = root;
  for (const name of segments(path)) {
    at = joinRaw(at, name);
    const stats = await statOf(at);
    if (stats === undefined) return undefined;
    if (stats.isSymbolicLink())
      throw new NotOurs('refused', `${displayPath(at)} is a symbolic link. ${LOOK}`);
    if (!stats.isDirectory()) throw new NotOurs('refused', `${displayPath(at)} is not a folder. ${LOOK}`);
    if (stats.dev !== top.dev)
      throw new NotOurs('refused', `At ${displayPath(at)} another volume is mounted. ${LOOK}`);
  }
  return at;
}

const LOOK = 'Nothing of it was touched. Find out who put it there, then run this again.';

/** @throws NotOurs for a path that climbs or has empty segments: ours have none. */
function segments(path: RawPath): RawPath[] {
  const names: RawPath[] = [];
  let from = 0;
  for (let end = 0; end <= path.length; end++) {
    if (end < path.length && path[end] !== 0x2f) continue;
    names.push(path.subarray(from, end) as RawPath);
    from = end + 1;
  }
  const climbs = names.some((name) => name.length === 0 || ['.', '..'].includes(decodeUtf8(name) ?? ''));
  if (climbs) throw new NotOurs('refused', `"${displayPath(path)}" is no path below a location's root.`);
  return names;
}

/**
 * Whether the managed location at `root` is the one with this id.
 * @throws NotOurs otherwise.
 */
export async function requireMarker(root: RawPath, id: string): Promise<void> {
  await folderBelow(root, utf8Path('.holdfast'));
  const marker = await readMarker(root).catch((error: unknown) => {
    if (error instanceof HoldfastError) throw new NotOurs('unreachable', error.message);
    throw error;
  });
  if (marker?.id === id) return;
  throw new NotOurs(
    'unreachable',
    marker === undefined
      ? `There is no marker of a managed location at ${displayPath(root)}. Connect the right volume.`
      : `At ${displayPath(root)} stands another managed location. Connect the right volume.`,
  );
}

/**
 * Whether the folder is the bag that the catalogue knows: by the digest of a tag manifest, or by the identifier that it
 * says of itself, since a tag manifest may be damaged, and a damaged bag can be let go too.
 * @throws NotOurs otherwise.
 */
export async function requireBag(bag: RawPath, contents: BagContents): Promise<void> {
  for (const { name, sha256 } of contents.tagFiles) {
    if (!/^tagmanifest-/.test(decodeUtf8(name) ?? '')) continue;
    const text = await readBytes(joinRaw(bag, name));
    if (text !== undefined && createHash('sha256').update(text).digest().equals(sha256)) return;
  }
  const info = await readSmall(joinRaw(bag, utf8Path('bag-info.txt')));
  const says = /^External-Identifier:[ \t]*(.*?)[ \t]*$/im.exec(info ?? '')?.[1] ?? '';
  if (says === contents.identifier) return;
  throw new NotOurs(
    'refused',
    `At ${displayPath(bag)} stands another bag, or none: neither its tag manifest nor its bag-info.txt is that of ` +
      `accession ${contents.accessionNumber}. ${LOOK}`,
  );
}

/** What is in a folder, at any depth; folders after what is in them. Links are entries, and not followed. */
export async function* entriesBelow(
  folder: RawPath,
  below: RawPath = rawPath(new Uint8Array(0)),
): AsyncGenerator<{ readonly path: RawPath; readonly kind: 'file' | 'folder' | 'other' }> {
  const listed: Dirent<Buffer>[] = await readdir(Buffer.from(joinRaw(folder, below)), {
    encoding: 'buffer',
    withFileTypes: true,
  });
  for (const entry of listed) {
    const path = joinRaw(below, entry.name);
    if (entry.isDirectory()) {
      yield* entriesBelow(folder, path);
      yield { path, kind: 'folder' };
    } else yield { path, kind: entry.isFile() ? 'file' : 'other' };
  }
}

/** The files that a bag is known to have, and the folders that these stand in. */
export class KnownEntries {
  readonly #files: ReadonlySet<string>;
  readonly #folders = new Set<string>();

  constructor(files: readonly RawPath[]) {
    this.#files = new Set(files.map(key));
    for (const file of files)
      for (let at = parentOf(file); at.length > 0 && !this.#folders.has(key(at)); at = parentOf(at))
        this.#folders.add(key(at));
  }

  has({ path, kind }: { readonly path: RawPath; readonly kind: 'file' | 'folder' | 'other' }): boolean {
    if (kind === 'other') return false;
    return (kind === 'file' ? this.#files : this.#folders).has(key(path));
  }
}

function key(path: RawPath): string {
  return Buffer.from(path).toString('latin1');
}

/**
 * Whether nothing stands in the folder that the catalogue does not know of it.
 * @throws NotOurs otherwise.
 */
export async function requireNothingElse(
  bag: RawPath,
  known: KnownEntries,
  kept = 'Nothing of it was touched.',
): Promise<void> {
  const unexpected: string[] = [];
  const { dev } = await lstat(Buffer.from(bag), { bigint: true });
  let more = 0;
  for await (const entry of entriesBelow(bag)) {
    const mounted = entry.kind === 'folder' && (await statOf(joinRaw(bag, entry.path)))?.dev !== dev;
    if (known.has(entry) && !mounted) continue;
    if (unexpected.length < UNEXPECTED_NAMED) unexpected.push(displayPath(entry.path));
    else more += 1;
  }
  if (unexpected.length === 0) return;
  throw new NotOurs(
    'refused',
    `In ${displayPath(bag)} stands what is not of this accession: ${unexpected.join(', ')}` +
      `${more > 0 ? ` and ${String(more)} more` : ''}. ${kept} Move it out of there, then run this again.`,
  );
}

/** Undefined where no regular file stands. */
async function readBytes(path: RawPath): Promise<Buffer | undefined> {
  const stats = await statOf(path);
  if (stats?.isFile() !== true) return undefined;
  const handle = await openToRead(path);
  try {
    return await handle.readFile();
  } finally {
    await handle.close();
  }
}

/** Follows no link, and leaves the access time as it is where the system lets one. */
async function openToRead(path: RawPath): Promise<FileHandle> {
  // Undefined where the platform has no such flag (Windows, and O_NOATIME on macOS).
  const { O_NOFOLLOW, O_NOATIME } = constants as Partial<typeof constants>;
  const flags = constants.O_RDONLY | (O_NOFOLLOW ?? 0);
  try {
    return await open(Buffer.from(path), flags | (O_NOATIME ?? 0));
  } catch (error) {
    // EPERM: only the owner of a file may read it without its access time being written.
    if (errnoOf(error) !== 'EPERM' || O_NOATIME === undefined) throw error;
    return open(Buffer.from(path), flags);
  }
}

async function readSmall(path: RawPath): Promise<string | undefined> {
  const stats = await statOf(path);
  return stats === undefined || stats.size > MOST_TEXT
    ? undefined
    : (await readBytes(path))?.toString('utf8');
}
