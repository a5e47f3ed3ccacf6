import type { AuditResult } from '../../../shared/contract/fixity.ts';
import { publicId } from '../../../shared/domain/ids.ts';
import type { CatalogueReader, LocationIdentity } from '../ports/catalogue.ts';

/** Mass changes of the locations of a run that nobody has decided on: they come before the single findings. */
export async function undecidedAt(
  reader: CatalogueReader,
  locations: readonly LocationIdentity[],
): Promise<NonNullable<AuditResult['massChanges']>> {
  const ids = new Set(locations.map(({ id }) => publicId('location', id)));
  return (await reader.massChanges(false))
    .filter(({ location }) => ids.has(location.id))
    .map(({ id, location, files, ofFiles, looksLike }) => ({ id, location, files, ofFiles, looksLike }));
}
