import { constants, closeSync, lstatSync, openSync, readdirSync, readSync, type Stats } from 'node:fs';
import { snapshotEvent } from '../../../../shared/domain/location-layout.ts';
import type { RawPath } from '../../../../shared/domain/path.ts';
import { below, joined } from '../protection/destination.ts';

/** A file that Holdfast keeps beside the bags, as its folder lists it. */
export interface KeptFile {
  readonly name: string;
  readonly path: Buffer;
  readonly size: number;
  readonly modifiedAt: number;
}

export interface FoundSnapshot extends KeptFile {
  readonly eventSeq: number;
}

/** What stands of one archive in one location. */
export interface ArchiveInPlace {
  readonly snapshots: readonly FoundSnapshot[];
  readonly supplements: readonly KeptFile[];
  /** Names of folders in `bags/`. */
  readonly bags: readonly string[];
  /** Links, folders and whatever else bears the name of such a file. */
  readonly noFiles: readonly { readonly path: Buffer; readonly of: 'snapshots' | 'supplements' }[];
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Ids of the archives that have a folder in a location; links are not followed. */
export function archivesIn(root: RawPath): string[] {
  return readdirSync(below(root))
    .filter((name) => UUID.test(name) && statOf(below(root, name))?.isDirectory() === true)
    .sort();
}

export function archiveIn(root: RawPath, archiveId: string): ArchiveInPlace {
  const snapshots = keptFiles(
    below(root, archiveId, 'snapshots'),
    (name) => snapshotEvent(name) !== undefined,
  );
  const supplements = keptFiles(below(root, archiveId, 'supplements'), (name) => name.endsWith('.json'));
  const bags = below(root, archiveId, 'bags');
  return {
    snapshots: snapshots.files.map((file) => ({ ...file, eventSeq: snapshotEvent(file.name) ?? 0 })),
    supplements: supplements.files,
    noFiles: [
      ...snapshots.others.map((path) => ({ path, of: 'snapshots' as const })),
      ...supplements.others.map((path) => ({ path, of: 'supplements' as const })),
    ],
    bags: namesIn(bags).filter((name) => statOf(joined(bags, name))?.isDirectory() === true),
  };
}

/** The digest that stands beside a file, in hex; undefined where there is none that can be read. */
export function digestBeside(file: KeptFile): string | undefined {
  const { O_RDONLY, O_NOFOLLOW } = constants;
  try {
    const descriptor = openSync(
      joined(Buffer.from(file.path.subarray(0, file.path.lastIndexOf(0x2f))), `${file.name}.sha256`),
      O_RDONLY | ((O_NOFOLLOW as number | undefined) ?? 0),
    );
    try {
      const memory = Buffer.alloc(4096);
      const text = memory.toString('utf8', 0, readSync(descriptor, memory, 0, memory.length, 0));
      const [digest = '', name] = text.trimEnd().split(/ [ *]/);
      return /^[0-9a-f]{64}$/.test(digest) && name === file.name ? digest : undefined;
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return undefined; // there is none, or it is no file
  }
}

function keptFiles(
  folder: Buffer,
  isWanted: (name: string) => boolean,
): { readonly files: KeptFile[]; readonly others: Buffer[] } {
  const files: KeptFile[] = [];
  const others: Buffer[] = [];
  for (const name of namesIn(folder).filter(isWanted)) {
    const path = joined(folder, name);
    const stats = statOf(path);
    if (stats?.isFile() === true) files.push({ name, path, size: stats.size, modifiedAt: stats.mtimeMs });
    else others.push(path);
  }
  return { files, others };
}

/** Empty where there is no such folder, or something else in its place. */
function namesIn(folder: Buffer): string[] {
  return statOf(folder)?.isDirectory() === true ? readdirSync(folder).sort() : [];
}

export function statOf(path: Buffer): Stats | undefined {
  return lstatSync(path, { throwIfNoEntry: false });
}
