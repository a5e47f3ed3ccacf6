import { publicId } from '../../../shared/domain/ids.ts';
import type { RawPath } from '../../../shared/domain/path.ts';
import { reachLocation } from '../locations/reachability.ts';
import type { LocationIdentity } from '../ports/catalogue.ts';
import type { Files } from '../ports/files.ts';
import type { DigestOutcome } from '../ports/readings.ts';
import { fileState } from './evidence.ts';

/** A location that was given up, and why. */
export interface Unreachable {
  readonly location: string;
  readonly name: string;
  readonly reason: string;
}

export interface Checked<Check> {
  readonly check: Check;
  readonly outcome: DigestOutcome;
}

/** Why a location cannot be read now; undefined where it can. */
export async function unreachableNow(
  files: Files,
  location: LocationIdentity,
): Promise<Unreachable | undefined> {
  const reached = await reachLocation(files, location);
  if (reached.reachable) return undefined;
  return { location: publicId('location', location.id), name: location.name, reason: reached.reason };
}

/**
 * A file that is not there may be a disk that is not there, or was not for a moment: before any loss is told, the location
 * must be found in its place, and the file still not. Returns why the location was given up otherwise. After an abort there may be
 * fewer rows than checks.
 */
export async function confirm<Check extends { readonly path: RawPath }>(
  files: Files,
  location: LocationIdentity,
  checks: readonly Check[],
  outcomes: readonly DigestOutcome[],
  signal: AbortSignal,
): Promise<Checked<Check>[] | Unreachable> {
  const rows = checks.flatMap((check, at) => {
    const outcome = outcomes[at];
    return outcome === undefined ? [] : [{ check, outcome }];
  });
  if (rows.every(({ outcome }) => fileState(outcome) === 'present')) return rows;
  const gone = await unreachableNow(files, location);
  if (gone !== undefined) return gone;
  const absent = rows.filter(({ outcome }) => fileState(outcome) === 'absent').map(({ check }) => check);
  const again = await files.digestAll(
    absent.map((check) => check.path),
    signal,
  );
  const seenAgain = new Map(absent.map((check, at) => [check, again[at]]));
  return rows.map(({ check, outcome }) => ({ check, outcome: seenAgain.get(check) ?? outcome }));
}
