/** Whether the device below a volume turns, as Linux tells in /sys. */
import { readFileSync } from 'node:fs';
import { disksBelow } from './disks-below.ts';

/**
 * Disks of virtual machines (virtio, Xen), loop devices and disks over a network: their drivers know nothing of what is below and say
 * that they turn, as Linux takes for granted where it is told nothing.
 */
const GUESSING = /\/(?:vd|xvd|loop|nbd|rbd)[^/]*$/;

/**
 * Of a volume's device (`major:minor`); undefined where the system does not tell: no /sys, no block device below (a network
 * share, btrfs, a RAM disk). Of several disks below one volume, one that turns is enough.
 */
export function isRotational(device: string, sys = '/sys'): boolean | undefined {
  const told = disksBelow(`dev/block/${device}`, sys).map(turns);
  if (told.length === 0) return undefined;
  return told.includes(true) ? true : told.includes(undefined) ? undefined : false;
}

function turns(disk: string): boolean | undefined {
  const told = queueOf(disk);
  return told === true && GUESSING.test(disk) ? undefined : told;
}

function queueOf(folder: string): boolean | undefined {
  try {
    const text = readFileSync(`${folder}/queue/rotational`, 'latin1').trim();
    return text === '1' ? true : text === '0' ? false : undefined;
  } catch {
    return undefined;
  }
}
