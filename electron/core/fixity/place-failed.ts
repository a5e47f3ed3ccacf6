import { HoldfastError } from '../../../shared/domain/errors.ts';
import { displayPath, type RawPath } from '../../../shared/domain/path.ts';

const FULL: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT']);

/** A place that a recovery could not write to; what was begun there is gone on with once it is run again. */
export function placeFailed(path: RawPath, errno: string | undefined, cause?: unknown): HoldfastError {
  const where = displayPath(path);
  return errno !== undefined && FULL.has(errno)
    ? new HoldfastError(
        'DISK_FULL',
        `There is no room left at ${where}. Nothing was lost or overwritten. Make room there, then run this again to go on.`,
        { cause },
      )
    : new HoldfastError(
        'LOCATION_UNREACHABLE',
        `${where} cannot be written to (${errno ?? 'no reason given'}). Nothing was lost or overwritten. Check that its volume is connected and writable, then run this again to go on.`,
        { cause },
      );
}
