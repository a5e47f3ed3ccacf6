import { execFile } from 'node:child_process';
import { lstat, mkdir, readFile, readlink, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { HoldfastError } from '../../../shared/domain/errors.ts';

const run = promisify(execFile);
const WITHIN_MS = 15_000;

interface WantedFile {
  /** Absolute. */
  readonly path: string;
  readonly text: string;
  readonly encoding: 'utf8' | 'utf16le';
}

/**
 * Writes files of the system's scheduler, each whole or not at all.
 * @param mark what every file of ours holds
 * @throws HoldfastError BAD_INPUT where one stands there that does not hold it; nothing is written then
 */
export async function writeTimerFiles(files: readonly WantedFile[], mark: string): Promise<void> {
  for (const { path, encoding } of files) await requireOurs(path, encoding, mark);
  for (const { path, text, encoding } of files) {
    await mkdir(dirname(path), { recursive: true });
    const part = `${path}.part`;
    // Windows reads UTF-16 by its mark.
    await writeFile(part, encoding === 'utf16le' ? `\uFEFF${text}` : text, { encoding, mode: 0o644 });
    await rename(part, path);
  }
}

/** As `systemctl enable` does: a link from what wants it. */
export async function wantedBy(unit: string, target: string): Promise<void> {
  const folder = join(dirname(unit), `${target}.wants`);
  const link = join(folder, basename(unit));
  await mkdir(folder, { recursive: true });
  const to = relative(folder, unit);
  if ((await linkAt(link)) === to) return;
  if ((await stateOf(link)) !== 'absent') throw inTheWay(link);
  await symlink(to, link);
}

/** Removes files that are ours, and links to them; says which there were. @throws HoldfastError BAD_INPUT for one that is not */
export async function removeTimerFiles(
  files: readonly Pick<WantedFile, 'path' | 'encoding'>[],
  mark: string,
): Promise<string[]> {
  for (const { path, encoding } of files) await requireOurs(path, encoding, mark);
  const removed: string[] = [];
  for (const { path } of files) {
    const link = join(dirname(path), 'timers.target.wants', basename(path));
    if ((await linkAt(link)) !== undefined) await rm(link);
    if ((await stateOf(path)) === 'absent') continue;
    await rm(path);
    removed.push(path);
  }
  return removed;
}

/** Runs a program of the system; its output, or undefined where it is not there or refuses. */
export async function ask(program: string, words: readonly string[]): Promise<string | undefined> {
  try {
    const { stdout } = await run(program, [...words], { timeout: WITHIN_MS, encoding: 'utf8' });
    return stdout.trim();
  } catch {
    return undefined;
  }
}

async function requireOurs(path: string, encoding: WantedFile['encoding'], mark: string): Promise<void> {
  const state = await stateOf(path);
  if (state === 'absent') return;
  if (state !== 'file' || !(await readFile(path, encoding)).includes(mark)) throw inTheWay(path);
}

async function stateOf(path: string): Promise<'absent' | 'file' | 'other'> {
  try {
    return (await lstat(path)).isFile() ? 'file' : 'other';
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 'absent';
    throw error;
  }
}

async function linkAt(path: string): Promise<string | undefined> {
  return readlink(path).catch(() => undefined);
}

function inTheWay(path: string): HoldfastError {
  return new HoldfastError(
    'BAD_INPUT',
    `${path} stands there and was not written by Holdfast for this archive. Nothing was changed. Move it away first.`,
  );
}
