import { HoldfastError } from '../../../shared/domain/errors.ts';
import { displayPath, joinRaw, type RawPath } from '../../../shared/domain/path.ts';
import type { LocationIdentity } from '../ports/catalogue.ts';
import type { Files, RootIdentity } from '../ports/files.ts';

export type Reached = { readonly reachable: true } | { readonly reachable: false; readonly reason: string };

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
  const sameInode = location.rootInode === undefined || location.rootInode === found.inode;
  const bothKnown = location.fileSystem !== undefined && found.fileSystem !== undefined;
  if (sameInode && bothKnown) {
    return location.fileSystem === found.fileSystem ? { reachable: true } : differs(location, 'another file system');
  }
  if (!sameInode) return differs(location, 'another folder');
  // A file system without an id of its own (a network share, a RAM disk) is known by the files that vouch for it.
  const vouched = await sentinelsHold(files, location.root, location.sentinels);
  return vouched ? { reachable: true } : differs(location, 'a folder without the files that vouch for it');
}

/** Whether files chosen at accession stand under `root` with the digests recorded then; one damaged file does not disown a disk. */
export async function sentinelsHold(
  files: Files,
  root: RawPath,
  sentinels: LocationIdentity['sentinels'],
): Promise<boolean> {
  if (sentinels.length === 0) return true;
  const outcomes = await files.digestAll(
    sentinels.map((sentinel) => joinRaw(root, sentinel.path)),
    new AbortController().signal,
  );
  return outcomes.some((outcome, index) => {
    const expected = sentinels[index];
    return outcome.status === 'read' && expected !== undefined && sameBytes(outcome.sha256, expected.sha256);
  });
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}

function differs(location: LocationIdentity, what: string): Reached {
  return {
    reachable: false,
    reason:
      `At ${displayPath(location.root)} stands ${what} than the one known as "${location.name}". Nothing there was checked. ` +
      `Mount the right volume, or, if it was moved or replaced on purpose, run: holdfast location relink "${location.name}" PATH`,
  };
}
