/** Which folders go together. */
import type { PathValue } from '../../../shared/contract/common.ts';

/** Why a path is not added. */
export type PathRefusal = 'relative' | 'twice' | 'inside' | 'around';

/**
 * Adds a folder, or says why it cannot stand beside the others: an act takes folders that lie apart.
 * `other` is the one that it meets.
 */
export function addPath(
  paths: readonly PathValue[],
  path: PathValue,
): { paths: PathValue[] } | { refused: PathRefusal; path: PathValue; other?: PathValue } {
  if (!/^(\/|[A-Za-z]:[\\/]|\\\\)/.test(path.display)) return { refused: 'relative', path };
  for (const other of paths) {
    if (samePath(other, path)) return { refused: 'twice', path, other };
    if (liesIn(other, path)) return { refused: 'inside', path, other };
    if (liesIn(path, other)) return { refused: 'around', path, other };
  }
  return { paths: [...paths, path] };
}

export function samePath(a: PathValue, b: PathValue): boolean {
  return a.display === b.display && a.bytes === b.bytes;
}

function liesIn(outer: PathValue, inner: PathValue): boolean {
  const root = outer.display.endsWith('/') ? outer.display : `${outer.display}/`;
  return inner.display.startsWith(root);
}

/** The last name of a path: what an accession of it is called until somebody says better. */
export function lastName(path: PathValue): string {
  return path.display.split(/[\\/]/).findLast((part) => part !== '') ?? path.display;
}

/** The same folders, whatever their order. */
export function pathsKey(paths: readonly PathValue[]): string {
  return JSON.stringify(paths.map(({ display, bytes }) => [display, bytes ?? '']).sort(byText));
}

function byText(a: readonly string[], b: readonly string[]): number {
  const [left, right] = [a.join('\0'), b.join('\0')];
  return left < right ? -1 : left > right ? 1 : 0;
}
