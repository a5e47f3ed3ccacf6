/** Paths from the command line to the contract: absolute, as bytes, without `.` and `..`. */
import { readlinkSync, realpathSync } from 'node:fs';
import { joinRaw, pathToJson, rawPath, utf8Path, type RawPath } from '../../shared/domain/path.ts';
import type { PathValue } from '../../shared/contract/common.ts';
import { UsageError } from './errors.ts';
import { base64ToPath, wordToPath } from './words.ts';

/** Where the person stands. `process.cwd()` would lose bytes that are not UTF-8. */
function workingFolder(): RawPath {
  if (process.platform !== 'linux') return utf8Path(process.cwd());
  try {
    return rawPath(readlinkSync('/proc/self/cwd', { encoding: 'buffer' }));
  } catch {
    return utf8Path(process.cwd());
  }
}

/** The absolute path that a word or a base64 option means, for the contract. */
export function pathFromWord(word: string): PathValue {
  if (word === '') throw new UsageError('A path is empty.');
  try {
    return toContract(absolute(wordToPath(word)));
  } catch (error) {
    if (error instanceof RangeError) throw new UsageError(`This is no path: ${error.message}.`);
    throw error;
  }
}

export function pathFromBase64(text: string): PathValue {
  try {
    const path = base64ToPath(text);
    if (path.length === 0) throw new RangeError('it is empty');
    return toContract(absolute(path));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new UsageError(`--path-base64 ${text} is not the base64 of a path: ${error.message}.`);
  }
}

/** PATH arguments and --path-base64 options together. */
export function pathsFrom(words: readonly string[], base64: readonly string[]): PathValue[] {
  const paths = [...words.map(pathFromWord), ...base64.map(pathFromBase64)];
  if (paths.length === 0) throw new UsageError('Name at least one folder or file (or use --path-base64).');
  return paths;
}

function toContract(path: RawPath): PathValue {
  const { display, bytes } = pathToJson(path);
  return bytes === undefined ? { display } : { display, bytes };
}

function absolute(path: RawPath): RawPath {
  if (process.platform === 'win32') return path;
  const full = path[0] === 0x2f ? path : joinRaw(workingFolder(), path);
  return normalise(full);
}

/** Latin-1 keeps bytes one to one, so that segments can be compared as text. */
function normalise(path: RawPath): RawPath {
  let segments = Buffer.from(path)
    .toString('latin1')
    .split('/')
    .filter((part) => part !== '' && part !== '.');
  const climb = segments.lastIndexOf('..');
  if (climb >= 0) {
    // `link/..` is the parent of what the link names, not of the link: only the system can say which that is.
    const prefix = Buffer.from(`/${segments.slice(0, climb + 1).join('/')}`, 'latin1');
    const real = realFolder(prefix);
    segments = [...(real ?? lexical(segments.slice(0, climb + 1))), ...segments.slice(climb + 1)];
  }
  return rawPath(Buffer.from(`/${segments.join('/')}`, 'latin1'));
}

function realFolder(path: Buffer): string[] | undefined {
  try {
    const real = realpathSync.native(path, { encoding: 'buffer' });
    return real
      .toString('latin1')
      .split('/')
      .filter((part) => part !== '');
  } catch {
    return undefined; // it is not there: the host says so about the path as a whole
  }
}

function lexical(segments: readonly string[]): string[] {
  const kept: string[] = [];
  for (const part of segments) {
    if (part === '..') kept.pop();
    else kept.push(part);
  }
  return kept;
}
