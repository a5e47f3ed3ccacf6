import { baseName, decodeUtf8, utf8Path, type RawPath } from './path.ts';

/** Folder names that every system and shell takes as they are. */
const UNSAFE = /[^A-Za-z0-9._-]/g;

/** Where an accrual's bag stands in a managed location, relative to its root; see ARCHITECTURE.md for the layout. */
export function bagPath(archiveId: string, accession: AccrualOfBag, edition = 1): RawPath {
  return utf8Path(`${archiveId}/bags/${bagName(accession, edition)}`);
}

/** Whose content a bag holds. */
interface AccrualOfBag {
  readonly id: number;
  readonly number: string;
  readonly accrual: number;
}

/** What a bag of ours is called in its bag-info.txt (External-Identifier). */
export function bagIdentifier(
  archiveId: string,
  accessionNumber: string,
  accrual: number,
  edition = 1,
): string {
  return `${archiveId}/${accessionNumber}/${accrual}${editionSuffix(edition)}`;
}

/** The first bag of an accrual in a location is edition 1; each that succeeds one there has the next number. */
function editionSuffix(edition: number): string {
  return edition === 1 ? '' : `-s${edition}`;
}

/** Which edition the bag at this path is: the other way round than `bagPath`. */
export function editionOf(path: RawPath, archiveId: string, accession: AccrualOfBag): number {
  const first = decodeUtf8(bagPath(archiveId, accession)) ?? '';
  const name = decodeUtf8(path) ?? '';
  const [, edition] = name.startsWith(first) ? (/^-s(\d{1,9})$/.exec(name.slice(first.length)) ?? []) : [];
  return edition === undefined ? 1 : Number(edition);
}

/** Accession number, accrual and edition of a bag, as its identifier names them; undefined where it is none of this archive. */
export function parseBagIdentifier(
  identifier: string,
  archiveId: string,
): { readonly number: string; readonly accrual: number; readonly edition: number } | undefined {
  const [, archive, number, accrual, edition = '1'] =
    /^([0-9a-f-]{36})\/(.{1,200})\/([1-9]\d{0,8})(?:-s([1-9]\d{0,8}))?$/.exec(identifier) ?? [];
  return archive !== archiveId || number === undefined
    ? undefined
    : { number, accrual: Number(accrual), edition: Number(edition) };
}

/**
 * `2026-0001`, `2026-0001-a2` for its second accrual; a number that had to be changed is told apart by the accession's id.
 * `2026-0001-s2` succeeds `2026-0001`: a change in that one was accepted.
 */
export function bagName(accession: AccrualOfBag, edition = 1): string {
  const safe = accession.number
    .replace(UNSAFE, '_')
    .replace(/^(?:[.-]|$)/, '_')
    .slice(0, 100);
  const name = safe === accession.number ? safe : `${safe}-acc${accession.id}`;
  const ofAccrual = accession.accrual === 1 ? name : `${name}-a${accession.accrual}`;
  return `${ofAccrual}${editionSuffix(edition)}`;
}

const IN_BAG = /^[0-9a-f]{8}-[0-9a-f-]{27}\/bags\/[^/]+\/data(?:\/|$)/;

/** A folder's path as people know it: below `data/` where it lies in a bag of ours. */
export function folderInBag(display: string): string {
  return display.replace(IN_BAG, '');
}

/** For whoever finds a managed location and nothing else; in its root. */
export const RECOVER_PAGES: readonly string[] = ['RECOVER.txt', 'RECOVER.html'];

const OF_AN_ARCHIVE = /^([0-9a-f]{8}-[0-9a-f-]{27})\//;

/**
 * Whether a file in a managed location is none of the bags of this archive: Holdfast's own, or another archive's.
 * @param path relative to the location's root, in latin1
 */
export function isBesideBags(path: string, archiveId: string): boolean {
  if (path.startsWith('.holdfast/') || RECOVER_PAGES.includes(path)) return true;
  const archive = OF_AN_ARCHIVE.exec(path)?.[1];
  if (archive === undefined) return false;
  return archive !== archiveId || /^[^/]+\/(supplements\/|snapshots\/|README\.txt$)/.test(path);
}

/**
 * What a folder is called where several are put side by side in a bag: its own name, numbered where it is taken, `folder`
 * where no bag can have it. `taken` keeps what was given, in lower case.
 */
export function folderLabel(folder: RawPath, taken: Set<string>): string {
  const name = decodeUtf8(baseName(folder)) ?? '';
  const base = /^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,99}$/u.test(name) ? name.trim().normalize('NFC') : 'folder';
  let label = base;
  for (let n = 2; taken.has(label.toLowerCase()); n++) label = `${base} ${n}`;
  taken.add(label.toLowerCase());
  return label;
}
