import { realpathSync, type Stats } from 'node:fs';
import type { BagCompared } from '../../../core/ports/rebuilding.ts';
import type { RebuildProblem } from '../../../../shared/contract/rebuild.ts';
import { HoldfastError } from '../../../../shared/domain/errors.ts';
import { joinRaw, utf8Path, type RawPath } from '../../../../shared/domain/path.ts';
import { asBuffer, type Connection } from '../connection.ts';
import { readManifest, type ManifestEntry } from './our-bag.ts';
import { problemAt } from './problems.ts';
import { isSafeRelative } from './safe-paths.ts';
import { statOf } from './survey-places.ts';

interface BagRow {
  readonly id: number;
  readonly location_id: number;
  readonly path: Buffer;
}

interface ReplicaRow {
  readonly id: number;
  readonly folder: Buffer;
  readonly name: Buffer;
  readonly size: number;
  readonly object_id: number;
  readonly sha256: Buffer;
  readonly act_seq: number | null;
}

const OF_BAG = `
  SELECT r.id, f.path AS folder, r.name, r.size, r.object_id, o.sha256, a.event_seq AS act_seq
  FROM folders f CROSS JOIN replicas r ON r.folder_id = f.id CROSS JOIN objects o ON o.id = r.object_id
    CROSS JOIN accruals c ON c.id = r.accrual_id LEFT JOIN acts a ON a.id = c.act_id
  WHERE f.location_id = ? AND (f.path = ? OR (f.path > ? AND f.path < ?))`;

/**
 * Compares a bag with what the catalogue says of it: every file of its manifest, by digest as the manifest says it, and by
 * presence and size. Where digests differ, what the signed log commits to stands; otherwise the bag's own manifest wins.
 * @param holdsTo the last event up to which the log holds
 */
export function compareBag(
  connection: Connection,
  root: RawPath,
  bagId: number,
  holdsTo: number,
): BagCompared {
  const bag = connection.sql<BagRow>('SELECT id, location_id, path FROM bags WHERE id = ?').get(bagId);
  if (bag === undefined) throw new Error(`there is no bag ${bagId}`);
  const path = asBuffer(joinRaw(root, bag.path));
  const problems: RebuildProblem[] = [];
  const tell = (at: Uint8Array, code: RebuildProblem['code'], message: string): void => {
    problems.push(problemAt(at, code, message));
  };
  if (!isSafeRelative(bag.path) || !isPlainFolder(path)) {
    tell(
      path,
      'bag_missing',
      'The catalogue knows a bag here, and there is none. Look whether it was moved; an audit tells what is lost.',
    );
    return { files: 0, problems };
  }
  let manifest: Map<string, ManifestEntry> | undefined;
  try {
    manifest = readManifest(path, 'manifest-sha256.txt', 32);
  } catch (error) {
    if (!(error instanceof HoldfastError)) throw error;
    tell(
      path,
      'bag_unreadable',
      `This bag was touched or is damaged: ${error.message}. What the catalogue says of it stands; run an audit.`,
    );
  }
  const folders = new PlainFolders(path);
  let files = 0;
  const prefix = Buffer.concat([bag.path, Buffer.from('/data')]);
  const rows = connection
    .sql<ReplicaRow>(OF_BAG)
    .all(
      bag.location_id,
      prefix,
      Buffer.concat([prefix, Buffer.from('/')]),
      Buffer.concat([prefix, Buffer.from('0')]),
    );
  for (const row of rows) {
    const relative = joinRaw(row.folder as Uint8Array as RawPath, row.name);
    const inBag = relative.subarray(bag.path.length + 1);
    const at = asBuffer(joinRaw(root, relative));
    const entry = manifest?.get(Buffer.from(inBag).toString('utf8'));
    if (manifest !== undefined && entry === undefined)
      tell(
        at,
        'not_in_bag',
        'The catalogue knows this file, and the manifest of its bag does not. The bag was touched, or what tells of it is wrong.',
      );
    manifest?.delete(Buffer.from(inBag).toString('utf8'));
    const found = folders.file(inBag);
    if (found === undefined)
      tell(
        at,
        'not_there',
        'It is not there. An audit confirms whether it is missing; another copy may restore it.',
      );
    else if (entry !== undefined && !entry.digest.equals(row.sha256)) {
      const proven = row.act_seq !== null && row.act_seq <= holdsTo;
      tell(
        at,
        'digest_differs',
        proven
          ? 'The manifest of its bag gives another digest than the one that the signed log commits to. The log’s stands; the bag was touched.'
          : 'What tells of it gives another digest than the manifest of its bag. The manifest’s was taken.',
      );
      if (!proven) rebase(connection, row, entry.digest, found.size);
    } else if (found.size !== row.size)
      tell(
        at,
        'size_differs',
        `It has ${found.size} bytes, not ${row.size}. An audit tells what became of it.`,
      );
    if (found !== undefined) files++;
  }
  for (const { path: name } of manifest?.values() ?? [])
    tell(
      asBuffer(joinRaw(path as Uint8Array as RawPath, utf8Path(name))),
      'not_in_catalogue',
      'The manifest of its bag names it, and nothing else tells of it. Name further places with --from.',
    );
  return { files, problems };
}

/** The replica is one of another content than it was said to be; nobody has read it yet. */
function rebase(connection: Connection, row: ReplicaRow, sha256: Buffer, size: number): void {
  connection
    .sql(
      `INSERT INTO objects (sha256, size, format_id, kind, recorded_at)
       SELECT ?, ?, format_id, kind, recorded_at FROM objects WHERE id = ? ON CONFLICT DO NOTHING`,
    )
    .run(sha256, size, row.object_id);
  const object = connection
    .sql<{ id: number; size: number }>('SELECT id, size FROM objects WHERE sha256 = ?')
    .get(sha256);
  if (object === undefined) throw new Error('an object conflicts with none');
  connection
    .sql('UPDATE replicas SET object_id = ?, size = ? WHERE id = ?')
    .run(object.id, object.size, row.id);
  connection
    .sql(
      `UPDATE OR IGNORE parts SET object_id = ?, size = ?, duration_ms = 0
       WHERE object_id = ? AND NOT EXISTS (SELECT 1 FROM replicas r WHERE r.object_id = parts.object_id)`,
    )
    .run(object.id, object.size, row.object_id);
}

/** Files of a bag, found without following a link anywhere on the way. */
export class PlainFolders {
  readonly #bag: Buffer;
  readonly #plain = new Map<string, boolean>();

  constructor(bag: Buffer) {
    this.#bag = bag;
  }

  /** @param path relative to the bag */
  file(path: Uint8Array): Stats | undefined {
    if (!isSafeRelative(path)) return undefined;
    const slash = path.lastIndexOf(0x2f);
    const folder = Buffer.concat([this.#bag, Buffer.from('/'), path.subarray(0, Math.max(0, slash))]);
    const key = folder.toString('latin1');
    let plain = this.#plain.get(key);
    if (plain === undefined) this.#plain.set(key, (plain = isPlainFolder(folder)));
    if (!plain) return undefined;
    const stats = statOf(Buffer.concat([this.#bag, Buffer.from('/'), path]));
    return stats?.isFile() === true ? stats : undefined;
  }
}

/** Roots are real paths, so that every link on the way shows. */
function isPlainFolder(path: Buffer): boolean {
  if (statOf(path)?.isDirectory() !== true) return false;
  const real = realpathSync(path, { encoding: 'buffer' });
  const end = path.at(-1) === 0x2f ? path.length - 1 : path.length;
  return real.equals(path.subarray(0, end));
}
