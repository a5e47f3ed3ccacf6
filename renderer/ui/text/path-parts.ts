import { shortenMiddle } from '../../../shared/domain/path.ts';
import { plainVisible } from './visible.ts';

/** Longer than any path that a system opens. */
const MOST = 8_192;
const NAME_COLUMNS = 64;

/**
 * A path as folders, which give way first, and the name, which is shortened in its own middle only where it is very long.
 * `full` is what hover and focus show.
 */
export function pathParts(display: string): {
  readonly folder: string;
  readonly name: string;
  readonly full: string;
} {
  const full = plainVisible(display, MOST);
  const slash = full.replace(/\/+$/, '').lastIndexOf('/');
  return { folder: full.slice(0, slash + 1), name: shortenMiddle(full.slice(slash + 1), NAME_COLUMNS), full };
}
