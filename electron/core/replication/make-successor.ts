import { ORIGINAL_NAMES_FILE } from '../../../shared/domain/bag-name.ts';
import { sameBytes } from '../../../shared/domain/bytes.ts';
import { HoldfastError } from '../../../shared/domain/errors.ts';
import { joinRaw, utf8Path, type RawPath } from '../../../shared/domain/path.ts';
import { stopReason, type JobContext } from '../jobs/job-runner.ts';
import { reachLocation } from '../locations/reachability.ts';
import type { BagToSucceed, OpenedSuccession } from '../ports/succession.ts';
import { successorInfo } from './bag-info.ts';
import { bagPlace, destinationFailed, makeBag, type BagPlace, type TagFilesOf } from './finish-bag.ts';
import {
  copySuccessorPayload,
  type Accepting,
  type Obstacle,
  type SuccessorRun,
} from './successor-payload.ts';

/** `stopped`: it was asked to, and goes on later or was given up, as was asked. */
type Succession = 'made' | 'stopped' | Obstacle;

/**
 * Makes the bag that succeeds a sealed one: its payload copied beside it with what is accepted, read back, sealed, moved to its
 * place, and only then its files are expected there (invariant 2). The bag so far stays as it is. Each step that an interruption
 * left done is not done again.
 */
export async function makeSuccessor(
  run: SuccessorRun,
  bag: BagToSucceed,
  accepting: Accepting,
  context: JobContext,
): Promise<Succession> {
  const { reader, writer } = run.catalogue;
  const { signal } = context;
  const isNew = !(await reader.openSuccessions(run.jobId)).includes(bag.id);
  const opened = await writer.openSuccession(run.jobId, bag.id);
  const giveUp = async <Why extends Succession>(why: Why): Promise<Why> => {
    await writer.closeSuccession(opened.actId, 'cancelled');
    await clear(run, opened);
    return why;
  };
  // A sealed bag may stand in its place already: whoever cancels now comes too late, and it is recorded.
  const isSealed = (await reader.stagedBag(opened.actId)) !== undefined;
  if (!isSealed && (accepting.size === 0 || stopReason(signal) === 'cancel')) return giveUp('stopped');
  const where = await placeOf(run, opened, isNew);
  if ('reason' in where) return giveUp(where);
  const shared = isSealed ? [] : await takeNames(run, bag, opened, where, signal);
  if ('reason' in shared) return giveUp(shared);
  const obstacle = isSealed
    ? undefined
    : await copySuccessorPayload(run, { opened, bag, where, accepting }, context);
  if (obstacle !== undefined) {
    // A place that went away meanwhile says nothing of its files.
    await requireReached(run);
    return giveUp(obstacle);
  }
  const recorded = await reader.accession(opened.accession.id);
  const info = successorInfo(run, opened, recorded, { of: bag, changes: accepting.size });
  const isMade =
    (isSealed || !signal.aborted) && (await makeBag(run, opened, where, { info, shared }, context));
  if (!isMade) return stopReason(signal) === 'cancel' ? giveUp('stopped') : 'stopped';
  let after: string | undefined = '';
  while (after !== undefined)
    after = await writer.recordSuccessorSlice(opened.actId, run.decisionActId, after);
  await writer.closeSuccession(opened.actId, 'done');
  await removeStaged(run, where);
  return 'made';
}

/** A place that cannot be written to is for a person to change, unless what was begun there waits for it. */
async function placeOf(
  run: SuccessorRun,
  opened: OpenedSuccession,
  isNew: boolean,
): Promise<BagPlace | Obstacle> {
  await requireReached(run);
  try {
    return await bagPlace(run, opened);
  } catch (error) {
    if (!isNew || !(error instanceof HoldfastError)) throw error;
    return { reason: `No successor of its bag can be made there. ${error.message}` };
  }
}

async function requireReached({ files, location }: SuccessorRun): Promise<void> {
  const reached = await reachLocation(files, location);
  if (!reached.reachable) throw new HoldfastError('LOCATION_UNREACHABLE', reached.reason);
}

/** What was staged for a bag that is not made goes; a place that has gone keeps it until something is next staged there. */
async function clear(run: SuccessorRun, opened: OpenedSuccession): Promise<void> {
  try {
    await removeStaged(run, await bagPlace(run, opened));
  } catch (error) {
    if (!(error instanceof HoldfastError)) throw error;
  }
}

async function removeStaged({ store }: SuccessorRun, where: BagPlace): Promise<void> {
  for (const path of [where.staged, namesIn(where)]) await store.removeStaged(path);
}

function namesIn({ job }: BagPlace): RawPath {
  return joinRaw(job, utf8Path('original-names.tsv'));
}

/**
 * The table of original names, which the payload alone cannot give: copied from this bag, or from another of the accrual where it
 * is whole.
 */
async function takeNames(
  { catalogue: { reader }, files, location }: SuccessorRun,
  bag: BagToSucceed,
  opened: OpenedSuccession,
  where: BagPlace,
  signal: AbortSignal,
): Promise<NonNullable<TagFilesOf['shared']> | Obstacle> {
  const path = ORIGINAL_NAMES_FILE;
  const known = bag.tagFiles.find((file) => file.path === path);
  if (known === undefined) return [];
  const roots = new Map((await reader.locationIdentities()).map(({ id, root }) => [id, root]));
  const accruals = await reader.accrualsToReplicate(opened.accession.id);
  const others = accruals.flatMap(({ accrualId, bags }) => (accrualId === bag.accrualId ? bags : []));
  const to = namesIn(where);
  for (const candidate of [bag, ...others]) {
    const root = candidate.id === bag.id ? location.root : roots.get(candidate.locationId);
    if (root === undefined) continue;
    const from = joinRaw(joinRaw(root, candidate.path), utf8Path(path));
    const how = { further: [], look: 'digest', within: where.job } as const;
    const [copied] = await files.copyAll([{ from, to }], how, signal);
    if (copied?.status === 'read' && sameBytes(copied.sha256, known.sha256))
      return [{ path, from: to, sha256: known.sha256 }];
    if (copied?.status === 'failed' && copied.problem.code === 'destination_failed')
      throw destinationFailed(location, copied.problem.errno);
  }
  if (signal.aborted) return [];
  return {
    reason: `${path} of its bag is not as it was sealed, and no other bag that can be reached has it whole: a successor could not tell the names that its files had. Put back that table from a copy of the bag, then accept the change again.`,
  };
}
