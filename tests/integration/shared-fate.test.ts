/** Locations that one failure takes together, as they are found on real folders. */
import { mkdirSync, mkdtempSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createArchive, openHost, type Host } from '../../electron/host/index.ts';
import { describeWith } from '../support/skips.ts';
import { tempFolder } from '../support/temp.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const MEMORY = '/dev/shm';

let host: Host;
let dir: string;

beforeEach(async () => {
  dir = tempFolder();
  await createArchive({ dir: join(dir, 'archive'), name: 'Kept', agent: 'Ada' });
  host = await openHost({
    archive: join(dir, 'archive'),
    agent: 'Ada',
    mode: 'write',
    command: 'test',
    stateFolder: join(dir, 'state'),
  });
});
afterEach(() => host.close());

async function add(name: string, path = join(dir, name), failureGroup?: string): Promise<string> {
  mkdirSync(path, { recursive: true });
  writeFileSync(join(path, 'reel.wav'), name);
  const group = failureGroup === undefined ? {} : { failureGroup };
  return (await host.client.locations.add({ name, path: { display: path }, ...group })).id;
}

describe('locations on one device', () => {
  it('are told of each other, the more where their failure groups say that they are independent', async () => {
    const [desk, vault] = [
      await add('Desk', undefined, 'Desk disk'),
      await add('Vault', undefined, 'Vault disk'),
    ];
    expect((await host.client.locations.sharedFates()).rows).toEqual([
      {
        location: desk,
        name: 'Desk',
        sameDevice: [{ id: vault, name: 'Vault' }],
        sameGroup: [],
        declaredApart: true,
      },
      {
        location: vault,
        name: 'Vault',
        sameDevice: [{ id: desk, name: 'Desk' }],
        sameGroup: [],
        declaredApart: true,
      },
    ]);
  });

  it('are not looked for where another folder stands in the place of one: what belongs there may be on another', async () => {
    await add('Desk');
    await add('Vault');
    renameSync(join(dir, 'Vault'), join(dir, 'elsewhere'));
    mkdirSync(join(dir, 'Vault'));
    const { rows } = await host.client.locations.sharedFates();
    // A file system with an id of its own is known by what was recorded; one without is not guessed at.
    const hasId = (await host.client.locations.list()).rows[0]?.fileSystem !== undefined;
    expect(rows).toHaveLength(hasId ? 2 : 0);
  });
});

describe('a failure group', () => {
  it('is told of media on shelves too', async () => {
    const { locations } = host.client;
    const desk = await add('Desk', undefined, 'Studio');
    const tape = await locations.addOffline({ name: 'LTO 0042', failureGroup: 'Studio' });
    await locations.addOffline({ name: 'LTO 0043', failureGroup: 'Vault' });
    expect((await locations.sharedFates()).rows).toMatchObject([
      { location: desk, sameDevice: [], sameGroup: [{ id: tape.id }] },
      { location: tape.id, sameDevice: [], sameGroup: [{ id: desk }] },
    ]);
  });
});

describeWith({ that: `a RAM disk at ${MEMORY}`, available: hasMemory() }, 'locations on two devices', () => {
  it('are told apart', async () => {
    const other = mkdtempSync(join(MEMORY, 'holdfast-fate-'));
    try {
      await add('Desk');
      await add('Memory', other);
      expect((await host.client.locations.sharedFates()).rows).toEqual([]);
    } finally {
      rmSync(other, { recursive: true });
    }
  });
});

function hasMemory(): boolean {
  try {
    return statSync(MEMORY).dev !== statSync(tmpdir()).dev;
  } catch {
    return false;
  }
}
