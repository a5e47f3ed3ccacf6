/** What can be listened to, and from which copy. */
import type { Holding, Replica } from '../../../shared/contract/holdings.ts';
import type { Track } from '../../../shared/contract/items.ts';
import { FRAMES_PER_SECOND } from '../../../shared/domain/disc-time.ts';

const GONE: ReadonlySet<string> = new Set(['missing', 'moved', 'unreadable']);

/**
 * Copies in the order in which they are tried: what was verified last first, what is only damaged last, since it may still be
 * the only one that sounds. What was not there, or could not be read, is not tried.
 */
export function copiesToPlay(replicas: readonly Replica[]): Replica[] {
  return replicas
    .filter(({ outcome }) => !GONE.has(outcome))
    .toSorted((a, b) => rank(a) - rank(b) || ((a.verifiedAt ?? '') < (b.verifiedAt ?? '') ? 1 : -1));
}

function rank({ outcome }: Replica): number {
  if (outcome === 'intact') return 0;
  return outcome === 'not_checked' || outcome === 'tags_changed' ? 1 : 2;
}

/** Parts that sound, in their order. */
export function audible(parts: readonly Holding[]): Holding[] {
  return parts.filter(({ kind, replicas }) => kind === 'audio' && replicas > 0);
}

export interface TrackShown {
  readonly track: Track;
  readonly startMs: number;
  /** Undefined where the length of the file is not known. */
  readonly lengthMs: number | undefined;
}

export function tracksOfPart(tracks: readonly Track[] | undefined, part: string): TrackShown[] {
  return (tracks ?? [])
    .filter((track) => track.part === part)
    .map((track) => ({
      track,
      startMs: msOf(track.startFrame),
      lengthMs: track.endFrame === undefined ? undefined : msOf(track.endFrame - track.startFrame),
    }));
}

/** The track that sounds at a time; undefined before the first one begins. */
export function trackAt(tracks: readonly TrackShown[], ms: number): TrackShown | undefined {
  return tracks.findLast(({ startMs }) => startMs <= ms + 1);
}

function msOf(frames: number): number {
  return (frames * 1000) / FRAMES_PER_SECOND;
}

/** Why nothing sounds. */
export type PlayFault =
  | { readonly why: 'cannotDecode' }
  | { readonly why: 'brokeOff'; readonly atMs: number }
  | { readonly why: 'noCopy' };

/** HTMLMediaElement's own codes. */
const MEDIA_ERR_DECODE = 3;

/** @param isServed whether the shell could hand out the bytes when they were asked for on their own */
export function faultOf(
  code: number,
  atMs: number,
  isServed: boolean,
): PlayFault | { readonly why: 'notServed' } {
  if (!isServed) return { why: 'notServed' };
  return code === MEDIA_ERR_DECODE && atMs > 0 ? { why: 'brokeOff', atMs } : { why: 'cannotDecode' };
}
