/** ASF (Microsoft's Advanced Systems Format, rev. 01.20.05): the objects of its header. */
import { bytesAt, type Content, viewOf } from './content.ts';
import { formats } from './formats.ts';
import type { Found } from './found.ts';

const mostObjects = 500;
const protections: Readonly<Record<string, string>> = {
  '2211B3FB-BD23-11D2-B4B7-00A0C955FC6E': 'Content Encryption',
  '298AE614-2622-4C17-B935-DAE07EE9289C': 'Extended Content Encryption',
  '43058533-6981-49E6-9B74-AD12CB86D58C': 'Advanced Content Encryption',
};
/** §3.3. */
export const streamProperties = 'B7DC0791-A9B7-11CF-8EE6-00C00C205365';
const videoMedia = 'BC19EFC0-5B4D-11CF-A8FD-00805F5C442B';

export function readAsf(content: Content, at: number): Found {
  const head = bytesAt(content, at, 30);
  if (head.length < 30) return { format: formats.asf };
  const end = at + Number(viewOf(head).getBigUint64(16, true));
  let protection: string | undefined;
  let hasVideo = false;
  // Only at object boundaries: the same sixteen bytes elsewhere mean nothing.
  for (
    let next = at + 30, count = 0;
    next + 24 <= Math.min(end, content.size) && count < mostObjects;
    count++
  ) {
    const object = bytesAt(content, next, 40);
    if (object.length < 24) break;
    const size = Number(viewOf(object).getBigUint64(16, true));
    const id = guidAt(object, 0);
    protection ??= protections[id];
    if (id === streamProperties && object.length >= 40) hasVideo ||= guidAt(object, 24) === videoMedia;
    if (size < 24) break;
    next += size;
  }
  return {
    format: hasVideo ? formats.asf : formats.wma,
    ...(protection === undefined ? {} : { protection }),
  };
}

/** The first three groups of a GUID are little-endian on disk. */
export function guidAt(bytes: Uint8Array, at: number): string {
  const order = [3, 2, 1, 0, -1, 5, 4, -1, 7, 6, -1, 8, 9, -1, 10, 11, 12, 13, 14, 15];
  return order
    .map((i) => (i < 0 ? '-' : (bytes[at + i] ?? 0).toString(16).padStart(2, '0').toUpperCase()))
    .join('');
}
