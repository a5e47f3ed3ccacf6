/** Volumes of a test's own: small ones that fill up, and ones that can be taken away. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Need } from './skips.ts';

function canMount(): boolean {
  const dir = mkdtempSync(join(tmpdir(), 'holdfast-mount-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'holdfast-test', dir], { stdio: 'ignore' });
    execFileSync('umount', [dir], { stdio: 'ignore' });
    return true;
  } catch {
    return false; // not root, or a container that may not mount
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

export const theRightToMount: Need = { that: 'the right to mount a volume', available: canMount() };

export interface Volume {
  readonly at: string;
  remount(options: string): void;
  unmount(): void;
}

/** Mounts an empty volume in memory, gone when the test ends. `size` as tmpfs takes it: `1m`. */
export function mountVolume(at: string, size: string): Volume {
  mkdirSync(at, { recursive: true });
  const mount = (...options: readonly string[]): void =>
    void execFileSync('mount', ['-t', 'tmpfs', '-o', ...options, 'holdfast-test', at]);
  mount(`size=${size}`);
  let mounted = true;
  const unmount = (): void => {
    if (mounted) execFileSync('umount', [at]);
    mounted = false;
  };
  onTestFinished(unmount);
  return { at, unmount, remount: (options) => mount(`remount,${options}`) };
}
