import { sameBytes } from '../../../shared/domain/bytes.ts';
import { HoldfastError } from '../../../shared/domain/errors.ts';
import { publicId } from '../../../shared/domain/ids.ts';
import type { RawPath } from '../../../shared/domain/path.ts';
import type { JobContext } from '../jobs/job-runner.ts';
import type { ActingAgent, Catalogue } from '../ports/catalogue.ts';
import type { DecisionStep, FindingAtHand, OpenedDecision } from '../ports/deciding.ts';
import type { Files } from '../ports/files.ts';
import type { QuarantinePlace } from '../ports/quarantine.ts';
import type { FileStamp } from '../ports/readings.ts';
import type { RecoveryFolders, RecoveryPlace } from '../ports/recovery-place.ts';
import { placeFailed } from './place-failed.ts';
import { sourcesOf, type Places } from './recovery-plan.ts';

export interface RecoveryRun {
  readonly catalogue: Catalogue;
  readonly files: Files;
  readonly place: RecoveryPlace;
  readonly quarantine: QuarantinePlace;
  readonly opened: OpenedDecision;
  readonly archiveId: string;
  readonly agent: ActingAgent;
}

/** One finding on its way: what stands at its path, and where its good copy is staged. */
export interface Rescue {
  readonly finding: FindingAtHand;
  readonly step: DecisionStep;
  readonly staged: RawPath;
  readonly aside: RawPath;
  /** The damaged file, where one stands at the path. */
  damaged?: { readonly stamp: FileStamp; readonly sha256?: Uint8Array };
  /** Where the staged copy came from; a copy that an interrupted run has staged whole came from there too. */
  from?: RawPath;
  isStaged?: boolean;
  stamp?: FileStamp;
}

/** Copies from the best copy that is good; one that is not, or rots while it is read, is passed over for the next. */
export async function copyGood(
  run: RecoveryRun,
  places: Places,
  folders: RecoveryFolders,
  rescues: readonly Rescue[],
  { signal, progress }: JobContext,
): Promise<{ copied: Rescue[]; lacking: Rescue[] }> {
  const copied = rescues.filter(({ isStaged }) => isStaged === true);
  let left = rescues.filter(({ isStaged }) => isStaged !== true);
  for (let turn = 0; left.length > 0 && !signal.aborted; turn++) {
    const tried = left.flatMap((rescue) => {
      const source = sourcesOf(rescue.finding, places)[turn];
      return source === undefined ? [] : [{ rescue, from: source.path }];
    });
    if (tried.length === 0) break;
    const outcomes = await run.files.copyAll(
      tried.map(({ rescue, from }) => ({ from, to: rescue.staged })),
      { further: [], look: 'digest', within: folders.staging },
      signal,
      (bytes) => (progress.bytes += bytes),
    );
    if (signal.aborted) break;
    for (const [at, { rescue, from }] of tried.entries()) {
      const outcome = outcomes[at];
      if (outcome?.status === 'failed' && outcome.problem.code === 'destination_failed')
        throw placeFailed(folders.staging, outcome.problem.errno);
      if (outcome?.status !== 'read' || !sameBytes(outcome.sha256, rescue.finding.sha256)) continue;
      rescue.from = from;
      copied.push(rescue);
    }
    left = left.filter((rescue) => rescue.from === undefined);
  }
  return { copied, lacking: left };
}

export async function readBack(
  run: RecoveryRun,
  locationName: string,
  copied: readonly Rescue[],
  { signal, progress }: JobContext,
): Promise<void> {
  const outcomes = await run.files.readBackAll(
    copied.map(({ staged }) => staged),
    signal,
    (bytes) => (progress.bytes += bytes),
  );
  if (signal.aborted) return;
  for (const [at, { finding }] of copied.entries()) {
    const outcome = outcomes[at];
    if (outcome?.status === 'read' && sameBytes(outcome.sha256, finding.sha256)) continue;
    throw new HoldfastError(
      'LOCATION_UNREACHABLE',
      `What was written to "${locationName}" does not read back as it was written (${publicId('finding', finding.id)}). Nothing there was touched. ` +
        'Check that volume, its cable and its memory; run this again and it is copied anew.',
    );
  }
}
