/** What must hold of a recovery whatever the disk does meanwhile, and of the next run once it is well again. */
import { rmSync } from 'node:fs';
import { expect } from 'vitest';
import type { DecisionResult } from '../../shared/contract/decisions.ts';
import { rowsOf } from './catalogue-rows.ts';
import type { FailingScene } from './failing-scene.ts';

const QUARANTINES = ['shelf/.holdfast-quarantine', 'twin/.holdfast-quarantine', 'vault/.holdfast/quarantine'];

export interface Trouble {
  begin(): void;
  /** Ends it; returns what it was, for whoever reads of a failure. */
  end(): string;
}

/** Damages files, recovers them through the trouble, and again without. Returns how the first run ended. */
export async function recoveryThrough(
  scene: FailingScene,
  trouble: Trouble,
): Promise<Awaited<ReturnType<FailingScene['ended']>>> {
  const damaged = scene.damage();
  await scene.done(scene.client.fixity.audit({}));
  const before = scene.contents();
  const began = Date.now();
  trouble.begin();
  const job = await scene.ended(scene.client.decisions.recover({ all: true }));
  const words = trouble.end();
  expect(['done', 'interrupted'], words).toContain(job.state);
  expect(job.error?.code, `${words}: ${JSON.stringify(job.error)}`).not.toBe('INTERNAL');
  const now = scene.contents();
  const standing = [...now.values()];
  for (const [path, digest] of before)
    expect(standing, `${words}; what stood at ${path} is kept`).toContain(digest);
  for (const [path, digest] of scene.good) {
    // Whole or as it was; or nowhere yet, where the damaged file has been set aside or none was there.
    const may = [digest, before.get(path), ...(damaged.has(path) ? [undefined] : [])];
    expect(may, `${words}; ${path}`).toContain(now.get(path));
  }
  for (const path of now.keys())
    expect(
      scene.good.has(path) || QUARANTINES.some((folder) => path.startsWith(folder)),
      `${words}; ${path}`,
    ).toBe(true);
  for (const { path, isGood, verifiedAt, finding } of scene.standing()) {
    if (isGood) continue;
    expect(finding, `${words}; ${path}`).toBe(damaged.get(path));
    expect(verifiedAt, `${words}; ${path}`).toBeLessThan(began);
  }
  everyQuarantinedFileStands(scene, now, began, words);

  for (let turn = 0; turn < 2; turn++) {
    const { rows } = await scene.client.fixity.findings({ limit: 1 });
    const [last] = (await scene.client.jobs.list({ limit: 1 })).rows;
    if (rows.length === 0 && last?.state === 'done') break;
    await scene.done<DecisionResult>(scene.client.decisions.recover({ all: true }));
  }
  await allIsWell(scene, words);
  const after = new Set(scene.contents().values());
  for (const digest of before.values()) expect(after, `${words}; what was damaged is kept`).toContain(digest);
  return job;
}

function everyQuarantinedFileStands(
  scene: FailingScene,
  now: ReadonlyMap<string, string>,
  since: number,
  words: string,
): void {
  const rows = rowsOf<{ place: string; path: Buffer; sha256: Buffer | null }>(
    scene.catalogue,
    `SELECT l.name AS place, q.path, q.sha256 FROM quarantined q JOIN locations l ON l.id = q.location_id WHERE q.at >= ${String(since)}`,
  );
  for (const { place, path, sha256 } of rows) {
    const found = now.get(`${place.toLowerCase()}/${String(path)}`);
    // Of one that could not be read none is recorded.
    expect(found, words).toEqual(sha256?.toString('hex') ?? expect.any(String));
  }
}

/** Everything is back, bit for bit; of staging nothing is left; the log tells what happened. */
export async function allIsWell(scene: FailingScene, words: string): Promise<void> {
  for (const { path, isGood, finding } of scene.standing())
    expect({ path, isGood, finding }, words).toEqual({ path, isGood: true, finding: undefined });
  expect(scene.staged(), words).toEqual([]);
  expect(await scene.client.events.verify(), words).toMatchObject({ ok: true });
}

/** So that what is set aside does not fill the disk of whoever runs this. */
export function clearQuarantines(scene: FailingScene): void {
  for (const folder of QUARANTINES) rmSync(scene.at(folder), { recursive: true, force: true });
}
