const SLASH = 0x2f;
const DOT = 0x2e;

/** Whether a path stays below what it is relative to: no root, no empty, `.` or `..` segment. The empty path is the root itself. */
export function isSafeRelative(path: Uint8Array, single = false): boolean {
  if (path.length === 0) return !single;
  if (path.includes(0) || (single && path.includes(SLASH))) return false;
  for (let start = 0; start <= path.length;) {
    const slash = path.indexOf(SLASH, start);
    const end = slash < 0 ? path.length : slash;
    const dots = end - start <= 2 && path.subarray(start, end).every((byte) => byte === DOT);
    if (dots) return false;
    start = end + 1;
  }
  return true;
}
