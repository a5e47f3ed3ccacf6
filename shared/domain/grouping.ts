/**
 * Proposes items from folders and tags: which files belong to one release, tape or session (the intellectual entity), in
 * which order, in which role. A proposal only; the archivist edits it.
 */
import type { FileKind } from './file-kind.ts';
import { foldText } from './search-text.ts';
import type { RepresentationRole } from './vocabulary.ts';

/** What grouping looks at of one file. */
export interface GroupingInput {
  /** Display form, relative to the root of the accession; '' for the root. */
  readonly folder: string;
  readonly album?: string | undefined;
  readonly albumArtist?: string | undefined;
  readonly kind: FileKind;
  /** As tagged, from 1. */
  readonly disc?: number | undefined;
  /** As tagged, from 1. */
  readonly track?: number | undefined;
}

/** A folder less what only says which disc, side or accompanying paper it holds. */
export interface ItemBase {
  readonly base: string;
  readonly disc?: number;
  readonly documentation: boolean;
}

// The display form of a folder never holds a control character, so this cannot occur in one.
const KEY_SEPARATOR = '\u001f';

const CARRIER = 'cd|disc|disk|dvd|sacd|lp|platte|band|tape|reel|cassette|kassette|mc|dat|minidisc|md';
// "CD1", "Disc 2 of 3", "Disk-1 (bonus)", "Tape 04 - second night"
const NUMBERED = new RegExp(
  `^(?:${CARRIER}|side|seite)[ ._#-]*0*(\\d{1,3})(?: ?(?:of|von|/) ?\\d+)?(?:[ ._]*[-–([:].*)?$`,
  'i',
);
// "Side A", "Tape B": one letter, and apart from the word, since "Tapes" is none.
const LETTERED = /^(?:(side|seite)|tape|reel|cassette|kassette)[ ._-]+([a-z])(?:[ ._]*[-–([:].*)?$/i;
const SIDE = /^(?:side|seite)/i;
const DOCUMENTATION =
  /^(?:scans?|art|artworks?|covers?|cover ?art|booklets?|inlays?|inserts?|sleeves?|labels?|liner ?notes|notes|logs?|cues?|docs?|documents?|documentation|info|images?|photos?|pictures?|paperwork|correspondence|transcripts?|metadata|checksums?|extras?)$/i;
const DISC_IN_ALBUM = new RegExp(`[ ,_-]*[([]?\\b(?:cd|dis[ck]) ?\\d{1,2}(?: ?(?:of|/) ?\\d+)?[)\\]]?$`, 'i');

/**
 * Takes trailing disc folders (*CD1*, *Disc 2*, *Side A*, *Tape 3*) and documentation folders (*Scans*, *Booklet*, *Logs*)
 * off a folder. Sides within a numbered disc count on: side B of disc 2 is 4.
 * @testonly
 */
export function itemBase(folder: string): ItemBase {
  const segments = folder.split('/').filter((segment) => segment !== '');
  let disc: number | undefined;
  let discIsSide = false;
  let documentation = false;
  for (let last = segments.at(-1); last !== undefined; last = segments.at(-1)) {
    const number = discNumber(last);
    if (number !== undefined) {
      // Records are lettered either anew on each disc (A, B) or through (C, D on the second): only the first needs counting on.
      disc = disc !== undefined && discIsSide ? (disc <= 2 ? (number - 1) * 2 + disc : disc) : number;
      discIsSide = SIDE.test(last);
    } else if (DOCUMENTATION.test(last)) {
      documentation = true;
    } else {
      break;
    }
    segments.pop();
  }
  const base = segments.join('/');
  return disc === undefined ? { base, documentation } : { base, disc, documentation };
}

/**
 * The key, stable within an accession, of the item that a file seems to belong to: its base folder and, when tagged, its
 * album (folded, a disc number at its end left out). Files without an album, papers above all, have the key of their
 * folder alone: see `documentedItem` for whose papers they are.
 */
export function itemKey(input: GroupingInput): string {
  const { base } = itemBase(input.folder);
  const album = albumName(input.album);
  if (album === '') return base;
  // An album called "( )" folds to nothing and is an album all the same.
  return `${base}${KEY_SEPARATOR}${foldText(album) || album.normalize('NFC')}`;
}

/**
 * The item that a file without an album belongs to, given the keys of the items with audio: the one item of its folder when
 * there is exactly one, else an item of its own folder.
 */
export function documentedItem(folderKey: string, audioKeys: Iterable<string>): string {
  const prefix = folderKey + KEY_SEPARATOR;
  let only: string | undefined;
  for (const key of audioKeys) {
    if (key === folderKey) return folderKey;
    if (!key.startsWith(prefix) || key === only) continue;
    if (only !== undefined) return folderKey;
    only = key;
  }
  return only ?? folderKey;
}

/** The title to propose: the album as tagged, else the name of the base folder, else `fallbackTitle` (the accession's). */
export function itemTitle(input: Pick<GroupingInput, 'folder' | 'album'>, fallbackTitle: string): string {
  const album = albumName(input.album);
  if (album !== '') return album;
  const { base } = itemBase(input.folder);
  return base.slice(base.lastIndexOf('/') + 1) || fallbackTitle;
}

const DOCUMENTATION_ORDER: readonly FileKind[] = [
  'cue',
  'log',
  'playlist',
  'checksum',
  'image',
  'document',
  'text',
  'other',
];
const DOCUMENTATION_FROM = 1_000_000_000;

/**
 * Where a file stands among the parts of its item, as an integer to sort by: disc × 100,000 + track × 10; documentation
 * after all audio, from 1,000,000,000. Disc and track come from the tags, else from the folder and the digits that begin
 * `name` (display form, last segment; `03 - …`, `2-07 …`); 0 where nothing tells. Order equal positions by `compareNames`.
 */
export function partPosition(input: GroupingInput, name: string): number {
  const fromName = /^(?:(\d{1,2})[-.])?(\d{1,3})(?!\d)/.exec(name);
  const disc =
    within(input.disc, 9_999) ?? itemBase(input.folder).disc ?? within(Number(fromName?.[1]), 99) ?? 0;
  const track = within(input.track, 9_999) ?? within(Number(fromName?.[2]), 999) ?? 0;
  if (roleFor(input.kind) === 'preservation master') return disc * 100_000 + track * 10;
  return (
    DOCUMENTATION_FROM + DOCUMENTATION_ORDER.indexOf(input.kind) * 10_000_000 + Math.min(disc, 99) * 100_000
  );
}

/**
 * Natural order of names: *2* before *10*, without regard to case; a total order (ties by code unit).
 * @testonly
 */
export function compareNames(a: string, b: string): number {
  return natural.compare(a, b) || (a < b ? -1 : a > b ? 1 : 0);
}

/** The role to propose for a file of this kind. */
export function roleFor(
  kind: FileKind,
): Extract<RepresentationRole, 'preservation master' | 'documentation'> {
  return kind === 'audio' || kind === 'video' ? 'preservation master' : 'documentation';
}

const natural = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

function discNumber(segment: string): number | undefined {
  const numbered = NUMBERED.exec(segment)?.[1];
  if (numbered !== undefined) return Number(numbered);
  const letter = LETTERED.exec(segment)?.[2];
  return letter === undefined ? undefined : letter.toLowerCase().charCodeAt(0) - 0x60;
}

function albumName(album: string | undefined): string {
  const trimmed = (album ?? '').slice(0, 1_000).trim();
  return trimmed.replace(DISC_IN_ALBUM, '').trim() || trimmed;
}

function within(value: number | undefined, most: number): number | undefined {
  return value !== undefined && Number.isInteger(value) && value > 0 && value <= most ? value : undefined;
}
