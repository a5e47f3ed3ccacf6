/** Volumes of a test's own with a file system of a disk: a file is formatted and mounted as one, and gone when the test ends. */
import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Need } from './skips.ts';

const formats = {
  ext4: { make: ['mkfs.ext4', '-q', '-m', '0'], mount: ['mount', '-t', 'ext4', '-o', 'errors=remount-ro'] },
  /** As portable disks have it: names that differ by case only are one, and are listed as they were written. */
  exfat: { make: ['mkfs.exfat'], mount: ['mount.exfat-fuse'] },
  /** Names that differ by case only are one, and are listed in lower case. */
  ntfs: { make: ['mkfs.ntfs', '-F', '-q'], mount: ['lowntfs-3g', '-o', 'ignore_case'] },
} as const;

type Format = keyof typeof formats;

function run([program = '', ...words]: readonly string[]): string {
  return execFileSync(program, words, { stdio: ['ignore', 'pipe', 'ignore'], encoding: 'utf8' }).trim();
}

/** A device that reads and writes the image, until it is given back. */
class Image {
  readonly #format: Format;
  readonly #path: string;
  readonly #at: string;
  #device: string | undefined;

  constructor(format: Format, path: string, megabytes: number, at: string) {
    this.#format = format;
    this.#path = path;
    this.#at = at;
    writeFileSync(path, '');
    truncateSync(path, megabytes * 1024 * 1024);
    run([...formats[format].make, path]);
    mkdirSync(at, { recursive: true });
  }

  mount(): void {
    this.#device = run(['losetup', '--find', '--show', this.#path]);
    run([...formats[this.#format].mount, this.#device, this.#at]);
  }

  /** Gone from the tree at once, whoever has a file open; the device goes when the last of them is closed. */
  unmount(): void {
    if (readFileSync('/proc/self/mountinfo', 'utf8').includes(` ${this.#at} `))
      run(['umount', '--lazy', this.#at]);
    if (this.#device !== undefined) run(['losetup', '--detach', this.#device]);
    this.#device = undefined;
  }

  /** An error as the kernel meets it on a disk that fails: with `errors=remount-ro` nothing is written from then on. */
  fail(): void {
    if (this.#format !== 'ext4' || this.#device === undefined)
      throw new Error('only a mounted ext4 can fail');
    writeFileSync(join('/sys/fs/ext4', basename(this.#device), 'trigger_fs_error'), 'tried by a test');
  }

  check(): void {
    try {
      run(['fsck.ext4', '-p', this.#path]);
    } catch {
      // Exit 1: errors were found and mended, which is what it is for.
    }
  }
}

function canMount(format: Format): boolean {
  const dir = mkdtempSync(join(tmpdir(), 'holdfast-mount-'));
  let image: Image | undefined;
  try {
    image = new Image(format, join(dir, 'image'), 16, join(dir, 'volume'));
    image.mount();
    if (format === 'ext4') image.fail();
    return true;
  } catch {
    return false; // not root, or a container without loop devices or FUSE
  } finally {
    image?.unmount();
    rmSync(dir, { recursive: true, force: true });
  }
}

/** Where the programs are there and mounting fails all the same, the machine does not give the right to it. */
export function aVolumeOf(format: Format): Need {
  const tools = [formats[format].make[0], formats[format].mount[0]];
  const isInstalled = (tool: string): boolean =>
    ['/bin', '/sbin', '/usr/bin', '/usr/sbin'].some((folder) => existsSync(join(folder, tool)));
  if (process.getuid?.() === 0 && !tools.every(isInstalled)) return { tool: tools };
  return { granted: `the right to mount an image of ${format}`, available: canMount(format) };
}

export interface RealVolume {
  readonly at: string;
  /** As the kernel makes it after an error of the disk, whatever is being written. */
  turnReadOnly(): void;
  /** Mounts it anew, checked and writable. */
  plugIn(): void;
  unplug(): void;
}

/** Formats and mounts an empty volume at `at`, beside which its image lies. */
export function realVolume(format: Format, at: string, megabytes: number): RealVolume {
  const image = new Image(format, `${at}.image`, megabytes, at);
  onTestFinished(() => image.unmount());
  image.mount();
  return {
    at,
    turnReadOnly: () => image.fail(),
    unplug: () => image.unmount(),
    plugIn: () => {
      image.unmount();
      image.check();
      image.mount();
    },
  };
}
