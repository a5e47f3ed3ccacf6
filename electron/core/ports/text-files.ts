import { HoldfastError } from '../../../shared/domain/errors.ts';
import { displayPath, type RawPath } from '../../../shared/domain/path.ts';
import { errnoOf } from './errno.ts';

/**
 * Of a file that somebody handed over to be read, such as a table or a manifest. A pipe or a device would never end.
 * @param what it is to be, in words: `CSV file`
 * @param stats of what is there, asked by the adapter
 * @returns what is there
 * @throws HoldfastError BAD_INPUT where there is none, or it may not be read
 */
export async function requireTextFile<Stats extends { isFile(): boolean }>(
  path: RawPath,
  what: string,
  stats: Promise<Stats>,
): Promise<Stats> {
  try {
    const found = await stats;
    if (found.isFile()) return found;
  } catch (error) {
    throw unreadable(error, path);
  }
  throw new HoldfastError('BAD_INPUT', `${displayPath(path)} is no file. Name a ${what}. Nothing was done.`);
}

/** Why it cannot be read, for a person. What says so already stays as it is. */
export function unreadable(error: unknown, path: RawPath): HoldfastError {
  if (error instanceof HoldfastError) return error;
  const errno = errnoOf(error);
  const why =
    errno === 'ENOENT' || errno === 'ENOTDIR'
      ? 'is not there. Check its spelling.'
      : errno === 'EACCES' || errno === 'EPERM'
        ? 'may not be read. Give this user permission to read it.'
        : `cannot be read (${errno ?? String(error)}).`;
  return new HoldfastError('BAD_INPUT', `${displayPath(path)} ${why} Nothing was done.`, { cause: error });
}
