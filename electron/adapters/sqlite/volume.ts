import { existsSync, readFileSync, statfsSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { HoldfastError } from '../../../shared/domain/errors.ts';

/** Magic numbers of statfs(2). */
const NETWORK_MAGIC: ReadonlyMap<number, string> = new Map([
  [0x6969, 'nfs'],
  [0xfe53_4d42, 'smb2'],
  [0xff53_4d42, 'cifs'],
  [0x517b, 'smb'],
  [0x564c, 'ncp'],
  [0x5346_414f, 'afs'],
  [0x6b41_4653, 'afs'],
  [0x7375_7245, 'coda'],
  [0x00c3_6400, 'ceph'],
  [0x0bd0_0bd0, 'lustre'],
  [0x0102_1997, '9p'],
  [0x1983_0326, 'beegfs'],
]);
const NETWORK_NAME =
  /^(nfs\d?|cifs|smb\w*|afs|9p|ceph|glusterfs|lustre|beegfs|davfs|ncpfs|coda|fuse\.(sshfs|rclone|s3fs|glusterfs|curlftpfs|davfs2?|gcsfuse|goofys|ceph|cephfs|smbnetfs|gvfsd-fuse|jmtpfs|mfs\w*|juicefs))$/;

export interface FileSystemProbe {
  /** The magic number of statfs(2). */
  readonly magic: number;
  /** As mounted, e.g. `fuse.sshfs`; undefined where the system does not say. */
  readonly name?: string | undefined;
}

/**
 * Refuses a folder on a network file system, where locks and syncs do not hold what SQLite needs of them.
 * @param dir need not exist; then the nearest folder above that does is looked at.
 * @throws HoldfastError NETWORK_FILE_SYSTEM
 */
export function refuseNetworkFileSystem(
  dir: string,
  probe: (dir: string) => FileSystemProbe = probeFileSystem,
): void {
  let existing = resolve(dir);
  while (!existsSync(existing) && dirname(existing) !== existing) existing = dirname(existing);
  const { magic, name } = probe(existing);
  const network = NETWORK_MAGIC.get(magic >>> 0) ?? (NETWORK_NAME.test(name ?? '') ? name : undefined);
  if (network === undefined) return;
  throw new HoldfastError(
    'NETWORK_FILE_SYSTEM',
    `${dir} is on a network file system (${network}), where a catalogue would be damaged sooner or later. Keep the ` +
      'archive on a disk of this machine; the recordings themselves may stay on the network.',
  );
}

function probeFileSystem(dir: string): FileSystemProbe {
  return { magic: statfsSync(dir).type, name: mountedAs(dir) };
}

/** The type of the mount that a folder is on, from proc(5) mountinfo: FUSE has one magic number for all. */
function mountedAs(dir: string): string | undefined {
  if (process.platform !== 'linux') return undefined;
  try {
    const device = statSync(dir).dev;
    // Linux packs device numbers as glibc's gnu_dev_major and gnu_dev_minor unpack them.
    const major = (device >>> 8) & 0xfff;
    const minor = (device & 0xff) | ((device >>> 12) & 0xfff00);
    for (const line of readFileSync('/proc/self/mountinfo', 'utf8').split('\n')) {
      const [before = '', after = ''] = line.split(' - ');
      if (before.split(' ')[2] === `${major}:${minor}`) return after.split(' ')[0];
    }
  } catch {
    // No /proc in this container: the magic number alone decides.
  }
  return undefined;
}
