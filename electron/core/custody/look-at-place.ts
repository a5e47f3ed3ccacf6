import { reachLocation } from '../locations/reachability.ts';
import type { BagPlace, BagRemoval } from '../ports/bag-removal.ts';
import type { CatalogueReader, LocationIdentity } from '../ports/catalogue.ts';
import type { CustodyPlace } from '../ports/custody.ts';
import type { Files } from '../ports/files.ts';

export interface DeletionTools {
  readonly reader: CatalogueReader;
  readonly files: Files;
  readonly removal: BagRemoval;
}

/** What can be done about one place now, with the reason where it is nothing. */
export type PlaceNow =
  | { readonly may: 'remove'; readonly bag: BagPlace }
  | { readonly may: 'leave' | 'wait'; readonly reason: string };

/**
 * Says of a bag that is to be removed whether it may be, before anything there is looked at: its location must be reachable,
 * be the one that the catalogue knows and be managed, and nobody's custody may stand on anything in it.
 */
export async function reachPlace(
  { reader, files }: DeletionTools,
  place: CustodyPlace,
  locations: readonly LocationIdentity[],
): Promise<PlaceNow> {
  const location = locations.find(({ id }) => id === place.locationId);
  if (place.bag === undefined) return { may: 'leave', reason: place.detail };
  if (place.bag.heldBy.length > 0)
    return {
      may: 'leave',
      reason: `Left: files in it are held under accession ${place.bag.heldBy.join(', ')}, and a bag is removed as a whole.`,
    };
  if (location === undefined)
    return { may: 'wait', reason: `"${place.locationName}" is no place that this machine can reach.` };
  if (location.writes !== 'managed' || location.marker === undefined)
    return { may: 'leave', reason: `Left: "${location.name}" is not managed, so nothing is removed there.` };
  const reached = await reachLocation(files, location);
  if (!reached.reachable) return { may: 'wait', reason: reached.reason };
  const [contents, { id: archiveId }] = await Promise.all([
    reader.bagContents(place.bag.id),
    reader.archive(),
  ]);
  const { root, marker } = location;
  return {
    may: 'remove',
    bag: { root, marker, archiveId, path: place.bag.path, bagId: place.bag.id, contents },
  };
}
