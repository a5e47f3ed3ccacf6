import { sameBytes } from '../../../shared/domain/bytes.ts';
import { readEvidence } from '../../../shared/domain/finding-evidence.ts';
import { publicId } from '../../../shared/domain/ids.ts';
import { baseName, displayPath, parentOf } from '../../../shared/domain/path.ts';
import { problemMessage } from '../../../shared/domain/problem-codes.ts';
import type { FurtherDigest } from '../../../shared/domain/vocabulary.ts';
import type { JobContext } from '../jobs/job-runner.ts';
import type { Catalogue } from '../ports/catalogue.ts';
import type { Decided, FindingAtHand, UntrackedFile } from '../ports/deciding.ts';
import type { Files } from '../ports/files.ts';
import type { FileProblem, FileReading } from '../ports/readings.ts';
import { hex } from './evidence.ts';
import type { Places } from './recovery-plan.ts';

interface Tools {
  readonly catalogue: Catalogue;
  readonly files: Files;
  readonly furtherDigests: readonly FurtherDigest[];
}

function refused({ id }: FindingAtHand, detail: string): Decided {
  return { findingId: id, became: 'refused', detail };
}

function unread(finding: FindingAtHand, problem: FileProblem | undefined): Decided {
  const why = problem === undefined ? '' : ` ${problemMessage(problem.code, problem)}`;
  return refused(finding, `It could not be read now, so nothing was decided.${why}`);
}

/** Only a file that was read again now, and is what it should be, was a false alarm. */
export async function tryFalseAlarm(
  { files }: Tools,
  finding: FindingAtHand,
  { signal, progress }: JobContext,
): Promise<Decided> {
  const [found] = await files.digestAll([finding.path], signal, (bytes) => (progress.bytes += bytes));
  if (found?.status !== 'read') return unread(finding, found?.problem);
  if (sameBytes(found.sha256, finding.sha256))
    return { findingId: finding.id, became: 'intact', stamp: found.stamp };
  return refused(
    finding,
    `It was read now, and its SHA-256 is ${hex(found.sha256)}, not ${hex(finding.sha256)}: this is no false alarm.`,
  );
}

/** Reads a changed file once more in full; what a person has decided on is what was found then, and nothing else. */
export async function tryAccept(
  { files, furtherDigests }: Tools,
  finding: FindingAtHand,
  places: Places,
  { signal, progress }: JobContext,
): Promise<Decided> {
  const root = places.get(finding.locationId)?.location.root;
  if (root === undefined) return unread(finding, undefined);
  const { relative } = finding;
  const [reading] = await files.readAll(
    root,
    parentOf(relative),
    [baseName(relative)],
    furtherDigests,
    signal,
    (bytes) => (progress.bytes += bytes),
  );
  if (reading?.status !== 'read') return unread(finding, reading?.problem);
  const reason = whyNotAccepted(finding, reading);
  return reason === undefined
    ? { findingId: finding.id, became: 'accepted', reading }
    : refused(finding, reason);
}

/** Why what was read now is not accepted in place of what was expected. */
export function whyNotAccepted(finding: FindingAtHand, reading: FileReading): string | undefined {
  if (sameBytes(reading.sha256, finding.sha256))
    return `It was read now and is intact: there is nothing to accept. Close it: holdfast findings resolve ${publicId('finding', finding.id)} --as false-alarm`;
  const { observed, attested } = readEvidence(finding.detail);
  const decidedOn = observed?.sha256 ?? (attested?.algorithm === 'sha256' ? attested.found : undefined);
  if (decidedOn !== undefined && decidedOn !== hex(reading.sha256))
    return 'It has changed once more since it was found, so nobody has decided on what it is now. Audit it, then look again.';
  return reading.problems.some(({ code }) => code === 'protected')
    ? 'It is under protection (DRM) now: such a file is not taken into custody.'
    : undefined;
}

/** Looks for the content among files in nobody's custody; what is found is read before anything is said. */
export async function tryMove(
  { catalogue, files }: Tools,
  finding: FindingAtHand,
  places: Places,
  { signal, progress }: JobContext,
): Promise<Decided> {
  const candidates = (await catalogue.reader.untrackedOfSize(finding.size)).filter(({ locationId }) => {
    const place = places.get(locationId);
    // A managed location holds sealed bags: a file that lies about there is no copy of ours.
    return place !== undefined && place.unreachable === undefined && place.location.writes !== 'managed';
  });
  const [there] = await files.digestAll([finding.path], signal);
  if (there?.status === 'read')
    return refused(finding, 'Something stands at its path now. Audit it, then look again.');
  const outcomes = await files.digestAll(
    candidates.map(({ path }) => path),
    signal,
    (bytes) => (progress.bytes += bytes),
  );
  const found = candidates.flatMap((file, at) => {
    const outcome = outcomes[at];
    return outcome?.status === 'read' && sameBytes(outcome.sha256, finding.sha256)
      ? [{ file, stamp: outcome.stamp, rank: rankOf(file, finding) }]
      : [];
  });
  found.sort((a, b) => a.rank - b.rank);
  const [best, next] = found;
  if (best === undefined)
    return refused(
      finding,
      'No file in nobody’s custody holds its content. Let Holdfast look at the locations first: holdfast rescan',
    );
  if (next?.rank === best.rank)
    return refused(
      finding,
      `Its content stands at several places, ${displayPath(best.file.path)} and ${displayPath(next.file.path)} among them: which one it was moved to cannot be told.`,
    );
  const { locationId, folder, name } = best.file;
  return { findingId: finding.id, became: 'moved', stamp: best.stamp, locationId, folder, name };
}

/** The likelier place first: in the same location under the same name, in it, elsewhere under the same name, elsewhere. */
function rankOf({ locationId, name }: UntrackedFile, { locationId: here, path }: FindingAtHand): number {
  const sameName = Buffer.compare(name, baseName(path)) === 0;
  return (locationId === here ? 0 : 2) + (sameName ? 0 : 1);
}
