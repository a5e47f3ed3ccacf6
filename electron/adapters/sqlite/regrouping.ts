import type { RegroupResult } from '../../../shared/contract/items.ts';
import { folderInBag } from '../../../shared/domain/bag-path.ts';
import { HoldfastError } from '../../../shared/domain/errors.ts';
import type { FileKind } from '../../../shared/domain/file-kind.ts';
import { parsePublicId, publicId } from '../../../shared/domain/ids.ts';
import { NameRuleError, parseNameRule } from '../../../shared/domain/name-rule.ts';
import {
  displayPath,
  joinRaw,
  pathFromJson,
  pathToJson,
  relativeTo,
  utf8Path,
  type RawPath,
} from '../../../shared/domain/path.ts';
import {
  byDisc,
  byFolder,
  byNames,
  byTags,
  derivations,
  gather,
  namedIdentity,
  type Assign,
  type Assignment,
  type PlannedItem,
  type RegroupFile,
  type Regrouped,
} from '../../../shared/domain/regrouping.ts';
import { parseRole } from '../../../shared/domain/structure-terms.ts';
import type { RepresentationRole } from '../../../shared/domain/vocabulary.ts';
import type { Regrouping, RegroupRow } from '../../core/ports/arranging.ts';
import type { Connection } from './connection.ts';

/** More would not fit in the memory that a thread has for it. */
const MOST_FILES = 200_000;
const SHOWN = 200;
// As in the writer: no key of a proposal has it.
const KEY_OF_RULE = '\u001e';

interface Fault {
  readonly row: number;
  readonly message: string;
}

/** One planned item and the one in the catalogue that becomes it; undefined: a new one. */
export interface TargetedItem extends PlannedItem {
  readonly key: string;
  readonly target: number | undefined;
  /** It was this item before, by id or by what a rule called it: its title stays unless another is said. */
  readonly known: boolean;
}

export interface RegroupingPlan extends Omit<Regrouped, 'items'> {
  readonly items: readonly TargetedItem[];
  readonly faults: readonly Fault[];
  /** Raw paths of unmatched files, the first ones. */
  readonly unmatchedPaths: readonly RawPath[];
}

interface FileRow {
  readonly partId: number;
  readonly objectId: number;
  readonly itemId: number;
  readonly arranged: number;
  readonly locationId: number;
  readonly folder: Buffer;
  readonly name: Buffer;
  readonly root: Buffer;
  readonly kind: FileKind;
  readonly role: RepresentationRole;
  readonly position: number;
  readonly durationMs: number;
  readonly album: string | null;
  readonly disc: number | null;
  readonly track: number | null;
}

interface LoadedFile extends RegroupFile {
  readonly raw: RawPath;
}

/** What a regrouping would make; nothing is changed. */
export function previewRegrouping(
  connection: Connection,
  accessionId: number,
  how: Regrouping,
): RegroupResult {
  return connection.db.transaction(() =>
    resultOf(planRegrouping(connection, accessionId, how), { applied: false, dissolved: 0 }),
  )();
}

/** @throws HoldfastError BAD_INPUT for a rule that is none, for nothing to go by, and for too many files. */
export function planRegrouping(
  connection: Connection,
  accessionId: number,
  { by, rules, rows, arranged }: Regrouping,
): RegroupingPlan {
  const files = filesOf(connection, accessionId);
  const title =
    connection.sql<{ title: string }>('SELECT title FROM accessions WHERE id = ?').get(accessionId)?.title ??
    '';
  const faults: Fault[] = [];
  const assign =
    rows === undefined
      ? assignBy(by, rules, files, title)
      : assignByRows(connection, accessionId, files, rows, faults);
  const { items, ...rest } = gather(files, assign, arranged);
  return {
    ...rest,
    items: targets(connection, accessionId, items),
    faults,
    unmatchedPaths: (rest.unmatched.slice(0, SHOWN) as LoadedFile[]).map(({ raw }) => raw),
  };
}

