/**
 * What a rebuild reads of a bag that Holdfast wrote: its manifests and what it says of itself. What others write is received by
 * the bagit adapter, which knows every spelling; here anything but our own is damage.
 */
import { closeSync, constants, openSync, readSync } from 'node:fs';
import { HoldfastError } from '../../../../shared/domain/errors.ts';
import { isSafeRelative } from './safe-paths.ts';

export interface ManifestEntry {
  /** Relative to the bag. */
  readonly path: string;
  readonly digest: Buffer;
}

const STEP = 1024 * 1024;
const LONGEST_LINE = 64 * 1024;
const INFO_BYTES = 256 * 1024;

/** @throws HoldfastError BAD_INPUT where it is not there, cannot be read or is no manifest. */
export function readManifest(bag: Buffer, name: string, digestLength: number): Map<string, ManifestEntry> {
  const entries = new Map<string, ManifestEntry>();
  const shape = new RegExp(`^([0-9a-f]{${digestLength * 2}}) [ *](.+)$`);
  for (const line of lines(bag, name)) {
    const [, digest, encoded] = shape.exec(line) ?? [];
    if (digest === undefined || encoded === undefined)
      throw bad(name, 'has a line that is none of a manifest');
    const path = encoded.replace(/%(0D|0A|25)/gi, (_, code: string) =>
      String.fromCharCode(parseInt(code, 16)),
    );
    if (!isSafeRelative(Buffer.from(path))) throw bad(name, 'names a path that leaves the bag');
    if (entries.has(path)) throw bad(name, 'names a path twice');
    entries.set(path, { path, digest: Buffer.from(digest, 'hex') });
  }
  return entries;
}

/** Values of bag-info.txt by their labels, the first of each; empty where it cannot be read. */
export function readBagInfo(bag: Buffer): Map<string, string> {
  const values = new Map<string, string>();
  let label = '';
  try {
    let bytes = 0;
    for (const line of lines(bag, 'bag-info.txt')) {
      if ((bytes += line.length) > INFO_BYTES) break;
      const more = /^[ \t]+(.*)$/.exec(line)?.[1];
      if (more !== undefined && label !== '') {
        values.set(label, `${values.get(label) ?? ''} ${more}`);
        continue;
      }
      const [, found = '', value = ''] = /^([^:]+):[ \t]*(.*)$/.exec(line) ?? [];
      label = values.has(found) ? '' : found;
      if (label !== '') values.set(label, value);
    }
  } catch {
    // A bag without it is still a bag: it then says nothing of itself.
  }
  return values;
}

function* lines(bag: Buffer, name: string): Generator<string> {
  const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants;
  // Undefined on Windows.
  const careful = ((O_NOFOLLOW as number | undefined) ?? 0) | ((O_NONBLOCK as number | undefined) ?? 0);
  let descriptor: number;
  try {
    descriptor = openSync(Buffer.concat([bag, Buffer.from(`/${name}`)]), O_RDONLY | careful);
  } catch (error) {
    throw bad(name, `cannot be read (${codeOf(error)})`);
  }
  try {
    const decoder = new TextDecoder('utf-8', { fatal: true });
    const memory = Buffer.allocUnsafe(STEP);
    let rest = '';
    for (;;) {
      const count = readSync(descriptor, memory, 0, STEP, null);
      rest += decoder.decode(memory.subarray(0, count), { stream: count > 0 });
      let from = 0;
      for (let end; (end = rest.indexOf('\n', from)) >= 0; from = end + 1)
        yield rest.slice(from, end).replace(/\r$/, '');
      rest = rest.slice(from);
      if (rest.length > LONGEST_LINE) throw bad(name, 'has a line that is too long');
      if (count === 0) break;
    }
    if (rest !== '') yield rest;
  } catch (error) {
    if (error instanceof HoldfastError) throw error;
    throw bad(name, error instanceof TypeError ? 'is not UTF-8' : `cannot be read (${codeOf(error)})`);
  } finally {
    closeSync(descriptor);
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}

function bad(name: string, what: string): HoldfastError {
  return new HoldfastError('BAD_INPUT', `its ${name} ${what}`);
}
