import type {
  CheckOut,
  Loan,
  Location,
  NewOfflineLocation,
  RecallRow,
  Shelving,
} from '../../../shared/contract/locations.ts';
import { HoldfastError } from '../../../shared/domain/errors.ts';
import { parsePublicId, publicId } from '../../../shared/domain/ids.ts';
import { displayPath, pathFromJson } from '../../../shared/domain/path.ts';
import { byDueDate, recallsOf } from '../../../shared/domain/recall.ts';
import type { ActingAgent, Catalogue, CatalogueReader } from '../ports/catalogue.ts';
import type { Files } from '../ports/files.ts';
import { unknownLocation } from './choose-locations.ts';
import { overlapsLocation } from './overlap.ts';

/** Names a medium that is not connected: a tape, a drive on a shelf. */
export async function addOfflineLocation(
  { reader, writer }: Catalogue,
  { name, site, medium, failureGroup, ...shelf }: NewOfflineLocation,
  agent: ActingAgent,
): Promise<Location> {
  const id = await writer.addOffline({ name, site, medium, failureGroup, shelf }, agent);
  return named(reader, publicId('location', id));
}

/** Says that a location is not connected, as planned, and what it is found by. */
export async function shelveLocation(
  { reader, writer }: Catalogue,
  { location, ...shelf }: Shelving,
  agent: ActingAgent,
): Promise<Location> {
  const { id } = await named(reader, location);
  await writer.shelve(numberOf(id), shelf, agent);
  return named(reader, id);
}

/**
 * Says that it is connected again where it was; an audit finds out whether that is so.
 * @throws HoldfastError LOCATIONS_OVERLAP where another location took its place meanwhile
 */
export async function unshelveLocation(
  { reader, writer }: Catalogue,
  files: Files,
  location: string,
  agent: ActingAgent,
): Promise<Location> {
  const { id, name, root, offline } = await named(reader, location);
  const path = pathFromJson(root);
  // Of one that is connected, or never was, the writer says so.
  const mayReturn = offline !== undefined && path.length > 0;
  const found = !mayReturn ? undefined : await files.identifyRoot(path).catch(() => undefined);
  if (found !== undefined)
    for (const other of await reader.locationIdentities()) {
      if (!(await overlapsLocation(files, found, other))) continue;
      throw new HoldfastError(
        'LOCATIONS_OVERLAP',
        `At ${displayPath(path)}, where "${name}" stood, stands the location "${other.name}" now. Nothing was changed. Put that one on the shelf first: holdfast location shelve "${other.name}"`,
      );
    }
  await writer.unshelve(numberOf(id), agent);
  return named(reader, id);
}

export async function checkOutLocation(
  { reader, writer }: Catalogue,
  { location, to, purpose, expectedBack }: CheckOut,
  agent: ActingAgent,
): Promise<Location> {
  const { id } = await named(reader, location);
  await writer.checkOut(numberOf(id), { to, purpose, expectedBack }, agent);
  return named(reader, id);
}

export async function checkInLocation(
  { reader, writer }: Catalogue,
  { location, condition }: { readonly location: string; readonly condition?: string | undefined },
  agent: ActingAgent,
): Promise<Location> {
  const { id } = await named(reader, location);
  await writer.checkIn(numberOf(id), condition, agent);
  return named(reader, id);
}

/** Those that are not connected, as planned. */
export async function offlineLocations(reader: CatalogueReader): Promise<Location[]> {
  return (await reader.locations()).filter(({ offline }) => offline !== undefined);
}

/** What is to be fetched, the earliest first. */
export async function recallList(reader: CatalogueReader, today: string): Promise<RecallRow[]> {
  return (await reader.locations())
    .flatMap(({ id, name, offline, lastAttested }) =>
      offline === undefined
        ? []
        : recallsOf(offline, today).map((recall) => ({
            location: id,
            name,
            ...offline,
            ...recall,
            ...(lastAttested === undefined ? {} : { lastAttestedOn: lastAttested.on }),
          })),
    )
    .sort(byDueDate);
}

/** Every loan of a location, the latest first. */
export async function loansOf(reader: CatalogueReader, location: string): Promise<Loan[]> {
  return reader.loans(numberOf((await named(reader, location)).id));
}

/** @throws HoldfastError NOT_FOUND. By name or id, connected or not. */
export async function named(reader: CatalogueReader, location: string): Promise<Location> {
  const id = parsePublicId(location);
  const found = (await reader.locations()).find(
    (row) => row.name === location || (id?.kind === 'location' && row.id === publicId('location', id.id)),
  );
  if (found === undefined) throw unknownLocation(location);
  return found;
}

function numberOf(id: string): number {
  return parsePublicId(id)?.id ?? 0;
}