export function resultOf(
  plan: RegroupingPlan,
  done: { readonly applied: boolean; readonly dissolved: number; readonly ids?: ReadonlyMap<string, number> },
): RegroupResult {
  const { items, unmatched, unmatchedPaths, leftAlone, faults } = plan;
  return {
    applied: done.applied,
    items: items.slice(0, SHOWN).map((item) => {
      const id = done.ids?.get(item.key) ?? item.target;
      const roles: Partial<Record<RepresentationRole, number>> = {};
      for (const { role } of item.parts) roles[role] = (roles[role] ?? 0) + 1;
      return {
        title: item.title,
        ...(id !== undefined && { id: publicId('item', id) }),
        parts: item.parts.length,
        roles,
        durationMs: item.parts.reduce((sum, { file }) => sum + file.durationMs, 0),
      };
    }),
    itemsTotal: items.length,
    moved: items.reduce((sum, item) => sum + item.parts.filter((part) => isMoved(item, part)).length, 0),
    dissolved: done.dissolved,
    relations: items.reduce((sum, item) => sum + relationsOf(item).length, 0),
    unmatched: unmatchedPaths.map((path) => pathToJson(path)),
    unmatchedTotal: unmatched.length,
    leftAlone,
    faults: faults.slice(0, SHOWN),
    faultsTotal: faults.length,
  };
}

export function isMoved(item: TargetedItem, { file, role, position }: PlannedItem['parts'][number]): boolean {
  return file.itemId !== item.target || file.role !== role || file.position !== position;
}

/** [content, predicate, content or, without one, the item]: what a rule or a list says by giving roles. */
export function relationsOf(
  item: TargetedItem,
): (readonly [number, 'derived from' | 'documents', number?])[] {
  if (!item.identity.startsWith('item:')) return [];
  return [
    ...derivations(item.parts)
      .filter(([made, from]) => made.file.objectId !== from.file.objectId)
      .map(([made, from]) => [made.file.objectId, 'derived from', from.file.objectId] as const),
    ...item.parts
      .filter(({ role }) => role === 'documentation')
      .map(({ file }) => [file.objectId, 'documents'] as const),
  ];
}

function assignBy(
  by: Regrouping['by'],
  rules: readonly string[],
  files: readonly RegroupFile[],
  title: string,
): Assign {
  switch (by ?? (rules.length > 0 ? 'names' : undefined)) {
    case 'folder':
      return byFolder(title);
    case 'tags':
      return byTags(files, title);
    case 'disc':
      return byDisc(files, title);
    case 'names':
      if (rules.length > 0) return byNames(rules.map(ruleOf));
      throw new HoldfastError('BAD_INPUT', 'To regroup by names, give a rule: --rule "{item}_{side}.wav"');
    case undefined:
      throw new HoldfastError(
        'BAD_INPUT',
        'Say by what to regroup: folder, tags, disc, a rule for names, or a CSV.',
      );
  }
}

function ruleOf(pattern: string) {
  try {
    return parseNameRule(pattern);
  } catch (error) {
    if (error instanceof NameRuleError) throw new HoldfastError('BAD_INPUT', error.message);
    throw error;
  }
}

