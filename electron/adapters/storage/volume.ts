/** What a folder is known by: its real path, its inode, and the file system that it stands on. */
import { type BigIntStats, readdirSync, readFileSync, readlinkSync, realpathSync } from 'node:fs';
import { opendir, realpath, stat } from 'node:fs/promises';
import type { RootIdentity } from '../../core/ports/files.ts';
import { HoldfastError } from '../../../shared/domain/errors.ts';
import { displayPath, isInside, type RawPath, rawPath } from '../../../shared/domain/path.ts';
import { readMarker } from './managed-store.ts';
import { errnoOf } from '../../core/ports/errno.ts';
import { disksBelow } from './disks-below.ts';
import { isRotational } from './rotational.ts';

/** One line of /proc/self/mountinfo (proc(5)). */
export interface Mount {
  /** `major:minor` of the device. */
  readonly device: string;
  readonly point: RawPath;
  readonly type: string;
  /** Device node, or what the file system calls itself by. */
  readonly source: string;
}

/** File systems whose files are on another machine, by the names that Linux and macOS mount them under. */
const networkTypes = new Set(
  (
    'nfs nfs4 cifs smb smb2 smb3 smbfs ncpfs ncp afs afpfs coda 9p ceph glusterfs lustre gpfs beegfs orangefs pvfs2 ' +
    'davfs davfs2 webdav fuse.sshfs fuse.rclone fuse.davfs2 fuse.glusterfs fuse.ceph fuse.ceph-fuse fuse.s3fs ' +
    'fuse.goofys fuse.gcsfuse fuse.curlftpfs fuse.smbnetfs fuse.juicefs fuse.moosefs fuse.gvfsd-fuse sshfs ftpfs'
  ).split(' '),
);

/**
 * Identifies a folder; symbolic links in its own path are resolved. Asynchronous, since a network folder may be long in
 * answering, or never answer.
 * @throws HoldfastError FOLDER_NOT_FOUND, NOT_A_FOLDER, FOLDER_UNREADABLE
 */
export async function identifyRoot(path: RawPath): Promise<RootIdentity> {
  const found = await identifyFolder(path);
  // A damaged marker is told by whoever means to write there.
  const marker = await readMarker(found.path).catch(() => undefined);
  return marker === undefined ? found : { ...found, marker };
}

async function identifyFolder(path: RawPath): Promise<RootIdentity> {
  const shown = displayPath(path);
  let real: RawPath;
  let stats: BigIntStats;
  try {
    real = rawPath(await realpath(Buffer.from(path), { encoding: 'buffer' }));
    stats = await stat(Buffer.from(real), { bigint: true });
  } catch (error) {
    throw rootError(error, shown);
  }
  if (!stats.isDirectory()) {
    throw new HoldfastError('NOT_A_FOLDER', `${shown} is not a folder. Name the folder that holds it.`);
  }
  try {
    await (await opendir(Buffer.from(real))).close();
  } catch (error) {
    throw rootError(error, shown);
  }
  const { dev: device } = stats;
  const inode = BigInt.asIntN(64, stats.ino);
  if (process.platform !== 'linux') {
    // The device number is all that Node can tell there; it does not outlive an unmount, so it is no identity.
    return { path: real, inode, device, fileSystemType: 'unknown', network: isUncPath(real), standsOn: [] };
  }
  const mount = findMount(readMounts(), real, deviceNumber(stats.dev));
  if (mount === undefined)
    return { path: real, inode, device, fileSystemType: 'unknown', network: false, standsOn: [] };
  const fileSystem = fileSystemId(mount);
  const rotational = isRotational(mount.device);
  return {
    path: real,
    inode,
    device,
    ...(fileSystem === undefined ? {} : { fileSystem }),
    fileSystemType: mount.type,
    network: isNetwork(mount),
    standsOn: standsOn(mount),
    ...(rotational === undefined ? {} : { rotational }),
  };
}

function rootError(error: unknown, shown: string): HoldfastError {
  const errno = errnoOf(error);
  const options = { cause: error };
  switch (errno) {
    case 'ENOENT':
      return new HoldfastError(
        'FOLDER_NOT_FOUND',
        `There is no folder at ${shown}. Check its spelling, and that its disk is connected.`,
        options,
      );
    case 'ENOTDIR':
      return new HoldfastError(
        'NOT_A_FOLDER',
        `${shown} is not a folder, or a part of its path is a file. Name a folder.`,
        options,
      );
    case 'ELOOP':
      return new HoldfastError(
        'FOLDER_UNREADABLE',
        `${shown} is a symbolic link that leads in a circle. Name the folder itself.`,
        options,
      );
    case 'ENAMETOOLONG':
      return new HoldfastError(
        'FOLDER_UNREADABLE',
        `The path ${shown.slice(0, 80)}… is longer than this system can open. Shorten it, or mount the folder elsewhere.`,
        options,
      );
    case 'EACCES':
    case 'EPERM':
      return new HoldfastError(
        'FOLDER_UNREADABLE',
        `The folder ${shown} may not be read (${errno}). Give this user permission to list it, then try again.`,
        options,
      );
    default:
      return new HoldfastError(
        'FOLDER_UNREADABLE',
        `The folder ${shown} could not be read (${errno ?? String(error)}). Check its disk and its connection, then try again.`,
        options,
      );
  }
}

