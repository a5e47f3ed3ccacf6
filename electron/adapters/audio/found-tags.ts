/** Every tag as it was found, as JSON: kept beside the projection, so that nothing a tagger wrote is lost to a mapping. */
import { hash } from 'node:crypto';

/** Bounds in bytes of JSON. A hostile or broken tag must not fill the catalogue. */
const mostJson = 256 * 1024;
const mostText = 32 * 1024;
const mostDepth = 4;
const mostMembers = 1000;

export interface NativeTag {
  readonly id: string;
  readonly value: unknown;
}

/** Text without NULs, with every half surrogate replaced, cut at `most` UTF-16 units. */
export function cleanText(text: string, most: number): string {
  const cut = text.length > most ? `${text.slice(0, most - 1)}…` : text;
  return (cut.includes('\0') ? cut.replaceAll('\0', '') : cut).toWellFormed();
}

/** {"<tag type>": [["id", value], …]}; binary values as {bytes, sha256}; what did not fit is counted under the id `…`. */
export function foundJson(native: Readonly<Record<string, readonly NativeTag[]>>): string {
  const types: string[] = [];
  let left = mostJson;
  for (const [type, tags] of Object.entries(native)) {
    const shown: string[] = [];
    let omitted = 0;
    for (const { id, value } of tags) {
      const pair = JSON.stringify([cleanText(id, 200), plain(value, 0)]);
      const bytes = Buffer.byteLength(pair) + 1;
      if (bytes > left) {
        omitted++;
        continue;
      }
      left -= bytes;
      shown.push(pair);
    }
    if (omitted > 0)
      shown.push(JSON.stringify(['…', `${omitted} more left out: over ${mostJson / 1024} KiB of tags`]));
    types.push(`${JSON.stringify(cleanText(type, 200))}:[${shown.join(',')}]`);
  }
  return `{${types.join(',')}}`;
}

function plain(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return cleanText(value, mostText);
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  if (typeof value === 'bigint') return value.toString();
  if (typeof value !== 'object' || value === null) return null;
  if (value instanceof Uint8Array) return { bytes: value.length, sha256: hash('sha256', value, 'hex') };
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (depth === mostDepth) return null;
  if (Array.isArray(value)) return value.slice(0, mostMembers).map((member) => plain(member, depth + 1));
  const members = Object.entries(value).slice(0, mostMembers);
  // A picture is its description and the digest of its bytes, on one level.
  const entries = members.flatMap(([key, member]) =>
    member instanceof Uint8Array && key === 'data'
      ? Object.entries(plain(member, depth + 1) as Record<string, unknown>)
      : [[cleanText(key, 200), plain(member, depth + 1)] as const],
  );
  return Object.fromEntries(entries);
}
