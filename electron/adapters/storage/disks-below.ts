/** Which disks a volume stands on, as Linux tells in /sys. */
import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { dirname } from 'node:path';

/** Deeper nothing is stacked: LVM on LUKS on RAID on a partition are four. */
const MOST_LEVELS = 8;

/**
 * The folders in /sys of the disks below a block device, itself named by its entry there (`dev/block/8:1`, `class/block/sda1`).
 * Empty where the system does not tell: no /sys, no block device (a network share, a RAM disk).
 */
export function disksBelow(entry: string, sys = '/sys'): string[] {
  try {
    return [...new Set(below(realpathSync(`${sys}/${entry}`), 0))];
  } catch {
    return [];
  }
}

function below(folder: string, level: number): string[] {
  const slaves = slavesOf(folder);
  if (slaves.length > 0 && level < MOST_LEVELS) return slaves.flatMap((each) => below(each, level + 1));
  // A partition stands in the folder of its disk, which alone has the queue.
  return [existsSync(`${folder}/queue`) ? folder : dirname(folder)];
}

/** What a mapped device (LVM, LUKS, RAID) is made of. */
function slavesOf(folder: string): string[] {
  try {
    return readdirSync(`${folder}/slaves`).map((name) => realpathSync(`${folder}/slaves/${name}`));
  } catch {
    return [];
  }
}
