import { mkdirSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createArchive, openHost, type Host } from '../../electron/host/index.ts';
import { snapshotEvent } from '../../shared/domain/location-layout.ts';
import { tempFolder } from '../support/temp.ts';

interface Kept {
  readonly host: Host;
  readonly vault: string;
  /** Number of the newest event that the newest snapshot holds; 0 where there is none. */
  newest(): number;
  close(): Promise<readonly string[]>;
}

async function open(protectAfterMs?: number): Promise<Kept> {
  const dir = tempFolder();
  const [archive, vault] = [join(dir, 'archive'), join(dir, 'vault')];
  const { id } = await createArchive({ dir: archive, name: 'Kept', agent: 'Ada' });
  const host = await openHost({
    archive,
    agent: 'Ada',
    mode: 'write',
    command: 'test',
    stateFolder: join(dir, 'state'),
    ...(protectAfterMs !== undefined && { protectAfterMs }),
  });
  let closed: Promise<readonly string[]> | undefined;
  const close = () => (closed ??= host.close());
  onTestFinished(async () => void (await close()));
  await host.client.locations.add({ path: { display: vault }, name: 'Vault', writes: 'managed' });
  return {
    host,
    vault,
    close,
    newest() {
      try {
        const names = readdirSync(join(vault, id, 'snapshots'));
        return Math.max(0, ...names.map((name) => snapshotEvent(name) ?? 0));
      } catch {
        return 0;
      }
    },
  };
}

/** How many events there are. */
async function head({ client }: Host): Promise<number> {
  return (await client.archive.status()).log.events;
}

/** On a machine that has other work. */
const soon = { timeout: 120_000 };

describe('copies of the catalogue while an archive stays open', () => {
  it('are made some time after the last act, and again after the next', async () => {
    const { host, newest, close } = await open(150);
    await expect.poll(newest, soon).toBe(2);
    await expect.poll(async () => (await host.client.archive.status()).catalogueHasCopy, soon).toBe(true);
    await host.client.collections.add({ name: 'Jazz' });
    await expect.poll(newest, soon).toBe(3);
    // What protects is no act: it does not call for itself.
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(await head(host)).toBe(3);
    expect(await close()).toEqual([]);
    expect(newest()).toBe(3);
  });

  it('wait until a job has come to rest', async () => {
    const { host, vault, newest } = await open(100);
    await expect.poll(newest, soon).toBe(2);
    const tapes = join(vault, '..', 'tapes');
    mkdirSync(tapes);
    for (let n = 0; n < 300; n++) writeFileSync(join(tapes, `${String(n)}.wav`), `sound ${String(n)}`);
    const job = await host.client.accession.start({
      title: 'Tapes',
      rightsBasis: 'other',
      source: 'S',
      acquired: 'A',
      paths: [{ display: tapes }],
      to: 'Vault',
    });
    for await (const { state } of await host.client.jobs.watch({ id: job.id }))
      if (state === 'running') expect(newest()).toBe(2);
    await expect.poll(newest, soon).toBe(await head(host));
  });

  it('tell what went wrong with the status, until it is right again', async () => {
    const { host, vault, newest } = await open(100);
    await expect.poll(newest, soon).toBe(2);
    renameSync(vault, `${vault}-unplugged`);
    await host.client.collections.add({ name: 'Jazz' });
    const problems = async () => (await host.client.archive.status()).copyProblems;
    await expect
      .poll(problems, soon)
      .toEqual([expect.stringMatching(/^The copy of the catalogue at "Vault"/)]);
    renameSync(`${vault}-unplugged`, vault);
    await expect.poll(problems, soon).toBeUndefined();
    expect(newest()).toBe(3);
  });

  it('are made only when it closes, unless somebody asks for more', async () => {
    const { host, newest, close } = await open();
    await host.client.collections.add({ name: 'Jazz' });
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(newest()).toBe(0);
    await close();
    expect(newest()).toBe(3);
  });
});
