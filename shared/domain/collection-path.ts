/**
 * Names of collections, and paths of names from the top: `Jazz/Bebop`. In a path a slash that belongs to a name is `\/`, and a
 * backslash `\\`. A path that begins with a slash is read from the top; any other may also be the name of a collection further
 * down, where there is one of that name only.
 */
import { parsePublicId } from './ids.ts';

/** UTF-16 units of one name, and names of one path. */
const LONGEST_NAME = 300;
const DEEPEST = 32;

/** A name or a path that cannot be used, with the reason in words for the archivist. */
export class CollectionPathError extends RangeError {
  override readonly name = 'CollectionPathError';
}

export interface CollectionPath {
  /** From the top, one at least. */
  readonly names: readonly string[];
  /** It began with a slash: nothing but what stands at the top is meant. */
  readonly fromTop: boolean;
}

/**
 * The name as it is kept: NFC, so that two names that look alike are one, without blanks around it.
 * @throws CollectionPathError for an empty or over-long name, one with control characters, and one that reads as an id.
 */
export function collectionName(text: string): string {
  const name = text.normalize('NFC').trim();
  if (name === '') throw new CollectionPathError('The name of a collection is empty.');
  if (name.length > LONGEST_NAME)
    throw new CollectionPathError(`The name of a collection takes at most ${LONGEST_NAME} characters.`);
  if (/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u.test(name))
    throw new CollectionPathError('The name of a collection holds a line break or a control character.');
  if (parsePublicId(name) !== undefined)
    throw new CollectionPathError(`"${name}" reads as an id. Give the collection another name.`);
  return name;
}

/** @throws CollectionPathError where one of its names cannot be one, or where it is too deep. */
export function parseCollectionPath(text: string): CollectionPath {
  const fromTop = text.startsWith('/');
  const names: string[] = [];
  let name = '';
  for (let at = fromTop ? 1 : 0; at < text.length; at++) {
    const character = text.charAt(at);
    const next = text.charAt(at + 1);
    if (character === '\\' && (next === '/' || next === '\\')) {
      name += next;
      at++;
    } else if (character === '/') {
      names.push(collectionName(name));
      name = '';
    } else name += character;
  }
  names.push(collectionName(name));
  if (names.length > DEEPEST)
    throw new CollectionPathError(`Collections are nested at most ${DEEPEST} deep.`);
  return { names, fromTop };
}

/** The path as it is shown and read back. */
export function formatCollectionPath(names: readonly string[]): string {
  return names.map((name) => name.replace(/[\\/]/g, '\\$&')).join('/');
}

/** Whether this many levels are more than collections may be nested. */
export function isTooDeep(levels: number): boolean {
  return levels > DEEPEST;
}
