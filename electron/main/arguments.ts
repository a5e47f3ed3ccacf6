/** What the program was started with: by the system for a link or a file, by login, or by a person a second time. */
import { basename, dirname } from 'node:path';
import { placeOfLink } from '../../shared/shell/places.ts';

export interface Asked {
  /** A place in the app. */
  readonly place?: string;
  /** The folder of an archive. */
  readonly archive?: string;
  readonly isHidden: boolean;
}

export const HIDDEN = '--hidden';

/** Reads the words after the program; what is not understood asks for nothing. */
export function askedBy(words: readonly string[]): Asked {
  let asked: Asked = { isHidden: words.includes(HIDDEN) };
  for (const word of words) {
    const place = placeOfLink(word);
    if (place !== undefined) asked = { ...asked, place };
    const archive = archiveOfFile(word);
    if (archive !== undefined) asked = { ...asked, archive };
  }
  return asked;
}

/** The archive of a path that the system hands over: a folder `name.holdfast`, or the archive.json in an archive. */
export function archiveOfFile(path: string): string | undefined {
  if (!/^(\/|[A-Za-z]:[\\/]|\\\\)/.test(path) || path.includes('\0')) return undefined;
  if (basename(path) === 'archive.json') return dirname(path);
  return path.endsWith('.holdfast') ? path : undefined;
}
