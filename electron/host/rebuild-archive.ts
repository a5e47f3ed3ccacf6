import { existsSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { PathValue } from '../../shared/contract/common.ts';
import type { JobProgress } from '../../shared/contract/jobs.ts';
import type { RebuildProblem, RebuildResult } from '../../shared/contract/rebuild.ts';
import { HoldfastError } from '../../shared/domain/errors.ts';
import { displayPath, pathFromJson, pathToJson } from '../../shared/domain/path.ts';
import { createSigningKey } from '../adapters/keys/signing-keys.ts';
import { ARCHIVE_FILE, readArchiveFile } from '../adapters/sqlite/archive-file.ts';
import { openCatalogueRebuild } from '../adapters/sqlite/catalogue-rebuild.ts';
import { acquireHostLock, type HostLock } from '../adapters/sqlite/lock.ts';
import { syncPath } from '../adapters/sqlite/sync-path.ts';
import { refuseNetworkFileSystem } from '../adapters/sqlite/volume.ts';
import { managedStore } from '../adapters/storage/managed-store.ts';
import { identifyRoot } from '../adapters/storage/volume.ts';
import { ProgressMeter } from '../core/jobs/progress.ts';
import type { RebuildPlace } from '../core/ports/rebuilding.ts';
import { rebuildCatalogue } from '../core/replication/rebuild-catalogue.ts';
import { version } from './version.ts';

export interface RebuildOptions {
  /** The archive's folder to be; absent or empty. */
  readonly dir: string;
  /** Roots of managed locations. */
  readonly from: readonly PathValue[];
  readonly agent: string;
  /** Needed where the locations hold several archives. */
  readonly archiveId?: string;
  /** Locations that stand elsewhere than they did were moved; nothing is asked. */
  readonly moved?: boolean;
  readonly signal: AbortSignal;
  /** Four times a second. */
  readonly onProgress: (progress: JobProgress) => void;
}

const TICK_MS = 250;

/**
 * Makes an archive anew from what managed locations hold. It is built beside `dir` and moved there when it is whole: after a
 * crash nothing of it is there, and the same call begins anew.
 * @throws HoldfastError ARCHIVE_EXISTS, BAD_INPUT, NOT_FOUND, FOLDER_NOT_FOUND, CATALOGUE_NEWER, ARCHIVE_HELD while another
 *   process rebuilds it, NETWORK_FILE_SYSTEM, ARCHIVE_READ_ONLY, DISK_FULL; the signal's reason when it was aborted
 */
export async function rebuildArchive(options: RebuildOptions): Promise<RebuildResult> {
  const dir = resolve(options.dir);
  refuseUsed(dir);
  refuseNetworkFileSystem(dir);
  const { places, problems } = await findPlaces(options.from);
  const building = join(dirname(dir), `.${basename(dir)}.rebuilding`);
  const lock = openBuilding(building);
  try {
    const result = await build(building, places, options);
    lock.release();
    moveToPlace(building, dir);
    const asked = [...problems, ...result.problems];
    return {
      ...result,
      archive: { ...result.archive, path: dir },
      problems: asked,
      problemsTotal: result.problemsTotal + problems.length,
    };
  } catch (error) {
    lock.release();
    rmSync(building, { recursive: true, force: true });
    throw error;
  }
}

async function build(
  building: string,
  places: readonly RebuildPlace[],
  { agent, archiveId, moved = false, signal, onProgress }: RebuildOptions,
): ReturnType<typeof rebuildCatalogue> {
  for (const folder of ['exports', 'logs']) mkdirSync(join(building, folder));
  const keys = join(building, 'keys');
  mkdirSync(keys, { mode: 0o700 });
  const rebuild = openCatalogueRebuild({ folder: building, places });
  const progress = new ProgressMeter();
  const ticker = setInterval(() => onProgress(progress.snapshot()), TICK_MS);
  try {
    return await rebuildCatalogue(rebuild, {
      places,
      ...(archiveId === undefined ? {} : { archiveId }),
      moved,
      agent: { name: agent, softwareVersion: version },
      createKey: () => createSigningKey(keys),
      signal,
      progress,
    });
  } finally {
    clearInterval(ticker);
    await rebuild.close();
  }
}

/** A folder beside the archive's, which is this process's alone; what a crash left in it is removed. */
function openBuilding(building: string): HostLock {
  try {
    mkdirSync(building, { recursive: true });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new HoldfastError(
      code === 'ENOSPC' || code === 'EDQUOT' ? 'DISK_FULL' : 'ARCHIVE_READ_ONLY',
      `Nothing can be written beside ${building} (${code}). Choose another folder for the archive, or give this user permission.`,
      { cause: error },
    );
  }
  const lock = acquireHostLock(building, { command: 'rebuild' });
  for (const entry of readdirSync(building))
    if (!entry.startsWith('host.')) rmSync(join(building, entry), { recursive: true, force: true });
  return lock;
}

function moveToPlace(building: string, dir: string): void {
  for (const entry of ['keys', 'exports', 'logs', '']) syncPath(join(building, entry));
  if (existsSync(dir)) rmdirSync(dir);
  renameSync(building, dir);
  syncPath(dirname(dir));
}

function refuseUsed(dir: string): void {
  if (existsSync(join(dir, ARCHIVE_FILE)))
    throw new HoldfastError(
      'ARCHIVE_EXISTS',
      `${dir} is an archive already ("${readArchiveFile(dir).name}"). Nothing was changed. Choose a new folder.`,
    );
  if (!dir.isWellFormed() || dir.includes('\u{fffd}'))
    throw new HoldfastError(
      'BAD_INPUT',
      'The path of an archive must be UTF-8. Choose another folder for it.',
    );
  let entries: string[];
  try {
    entries = existsSync(dir) ? readdirSync(dir) : [];
  } catch (error) {
    throw new HoldfastError(
      'BAD_INPUT',
      `${dir} cannot become an archive: it is no folder. Choose another path.`,
      {
        cause: error,
      },
    );
  }
  if (entries.length > 0)
    throw new HoldfastError(
      'BAD_INPUT',
      `${dir} is not empty ("${entries[0] ?? ''}" is in it). An archive needs a folder of its own; choose an empty or a new one.`,
    );
}

/** A marker that stands in two of the places is used where it was made, else where it was named first. */
async function findPlaces(
  from: readonly PathValue[],
): Promise<{ places: RebuildPlace[]; problems: RebuildProblem[] }> {
  const found: (RebuildPlace & { readonly isOriginal: boolean })[] = [];
  const problems: RebuildProblem[] = [];
  for (const path of from) {
    const { path: root, inode, fileSystem } = await identifyRoot(pathFromJson(path));
    const marker = await managedStore.readMarker(root);
    if (marker === undefined)
      throw new HoldfastError(
        'BAD_INPUT',
        `${displayPath(root)} is no managed location: it has no .holdfast/location.json. Name the folder that holds bags, supplements and snapshots of an archive.`,
      );
    if (found.some((place) => Buffer.from(place.root).equals(root))) continue;
    found.push({
      root,
      inode,
      ...(fileSystem === undefined ? {} : { fileSystem }),
      markerId: marker.id,
      isOriginal: marker.fileSystem !== undefined && marker.fileSystem === fileSystem,
    });
  }
  const places = found.filter((place) => {
    const same = found.filter(({ markerId }) => markerId === place.markerId);
    const chosen = same.find(({ isOriginal }) => isOriginal) ?? same[0];
    if (chosen === place || chosen === undefined) return true;
    problems.push({
      path: pathToJson(place.root),
      code: 'marker_twice',
      severity: 'question',
      message:
        `It carries the marker of the same location as ${displayPath(chosen.root)}, which was used; this one was left out. Moved, or a copy? ` +
        'Two places with one marker are never merged: remove .holdfast/location.json from the copy, or set it aside.',
    });
    return false;
  });
  return { places: places.map(({ isOriginal: _, ...place }) => place), problems };
}
