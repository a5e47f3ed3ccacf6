import type { Swept } from '../../../shared/contract/quarantine.ts';
import { sameBytes } from '../../../shared/domain/bytes.ts';
import { HoldfastError } from '../../../shared/domain/errors.ts';
import { publicId } from '../../../shared/domain/ids.ts';
import { baseName, joinRaw, pathToJson, relativeTo, type RawPath } from '../../../shared/domain/path.ts';
import { reachLocation } from '../locations/reachability.ts';
import type { LocationIdentity } from '../ports/catalogue.ts';
import type { FindingAtHand } from '../ports/deciding.ts';
import type { AsideRow, Leftovers } from '../ports/quarantine.ts';
import type { QuarantineTools } from './quarantine.ts';
import { storyOf } from './recovery-story.ts';

interface Sweep extends QuarantineTools {
  readonly signal: AbortSignal;
  readonly location: LocationIdentity;
  readonly locations: readonly LocationIdentity[];
  readonly swept: Swept;
  /** What the catalogue knows to stand in quarantine, or to have stood there. */
  readonly known: ReadonlyMap<string, AsideRow>;
}

function keyOf(locationId: number, path: RawPath): string {
  return `${String(locationId)}:${Buffer.from(path).toString('latin1')}`;
}

/**
 * Settles what recoveries left that are over, or that no record knows: staged copies go where their content stands elsewhere, read
 * now and found good; a damaged file in quarantine that nobody recorded is recorded, one without its story gets it, a story without
 * its file goes. What might be all that is left of something is kept and told. Locations that cannot be reached keep theirs.
 * What belongs to a job that is not over is left to it; what an abort leaves, to the next sweep.
 */
export async function sweepRecoveries(tools: QuarantineTools, signal: AbortSignal): Promise<Swept> {
  const { reader } = tools.catalogue;
  const swept: Swept = { removed: 0, recorded: 0, stories: 0, kept: [] };
  const locations = await reader.locationIdentities();
  const { id: archiveId } = await reader.archive();
  // In a managed location deposits, copies and successors are staged in the same folder.
  const open = new Set([...(await reader.openRecoveries()), ...(await reader.openJobs())]);
  const known = new Map((await reader.asides(true)).map((row) => [keyOf(row.locationId, row.path), row]));
  for (const location of locations) {
    if (signal.aborted) break;
    if (location.writes === 'never') continue;
    const sweep: Sweep = { ...tools, signal, location, locations, swept, known };
    try {
      if (!(await reachLocation(tools.files, location)).reachable) continue;
      const { root, writes } = location;
      const left = await tools.quarantine.leftovers({ root, managed: writes === 'managed', archiveId });
      for (const staged of left.staged)
        if (!open.has(staged.jobId) && !signal.aborted) await settleStaged(sweep, staged);
      for (const { jobId, folder } of left.empty)
        if (!open.has(jobId) && !signal.aborted) await tools.quarantine.removeEmpty(location.root, folder);
      for (const aside of left.asides)
        if (!open.has(aside.jobId) && !signal.aborted) await settleAside(sweep, aside);
    } catch (error) {
      // A place that fails keeps what it has until the next time; it never fails the act before it.
      if (!(error instanceof HoldfastError) || error.code === 'INTERNAL') throw error;
      swept.kept.push({ path: pathToJson(location.root), reason: error.message });
    }
  }
  return swept;
}

async function settleStaged(
  { catalogue, quarantine, location, locations, swept, files, place, signal }: Sweep,
  { findingId, path }: Leftovers['staged'][number],
): Promise<void> {
  const [finding] = findingId === undefined ? [] : await catalogue.reader.findingsAtHand([findingId]);
  if (finding === undefined || finding.locationId !== location.id) {
    const reason =
      'An interrupted recovery has left it, and this catalogue does not know for which file. Look at it; remove it by hand if it is of no use.';
    swept.kept.push({ path: pathToJson(path), reason });
    return;
  }
  if ((await place.look(location.root, path)).kind !== 'file') return;
  const isElsewhere =
    (await quarantine.isSame(path, finding.path)) ||
    (await standsElsewhere({ files, locations, signal }, finding, location));
  if (isElsewhere) {
    await quarantine.remove(location.root, path);
    swept.removed++;
    return;
  }
  // Then it is not known whether one stands elsewhere.
  if (signal.aborted) return;
  swept.kept.push({
    path: pathToJson(path),
    reason: `A staged copy for ${publicId('finding', finding.id)}; no other copy of its content could be read and found good. It is kept until one is.`,
  });
}

/** Whether a copy of the content that the finding is about can be read now, to its end, and is good. */
async function standsElsewhere(
  { files, locations, signal }: Pick<Sweep, 'files' | 'locations' | 'signal'>,
  finding: FindingAtHand,
  own: LocationIdentity,
): Promise<boolean> {
  const reachable = new Map<number, boolean>([[own.id, true]]);
  const copies = [{ locationId: own.id, path: finding.path }, ...finding.copies];
  for (const { locationId, path } of copies) {
    const location = locations.find(({ id }) => id === locationId);
    if (location === undefined) continue;
    if (!reachable.has(locationId))
      reachable.set(locationId, (await reachLocation(files, location)).reachable);
    if (reachable.get(locationId) !== true) continue;
    const [found] = await files.digestAll([path], signal);
    if (found?.status === 'read' && sameBytes(found.sha256, finding.sha256)) return true;
  }
  return false;
}

async function settleAside(
  sweep: Sweep,
  { jobId, findingId, path, story, hasStory }: Leftovers['asides'][number],
): Promise<void> {
  const { catalogue, quarantine, location, swept, agent, files, signal } = sweep;
  if (path === undefined) {
    // It tells of a file that was never set aside, or has left quarantine since.
    if (!hasStory) return;
    await quarantine.remove(
      location.root,
      joinRaw(story.subarray(0, -'.txt'.length) as RawPath, baseName(story)),
      story,
    );
    swept.stories++;
    return;
  }
  const relative = relativeTo(location.root, path);
  if (relative === undefined) return;
  const known = sweep.known.get(keyOf(location.id, relative));
  const standing = await sweep.place.look(location.root, path);
  if (standing.kind !== 'file') return;
  const [read] = known !== undefined && hasStory ? [] : await files.digestAll([path], signal);
  if (signal.aborted) return;
  const sha256 = read?.status === 'read' ? read.sha256 : undefined;
  if (known === undefined) {
    const size = Number(standing.stamp.size);
    await catalogue.writer.adoptAside(
      { findingId, jobId, path: relative, size, ...(sha256 === undefined ? {} : { sha256 }) },
      agent,
    );
    const isRecorded = (await catalogue.reader.asides(false)).some(
      (row) => row.locationId === location.id && sameBytes(row.path, relative),
    );
    if (isRecorded) swept.recorded++;
    else
      swept.kept.push({
        path: pathToJson(path),
        reason: 'A file in quarantine that this catalogue does not know of. Its text tells what it is.',
      });
  }
  if (hasStory) return;
  const [finding] = await catalogue.reader.findingsAtHand([findingId]);
  if (finding === undefined) return;
  const about = {
    stamp: standing.stamp,
    from: undefined,
    agent: known?.by ?? agent.name,
    ...(known === undefined ? {} : { at: known.setAsideAt }),
  };
  await quarantine.writeStory(
    story,
    storyOf(finding, { ...about, ...(sha256 === undefined ? {} : { sha256 }) }),
  );
  swept.stories++;
}
