import { createHash } from 'node:crypto';
import type { DeletionResult } from '../../../shared/contract/custody.ts';
import { HoldfastError } from '../../../shared/domain/errors.ts';
import { publicId } from '../../../shared/domain/ids.ts';
import { isUnfinished, type DeletionState } from '../../../shared/domain/letting-go.ts';
import type { RawPath } from '../../../shared/domain/path.ts';
import { stopReason, type JobContext, type JobEnd } from '../jobs/job-runner.ts';
import type { ActingAgent, Catalogue, LocationIdentity } from '../ports/catalogue.ts';
import type { CustodyPlace, OpenedDeletion } from '../ports/custody.ts';
import type { Exports } from '../ports/exports.ts';
import { writeCertificate } from './certificate.ts';
import { isComplete, placeJson, requireAccession } from './letting-go.ts';
import { reachPlace, type DeletionTools } from './look-at-place.ts';

export interface DeletionRun extends Omit<DeletionTools, 'reader'> {
  readonly catalogue: Catalogue;
  readonly opened: OpenedDeletion;
  readonly exports: Exports;
  /** The archive's folder of exports. */
  readonly folder: RawPath;
}

/** Opens a deletion, the next act of one that is not complete, or finds the one that was interrupted. */
export async function openDeletion(
  { reader, writer }: Catalogue,
  wanted: {
    readonly accession: string;
    readonly reason?: string | undefined;
    readonly secondAgent?: string | undefined;
  },
  agent: ActingAgent,
): Promise<OpenedDeletion> {
  const accessionId = await requireAccession(reader, wanted.accession);
  const resumeKey = createHash('sha256')
    .update(JSON.stringify(['deletion', accessionId]))
    .digest('hex');
  const open = await reader.openJob(resumeKey);
  if (open?.state === 'running' || open?.state === 'queued')
    throw new HoldfastError('JOB_RUNNING', `job-${String(open.id)} is doing this right now.`);
  if (open !== undefined) return writer.reopenDeletion(open.id);
  const { reason, secondAgent } = wanted;
  return writer.beginDeletion({ accessionId, reason, secondAgent, resumeKey, agent });
}

/**
 * Removes the bytes of an accession, bag by bag: that it begins is recorded, then the bag goes, then that it went. A kill in
 * between leaves a place that says `removing`, which the next run completes. A person's stop is heeded between bags.
 */
export async function runDeletion(run: DeletionRun, context: JobContext): Promise<JobEnd> {
  const { catalogue, opened } = run;
  const { signal, progress } = context;
  const { reader, writer } = catalogue;
  progress.phase = 'deleting';
  const [places, locations] = await Promise.all([
    reader.custodyPlaces(opened.accession.id),
    reader.locationIdentities(),
  ]);
  const unfinished = places.filter(({ state }) => isUnfinished(state));
  progress.filesTotal = unfinished.reduce((sum, { files }) => sum + files, 0);
  progress.bytesTotal = unfinished.reduce((sum, { bytes }) => sum + bytes, 0);
  for (const place of unfinished) {
    if (signal.aborted) break;
    const state = await settle(run, place, locations, (files) => {
      progress.files += files;
    });
    if (state === 'deleted') progress.bytes += place.bytes;
    else if (state !== 'absent' && state !== 'left') progress.problems += 1;
  }
  const reason = stopReason(signal);
  if (reason === 'pause') return { state: 'paused' };
  progress.phase = 'sealing';
  await writer.closeDeletion(opened.actId, reason === 'cancel' ? 'cancelled' : 'done');
  const [after, removed] = await Promise.all([
    reader.custodyPlaces(opened.accession.id),
    reader.removedBy(opened.actId),
  ]);
  const result: DeletionResult = {
    accession: { id: publicId('accession', opened.accession.id), number: opened.accession.number },
    complete: isComplete(after),
    places: after.map(placeJson),
    removed,
    certificate: await writeCertificate(reader, run.exports, run.folder, opened.accession.id),
  };
  return { state: reason === 'cancel' ? 'cancelled' : 'done', result };
}

async function settle(
  { catalogue: { reader, writer }, opened, files, removal }: DeletionRun,
  place: CustodyPlace,
  locations: readonly LocationIdentity[],
  onFiles: (count: number) => void,
): Promise<DeletionState> {
  const began = place.state === 'removing';
  const record = async (state: DeletionState, detail: string): Promise<DeletionState> => {
    await writer.recordPlace(opened.actId, place.id, state, detail);
    return state;
  };
  const now = await reachPlace({ reader, files, removal }, place, locations);
  // What is half removed is neither left nor waiting: it stays what it is until it can be completed.
  if (now.may !== 'remove')
    return record(began ? 'removing' : now.may === 'leave' ? 'left' : 'pending', now.reason);
  if (!began) {
    const seen = await removal.look(now.bag);
    if (seen.state === 'refused') return record('refused', seen.reason);
    if (seen.state === 'unreachable') return record('pending', seen.reason);
    if (seen.state === 'absent' && place.jobId === undefined)
      return record('absent', 'Nothing stood there when it was to be removed.');
    await writer.beginRemoval(opened.actId, place.id);
  }
  const removed = await removal.remove(now.bag, place.jobId ?? opened.jobId, onFiles);
  switch (removed.state) {
    case 'deleted':
    case 'absent':
      return record('deleted', '');
    case 'refused':
      return record('refused', removed.reason);
    case 'unreachable':
      // Perhaps some of it is gone: it stays `removing`, and the next run completes it.
      return record('removing', removed.reason);
  }
}
