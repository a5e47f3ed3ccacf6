import type {
  Deaccessioned,
  DeletionPlace,
  DeletionPreview,
  PreviewedPlace,
} from '../../../shared/contract/custody.ts';
import { HoldfastError } from '../../../shared/domain/errors.ts';
import { publicId } from '../../../shared/domain/ids.ts';
import { isUnfinished } from '../../../shared/domain/letting-go.ts';
import { joinRaw, pathToJson } from '../../../shared/domain/path.ts';
import type { Accession } from '../../../shared/contract/accession.ts';
import type { ActingAgent, Catalogue, CatalogueReader } from '../ports/catalogue.ts';
import type { CustodyPlace } from '../ports/custody.ts';
import { reachPlace, type DeletionTools } from './look-at-place.ts';

/** Ends custody of an accession; nothing on any disk is touched. */
export async function endCustody(
  { reader, writer }: Catalogue,
  wanted: { readonly accession: string; readonly reason: string; readonly authority: string },
  agent: ActingAgent,
): Promise<Deaccessioned> {
  const accessionId = await requireAccession(reader, wanted.accession);
  return writer.deaccession({ accessionId, reason: wanted.reason, authority: wanted.authority, agent });
}

/** What a deletion would do now. Looks at every place and changes nothing. */
export async function previewDeletion(tools: DeletionTools, reference: string): Promise<DeletionPreview> {
  const { reader } = tools;
  const accessionId = await requireAccession(reader, reference);
  const [accession, deaccession] = await Promise.all([
    reader.accession(accessionId),
    reader.deaccessionOf(accessionId),
  ]);
  if (accession === undefined) throw unknownAccession(reference);
  if (deaccession === undefined) throw inCustody(accession);
  const [locations, known] = await Promise.all([
    reader.locationIdentities(),
    reader.custodyPlaces(accessionId),
  ]);
  const places: PreviewedPlace[] = [];
  for (const place of known)
    places.push({ ...placeJson(place), ...(await outlook(tools, place, locations)) });
  return {
    accession: { id: accession.id, number: accession.number, title: accession.title },
    deaccession,
    places,
    ...(await reader.sharedContents(accessionId)),
  };
}

/** What would become of a place now. */
export async function outlook(
  tools: DeletionTools,
  place: CustodyPlace,
  locations: Parameters<typeof reachPlace>[2],
): Promise<Pick<PreviewedPlace, 'state' | 'detail'>> {
  const { state, detail } = place;
  if (state === 'deleted' || state === 'absent') return { state, detail };
  const now = await reachPlace(tools, place, locations);
  if (now.may !== 'remove') return { state: now.may === 'leave' ? 'left' : 'pending', detail: now.reason };
  // What was begun is completed, and that is all that can be said of it without beginning again.
  if (state === 'removing') return { state: 'remove', detail: 'Its removal was begun and not completed.' };
  const seen = await tools.removal.look(now.bag);
  switch (seen.state) {
    case 'there':
      return { state: 'remove', detail: '' };
    case 'absent':
      return { state: 'absent', detail: 'Nothing stands there now.' };
    case 'refused':
      return { state: 'refused', detail: seen.reason };
    case 'unreachable':
      return { state: 'pending', detail: seen.reason };
  }
}

/** @throws HoldfastError NOT_FOUND */
export async function requireAccession(reader: CatalogueReader, reference: string): Promise<number> {
  const id = await reader.accessionNamed(reference);
  if (id === undefined) throw unknownAccession(reference);
  return id;
}

function unknownAccession(reference: string): HoldfastError {
  return new HoldfastError(
    'NOT_FOUND',
    `There is no accession ${JSON.stringify(reference)} in this archive. Give its number or its id, such as acc-12.`,
  );
}

function inCustody({ number }: Accession): HoldfastError {
  return new HoldfastError(
    'BAD_INPUT',
    `Accession ${number} is in custody, so nothing of it can be deleted. Custody ends first, by an act of its own: ` +
      `holdfast deaccession ${number} --reason R --authority A`,
  );
}

/** A place as the contract tells it; what began and was not completed is pending to people. */
export function placeJson(place: CustodyPlace): DeletionPlace {
  const { locationRoot, bag } = place;
  return {
    location: publicId('location', place.locationId),
    locationName: place.locationName,
    path: pathToJson(bag === undefined ? locationRoot : joinRaw(locationRoot, bag.path)),
    state: place.state,
    detail: place.detail,
    files: place.files,
    bytes: place.bytes,
  };
}

export function isComplete(places: readonly CustodyPlace[]): boolean {
  return !places.some(({ state }) => isUnfinished(state));
}
