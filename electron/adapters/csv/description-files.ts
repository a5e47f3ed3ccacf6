import { randomUUID } from 'node:crypto';
import { open, rename, unlink, type FileHandle } from 'node:fs/promises';
import { stringify } from 'csv-stringify/sync';
import { HoldfastError } from '../../../shared/domain/errors.ts';
import {
  baseName,
  displayPath,
  joinRaw,
  parentOf,
  utf8Path,
  type RawPath,
} from '../../../shared/domain/path.ts';
import type { DescriptionFiles } from '../../core/ports/describing.ts';
import { openTable } from './open-table.ts';

/** CSV files on disk: UTF-8 with a byte order mark, by which spreadsheets know it, and CRLF (RFC 4180). */
export const descriptionFiles: DescriptionFiles = { open: openTable, write: writeTable };

async function writeTable(
  path: RawPath,
  separator: string,
  slices: AsyncIterable<readonly (readonly string[])[]>,
): Promise<void> {
  const at = Buffer.from(path);
  // Its name is taken at once, so that nobody's file is written over; what it names is written beside it until it is whole.
  const beside = Buffer.from(
    joinRaw(parentOf(path), Buffer.concat([utf8Path(`.${randomUUID()}-`), baseName(path)]).subarray(0, 200)),
  );
  let file: FileHandle | undefined;
  let taken = false;
  try {
    await (await open(at, 'wx')).close();
    taken = true;
    file = await open(beside, 'wx');
    await file.writeFile('\ufeff');
    for await (const rows of slices)
      await file.writeFile(
        stringify(rows as string[][], {
          delimiter: separator,
          record_delimiter: '\r\n',
          quoted_string: true,
        }),
      );
    await file.sync();
    await file.close();
    file = undefined;
    await rename(beside, at);
  } catch (error) {
    if (taken) await unlink(at).catch(() => undefined);
    throw writeError(error, path);
  } finally {
    await file?.close().catch(() => undefined);
    await unlink(beside).catch(() => undefined);
  }
}

function writeError(error: unknown, path: RawPath): Error {
  if (error instanceof HoldfastError) return error;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const told = displayPath(path);
  switch (code) {
    case 'EEXIST':
      return new HoldfastError(
        'BAD_INPUT',
        `${told} is there already, and is not written over. Choose another name.`,
      );
    case 'ENOENT':
    case 'ENOTDIR':
      return new HoldfastError(
        'BAD_INPUT',
        `The folder of ${told} is not there. Make it, or choose another.`,
      );
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new HoldfastError('BAD_INPUT', `${told} may not be written. Choose another folder.`);
    case 'ENOSPC':
    case 'EDQUOT':
      return new HoldfastError('DISK_FULL', `There is no room for ${told}. Make room, then run this again.`);
    default:
      return error instanceof Error ? error : new Error(String(error));
  }
}
