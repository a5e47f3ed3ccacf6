import type { Location, LocationChanged, LocationSetting } from '../../../shared/contract/locations.ts';
import { parsePublicId } from '../../../shared/domain/ids.ts';
import type { ActingAgent, Catalogue } from '../ports/catalogue.ts';
import { named } from './offline.ts';

/**
 * Changes what is known of a location after it was added, connected or not: what people call it, what it could be lost with, what may be
 * written there and how it is read. The old values stay in the log.
 * @throws HoldfastError NOT_FOUND; BAD_INPUT where it cannot lawfully become what was said: then nothing of it changes
 */
export async function setLocation(
  { reader, writer }: Catalogue,
  { location, ...change }: LocationSetting,
  agent: ActingAgent,
): Promise<LocationChanged & { readonly location: Location }> {
  const { id } = await named(reader, location);
  const changed = await writer.setLocation(parsePublicId(id)?.id ?? 0, change, agent);
  return { location: await named(reader, id), ...changed };
}
