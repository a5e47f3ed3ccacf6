/**
 * What a machine can do at best with two threads and nothing else: SHA-256 of node:crypto over every file below a folder, in pieces of
 * a megabyte. Prints how many files it digested.
 */
import { createHash } from 'node:crypto';
import { closeSync, openSync, readdirSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';

const THREADS = 2;
const PIECE = 1 << 20;

function digest(path: string, piece: Buffer): void {
  const hash = createHash('sha256');
  const handle = openSync(path, 'r');
  try {
    for (;;) {
      const length = readSync(handle, piece);
      if (length === 0) break;
      hash.update(piece.subarray(0, length));
    }
  } finally {
    closeSync(handle);
  }
  hash.digest();
}

if (isMainThread) {
  const dir = process.argv[2] ?? '.';
  const paths = readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  // One counter for both: who is done takes the next file.
  const next = new Int32Array(new SharedArrayBuffer(4));
  const threads = Array.from(
    { length: THREADS },
    () => new Worker(new URL(import.meta.url), { workerData: { paths, next } }),
  );
  const counts = await Promise.all(
    threads.map(
      (thread) =>
        new Promise<number>((resolve, reject) => void thread.once('message', resolve).once('error', reject)),
    ),
  );
  process.stdout.write(`${counts.reduce((sum, count) => sum + count, 0)}\n`);
} else {
  const { paths, next } = workerData as { paths: readonly string[]; next: Int32Array };
  const piece = Buffer.allocUnsafe(PIECE);
  let count = 0;
  for (let path = paths[Atomics.add(next, 0, 1)]; path !== undefined; path = paths[Atomics.add(next, 0, 1)]) {
    digest(path, piece);
    count += 1;
  }
  parentPort?.postMessage(count);
}
