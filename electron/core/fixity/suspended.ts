import { HoldfastError } from '../../../shared/domain/errors.ts';
import { parsePublicId } from '../../../shared/domain/ids.ts';
import type { MassChange } from '../../../shared/contract/decisions.ts';
import type { CatalogueReader } from '../ports/catalogue.ts';

/** Locations of which a large share changed at once, and nobody has decided yet; by their number. */
export async function suspendedLocations(reader: CatalogueReader): Promise<ReadonlyMap<number, MassChange>> {
  const open = await reader.massChanges(false);
  return new Map(open.map((change) => [parsePublicId(change.location.id)?.id ?? 0, change]));
}

/** Why something waits, and what ends the waiting. */
export function suspensionReason(
  { id, location, files, ofFiles, looksLike }: MassChange,
  what: string,
): string {
  return (
    `${String(files)} of ${String(ofFiles)} files of "${location.name}" changed at once (${looksLike}), and nobody has decided on that yet: ${what}. ` +
    `Look at it: holdfast findings mass show ${id}`
  );
}

/** @throws HoldfastError BAD_INPUT where one of these locations is suspended. */
export async function refuseSuspended(
  reader: CatalogueReader,
  locationIds: Iterable<number>,
  what: string,
): Promise<void> {
  const suspended = await suspendedLocations(reader);
  for (const id of locationIds) {
    const change = suspended.get(id);
    if (change !== undefined) throw new HoldfastError('BAD_INPUT', suspensionReason(change, what));
  }
}
