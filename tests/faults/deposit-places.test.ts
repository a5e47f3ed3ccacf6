import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect } from 'vitest';
import { Archivist } from '../support/archivist.ts';
import { bagsIn, sha256sum } from '../support/bag-folders.ts';
import { itWith } from '../support/skips.ts';
import { mountVolume, theRightToMount, type Volume } from '../support/volumes.ts';

const MB = 1024 * 1024;

/** Four files of a megabyte, and a volume of its own to deposit them on. */
function scene(size: string): { archivist: Archivist; volume: Volume; words: string[] } {
  const archivist = new Archivist();
  archivist.init();
  const volume = mountVolume(archivist.path('volume'), size);
  const store = join(volume.at, 'store');
  const added = archivist.read(['location', 'add', store, '--name', 'Deep', '--writes', 'managed']);
  expect(added.status, added.stderr).toBe(0);
  const tapes = archivist.path('tapes');
  mkdirSync(tapes);
  for (let n = 1; n <= 4; n += 1) writeFileSync(join(tapes, `${n}.bin`), Buffer.alloc(MB, n));
  return { archivist, volume, words: [...archivist.accession(tapes), '--to', 'Deep'] };
}

function nothingIsRecorded(archivist: Archivist): void {
  expect(archivist.ask(['status']).json).toMatchObject({ replicas: 0, objects: 0 });
}

function bagIsValid(volume: Volume): void {
  const [bag = ''] = bagsIn(join(volume.at, 'store'));
  sha256sum(bag);
}

describe('a place that', () => {
  itWith(theRightToMount, 'has no room is told before anything is copied', () => {
    const { archivist, words } = scene('3m');
    const refused = archivist.ask(words);
    expect(refused.status).toBe(3);
    expect(refused.json).toMatchObject({ error: { code: 'DISK_FULL' } });
    nothingIsRecorded(archivist);
  });

  itWith(
    theRightToMount,
    'fills up in the middle keeps what was staged, and the next run goes on',
    async () => {
      const { archivist, volume, words } = scene('16m');
      const { answer } = archivist.begin([...words, '--limit', '1M']);
      await delay(1500);
      const junk = join(volume.at, 'junk');
      try {
        writeFileSync(junk, Buffer.alloc(16 * MB));
      } catch {
        // That was the point: no room is left.
      }
      const stopped = await answer;
      expect(stopped.status).toBe(3);
      expect(stopped.json).toMatchObject({ error: { code: 'DISK_FULL' } });
      nothingIsRecorded(archivist);
      rmSync(junk);
      const done = archivist.ask(words);
      expect(done.status, done.stderr).toBe(0);
      expect(done.json).toMatchObject({ files: 4 });
      bagIsValid(volume);
    },
  );

  itWith(theRightToMount, 'became read-only is told, and the same command goes on once it is not', () => {
    const { archivist, volume, words } = scene('16m');
    volume.remount('ro');
    const stopped = archivist.ask(words);
    expect(stopped.status).toBe(3);
    expect(stopped.json).toMatchObject({ error: { code: 'LOCATION_UNREACHABLE' } });
    nothingIsRecorded(archivist);
    volume.remount('rw');
    const done = archivist.ask(words);
    expect(done.json).toMatchObject({ files: 4 });
    bagIsValid(volume);
  });

  itWith(theRightToMount, 'was taken away is unreachable, and nothing is written where it was', () => {
    const { archivist, volume, words } = scene('16m');
    volume.unmount();
    const refused = archivist.ask(words);
    expect(refused.status).toBe(3);
    expect(refused.json).toMatchObject({ error: { code: 'LOCATION_UNREACHABLE' } });
    expect(readdirSync(volume.at)).toEqual([]);
  });
});
