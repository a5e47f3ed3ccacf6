import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, onTestFinished } from 'vitest';

/** A folder of the test's own, gone when it ends. */
export function tempFolder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'holdfast-test-'));
  onTestFinished(() => {
    rmSync(dir, { recursive: true, force: true });
  });
  return dir;
}

/** A folder that lives as long as the tests of one file. Called at the top of that file or of a suite. */
export function sharedFolder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'holdfast-test-'));
  afterAll(() => {
    rmSync(dir, { recursive: true, force: true });
  });
  return dir;
}
