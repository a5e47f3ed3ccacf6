import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { isRotational } from '../../../electron/adapters/storage/rotational.ts';
import { standsOn } from '../../../electron/adapters/storage/volume.ts';
import { utf8Path } from '../../../shared/domain/path.ts';
import { tempFolder } from '../../support/temp.ts';

/** Folders as Linux lays them out: /sys/dev/block/M:m leads to the device, whose disk alone has a queue. */
class Sys {
  readonly root = tempFolder();

  disk(place: string, rotational: string): this {
    const folder = join(this.root, 'devices', place, 'queue');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'rotational'), `${rotational}\n`);
    return this;
  }

  device(number: string, place: string, below: readonly string[] = []): this {
    const folder = join(this.root, 'devices', place);
    mkdirSync(join(folder, 'slaves'), { recursive: true });
    for (const each of below)
      symlinkSync(join(this.root, 'devices', each), join(folder, 'slaves', each.replaceAll('/', '-')));
    const link = join(this.root, 'dev/block', number);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(folder, link);
    return this;
  }

  says(number: string): boolean | undefined {
    return isRotational(number, this.root);
  }
}

describe('a disk that turns', () => {
  test('is told by its own queue, and by that of its disk for a partition', () => {
    const sys = new Sys()
      .disk('ata1/block/sda', '1')
      .device('8:0', 'ata1/block/sda')
      .device('8:1', 'ata1/block/sda/sda1');
    expect(sys.says('8:0')).toBe(true);
    expect(sys.says('8:1')).toBe(true);
  });

  test('is not one of flash', () => {
    const sys = new Sys().disk('nvme/nvme0n1', '0').device('259:1', 'nvme/nvme0n1/nvme0n1p1');
    expect(sys.says('259:1')).toBe(false);
  });

  test('is found below what is mapped over it, through several levels', () => {
    const sys = new Sys()
      .disk('ata1/block/sda', '1')
      .disk('nvme/nvme0n1', '0')
      .device('8:1', 'ata1/block/sda/sda1')
      .device('253:0', 'virtual/block/dm-0', ['ata1/block/sda/sda1'])
      .device('253:1', 'virtual/block/dm-1', ['nvme/nvme0n1', 'virtual/block/dm-0'])
      .device('253:2', 'virtual/block/dm-2', ['nvme/nvme0n1']);
    expect(sys.says('253:0')).toBe(true);
    // One that turns is enough.
    expect(sys.says('253:1')).toBe(true);
    expect(sys.says('253:2')).toBe(false);
  });
});

describe('nothing is told', () => {
  test('of what has no block device, and where there is no /sys', () => {
    expect(new Sys().says('0:42')).toBeUndefined();
    expect(isRotational('8:0', '/nowhere')).toBeUndefined();
  });

  test('by disks of virtual machines that only guess', () => {
    const sys = new Sys()
      .disk('virtio1/block/vda', '1')
      .device('254:1', 'virtio1/block/vda/vda1')
      .device('253:0', 'virtual/block/dm-0', ['virtio1/block/vda/vda1']);
    expect(sys.says('254:1')).toBeUndefined();
    expect(sys.says('253:0')).toBeUndefined();
  });
});

describe('what a volume stands on', () => {
  const mount = (device: string, type: string, source: string) => ({
    device,
    point: utf8Path('/x'),
    type,
    source,
  });

  test('is the same disk for two partitions of it, and all disks below what is mapped', () => {
    const sys = new Sys()
      .disk('ata1/block/sda', '1')
      .disk('ata2/block/sdb', '1')
      .device('8:1', 'ata1/block/sda/sda1')
      .device('8:2', 'ata1/block/sda/sda2')
      .device('9:0', 'virtual/block/md0', ['ata1/block/sda/sda2', 'ata2/block/sdb']);
    expect(standsOn(mount('8:1', 'ext4', '/dev/sda1'), sys.root)).toEqual(['disk sda']);
    expect(standsOn(mount('8:2', 'xfs', '/dev/sda2'), sys.root)).toEqual(['disk sda']);
    expect(standsOn(mount('9:0', 'ext4', '/dev/md0'), sys.root)).toEqual(['disk sda', 'disk sdb']);
  });

  test('is told by its source where its own number leads nowhere, as that of btrfs does', () => {
    const sys = new Sys().disk('ata1/block/sda', '1').device('8:3', 'ata1/block/sda/sda3');
    mkdirSync(join(sys.root, 'class/block'), { recursive: true });
    symlinkSync(join(sys.root, 'dev/block/8:3'), join(sys.root, 'class/block/sda3'));
    expect(standsOn(mount('0:44', 'btrfs', '/dev/sda3'), sys.root)).toEqual(['disk sda']);
    expect(standsOn(mount('0:45', 'tmpfs', 'tmpfs'), sys.root)).toEqual([]);
  });

  test.each([
    ['nfs4', 'NAS.example:/export/a'],
    ['cifs', '//nas.example/share'],
    ['fuse.sshfs', 'ada@nas.example:/home'],
  ])('is its server for a share over %s', (type, source) => {
    expect(standsOn(mount('0:50', type, source), '/nowhere')).toEqual(['server nas.example']);
  });
});
