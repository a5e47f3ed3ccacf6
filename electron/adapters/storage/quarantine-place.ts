/** What stands in quarantine and in the staging of recoveries: listed, given back, taken out. */
import { lstat, link, readdir, readFile, rmdir, unlink } from 'node:fs/promises';
import { sameBytes } from '../../../shared/domain/bytes.ts';
import { parsePublicId } from '../../../shared/domain/ids.ts';
import {
  displayPath,
  joinRaw,
  parentOf,
  relativeTo,
  utf8Path,
  type RawPath,
} from '../../../shared/domain/path.ts';
import type { Leftovers, QuarantinePlace } from '../../core/ports/quarantine.ts';
import type { RecoveryAt } from '../../core/ports/recovery-place.ts';
import { folderBelow } from './bag-folder.ts';
import { errnoOf } from '../../core/ports/errno.ts';
import { asBuffer, onPlace, recoveryPlace, statOf, syncFolder, writeStory } from './recovery-place.ts';
import { stampOf } from './read-file.ts';

/** A story is a page; what is larger is none. */
const MOST_STORY = 64 * 1024;

async function leftovers(where: Omit<RecoveryAt, 'jobId'>): Promise<Leftovers> {
  const { staging, quarantine } = recoveryPlace.folders({ ...where, jobId: 0 });
  const staged: Leftovers['staged'][number][] = [];
  const asides: Leftovers['asides'][number][] = [];
  const empty: Leftovers['empty'][number][] = [];
  for (const { jobId, folder } of await jobsIn(where.root, parentOf(staging))) {
    const names = await namesIn(where.root, folder);
    if (names.length === 0) empty.push({ jobId, folder });
    for (const name of names) {
      const path = joinRaw(folder, utf8Path(name));
      const id = parsePublicId(name);
      staged.push({ jobId, findingId: id?.kind === 'finding' ? id.id : undefined, path });
    }
  }
  for (const { jobId, folder } of await jobsIn(where.root, parentOf(quarantine))) {
    const names = new Set(await namesIn(where.root, folder));
    const ids = new Set([...names].map((name) => name.replace(/\.txt$/, '')));
    for (const name of ids) {
      const id = parsePublicId(name);
      if (id?.kind !== 'finding') continue;
      const [file] = names.has(name) ? await rawNamesIn(where.root, joinRaw(folder, utf8Path(name))) : [];
      asides.push({
        jobId,
        findingId: id.id,
        story: joinRaw(folder, utf8Path(`${name}.txt`)),
        hasStory: names.has(`${name}.txt`),
        ...(file === undefined ? {} : { path: joinRaw(joinRaw(folder, utf8Path(name)), file) }),
      });
    }
  }
  return { staged, empty, asides };
}

async function jobsIn(root: RawPath, folder: RawPath): Promise<{ jobId: number; folder: RawPath }[]> {
  return (await namesIn(root, folder)).flatMap((name) => {
    const id = parsePublicId(name);
    return id?.kind === 'job' ? [{ jobId: id.id, folder: joinRaw(folder, utf8Path(name)) }] : [];
  });
}

async function namesIn(root: RawPath, folder: RawPath): Promise<string[]> {
  return (await rawNamesIn(root, folder)).map((name) => name.toString('utf8'));
}

/** Through no link; none where no folder stands. */
async function rawNamesIn(root: RawPath, folder: RawPath): Promise<Buffer[]> {
  return onPlace(folder, async () => {
    const at = await folderBelow(root, relativeTo(root, folder) ?? folder);
    return at === undefined ? [] : readdir(asBuffer(at), { encoding: 'buffer' });
  });
}

async function readStory(path: RawPath): Promise<string | undefined> {
  return onPlace(path, async () => {
    const stats = await statOf(path);
    if (stats?.isFile() !== true || stats.size > MOST_STORY) return undefined;
    return readFile(asBuffer(path), 'utf8');
  });
}

async function giveBack(
  root: RawPath,
  aside: RawPath,
  to: RawPath,
  makeFolder: boolean,
): ReturnType<QuarantinePlace['giveBack']> {
  if (makeFolder) await recoveryPlace.makeFolder(root, parentOf(to));
  return onPlace(to, async () => {
    try {
      await link(asBuffer(aside), asBuffer(to));
    } catch (error) {
      switch (errnoOf(error)) {
        case 'EEXIST':
          if (await isSame(aside, to)) break;
          return { placed: false, reason: `Something stands at ${displayPath(to)}. It was not overwritten.` };
        case 'ENOENT':
        case 'ENOTDIR':
          return { placed: false, reason: `There is no folder ${displayPath(parentOf(to))}.` };
        case 'EXDEV':
          return { placed: false, reason: `${displayPath(to)} is on another volume.` };
        case 'EPERM':
        case 'ENOTSUP':
        case 'EOPNOTSUPP':
        case 'ENOSYS':
          return { placed: false, reason: 'Its file system cannot give a file a second name.' };
        default:
          throw error;
      }
    }
    await syncFolder(parentOf(to));
    return { placed: true, stamp: stampOf(await lstat(asBuffer(to), { bigint: true })) };
  });
}

async function isSame(one: RawPath, other: RawPath): Promise<boolean> {
  return onPlace(other, async () => {
    const [a, b] = [await statOf(one), await statOf(other)];
    return a !== undefined && b !== undefined && a.ino === b.ino && a.dev === b.dev;
  });
}

async function remove(root: RawPath, path: RawPath, beside?: RawPath): Promise<void> {
  await onPlace(path, async () => {
    const folder = await folderBelow(root, relativeTo(root, parentOf(path)) ?? path);
    for (const name of [...(folder === undefined ? [] : [path]), ...(beside === undefined ? [] : [beside])])
      await unlink(asBuffer(name)).catch((error: unknown) => {
        if (errnoOf(error) !== 'ENOENT') throw error;
      });
    if (folder !== undefined) await syncFolder(folder);
    await removeUpwards(root, parentOf(path));
  });
}

/** For as long as nothing else stands there; a managed location keeps its own folders. */
async function removeUpwards(root: RawPath, folder: RawPath): Promise<void> {
  const top = joinRaw(root, utf8Path('.holdfast/quarantine')).length;
  const inPlace = joinRaw(root, utf8Path('.holdfast-quarantine'));
  const isOurs = (at: RawPath): boolean => at.length > top || sameBytes(at, inPlace);
  for (let at = folder; isOurs(at); at = parentOf(at)) {
    try {
      await rmdir(asBuffer(at));
    } catch {
      break; // not empty, or gone
    }
  }
}

/** The port of core. */
export const quarantinePlace: QuarantinePlace = {
  leftovers,
  readStory,
  writeStory: (path, text) =>
    onPlace(path, async () => {
      await writeStory(path, text);
      await syncFolder(parentOf(path));
    }),
  giveBack,
  isSame,
  removeEmpty: (root, folder) => onPlace(folder, () => removeUpwards(root, folder)),
  remove,
};
