import type { Aside, AsideDetail } from '../../../shared/contract/quarantine.ts';
import { sameBytes } from '../../../shared/domain/bytes.ts';
import { HoldfastError } from '../../../shared/domain/errors.ts';
import { publicId } from '../../../shared/domain/ids.ts';
import { namesSomebody, sameAgent } from '../../../shared/domain/letting-go.ts';
import {
  displayPath,
  isInside,
  joinRaw,
  pathToJson,
  utf8Path,
  type RawPath,
} from '../../../shared/domain/path.ts';
import { asideId, asideNumber, whyKeep } from '../../../shared/domain/quarantine.ts';
import { reachLocation } from '../locations/reachability.ts';
import type { ActingAgent, Catalogue, CatalogueReader, LocationIdentity } from '../ports/catalogue.ts';
import type { Files } from '../ports/files.ts';
import type { AsideRow, QuarantinePlace } from '../ports/quarantine.ts';
import type { RecoveryPlace } from '../ports/recovery-place.ts';
import { hex } from './evidence.ts';
import { storyBeside } from './recovery-story.ts';

export interface QuarantineTools {
  readonly catalogue: Catalogue;
  readonly files: Files;
  readonly place: RecoveryPlace;
  readonly quarantine: QuarantinePlace;
  readonly agent: ActingAgent;
}

type ReadTools = Pick<QuarantineTools, 'files' | 'place' | 'quarantine'> & {
  readonly reader: CatalogueReader;
};

export function asideJson(row: AsideRow): Aside {
  const { released } = row;
  return {
    id: asideId(row.id),
    state: released?.as ?? 'aside',
    path: pathToJson(row.at),
    stoodAt: pathToJson(row.stoodAt),
    location: { id: publicId('location', row.locationId), name: row.locationName },
    finding: publicId('finding', row.findingId),
    replica: publicId('replica', row.replicaId),
    outcome: row.outcome,
    size: row.size,
    ...(row.sha256 === undefined ? {} : { sha256: hex(row.sha256) }),
    at: new Date(row.setAsideAt).toISOString(),
    by: row.by,
    job: publicId('job', row.jobId),
    ...(released === undefined
      ? {}
      : {
          released: {
            at: new Date(released.at).toISOString(),
            by: released.by,
            ...(released.secondAgent === undefined ? {} : { secondAgent: released.secondAgent }),
            reason: released.reason,
            ...(released.to === undefined ? {} : { to: released.to }),
            event: publicId('event', released.event),
          },
        }),
  };
}

/** @throws HoldfastError BAD_INPUT, NOT_FOUND */
async function requireAside(reader: CatalogueReader, id: string): Promise<AsideRow> {
  const number = asideNumber(id);
  if (number === undefined)
    throw new HoldfastError(
      'BAD_INPUT',
      `"${id}" is not the id of a file in quarantine. Such an id looks like aside-12; see: holdfast quarantine list`,
    );
  const row = await reader.aside(number);
  if (row === undefined) throw new HoldfastError('NOT_FOUND', `There is no ${id} in this archive.`);
  return row;
}

/** What is known of a file in quarantine, and whether it stands there now. */
export async function showAside(tools: ReadTools, id: string): Promise<AsideDetail> {
  const row = await requireAside(tools.reader, id);
  const keepBecause = row.released === undefined ? whyKeep(row) : undefined;
  const shown: AsideDetail = {
    ...asideJson(row),
    ...(keepBecause === undefined ? {} : { keepBecause }),
  };
  const location = (await tools.reader.locationIdentities()).find((each) => each.id === row.locationId);
  if (location === undefined || !(await reachLocation(tools.files, location)).reachable) return shown;
  const standing = await tools.place.look(location.root, row.at);
  const story = await tools.quarantine.readStory(storyBeside(row.at));
  const isTaken =
    row.released === undefined
      ? (await tools.place.look(location.root, row.stoodAt)).kind !== 'nothing'
      : undefined;
  return {
    ...shown,
    stands: standing.kind === 'file',
    ...(isTaken === undefined ? {} : { placeTaken: isTaken }),
    ...(story === undefined ? {} : { story }),
  };
}

/**
 * Gives a file in quarantine back to where it stood, or to another path of its location, where nothing may stand. The name is given
 * and durable, then it is recorded, then the file leaves quarantine: what a kill leaves in between is completed by the same words.
 * @param to absolute
 * @throws HoldfastError BAD_INPUT, NOT_FOUND, LOCATION_UNREACHABLE, DISK_FULL
 */
export async function restoreAside(
  tools: QuarantineTools,
  { id, reason, to }: { readonly id: string; readonly reason: string; readonly to?: RawPath | undefined },
): Promise<Aside> {
  const { catalogue, quarantine, agent } = tools;
  const row = await requireAside(catalogue.reader, id);
  const location = await requireWritable(tools, row);
  const target = to ?? row.stoodAt;
  if (row.released !== undefined) {
    if (row.released.as !== 'restored' || !(await quarantine.isSame(row.at, target)))
      throw hasLeft(row, 'Nothing was done.');
    await takeOut(tools, row, location);
    return asideJson(row);
  }
  if (to !== undefined) requireFreeToUse(location, to);
  await requireUnchanged(tools, row, location);
  const placed = await quarantine.giveBack(location.root, row.at, target, to === undefined);
  if (!placed.placed) {
    const other = location.writes === 'managed' ? '' : ` Name another path in "${location.name}".`;
    throw new HoldfastError('BAD_INPUT', `${placed.reason} ${id} stays in quarantine.${other}`);
  }
  await catalogue.writer.releaseAside(
    row.id,
    { as: 'restored', reason, ...(to === undefined ? {} : { to }) },
    agent,
  );
  await takeOut(tools, row, location);
  return asideJson(await requireAside(catalogue.reader, id));
}

