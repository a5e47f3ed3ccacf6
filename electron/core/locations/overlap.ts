import { isInside, type RawPath } from '../../../shared/domain/path.ts';
import type { LocationIdentity } from '../ports/catalogue.ts';
import type { Files, RootIdentity } from '../ports/files.ts';

/** Whether one of two folders lies in the other. */
function nested(a: RawPath, b: RawPath): boolean {
  return isInside(a, b) || isInside(b, a);
}

/** Whether two folders have files in common: a volume that is mounted inside the other is a place of its own. */
export function overlap(a: RootIdentity, b: RootIdentity): boolean {
  return nested(a.path, b.path) && a.device === b.device;
}

/** The same of a location, which may be out of reach: then nothing speaks for its standing on a volume of its own. */
export async function overlapsLocation(
  files: Files,
  root: RootIdentity,
  location: LocationIdentity,
): Promise<boolean> {
  if (!nested(root.path, location.root)) return false;
  const found = await files.identifyRoot(location.root).catch(() => undefined);
  return found === undefined || overlap(root, found);
}
