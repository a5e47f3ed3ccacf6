import { createHash } from 'node:crypto';
import { HoldfastError } from '../../../shared/domain/errors.ts';
import {
  displayPath,
  isInside,
  pathFromJson,
  relativeTo,
  utf8Path,
  type RawPath,
} from '../../../shared/domain/path.ts';
import type { PathValue } from '../../../shared/contract/common.ts';
import { overlap, overlapsLocation } from '../locations/overlap.ts';
import { reachLocation } from '../locations/reachability.ts';
import type { LocationIdentity, RootPlan } from '../ports/catalogue.ts';
import type { Files, RootIdentity } from '../ports/files.ts';

/** Identifies the folders that a person named, each once, none inside another. Throws where one cannot be used. */
export async function identifyRoots(files: Files, paths: readonly PathValue[]): Promise<RootIdentity[]> {
  const found: RootIdentity[] = [];
  for (const path of paths) {
    const root = await files.identifyRoot(pathFromJson(path));
    for (const other of found) {
      if (overlap(other, root)) {
        throw new HoldfastError(
          'LOCATIONS_OVERLAP',
          Buffer.compare(root.path, other.path) === 0
            ? `${displayPath(root.path)} is named twice. Name it once.`
            : `${displayPath(root.path)} and ${displayPath(other.path)} lie one inside the other. Name only the outer one.`,
        );
      }
    }
    found.push(root);
  }
  return found;
}

/** Finds for each folder the location it lies in, or makes a new one of it. */
export async function planRoots(
  files: Files,
  roots: readonly RootIdentity[],
  known: readonly LocationIdentity[],
): Promise<RootPlan[]> {
  const names = new Set(known.map((location) => location.name));
  const plans: RootPlan[] = [];
  for (const root of roots) {
    const overlapping: LocationIdentity[] = [];
    for (const location of known)
      if (await overlapsLocation(files, root, location)) overlapping.push(location);
    // The innermost: an empty mount point belongs to what is missing there, not to what is around it.
    const [around] = overlapping
      .filter((location) => isInside(location.root, root.path))
      .sort((a, b) => b.root.length - a.root.length);
    if (around !== undefined) {
      if (around.writes === 'managed')
        throw new HoldfastError(
          'BAD_INPUT',
          `${displayPath(root.path)} lies in the managed location "${around.name}", which holds sealed bags only: nothing is taken into custody where it stands there. ` +
            `Move the folder out of ${displayPath(around.root)}, then take it in with --to "${around.name}".`,
        );
      const reached = await reachLocation(files, around);
      if (!reached.reachable) throw new HoldfastError('LOCATION_UNREACHABLE', reached.reason);
      plans.push({ location: { id: around.id }, path: relativeTo(around.root, root.path) ?? utf8Path('') });
      continue;
    }
    const [inside] = overlapping;
    if (inside !== undefined) {
      throw new HoldfastError(
        'LOCATIONS_OVERLAP',
        `${displayPath(root.path)} contains the location "${inside.name}" (${displayPath(inside.root)}), whose files are in custody already. ` +
          `Take the other folders beside it into custody one by one.`,
      );
    }
    const name = freeName(root.path, names);
    names.add(name);
    plans.push({
      location: {
        root: root.path,
        name,
        inode: root.inode,
        ...(root.fileSystem === undefined ? {} : { fileSystem: root.fileSystem }),
      },
      path: utf8Path(''),
    });
  }
  return plans;
}

/** The same act over the same folders has the same key, whatever its title. */
export function resumeKey(kind: string, mode: string, roots: readonly RawPath[]): string {
  const hash = createHash('sha256').update(JSON.stringify([kind, mode]));
  for (const root of [...roots].sort((a, b) => Buffer.compare(a, b))) hash.update('\0').update(root);
  return hash.digest('hex');
}

function freeName(root: RawPath, taken: ReadonlySet<string>): string {
  const base =
    displayPath(root)
      .split('/')
      .findLast((part) => part !== '') ?? 'root';
  for (let n = 1; ; n += 1) {
    const name = n === 1 ? base : `${base} (${String(n)})`;
    if (!taken.has(name)) return name;
  }
}