/** Files by any of the paths that a person may write: absolute, below the accession's folder, of any copy. */
function assignByRows(
  connection: Connection,
  accessionId: number,
  files: readonly LoadedFile[],
  rows: readonly RegroupRow[],
  faults: Fault[],
): Assign {
  const byPath = new Map<string, number>();
  for (const { raw, path, partId } of files) {
    byPath.set(displayPath(raw), partId);
    byPath.set(path, partId);
  }
  for (const { paths, partId } of furtherCopies(connection, accessionId))
    for (const path of paths) if (!byPath.has(path)) byPath.set(path, partId);
  const assigned = new Map<number, Assignment & { row: number }>();
  for (const row of rows) {
    const number = row.row;
    const partId = byPath.get(displayed(row)) ?? byPath.get(row.path.display);
    const wanted = partId === undefined ? 'no such file' : assignmentOf(connection, accessionId, row);
    if (partId === undefined || typeof wanted === 'string') {
      const message =
        typeof wanted === 'string' && partId !== undefined
          ? wanted
          : `${row.path.display} is no file of this accession, or none that an item holds.`;
      faults.push({ row: number, message });
      continue;
    }
    const before = assigned.get(partId);
    if (before !== undefined && (before.identity !== wanted.identity || before.role !== wanted.role))
      faults.push({
        row: number,
        message: `${row.path.display} is put elsewhere by row ${before.row}. One file stands in one item and role.`,
      });
    else assigned.set(partId, { ...before, ...wanted, row: number });
  }
  return ({ partId }) => assigned.get(partId);
}

function displayed({ path }: RegroupRow): string {
  try {
    return displayPath(path.bytes === undefined ? utf8Path(path.display) : pathFromJson(path));
  } catch {
    return path.display;
  }
}

function assignmentOf(connection: Connection, accessionId: number, row: RegroupRow): Assignment | string {
  const name = row.item.trim();
  if (name === '') return 'The row names no item.';
  const role = row.role.trim() === '' ? undefined : parseRole(row.role);
  if (role === undefined && row.role.trim() !== '')
    return `"${row.role}" is no role. The roles are: preservation master, production master, access copy, documentation.`;
  const place = row.position.trim();
  if (place !== '' && !/^\d{1,7}$/.test(place)) return `"${place}" is no position: it is a whole number.`;
  const title = row.title.trim();
  const known = parsePublicId(name);
  if (known !== undefined) {
    const item = connection
      .sql<{ id: number }>('SELECT id FROM items WHERE id = ? AND accession_id = ?')
      .get(known.id, accessionId);
    if (known.kind !== 'item' || item === undefined) return `${name} is no item of this accession.`;
  }
  return {
    identity: known === undefined ? namedIdentity(name) : `item:\u001f${known.id}`,
    itemId: known?.id,
    title: title === '' ? name : title,
    ...(title !== '' && { titled: true }),
    role,
    position: place === '' ? undefined : Number(place) * 10,
  };
}

function filesOf(connection: Connection, accessionId: number): LoadedFile[] {
  const rows = connection
    .sql<FileRow>(
      `SELECT p.id AS partId, p.object_id AS objectId, i.id AS itemId, i.arranged, f.location_id AS locationId,
         f.path AS folder, x.name, l.root, o.kind, r.role, p.position, p.duration_ms AS durationMs, e.album, e.disc, e.track
       FROM items i CROSS JOIN representations r ON r.item_id = i.id CROSS JOIN parts p ON p.representation_id = r.id
       CROSS JOIN replicas x ON x.id = p.replica_id CROSS JOIN folders f ON f.id = x.folder_id
       CROSS JOIN locations l ON l.id = f.location_id CROSS JOIN objects o ON o.id = p.object_id
       LEFT JOIN embedded_metadata e ON e.object_id = p.object_id
       WHERE i.accession_id = ? ORDER BY i.grouping_key, p.position, p.id LIMIT ${MOST_FILES + 1}`,
    )
    .all(accessionId);
  if (rows.length > MOST_FILES)
    throw new HoldfastError(
      'BAD_INPUT',
      `${publicId('accession', accessionId)} has more than ${MOST_FILES} files: that is more than can be regrouped at once.`,
    );
  const roots = rootsOf(connection, accessionId);
  return rows.map(({ folder, name, root, album, disc, track, arranged, ...row }) => {
    const inLocation = joinRaw(folder as Uint8Array as RawPath, name);
    return {
      ...row,
      arranged: arranged > 0,
      folder: folderInBag(displayPath(folder as Uint8Array as RawPath)),
      name: displayPath(name as Uint8Array as RawPath),
      path: folderInBag(displayPath(belowRoots(roots, row.locationId, inLocation))),
      raw: joinRaw(root as Uint8Array as RawPath, inLocation),
      album: album ?? undefined,
      disc: disc ?? undefined,
      track: track ?? undefined,
    };
  });
}

