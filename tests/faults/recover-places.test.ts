/** Recoveries where the place itself fails: nothing is lost, the reason is told, and the same command goes on once it is gone. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, vi } from 'vitest';
import { Archivist } from '../support/archivist.ts';
import { itWith } from '../support/skips.ts';
import { mountVolume, theRightToMount, type Volume } from '../support/volumes.ts';

vi.setConfig({ testTimeout: 180_000 });

const MB = 1024 * 1024;

/** Six files on a volume of their own, with copies in a vault; one of them damaged, another gone. */
function scene(size: string): { archivist: Archivist; volume: Volume; at: (name: string) => string } {
  const archivist = new Archivist();
  archivist.init();
  const volume = mountVolume(archivist.path('volume'), size);
  const tapes = join(volume.at, 'tapes');
  mkdirSync(tapes);
  for (let n = 1; n <= 6; n += 1) writeFileSync(join(tapes, `${n}.bin`), Buffer.alloc(MB / 2, n));
  const vault = archivist.path('vault');
  const words = [
    ['location', 'add', vault, '--name', 'Vault', '--writes', 'managed'],
    archivist.accession(tapes),
    ['replicate', '--all', '--to', 'Vault'],
    ['audit'],
  ];
  for (const each of words) expect(archivist.ask(each).status, each.join(' ')).toBe(0);
  const at = (name: string): string => join(tapes, name);
  writeFileSync(at('1.bin'), Buffer.alloc(MB / 2, 'damaged'));
  rmSync(at('2.bin'));
  expect(archivist.ask(['audit']).json).toMatchObject({ findingsTotal: 2 });
  return { archivist, volume, at };
}

function recovers(archivist: Archivist, at: (name: string) => string): void {
  const done = archivist.ask(['recover', '--all']);
  expect(done, done.stdout + done.stderr).toMatchObject({ status: 0, json: { done: 2, quarantined: 1 } });
  for (const n of [1, 2]) expect(readFileSync(at(`${n}.bin`)).equals(Buffer.alloc(MB / 2, n))).toBe(true);
  expect(archivist.ask(['log', 'verify']).json).toMatchObject({ ok: true });
}

describe('a recovery in a place that', () => {
  itWith(theRightToMount, 'became read-only touches nothing, and goes on once it is not', () => {
    const { archivist, volume, at } = scene('16m');
    volume.remount('ro');
    const stopped = archivist.ask(['recover', '--all']);
    expect(stopped).toMatchObject({ status: 3, json: { error: { code: 'LOCATION_UNREACHABLE' } } });
    expect(readFileSync(at('1.bin')).includes('damaged')).toBe(true);
    expect(archivist.ask(['status']).json).toMatchObject({ openFindings: 2 });
    volume.remount('rw');
    recovers(archivist, at);
  });

  itWith(theRightToMount, 'has no room is told before anything is copied, and goes on once there is', () => {
    const { archivist, volume, at } = scene('4m');
    const junk = join(volume.at, 'junk');
    writeFileSync(junk, Buffer.alloc(MB));
    const stopped = archivist.ask(['recover', '--all']);
    expect(stopped).toMatchObject({ status: 3, json: { error: { code: 'DISK_FULL' } } });
    expect(readFileSync(at('1.bin')).includes('damaged')).toBe(true);
    expect(existsSync(at('2.bin'))).toBe(false);
    expect(readdirSync(join(volume.at, 'tapes'))).not.toContain('.holdfast-quarantine');
    rmSync(junk);
    recovers(archivist, at);
  });
});
