/**
 * A real small file system that fills up. Given damaged files on a volume, when it has room for so many pages or names and no more
 * while they are recovered, then nothing is lost, and the next run completes it once there is room.
 */
import fs, { closeSync, fstatSync, ftruncateSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { expect, onTestFinished, vi } from 'vitest';
import { expectSound } from '../support/custodian.ts';
import { FailingScene } from '../support/failing-scene.ts';
import { clearQuarantines, recoveryThrough } from '../support/recovering.ts';
import { describeLong, itWith } from '../support/skips.ts';
import { tempFolder } from '../support/temp.ts';
import { mountVolume, theRightToMount, type Volume } from '../support/volumes.ts';

vi.setConfig({ testTimeout: 600_000 });

const PAGE = 4096;

async function sceneOnVolume(): Promise<{ scene: FailingScene; volume: Volume }> {
  const scene = new FailingScene(tempFolder());
  const volume = mountVolume(scene.at('shelf'), '16m');
  await scene.fill();
  onTestFinished(async () => {
    await scene.host.close();
    expectSound(scene.archive);
  });
  return { scene, volume };
}

/** Another program writes until so many bytes are left. */
function fill(path: string, leaving: number): void {
  const descriptor = openSync(path, 'w');
  const page = Buffer.alloc(PAGE, 'junk');
  try {
    for (;;) writeSync(descriptor, page);
  } catch (error) {
    expect(error).toMatchObject({ code: 'ENOSPC' });
  }
  ftruncateSync(descriptor, Math.max(0, fstatSync(descriptor).size - leaving));
  closeSync(descriptor);
}

/** Something happens when the program has found room enough and makes its folder for staged copies. */
function onceStagingIsMade(happens: () => void): () => void {
  const { mkdir } = fs.promises;
  fs.promises.mkdir = (async (path: Buffer) => {
    await mkdir(path);
    if (String(path).endsWith('/staging')) happens();
  }) as typeof mkdir;
  syncBuiltinESMExports();
  return () => {
    fs.promises.mkdir = mkdir;
    syncBuiltinESMExports();
  };
}

/** @returns how often the volume was full before a recovery went through */
async function fillsUp(pages: Iterable<number>): Promise<number> {
  const { scene } = await sceneOnVolume();
  let full = 0;
  for (const leaving of pages) {
    let undo: () => void = () => undefined;
    const job = await recoveryThrough(scene, {
      begin: () => {
        undo = onceStagingIsMade(() => fill(scene.at('shelf/junk'), leaving * PAGE));
      },
      end: () => {
        undo();
        rmSync(scene.at('shelf/junk'), { force: true });
        return `room for ${String(leaving)} pages`;
      },
    });
    clearQuarantines(scene);
    if (job.state === 'done') break;
    expect(job.error).toMatchObject({
      code: 'DISK_FULL',
      message: expect.stringMatching(/Make room/) as string,
    });
    full++;
  }
  return full;
}

/** The same of names: a volume may have room for bytes and none for another file. */
async function runsOutOfNames(names: Iterable<number>): Promise<number> {
  const { scene, volume } = await sceneOnVolume();
  let full = 0;
  for (const more of names) {
    const job = await recoveryThrough(scene, {
      begin: () => {
        const { files, ffree } = statfsSync(scene.at('shelf'));
        volume.remount(`size=16m,nr_inodes=${String(files - ffree + more)}`);
      },
      end: () => {
        volume.remount('size=16m,nr_inodes=10000');
        return `${String(more)} more names`;
      },
    });
    clearQuarantines(scene);
    if (job.state === 'done') break;
    expect(job.error).toMatchObject({ code: 'DISK_FULL' });
    full++;
  }
  return full;
}

function* upwards(): Generator<number, void> {
  for (let n = 0; ; n++) yield n;
}

itWith(theRightToMount, 'a volume that fills up while files are recovered loses nothing', async () => {
  expect(await fillsUp([0, 2, 5, 8])).toBe(4);
});

itWith(theRightToMount, 'a volume that takes no more names loses nothing', async () => {
  expect(await runsOutOfNames([0, 5, 9, 13])).toBe(4);
});

describeLong('at every size', () => {
  itWith(theRightToMount, 'a volume that fills up loses nothing', async () => {
    expect(await fillsUp(upwards())).toBeGreaterThan(8);
  });

  itWith(theRightToMount, 'a volume that takes no more names loses nothing', async () => {
    expect(await runsOutOfNames(upwards())).toBeGreaterThan(13);
  });
});
