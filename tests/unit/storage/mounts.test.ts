import { describe, expect, it } from 'vitest';
import { findMount, parseMounts } from '../../../electron/adapters/storage/volume.ts';
import { rawPath, utf8Path } from '../../../shared/domain/path.ts';

const mountinfo = Buffer.from(
  [
    '22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw',
    '40 22 0:40 / /mnt/nas\\040one rw - nfs4 server:/export rw,vers=4.2',
    '41 22 8:17 / /mnt/disk rw master:2 propagate_from:1 - ext4 /dev/sdb1 rw',
    '42 41 8:33 / /mnt/disk rw - xfs /dev/sdc1 rw',
    '43 22 8:49 / /mnt/\xff rw - vfat /dev/sdd1 rw',
    'not a mount',
  ].join('\n'),
  'latin1',
);

describe('mounts', () => {
  const mounts = parseMounts(mountinfo);

  it('are read with their optional fields, escapes and bytes', () => {
    expect(mounts).toHaveLength(5);
    expect(Buffer.from(mounts[1]?.point ?? '').toString()).toBe('/mnt/nas one');
    expect(mounts[4]?.point).toEqual(Uint8Array.from(Buffer.from('/mnt/\xff', 'latin1')));
    expect(mounts[2]).toMatchObject({ device: '8:17', type: 'ext4', source: '/dev/sdb1' });
  });

  it.each([
    ['/home/a', '/dev/sda1'],
    ['/mnt/nas one/sound', 'server:/export'],
    ['/mnt/disk/sound', '/dev/sdc1'],
    ['/mnt/disk2', '/dev/sda1'],
  ])('of %s is the deepest, and the last of two on one point', (path, source) => {
    expect(findMount(mounts, utf8Path(path), '0:0')?.source).toBe(source);
  });

  it('are found for a path that is not UTF-8', () => {
    expect(findMount(mounts, rawPath(Buffer.from('/mnt/\xff/x', 'latin1')), '0:0')?.source).toBe('/dev/sdd1');
  });
});
