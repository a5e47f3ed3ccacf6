/** The port of bytes as the tests use it: paths as text or bytes, results collected. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Files } from '../../electron/core/ports/files.ts';
import type { FileProblem, FileReading, FileOutcome } from '../../electron/core/ports/readings.ts';
import { createFiles, type FilesOptions } from '../../electron/workers/files.ts';
import { joinRaw, type RawPath, rawPath, utf8Path } from '../../shared/domain/path.ts';

export const noAbort = (): AbortSignal => new AbortController().signal;

/** A folder of its own for a test, and the threads that read in it; both are cleared away by `close`. */
export function bench(options?: FilesOptions): { folder: string; files: Files; close: () => Promise<void> } {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-files-'));
  const files = createFiles(options ?? { threads: 2 });
  return {
    folder,
    files,
    close: async () => {
      await files.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export interface Scanned {
  /** Relative paths in latin1, so that any bytes can be compared, with [size, mtimeNs, ctimeNs, inode]. */
  readonly found: Map<string, readonly bigint[]>;
  readonly notes: { readonly path: string; readonly problem: FileProblem }[];
  readonly complete: Set<string>;
}

export async function scanAll(files: Files, root: string | RawPath, signal = noAbort()): Promise<Scanned> {
  const scanned: Scanned = { found: new Map(), notes: [], complete: new Set() };
  for await (const slices of files.scan(typeof root === 'string' ? utf8Path(root) : root, signal, 'alone')) {
    for (const { folder, names, stamps, notes, last } of slices) {
      names.forEach((name, i) => {
        scanned.found.set(latin1(joinRaw(folder, name)), [...stamps.subarray(i * 4, i * 4 + 4)]);
      });
      for (const { name, problem } of notes)
        scanned.notes.push({ path: latin1(joinRaw(folder, name)), problem });
      if (last) scanned.complete.add(latin1(folder));
    }
  }
  return scanned;
}

export function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1');
}

export async function readOne(files: Files, folder: string, name: string | Uint8Array): Promise<FileOutcome> {
  const bytes = typeof name === 'string' ? Buffer.from(name) : name;
  const [outcome] = await files.readAll(utf8Path(folder), rawPath(new Uint8Array(0)), [bytes], [], noAbort());
  if (outcome === undefined) throw new Error('no outcome');
  return outcome;
}

export function asReading(outcome: FileOutcome): FileReading {
  if (outcome.status !== 'read') throw new Error(`failed: ${JSON.stringify(outcome.problem)}`);
  return outcome;
}
