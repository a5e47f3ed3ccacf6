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
