import { sameEssence } from '../../../shared/domain/essence.ts';
import type { FileKind } from '../../../shared/domain/file-kind.ts';
import type { InternalVerdict } from '../../../shared/domain/integrity.ts';
import type { CatalogueReader } from '../ports/catalogue.ts';
import type { Files } from '../ports/files.ts';
import type { DigestOutcome, FailedReading } from '../ports/readings.ts';
import { fileState, hex } from './evidence.ts';
import { differingChunks, type ByteRange } from './differing-chunks.ts';

/** What a second look at a file says whose bytes are not the expected ones. */
export interface SecondLook {
  /** Absent where no essence was recorded, or by another definition. */
  readonly essenceSame?: boolean;
  /** Of a shorter file: whether its bytes begin the expected content, as far as digests of whole chunks tell. */
  readonly prefixMatches?: boolean;
  /** Where it differs, by chunks of one MiB; absent where no chunk digests were recorded. */
  readonly differs?: readonly ByteRange[];
  /** What its bytes are now, where they are no sound any more. */
  readonly kind?: FileKind;
  readonly verdict?: InternalVerdict;
  /** Where its own checks fail: bytes from its beginning, milliseconds from the beginning of the recording. */
  readonly places?: readonly { readonly offset: number; readonly timeMs?: number }[];
  /** It could not be read to its end this time: what kind of change it is stays unknown, and nothing else is said. */
  readonly failed?: FailedReading;
}

interface Looked {
  readonly check: {
    readonly replicaId: number;
    readonly path: Uint8Array;
    readonly sha256: Uint8Array;
    readonly size: number;
  };
  readonly outcome: DigestOutcome;
}

const MOST_PLACES = 20;

/**
 * Reads the files again whose digest is not the expected one, this time with a walk over their sound: whether only tags changed, and
 * where the damage is. Others have no entry; nor has a file that changed between the two looks.
 */
export async function lookAgain(
  files: Files,
  reader: CatalogueReader,
  rows: readonly Looked[],
  signal: AbortSignal,
): Promise<ReadonlyMap<number, SecondLook>> {
  const looks = new Map<number, SecondLook>();
  const differing = rows.flatMap(({ check, outcome }) =>
    outcome.status === 'read' && hex(outcome.sha256) !== hex(check.sha256) ? [{ check, outcome }] : [],
  );
  if (differing.length === 0) return looks;
  const baselines = await reader.audioBaselines(differing.map(({ check }) => check.replicaId));
  const readings = await files.lookAll(
    differing.map(({ check }) => check.path),
    signal,
  );
  for (const [at, { check, outcome }] of differing.entries()) {
    const [baseline, reading] = [baselines[at], readings[at]];
    if (reading?.status === 'failed' && fileState(reading) === 'unreadable') {
      looks.set(check.replicaId, { failed: reading });
      continue;
    }
    if (reading?.status !== 'read' || hex(reading.sha256) !== hex(outcome.sha256)) continue;
    const { audio, chunkDigests } = reading;
    const recorded = baseline?.essences.find(({ definition }) => definition === audio?.essence?.definition);
    const essenceSame =
      recorded === undefined || audio?.essence === undefined
        ? undefined
        : sameEssence(recorded, audio.essence);
    const chunks =
      baseline?.chunkDigests === undefined || chunkDigests === undefined
        ? undefined
        : differingChunks(
            { digests: baseline.chunkDigests, size: check.size },
            { digests: chunkDigests, size: Number(reading.stamp.size) },
          );
    looks.set(check.replicaId, {
      ...(essenceSame === undefined ? {} : { essenceSame }),
      ...(chunks === undefined ? {} : chunks),
      ...(reading.kind === 'audio' ? {} : { kind: reading.kind }),
      ...(audio === undefined ? {} : { verdict: audio.verdict, places: placesOf(audio.problems) }),
    });
  }
  return looks;
}

function placesOf(
  problems: readonly { readonly code: string; readonly offset: number; readonly timeMs?: number }[],
): NonNullable<SecondLook['places']> {
  return problems
    .filter(({ code }) => code === 'essence_damaged' || code === 'truncated' || code === 'header_damaged')
    .slice(0, MOST_PLACES)
    .map(({ offset, timeMs }) => ({ offset, ...(timeMs === undefined ? {} : { timeMs }) }));
}
