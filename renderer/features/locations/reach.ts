/** How a place that may not be there is spoken of. */
import type { Location, Reachability } from '../../../shared/contract/locations.ts';

export type Reach =
  /** Not asked yet. */
  | { readonly state: 'asking' }
  /** Not connected, as planned: nothing was looked for. */
  | { readonly state: 'offline' }
  | { readonly state: 'reachable'; readonly free?: number; readonly total?: number }
  /** `since`: when it was last seen, by the catalogue or by this screen. */
  | { readonly state: 'unreachable'; readonly reason: string; readonly since?: string };

/**
 * @param seenAt when this screen last saw it reachable, RFC 3339: later than what the catalogue records where the place
 * vanished while the screen was open
 */
export function reachOf(
  location: Pick<Location, 'lastReachedAt' | 'offline'>,
  row: Reachability | undefined,
  seenAt?: string,
): Reach {
  if (location.offline !== undefined) return { state: 'offline' };
  if (row === undefined) return { state: 'asking' };
  if (row.state === 'reachable') {
    return {
      state: 'reachable',
      ...(row.freeBytes === undefined ? {} : { free: row.freeBytes }),
      ...(row.totalBytes === undefined ? {} : { total: row.totalBytes }),
    };
  }
  const since = later(location.lastReachedAt, seenAt);
  return {
    state: 'unreachable',
    reason: reasonForScreen(row.reason ?? ''),
    ...(since === undefined ? {} : { since }),
  };
}

/** The reason without what to type on a command line: the screen has a button for it. */
function reasonForScreen(reason: string): string {
  const typed = reason.indexOf('holdfast location ');
  if (typed < 0) return reason.trim();
  const end = Math.max(reason.lastIndexOf('. ', typed), reason.lastIndexOf('? ', typed));
  return reason.slice(0, end + 1).trim();
}

const SHORTEST = 10_000;
const LONGEST = 300_000;

/**
 * How long to rest between two looks, in milliseconds: a place without an id of its own is known by reading files in it, and
 * a screen that is left open must not keep a slow share busy.
 */
export function restAfter(lookMs: number): number {
  return Math.min(LONGEST, Math.max(SHORTEST, Math.round(lookMs * 20)));
}

function later(a: string | undefined, b: string | undefined): string | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return Date.parse(a) >= Date.parse(b) ? a : b;
}
