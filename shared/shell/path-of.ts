/**
 * The path of a target, decoded once; undefined where it could name something else than it says: climbing, encoded
 * separators, anything left encoded, controls.
 */
export function pathOf(target: string): string | undefined {
  const raw = target.split(/[?#]/, 1)[0] ?? '';
  if (/%(2f|5c)/i.test(raw)) return undefined;
  let path: string;
  try {
    path = decodeURIComponent(raw);
  } catch {
    return undefined;
  }
  if (/[\p{Cc}\\%]/u.test(path)) return undefined;
  return path.split('/').some((part) => part === '..' || part === '.') ? undefined : path;
}
