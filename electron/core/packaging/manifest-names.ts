import { decodeUtf8, rawPath, relativeTo, utf8Path, type RawPath } from '../../../shared/domain/path.ts';

/** In which names of Windows programs stand where they are no UTF-8, the more frequent first. */
const CODE_PAGES = ['windows-1252', 'windows-1250'] as const;

export interface Spelling {
  readonly path: RawPath;
  /** The character set that it was taken to be in; undefined where its bytes are the name. */
  readonly codePage?: string;
}

/**
 * What a name in somebody's manifest may be called here, the likeliest first: as its bytes say; with the separators of Windows turned;
 * without white space at its end, by which some set columns; and what is no UTF-8, as one of the code pages of Windows has it. A
 * spelling is taken only where a file of that name is in custody.
 * @param root of the location, below which an absolute path may lie
 */
export function spellingsOf(path: RawPath, root: RawPath): Spelling[] {
  const below = path[0] === SLASH ? relativeTo(root, path) : path;
  if (below === undefined) return [];
  const spellings: Spelling[] = [{ path: below }];
  const text = decodeUtf8(below);
  // Nearly all of a manifest of millions.
  if (text !== undefined && !text.includes('\\') && text.trimEnd() === text) return spellings;
  const texts: { readonly text: string; readonly codePage?: string }[] =
    text === undefined
      ? CODE_PAGES.map((codePage) => ({ text: new TextDecoder(codePage).decode(below), codePage }))
      : [{ text }];
  for (const each of texts) {
    const { codePage } = each;
    const turned = each.text.replaceAll('\\', '/').replace(/^(?:\.\/+)+/, '');
    for (const spelled of new Set([each.text, turned, each.text.trimEnd(), turned.trimEnd()]))
      if (spelled !== '' && spelled !== text && isInside(spelled))
        spellings.push({ path: utf8Path(spelled), ...(codePage === undefined ? {} : { codePage }) });
  }
  return spellings;
}

const SLASH = 0x2f;

/** What was turned may lead elsewhere than what was looked at before. */
function isInside(path: string): boolean {
  return !path.includes('\0') && !path.startsWith('/') && !path.split('/').includes('..');
}

/** A folder and a path below it; the folder may be the root. */
export function below(folder: RawPath, path: RawPath): RawPath {
  if (folder.length === 0) return path;
  return rawPath(Buffer.concat([folder, Buffer.of(SLASH), path]));
}
