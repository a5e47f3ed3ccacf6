import { createHash } from 'node:crypto';
import type { DeletionResult, PreviewedPlace, SupersededPreview } from '../../../shared/contract/custody.ts';
import { HoldfastError } from '../../../shared/domain/errors.ts';
import { publicId } from '../../../shared/domain/ids.ts';
import type { DeletionState } from '../../../shared/domain/letting-go.ts';
import { stopReason, type JobContext, type JobEnd } from '../jobs/job-runner.ts';
import type { ActingAgent, Catalogue, LocationIdentity } from '../ports/catalogue.ts';
import type { OpenedSupersededDeletion, SupersededPlace } from '../ports/superseded.ts';
import { outlook, placeJson, requireAccession } from './letting-go.ts';
import { reachPlace, type DeletionTools } from './look-at-place.ts';

export interface SupersededRun extends Omit<DeletionTools, 'reader'> {
  readonly catalogue: Catalogue;
  readonly opened: OpenedSupersededDeletion;
}

/** What removing the superseded bags of an accession would do now. Looks at each and changes nothing. */
export async function previewSuperseded(tools: DeletionTools, reference: string): Promise<SupersededPreview> {
  const { reader } = tools;
  const accessionId = await requireAccession(reader, reference);
  const [accession, known, locations] = await Promise.all([
    reader.accession(accessionId),
    reader.supersededPlaces(accessionId),
    reader.locationIdentities(),
  ]);
  const places: PreviewedPlace[] = [];
  for (const place of known) {
    const kept = place.state === 'removing' ? undefined : whyKept(place);
    const now = kept === undefined ? await outlook(tools, place, locations) : kept;
    places.push({ ...placeJson(place), ...now });
  }
  return {
    accession: {
      id: publicId('accession', accessionId),
      number: accession?.number ?? '',
      title: accession?.title ?? '',
    },
    places,
  };
}

/** Opens it, or finds the one that was interrupted. */
export async function openSupersededDeletion(
  { reader, writer }: Catalogue,
  wanted: {
    readonly accession: string;
    readonly reason?: string | undefined;
    readonly secondAgent?: string | undefined;
  },
  agent: ActingAgent,
): Promise<OpenedSupersededDeletion> {
  const accessionId = await requireAccession(reader, wanted.accession);
  const resumeKey = createHash('sha256')
    .update(JSON.stringify(['superseded deletion', accessionId]))
    .digest('hex');
  const { reason, secondAgent } = wanted;
  const open = await reader.openJob(resumeKey);
  if (open?.state === 'running' || open?.state === 'queued')
    throw new HoldfastError('JOB_RUNNING', `job-${String(open.id)} is doing this right now.`);
  if (open !== undefined) return writer.reopenSupersededDeletion(open.id, { reason, secondAgent });
  return writer.beginSupersededDeletion({ accessionId, reason, secondAgent, resumeKey, agent });
}

/**
 * Removes bag by bag: that it begins is recorded, then the bag goes, then that it went. What an interruption left begun is
 * completed, whatever was found of its successor since: it is half gone. A person's stop is heeded between bags.
 */
export async function runSupersededDeletion(run: SupersededRun, context: JobContext): Promise<JobEnd> {
  const { catalogue, opened } = run;
  const { reader, writer } = catalogue;
  const { signal, progress } = context;
  progress.phase = 'deleting';
  const [known, locations] = await Promise.all([
    reader.supersededPlaces(opened.accession.id),
    reader.locationIdentities(),
  ]);
  progress.filesTotal = known.reduce((sum, { files }) => sum + files, 0);
  progress.bytesTotal = known.reduce((sum, { bytes }) => sum + bytes, 0);
  const places: DeletionResult['places'] = [];
  const left: { bagId: number; state: DeletionState; detail: string }[] = [];
  for (const place of [...known].sort(
    (a, b) => Number(b.state === 'removing') - Number(a.state === 'removing'),
  )) {
    if (signal.aborted && place.state !== 'removing') break;
    const now = await settle(run, place, locations, (files) => {
      progress.files += files;
    });
    places.push({ ...placeJson(place), ...now });
    if (now.state === 'deleted') progress.bytes += place.bytes;
    else {
      progress.problems += 1;
      left.push({ bagId: place.id, ...now });
    }
  }
  const reason = stopReason(signal);
  if (reason === 'pause') return { state: 'paused' };
  progress.phase = 'sealing';
  await writer.closeSupersededDeletion(opened.actId, reason === 'cancel' ? 'cancelled' : 'done', left);
  const removed = places.filter(({ state }) => state === 'deleted');
  const result: DeletionResult = {
    accession: { id: publicId('accession', opened.accession.id), number: opened.accession.number },
    superseded: true,
    complete: left.length === 0 && places.length === known.length,
    places,
    removed: {
      files: removed.reduce((sum, { files }) => sum + files, 0),
      bytes: removed.reduce((sum, { bytes }) => sum + bytes, 0),
    },
  };
  return { state: reason === 'cancel' ? 'cancelled' : 'done', result };
}

/** @throws HoldfastError LOCATION_UNREACHABLE where a bag that is half removed cannot be completed now */
async function settle(
  { catalogue: { reader, writer }, opened, files, removal }: SupersededRun,
  place: SupersededPlace,
  locations: readonly LocationIdentity[],
  onFiles: (count: number) => void,
): Promise<{ readonly state: DeletionState; readonly detail: string }> {
  const began = place.state === 'removing';
  const kept = began ? undefined : whyKept(place);
  if (kept !== undefined) return kept;
  const now = await reachPlace({ reader, files, removal }, place, locations);
  if (now.may !== 'remove') {
    if (began) throw halfRemoved(place, now.reason);
    return { state: now.may === 'leave' ? 'left' : 'pending', detail: now.reason };
  }
  if (!began) {
    const seen = await removal.look(now.bag);
    if (seen.state === 'refused') return { state: 'refused', detail: seen.reason };
    if (seen.state === 'unreachable') return { state: 'pending', detail: seen.reason };
    await writer.beginSupersededRemoval(opened.actId, place.id);
  }
  const removed = await removal.remove(now.bag, place.jobId ?? opened.jobId, onFiles);
  if (removed.state === 'refused' || removed.state === 'unreachable')
    throw halfRemoved(place, removed.reason);
  await writer.recordSupersededRemoved(opened.actId, place.id);
  return { state: 'deleted', detail: '' };
}

/** A bag is the only whole one of its accrual in its location until every file of its successor was read there. */
function whyKept({ successor }: SupersededPlace): { state: 'left'; detail: string } | undefined {
  const { notVerified } = successor;
  if (notVerified === 0) return undefined;
  return {
    state: 'left',
    detail:
      `Left: of the bag that succeeded it ${notVerified === 1 ? 'one file is' : `${notVerified.toLocaleString('en')} files are`} ` +
      'not verified there. Audit that location, decide on what is found, then run this again.',
  };
}

function halfRemoved({ locationName }: SupersededPlace, reason: string): HoldfastError {
  return new HoldfastError(
    'LOCATION_UNREACHABLE',
    `The removal of a superseded bag at "${locationName}" was begun and cannot be completed now. ${reason}`,
  );
}
