/** Choosing folders: what is pasted, and which of them go together. */
import type { PathValue } from '../../../shared/contract/common.ts';

/** Paths of a pasted text, a line each: as a file manager copies them, quoted, or as file: addresses. */
export function pastedPaths(text: string): PathValue[] {
  return text
    .split(/\r?\n/)
    .map((line) => pastedPath(line))
    .filter((path) => path !== undefined);
}

function pastedPath(line: string): PathValue | undefined {
  const trimmed = line.trim();
  const quoted = /^(["'])(.+)\1$/.exec(trimmed)?.[2] ?? trimmed;
  if (quoted === '') return undefined;
  if (!/^file:\/\//i.test(quoted)) return { display: withoutTrailingSlash(quoted) };
  const bytes = bytesOfAddress(quoted.replace(/^file:\/\/[^/]*/i, ''));
  return bytes === undefined ? { display: quoted } : pathOfBytes(bytes);
}

/** A file address holds bytes, which need not be UTF-8. */
function bytesOfAddress(path: string): Uint8Array | undefined {
  const bytes: number[] = [];
  for (const [piece] of path.matchAll(/%[0-9a-f]{2}|[^]/giu)) {
    if (piece === '%') return undefined;
    if (piece.length === 3 && piece.startsWith('%')) bytes.push(Number.parseInt(piece.slice(1), 16));
    else bytes.push(...new TextEncoder().encode(piece));
  }
  return Uint8Array.from(bytes);
}

function pathOfBytes(bytes: Uint8Array): PathValue {
  try {
    return { display: withoutTrailingSlash(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) };
  } catch {
    const shown = Array.from(bytes, (byte) =>
      byte < 0x80 ? String.fromCharCode(byte) : `\\x${byte.toString(16).toUpperCase().padStart(2, '0')}`,
    ).join('');
    return { display: shown, bytes: btoa(String.fromCharCode(...bytes)) };
  }
}

function withoutTrailingSlash(path: string): string {
  return path.length > 1 ? path.replace(/\/+$/, '') || '/' : path;
}

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