interface Root {
  readonly locationId: number;
  readonly path: RawPath;
}

function rootsOf(connection: Connection, accessionId: number): Root[] {
  return connection
    .sql<{ locationId: number; path: RawPath }>(
      'SELECT location_id AS locationId, path FROM accession_roots WHERE accession_id = ?',
    )
    .all(accessionId);
}

function belowRoots(roots: readonly Root[], locationId: number, path: RawPath): RawPath {
  for (const root of roots) {
    if (root.locationId !== locationId) continue;
    const below = root.path.length === 0 ? path : relativeTo(root.path, path);
    if (below !== undefined && below.length > 0) return below;
  }
  return path;
}

/** Copies of contents at paths that are not those of their parts. */
function furtherCopies(connection: Connection, accessionId: number): { paths: string[]; partId: number }[] {
  const roots = rootsOf(connection, accessionId);
  return connection
    .sql<{ partId: number; locationId: number; folder: Buffer; name: Buffer; root: Buffer }>(
      `SELECT min(p.id) AS partId, f.location_id AS locationId, f.path AS folder, x.name, l.root
       FROM accruals c CROSS JOIN replicas x ON x.accrual_id = c.id CROSS JOIN folders f ON f.id = x.folder_id
       CROSS JOIN locations l ON l.id = f.location_id
       CROSS JOIN parts p ON p.object_id = x.object_id CROSS JOIN representations r ON r.id = p.representation_id
       CROSS JOIN items i ON i.id = r.item_id AND i.accession_id = c.accession_id
       WHERE c.accession_id = ? AND NOT EXISTS (SELECT 1 FROM parts y WHERE y.object_id = x.object_id AND y.replica_id = x.id)
       GROUP BY x.id LIMIT ${MOST_FILES}`,
    )
    .all(accessionId)
    .map(({ partId, locationId, folder, name, root }) => {
      const inLocation = joinRaw(folder as Uint8Array as RawPath, name);
      const absolute = joinRaw(root as Uint8Array as RawPath, inLocation);
      return {
        partId,
        paths: [displayPath(absolute), folderInBag(displayPath(belowRoots(roots, locationId, inLocation)))],
      };
    });
}

/**
 * Which item becomes which: one that is named, one that a rule or list called so before, or one that goes into it whole; so
 * that what is written of items stays with them.
 */
function targets(connection: Connection, accessionId: number, items: readonly PlannedItem[]): TargetedItem[] {
  const named = connection.sql<{ id: number }>(
    `SELECT id FROM items WHERE accession_id = ? AND grouping_key = ?
     UNION ALL SELECT item_id FROM item_aliases WHERE accession_id = ? AND grouping_key = ? LIMIT 1`,
  );
  const size = connection.sql<{ parts: number }>('SELECT parts FROM items WHERE id = ?');
  const claimed = new Set<number>();
  const found = items.map((item) => {
    const key = `${KEY_OF_RULE}${item.identity}`;
    const target = item.itemId ?? named.get(accessionId, key, accessionId, key)?.id;
    const free = target !== undefined && !claimed.has(target) ? target : undefined;
    if (free !== undefined) claimed.add(free);
    return { ...item, key, target: free, known: free !== undefined };
  });
  return found.map((item) => {
    if (item.target !== undefined) return item;
    const counts = new Map<number, number>();
    for (const { file } of item.parts) counts.set(file.itemId, (counts.get(file.itemId) ?? 0) + 1);
    const [whole] = [...counts]
      .filter(([id, count]) => !claimed.has(id) && size.get(id)?.parts === count)
      .sort(([a, most], [b, more]) => more - most || a - b);
    if (whole !== undefined) claimed.add(whole[0]);
    return { ...item, target: whole?.[0] };
  });
}
