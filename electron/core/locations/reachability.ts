import { HoldfastError } from '../../../shared/domain/errors.ts';
import { displayPath, joinRaw, type RawPath } from '../../../shared/domain/path.ts';
import type { LocationIdentity } from '../ports/catalogue.ts';
import type { Files, RootIdentity } from '../ports/files.ts';

export type Reached =
  | {
      readonly reachable: true;
      /** Whether it stands on a disk that turns; undefined where nobody can tell. */
      readonly rotational?: boolean | undefined;
    }
  | { readonly reachable: false; readonly reason: string };

/**
 * Says whether the place at a location's root is the one that the catalogue knows. An empty mount point, another disk
 * or a restored copy at the same path is none: its replicas are then not checked, never missing (design, invariant 5).
 */
export async function reachLocation(files: Files, location: LocationIdentity): Promise<Reached> {
  let found: RootIdentity;
  try {
    found = await files.identifyRoot(location.root);
  } catch (error) {
    if (error instanceof HoldfastError) return { reachable: false, reason: error.message };
    throw error;
  }
  const { rotational } = found;
  if (location.marker !== undefined) return reachManaged(location, location.marker, found);
  const sameInode = location.rootInode === undefined || location.rootInode === found.inode;
  const bothKnown = location.fileSystem !== undefined && found.fileSystem !== undefined;
  if (sameInode && bothKnown) {
    return location.fileSystem === found.fileSystem
      ? { reachable: true, rotational }
      : differs(location, 'another file system than that of');
  }
  if (!sameInode) return differs(location, 'another folder than the one known as');
  // A file system without an id of its own (a network share, a RAM disk) is known by the files that vouch for it.
  const vouched = await lookAtSentinels(files, location.root, location.sentinels);
  return vouched === 'gone'
    ? differs(location, 'a folder without any of the files that vouch for')
    : { reachable: true, rotational };
}

/** A managed location is what its marker says it is, on the volume that it was registered on. */
function reachManaged(location: LocationIdentity, marker: string, found: RootIdentity): Reached {
  if (found.marker === undefined) return differs(location, 'a folder without the marker of');
  if (found.marker.id !== marker) return differs(location, 'another managed location than');
  const known = location.fileSystem;
  if (known === undefined || found.fileSystem === undefined || known === found.fileSystem)
    return { reachable: true, rotational: found.rotational };
  return {
    reachable: false,
    reason:
      `At ${displayPath(location.root)} stands the marker of "${location.name}" on another volume than the one it was made on: ` +
      `was it moved, or is it a copy? Nothing there was checked. If it was moved: holdfast location relink "${location.name}" PATH. ` +
      'A copy is a location of its own: holdfast location add PATH --name NAME --writes managed --copied',
  };
}

/** Whether files chosen at accession stand under `root` with the digests recorded then; one damaged file does not disown a disk. */
export async function sentinelsHold(
  files: Files,
  root: RawPath,
  sentinels: LocationIdentity['sentinels'],
): Promise<boolean> {
  return sentinels.length === 0 || (await lookAtSentinels(files, root, sentinels)) === 'intact';
}

/**
 * `there`: all of those that stand at their paths have another content. In the same folder that is damage, or a change that
 * an audit must tell; another disk would not have them at the same paths.
 */
async function lookAtSentinels(
  files: Files,
  root: RawPath,
  sentinels: LocationIdentity['sentinels'],
): Promise<'intact' | 'there' | 'gone'> {
  let found: 'there' | 'gone' = sentinels.length === 0 ? 'there' : 'gone';
  // One after another: the first mostly settles it, and they may be large.
  for (const { path, sha256 } of sentinels) {
    const [outcome] = await files.digestAll([joinRaw(root, path)], new AbortController().signal);
    if (outcome?.status !== 'read') continue;
    if (sameBytes(outcome.sha256, sha256)) return 'intact';
    found = 'there';
  }
  return found;
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}

function differs(location: LocationIdentity, what: string): Reached {
  return {
    reachable: false,
    reason:
      `At ${displayPath(location.root)} stands ${what} "${location.name}". Nothing there was checked. ` +
      `Mount the right volume, or, if it was moved or replaced on purpose, run: holdfast location relink "${location.name}" PATH`,
  };
}