/** Linux encodes a device number in 64 bits as in gnu_dev_major(3). */
function deviceNumber(device: bigint): string {
  const major = ((device >> 8n) & 0xfffn) | ((device >> 32n) & 0xfffff000n);
  const minor = (device & 0xffn) | ((device >> 12n) & 0xffffff00n);
  return `${major}:${minor}`;
}

function readMounts(): Mount[] {
  try {
    return parseMounts(readFileSync('/proc/self/mountinfo'));
  } catch {
    return []; // no /proc: then a root is known by its inode alone
  }
}

/** Mounts in the order in which they were made. Paths are bytes; blanks and backslashes in them are octal. */
export function parseMounts(mountinfo: Uint8Array): Mount[] {
  const mounts: Mount[] = [];
  for (const line of Buffer.from(mountinfo).toString('latin1').split('\n')) {
    // 36 35 98:0 /root /mount/point rw,noatime master:1 - ext4 /dev/root rw
    const [before = '', after = ''] = line.split(' - ', 2);
    const [, , device, , point] = before.split(' ');
    const [type, source] = after.split(' ');
    if (device === undefined || point === undefined || type === undefined) continue;
    mounts.push({ device, point: unescapePoint(point), type, source: source ?? '' });
  }
  return mounts;
}

function unescapePoint(point: string): RawPath {
  const text = point.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(parseInt(octal, 8)));
  return rawPath(Uint8Array.from(Buffer.from(text, 'latin1')));
}

/** The deepest mount that holds the path; of several on one point the last, which hides the others. @testonly */
export function findMount(mounts: readonly Mount[], path: RawPath, device: string): Mount | undefined {
  let best: Mount | undefined;
  for (const mount of mounts) {
    if (!isInside(mount.point, path)) continue;
    if (best === undefined || mount.point.length >= best.point.length) best = mount;
  }
  // btrfs gives each subvolume a device number of its own, so a difference alone says nothing against the mount.
  return best ?? mounts.find((mount) => mount.device === device);
}

function isNetwork(mount: Mount): boolean {
  // `server:/share` and `//server/share` give a network away, whatever the FUSE program behind it is called.
  return networkTypes.has(mount.type) || /^\/\/[^/]|^[^/:\s]+@?[^/\s]*:\//.test(mount.source);
}

function isUncPath(path: RawPath): boolean {
  return process.platform === 'win32' && /^(\/\/|\\\\)[^./\\?]/.test(Buffer.from(path).toString('latin1'));
}

/** @testonly */
export function standsOn(mount: Mount, sys = '/sys'): string[] {
  if (isNetwork(mount)) {
    // `server:/share`, `//server/share`, `user@server:/share`; an address of IPv6 stands in brackets.
    const server = /^(?:\/\/)?(?:[^@/]*@)?(\[[^\]]+\]|[^:/\s]+)[:/]/.exec(mount.source)?.[1];
    return server === undefined ? [] : [`server ${server.toLowerCase()}`];
  }
  const found = disksBelow(`dev/block/${mount.device}`, sys);
  // btrfs and zfs have a device number of their own, and name one of their disks as their source.
  const disks =
    found.length > 0 || !mount.source.startsWith('/dev/')
      ? found
      : disksBelow(`class/block/${baseOf(mount.source)}`, sys);
  return disks.map((folder) => `disk ${baseOf(folder)}`);
}

/** The UUID of the device, as udev links it; undefined where there is none (btrfs, zfs, tmpfs, overlay, network). */
function fileSystemId(mount: Mount): string | undefined {
  // A btrfs or zfs spans devices: the UUID of one of them names a member, not the file system that the path is in.
  if (mount.type === 'btrfs' || mount.type === 'zfs' || !mount.source.startsWith('/dev/')) return undefined;
  const folder = '/dev/disk/by-uuid';
  try {
    const device = nodeNameOf(mount);
    return readdirSync(folder).find((uuid) => baseOf(readlinkSync(`${folder}/${uuid}`)) === device);
  } catch {
    return undefined; // no udev (containers): then it has no id that would outlive a reconnect
  }
}

/** The kernel's name of the device (`sda1`, `dm-0`): by-uuid links lead there, a mount source may be an alias. */
function nodeNameOf(mount: Mount): string {
  try {
    return baseOf(readlinkSync(`/sys/dev/block/${mount.device}`));
  } catch {
    return baseOf(realpathSync(mount.source)); // no /sys
  }
}

function baseOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