/**
 * Removes the bytes of a file in quarantine, for which two named agents stand: recorded first, then removed. What a failure leaves
 * is removed by the same words.
 * @throws HoldfastError BAD_INPUT, NOT_FOUND, LOCATION_UNREACHABLE
 */
export async function discardAside(
  tools: QuarantineTools,
  { id, reason, secondAgent }: { readonly id: string; readonly reason: string; readonly secondAgent: string },
): Promise<Aside> {
  const { catalogue, place, agent } = tools;
  const row = await requireAside(catalogue.reader, id);
  requireTwo(agent.name, secondAgent);
  const location = await requireWritable(tools, row);
  if (row.released !== undefined) {
    const stands = (await place.look(location.root, row.at)).kind === 'file';
    if (row.released.as !== 'discarded' || !stands) throw hasLeft(row, 'Nothing was deleted.');
    await requireUnchanged(tools, row, location);
    await takeOut(tools, row, location);
    return asideJson(row);
  }
  const keep = whyKeep(row);
  if (keep !== undefined) throw new HoldfastError('BAD_INPUT', `${id} was not deleted. ${keep}`);
  await requireUnchanged(tools, row, location);
  await catalogue.writer.releaseAside(
    row.id,
    { as: 'discarded', reason, secondAgent: secondAgent.trim() },
    agent,
  );
  await takeOut(tools, row, location);
  return asideJson(await requireAside(catalogue.reader, id));
}

function hasLeft({ id, released }: AsideRow, what: string): HoldfastError {
  return new HoldfastError(
    'BAD_INPUT',
    `${asideId(id)} is no longer in quarantine: it was ${released?.as ?? 'released'} on ${new Date(released?.at ?? 0).toISOString().slice(0, 10)}. ${what}`,
  );
}

function requireTwo(one: string, other: string): void {
  if (namesSomebody(one) && namesSomebody(other) && !sameAgent(one, other)) return;
  throw new HoldfastError(
    'BAD_INPUT',
    `A deletion needs two agents, and "${one}" and "${other}" are not two. Nothing was deleted.`,
  );
}

/** Its location, connected and written to by its policy. */
async function requireWritable(
  { catalogue, files }: QuarantineTools,
  { locationId, locationName }: AsideRow,
): Promise<LocationIdentity> {
  const location = (await catalogue.reader.locationIdentities()).find(({ id }) => id === locationId);
  if (location === undefined)
    throw new HoldfastError(
      'LOCATION_UNREACHABLE',
      `"${locationName}" is not connected to this machine as a folder. Nothing was done. Connect it, then run this again.`,
    );
  if (location.writes === 'never')
    throw new HoldfastError(
      'BAD_INPUT',
      `Nothing is ever written to "${locationName}", as its policy says. Nothing was done.`,
    );
  const reached = await reachLocation(files, location);
  if (!reached.reachable) throw new HoldfastError('LOCATION_UNREACHABLE', reached.reason);
  return location;
}

/** Nothing is put among the bags of a managed location, nor where Holdfast keeps its own. */
function requireFreeToUse(location: LocationIdentity, to: RawPath): void {
  const { root, name, writes } = location;
  if (writes === 'managed')
    throw new HoldfastError(
      'BAD_INPUT',
      `"${name}" is managed by Holdfast, and its bags are sealed: a file can be given back there only to where it stood. Nothing was done.`,
    );
  if (!isInside(root, to) || to.length <= root.length)
    throw new HoldfastError(
      'BAD_INPUT',
      `${displayPath(to)} is not in "${name}". A file in quarantine stays on its own volume; name a path below ${displayPath(root)}. Nothing was done.`,
    );
  if (isInside(joinRaw(root, utf8Path('.holdfast-quarantine')), to))
    throw new HoldfastError('BAD_INPUT', `${displayPath(to)} is in quarantine. Nothing was done.`);
}

/** Nobody has put another file in its place. */
async function requireUnchanged(
  { files, place }: QuarantineTools,
  row: AsideRow,
  location: LocationIdentity,
): Promise<void> {
  const standing = await place.look(location.root, row.at);
  if (standing.kind === 'nothing')
    throw new HoldfastError(
      'NOT_FOUND',
      `Nothing stands at ${displayPath(row.at)}: somebody has taken it out of quarantine. Nothing was done.`,
    );
  const sameSize = standing.kind === 'file' && Number(standing.stamp.size) === row.size;
  const [found] =
    sameSize && row.sha256 !== undefined
      ? await files.digestAll([row.at], new AbortController().signal)
      : [undefined];
  const isOther =
    found?.status === 'read' && row.sha256 !== undefined && !sameBytes(found.sha256, row.sha256);
  if (sameSize && !isOther) return;
  throw new HoldfastError(
    'BAD_INPUT',
    `What stands at ${displayPath(row.at)} is not the file that was set aside. Nothing was done. Find out who put it there.`,
  );
}

/** With its story: of a file that is not there it would not be true any more. */
async function takeOut(
  { quarantine }: QuarantineTools,
  { at }: AsideRow,
  { root }: LocationIdentity,
): Promise<void> {
  await quarantine.remove(root, at, storyBeside(at));
}
