/** Regroups the files of an accession: which belong to one item, by folders, tags, discs, file-name rules or a list. Pure. */
import type { FileKind } from './file-kind.ts';
import { itemBase, itemTitle, roleFor } from './grouping.ts';
import { matchNameRule, type NameRule } from './name-rule.ts';
import { foldText } from './search-text.ts';
import type { RepresentationRole } from './vocabulary.ts';

/** One part of an item as it stands. */
export interface RegroupFile {
  readonly partId: number;
  readonly objectId: number;
  readonly itemId: number;
  readonly arranged: boolean;
  readonly locationId: number;
  /** Display form, relative to the location. */
  readonly folder: string;
  /** Display form, below the accession's folder. */
  readonly path: string;
  readonly name: string;
  readonly kind: FileKind;
  readonly role: RepresentationRole;
  readonly position: number;
  readonly durationMs: number;
  readonly album?: string | undefined;
  readonly disc?: number | undefined;
  readonly track?: number | undefined;
}

/** Where one file is to go. */
export interface Assignment {
  /** The same for all files of one item. */
  readonly identity: string;
  /** An item that is there already, by its number. */
  readonly itemId?: number | undefined;
  readonly title: string;
  /** The title was said, and is no name of a folder or item. */
  readonly titled?: boolean;
  readonly role?: RepresentationRole | undefined;
  readonly position?: number | undefined;
}

export interface PlannedPart {
  readonly file: RegroupFile;
  readonly role: RepresentationRole;
  readonly position: number;
}

export interface PlannedItem {
  readonly identity: string;
  readonly itemId: number | undefined;
  readonly title: string;
  readonly titled: boolean;
  readonly parts: PlannedPart[];
}

export interface Regrouped {
  readonly items: readonly PlannedItem[];
  readonly unmatched: readonly RegroupFile[];
  readonly leftAlone: number;
}

export type Assign = (file: RegroupFile) => Assignment | undefined;

/** Gathers files into items as `assign` says; what was arranged before stays, unless it is to be `arranged` anew. */
export function gather(files: readonly RegroupFile[], assign: Assign, arranged: boolean): Regrouped {
  const items = new Map<string, PlannedItem>();
  const unmatched: RegroupFile[] = [];
  let leftAlone = 0;
  for (const file of files) {
    if (file.arranged && !arranged) {
      leftAlone++;
      continue;
    }
    const assigned = assign(file);
    if (assigned === undefined) {
      unmatched.push(file);
      continue;
    }
    const { identity, itemId, title, titled = false, role = file.role, position = file.position } = assigned;
    const known = items.get(identity);
    const item = known ?? { identity, itemId, title, titled, parts: [] };
    item.parts.push({ file, role, position });
    // The first title that was said counts for all files of the item.
    items.set(identity, !item.titled && titled ? { ...item, title, titled } : item);
  }
  return { items: [...items.values()], unmatched, leftAlone };
}

/** By file-name rules, the first that matches; files of one item may lie in several folders. */
export function byNames(rules: readonly NameRule[]): Assign {
  return (file) => {
    for (const rule of rules) {
      const match = matchNameRule(rule, file.path, file.name);
      if (match === undefined) continue;
      const { item, group, title, disc, track, role } = match;
      const isPaper = (role ?? file.role) === 'documentation';
      return {
        identity: namedIdentity(group === undefined ? item : `${group}\u001f${item}`),
        title: title ?? item,
        titled: title !== undefined,
        role,
        position:
          isPaper || (disc === undefined && track === undefined)
            ? undefined
            : (disc ?? 0) * 100_000 + (track ?? 0) * 10,
      };
    }
    return undefined;
  };
}

/** What rules and lists call an item: in any case, and with any blanks. */
export function namedIdentity(name: string): string {
  return `item:${foldText(name) || name.normalize('NFC')}`;
}

/** Each folder an item, with its folders of discs and papers, whatever its tags say. */
export function byFolder(fallbackTitle: string): Assign {
  return ({ folder, locationId }) => {
    const { base } = itemBase(folder);
    return { identity: `folder:${locationId}:${base}`, title: itemTitle({ folder }, fallbackTitle) };
  };
}

/** Each album an item, wherever its files lie; papers go with the album that alone has recordings in their folder. */
export function byTags(files: readonly RegroupFile[], fallbackTitle: string): Assign {
  return withPapers(files, (file) => {
    const album = itemTitle({ folder: '', album: file.album }, '');
    if (album === '') return undefined;
    return { identity: `tags:${foldText(album) || album}`, title: album || fallbackTitle };
  });
}

/** Each disc, side or tape an item of its own; papers go with the disc whose folder they lie in. */
export function byDisc(files: readonly RegroupFile[], fallbackTitle: string): Assign {
  return withPapers(files, (file) => {
    const { base, disc: ofFolder } = itemBase(file.folder);
    const disc = file.disc ?? ofFolder;
    if (disc === undefined) return undefined;
    const album = itemTitle(file, fallbackTitle);
    return {
      identity: `disc:${file.locationId}:${base}\u001f${foldText(album)}\u001f${disc}`,
      title: `${album} (${disc})`,
    };
  });
}

/** The copies of one item that were made from another of its representations: [what was made, from what]. */
export function derivations(parts: readonly PlannedPart[]): (readonly [PlannedPart, PlannedPart])[] {
  const of = (role: RepresentationRole) =>
    parts
      .filter((part) => part.role === role)
      .sort((a, b) => a.position - b.position || a.file.partId - b.file.partId);
  const [masters, productions, copies] = [
    of('preservation master'),
    of('production master'),
    of('access copy'),
  ];
  return [...paired(productions, masters), ...paired(copies, productions.length > 0 ? productions : masters)];
}

const MOST_PAIRS = 1_000;

/** One to one where there are as many, all with all where there is one of either; else by their places. */
function paired(
  made: readonly PlannedPart[],
  from: readonly PlannedPart[],
): (readonly [PlannedPart, PlannedPart])[] {
  if (made.length === from.length) return made.map((part, at) => [part, from[at] as PlannedPart] as const);
  if (made.length !== 1 && from.length !== 1)
    return made.flatMap((part) =>
      from.filter(({ position }) => position === part.position).map((source) => [part, source] as const),
    );
  if (made.length * from.length > MOST_PAIRS) return [];
  return made.flatMap((part) => from.map((source) => [part, source] as const));
}

/** Recordings as `assign` says; papers with the one item that has recordings in their base folder. */
function withPapers(files: readonly RegroupFile[], assign: Assign): Assign {
  const byBase = new Map<string, Assignment | undefined>();
  const isRecording = (file: RegroupFile): boolean => roleFor(file.kind) !== 'documentation';
  const keys = ({ folder, locationId }: RegroupFile): string[] => [
    `${locationId}:${folder}`,
    `${locationId}:${itemBase(folder).base}/`,
  ];
  for (const file of files) {
    if (!isRecording(file)) continue;
    const assigned = assign(file);
    for (const key of keys(file)) {
      const known = byBase.get(key);
      const same = !byBase.has(key) || known?.identity === assigned?.identity;
      byBase.set(key, same ? assigned : undefined);
    }
  }
  return (file) => {
    if (isRecording(file)) return assign(file);
    const [own = '', base = ''] = keys(file);
    return byBase.get(own) ?? byBase.get(base);
  };
}
