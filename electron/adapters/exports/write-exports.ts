import { createHash, randomUUID } from 'node:crypto';
import { link, mkdir, open, rename, rm, stat, unlink, type FileHandle } from 'node:fs/promises';
import { HoldfastError } from '../../../shared/domain/errors.ts';
import { displayPath, joinRaw, parentOf, utf8Path, type RawPath } from '../../../shared/domain/path.ts';
import type { ExportedContent, ExportedFile, Exports } from '../../core/ports/exports.ts';

interface Staged extends Omit<ExportedFile, 'path'> {
  readonly at: RawPath;
  readonly extension: string;
}

const BLOCK = 64 * 1024;
const MOST_NAMES = 10_000;

/** Hand-outs on the disk: staged beside their place, synced, and named only when they are whole. */
export const exports: Exports = {
  async write(folder, name, files) {
    const staged: Staged[] = [];
    try {
      await makeFolder(folder);
      for (const file of files) staged.push(await stage(folder, name, file));
      const written = await publish(folder, name, staged);
      await syncFolder(folder);
      return written;
    } catch (error) {
      throw readable(error, folder);
    } finally {
      for (const { at } of staged) await rm(asBuffer(at), { force: true });
    }
  },
};

/** Not with `recursive`: where the system refuses a folder (/proc), Node then tries for ever. */
async function makeFolder(folder: RawPath): Promise<void> {
  try {
    await mkdir(asBuffer(folder));
  } catch (error) {
    const parent = parentOf(folder);
    if (codeOf(error) === 'ENOENT' && parent.length > 0 && parent.length < folder.length) {
      await makeFolder(parent);
      await mkdir(asBuffer(folder));
    } else if (codeOf(error) !== 'EEXIST') throw error;
    else if (!(await stat(asBuffer(folder))).isDirectory()) throw notAFolder(folder);
  }
}

async function stage(folder: RawPath, name: string, content: ExportedContent): Promise<Staged> {
  const at = joinRaw(folder, utf8Path(`.${name}.${randomUUID()}.partial`));
  const file = await open(asBuffer(at), 'wx');
  try {
    const { size, sha256 } = await pour(file, bytesOf(content));
    await file.sync();
    return { at, extension: content.extension, size, sha256 };
  } catch (error) {
    await rm(asBuffer(at), { force: true });
    throw error;
  } finally {
    await file.close();
  }
}

async function pour(
  file: FileHandle,
  content: AsyncIterable<Uint8Array>,
): Promise<{ size: number; sha256: string }> {
  const hash = createHash('sha256');
  let size = 0;
  for await (const bytes of content) {
    hash.update(bytes);
    size += bytes.length;
    await file.writeFile(bytes);
  }
  return { size, sha256: hash.digest('hex') };
}

/** In blocks: a row at a time would be a call of the system for each. */
async function* bytesOf(content: ExportedContent): AsyncGenerator<Uint8Array> {
  if ('bytes' in content) {
    yield* content.bytes();
    return;
  }
  let waiting = '';
  for await (const piece of content.text()) {
    waiting += piece;
    if (waiting.length < BLOCK) continue;
    yield Buffer.from(waiting, 'utf8');
    waiting = '';
  }
  yield Buffer.from(waiting, 'utf8');
}

/** Gives all of them one name that is free for each; what stands there is never replaced. */
async function publish(folder: RawPath, name: string, staged: readonly Staged[]): Promise<ExportedFile[]> {
  for (let n = 1; n <= MOST_NAMES; n++) {
    const stem = n === 1 ? name : `${name}-${String(n)}`;
    const done: ExportedFile[] = [];
    for (const { at, extension, size, sha256 } of staged) {
      const path = joinRaw(folder, utf8Path(`${stem}.${extension}`));
      if (!(await nameAs(at, path))) break;
      done.push({ path, size, sha256 });
    }
    if (done.length === staged.length) return done;
    for (const { path } of done) await unlink(asBuffer(path));
  }
  throw new HoldfastError(
    'BAD_INPUT',
    `${displayPath(folder)} holds ${MOST_NAMES} files of this name already. Choose another folder.`,
  );
}

/** False where the name is taken. A link fails on a name that is taken, where a rename would replace it. */
async function nameAs(staged: RawPath, path: RawPath): Promise<boolean> {
  try {
    await link(asBuffer(staged), asBuffer(path));
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    if (!NO_LINKS.has(codeOf(error))) throw error;
  }
  // FAT and its kin know no links: an empty file of our own takes the name first, and is then replaced.
  try {
    await (await open(asBuffer(path), 'wx')).close();
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
  await rename(asBuffer(staged), asBuffer(path));
  return true;
}

const NO_LINKS: ReadonlySet<string> = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK']);

async function syncFolder(folder: RawPath): Promise<void> {
  const handle = await open(asBuffer(folder), 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function readable(error: unknown, folder: RawPath): unknown {
  const at = displayPath(folder);
  switch (codeOf(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new HoldfastError(
        'DISK_FULL',
        `The volume of ${at} is full, so nothing was written there. Make room, or name another folder.`,
        { cause: error },
      );
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new HoldfastError(
        'BAD_INPUT',
        `Nothing can be written in ${at}. Give this user permission, or name another folder.`,
        { cause: error },
      );
    case 'ENOENT':
    case 'ENOTDIR':
    case 'EEXIST':
      return notAFolder(folder, error);
    default:
      return error;
  }
}

function notAFolder(folder: RawPath, cause?: unknown): HoldfastError {
  return new HoldfastError(
    'NOT_A_FOLDER',
    `${displayPath(folder)} is no folder. Name a folder to write the files into.`,
    { cause },
  );
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

function asBuffer(path: RawPath): Buffer {
  return Buffer.from(path);
}
