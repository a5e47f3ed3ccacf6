/** Folders by name, as bytes; a person who chooses one sees names that no text can spell. */
import { readFileSync } from 'node:fs';
import { access, opendir, stat, statfs } from 'node:fs/promises';
import { homedir } from 'node:os';
import { HoldfastError } from '../../../shared/domain/errors.ts';
import {
  baseName,
  displayPath,
  isInside,
  joinRaw,
  parentOf,
  rawPath,
  utf8Path,
  type RawPath,
} from '../../../shared/domain/path.ts';
import type { FolderEntry, Folders, ListedFolder } from '../../core/ports/folders.ts';
import { identifyRoot, parseMounts } from './volume.ts';

const MOST_FOLDERS = 1_000;
/** Entries that are looked at: a folder of a million files is still listed at once. */
const MOST_ENTRIES = 200_000;
/** Links that are followed to see whether a folder is behind them. */
const MOST_LINKS = 1_000;

/** Where systems mount what people connect. */
const MOUNTED_BELOW = ['/media', '/mnt', '/run/media', '/Volumes'].map(utf8Path);

export const folders: Folders = { list, places, space };

async function list(path: RawPath | undefined): Promise<ListedFolder> {
  const wanted = path ?? utf8Path(homedir());
  if (!isAbsolute(wanted))
    throw new HoldfastError('BAD_INPUT', `${displayPath(wanted)} is no absolute path. Give the whole path.`);
  const { path: folder } = await identifyRoot(wanted);
  const { names, files, truncated } = await namesIn(folder);
  const sorted = names.sort((a, b) => collator.compare(displayPath(a), displayPath(b)));
  const parent = parentOf(folder);
  return {
    path: folder,
    ...(parent.length > 0 && parent.length < folder.length && { parent }),
    folders: sorted.slice(0, MOST_FOLDERS).map((name): FolderEntry => ({
      name,
      path: joinRaw(folder, name),
      hidden: name[0] === DOT,
    })),
    truncated: truncated || sorted.length > MOST_FOLDERS,
    files,
  };
}

const DOT = '.'.charCodeAt(0);
const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

async function namesIn(folder: RawPath): Promise<{ names: RawPath[]; files: number; truncated: boolean }> {
  const names: RawPath[] = [];
  let files = 0;
  let seen = 0;
  let links = 0;
  // Node's types know no opendir with names as bytes; Node does.
  const entries = await opendir(Buffer.from(folder), { encoding: 'buffer' as BufferEncoding });
  for await (const entry of entries) {
    if (++seen > MOST_ENTRIES) return { names, files, truncated: true };
    const name = rawPath(Uint8Array.from(entry.name as unknown as Uint8Array));
    const isFolder =
      entry.isDirectory() ||
      (entry.isSymbolicLink() && ++links <= MOST_LINKS && (await leadsToFolder(joinRaw(folder, name))));
    if (isFolder) names.push(name);
    else files++;
  }
  return { names, files, truncated: false };
}

async function leadsToFolder(path: RawPath): Promise<boolean> {
  try {
    return (await stat(Buffer.from(path))).isDirectory();
  } catch {
    return false; // a link to nowhere
  }
}

function isAbsolute(path: RawPath): boolean {
  const text = Buffer.from(path).toString('latin1');
  return text.startsWith('/') || (process.platform === 'win32' && /^([A-Za-z]:[\\/]|\\\\)/.test(text));
}

async function places(): Promise<{ name: string; path: RawPath; kind: 'home' | 'volume' }[]> {
  const home = utf8Path(homedir());
  const mounted = process.platform === 'win32' ? await drives() : await mountedVolumes();
  return [home, ...mounted].map((path, at) => ({
    name: displayPath(baseName(path)) || displayPath(path),
    path,
    kind: at === 0 ? 'home' : 'volume',
  }));
}

async function mountedVolumes(): Promise<RawPath[]> {
  if (process.platform === 'darwin') {
    const { names } = await namesIn(utf8Path('/Volumes')).catch(() => ({ names: [] }));
    return names.map((name) => joinRaw(utf8Path('/Volumes'), name));
  }
  try {
    const points = parseMounts(readFileSync('/proc/self/mountinfo')).map(({ point }) => point);
    const known = new Map<string, RawPath>();
    for (const point of points)
      if (MOUNTED_BELOW.some((above) => isInside(above, point)))
        known.set(Buffer.from(point).toString('latin1'), point);
    return [...known.values()];
  } catch {
    return []; // no /proc
  }
}

async function drives(): Promise<RawPath[]> {
  const letters = Array.from({ length: 26 }, (_, i) => utf8Path(`${String.fromCharCode(65 + i)}:\\`));
  const found = await Promise.all(
    letters.map((path) =>
      access(Buffer.from(path)).then(
        () => path,
        () => undefined,
      ),
    ),
  );
  return found.filter((path) => path !== undefined);
}

async function space(path: RawPath): Promise<{ freeBytes: number; totalBytes: number } | undefined> {
  try {
    const { bavail, blocks, bsize } = await statfs(Buffer.from(path));
    return { freeBytes: bavail * bsize, totalBytes: blocks * bsize };
  } catch {
    return undefined;
  }
}
