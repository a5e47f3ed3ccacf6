/** What changes between two looks: a copy that rots once it was verified, another archive at the same files, a clock that is set. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it, onTestFinished, vi } from 'vitest';
import type { AuditResult } from '../../shared/contract/fixity.ts';
import { createArchive, openHost } from '../../electron/host/index.ts';
import { FailingScene } from '../support/failing-scene.ts';
import { rest } from '../support/letting-go.ts';
import { originals } from '../support/originals.ts';
import { tempFolder } from '../support/temp.ts';

vi.setConfig({ testTimeout: 120_000 });

async function kept(): Promise<FailingScene> {
  const scene = new FailingScene(tempFolder());
  await scene.fill();
  onTestFinished(async () => {
    await scene.host.close();
  });
  return scene;
}

it('a copy that rots between its verification and its copying is passed over for one that is good', async () => {
  const scene = await kept();
  writeFileSync(scene.at('shelf/whole.wav'), 'damaged');
  await scene.done(scene.client.fixity.audit({}));
  const { willDo } = await scene.client.decisions.previewRecovery({ all: true });
  const best = willDo[0]?.from?.display ?? '';
  writeFileSync(best, 'rotten');
  await scene.done(scene.client.decisions.recover({ all: true }));
  expect(scene.contents().get('shelf/whole.wav')).toBe(scene.good.get('shelf/whole.wav'));
  // Nothing is said of the rotten one until it is audited, and then the truth.
  await scene.done(scene.client.fixity.audit({}));
  const bad = scene.standing().filter(({ isGood }) => !isGood);
  expect(bad.map(({ path, finding }) => [scene.at(path), finding])).toEqual([
    [best, expect.stringMatching(/altered|truncated/) as string],
  ]);
  expect(await scene.client.events.verify()).toMatchObject({ ok: true });
});

it('where every copy has rotted by then, nothing is put in the place of the damaged file', async () => {
  const scene = await kept();
  writeFileSync(scene.at('shelf/whole.wav'), 'damaged');
  await scene.done(scene.client.fixity.audit({}));
  for (const path of ['twin/whole.wav', scene.inVault('whole.wav')]) writeFileSync(scene.at(path), 'rotten');
  const before = originals(scene.at('shelf'));
  const result = await scene.done<{ done: number; refusedTotal: number }>(
    scene.client.decisions.recover({ all: true }),
  );
  expect(result).toMatchObject({ done: 0, refusedTotal: 1 });
  expect(originals(scene.at('shelf')).filter((row) => row.includes('.wav'))).toEqual(
    before.filter((row) => row.includes('.wav')),
  );
  expect(scene.standing().find(({ path }) => path === 'shelf/whole.wav')?.finding).toBeDefined();
});

it('two archives audit one location at once: each says the same, and neither touches a file', async () => {
  const scene = await kept();
  const archive = join(scene.dir, 'other archive');
  await createArchive({ dir: archive, name: 'Other', agent: 'Tester' });
  const other = await openHost({ archive, agent: 'Jo Miller', mode: 'write', command: 'test' });
  onTestFinished(async () => {
    await other.close();
  });
  const taken = await other.client.accession.start({
    paths: [{ display: scene.at('shelf') }],
    title: 'Shelf',
    rightsBasis: 'other',
    source: 'S',
    acquired: 'A',
  });
  expect((await rest(other.client, taken)).state).toBe('done');
  writeFileSync(scene.at('shelf/whole.wav'), 'damaged');
  const before = originals(scene.places);
  const [ours, theirs] = await Promise.all([
    scene.done<AuditResult>(scene.client.fixity.audit({})),
    rest(other.client, await other.client.fixity.audit({})),
  ]);
  const findings = (result: AuditResult) =>
    result.findings.map(({ path, outcome }) => [path.display, outcome]);
  expect(findings(ours)).toHaveLength(1);
  expect(findings(theirs.result as AuditResult)).toEqual(findings(ours));
  expect(originals(scene.places)).toEqual(before);
});

it('a clock that was ahead and is set back hides no replica from the next audits', async () => {
  const scene = await kept();
  // As an audit leaves it that ran while the clock stood a year ahead.
  await scene.host.close();
  const db = new Database(scene.catalogue);
  const year = 365 * 86_400_000;
  db.prepare(`UPDATE replicas SET verified_at = verified_at + ${String(year)} WHERE name = ?`).run(
    Buffer.from('whole.wav'),
  );
  db.close();
  await scene.open();
  writeFileSync(scene.at('shelf/whole.wav'), 'damaged');
  const { findings, outcomes } = await scene.done<AuditResult>(
    scene.client.fixity.audit({ budget: { oldest: 3 } }),
  );
  expect(findings.map(({ path }) => path.display)).toEqual([scene.at('shelf/whole.wav')]);
  expect(outcomes).toMatchObject({ intact: 2 });
  const after = scene.standing().filter(({ path }) => path.endsWith('whole.wav'));
  for (const { isGood, verifiedAt } of after) if (isGood) expect(verifiedAt).toBeLessThan(Date.now() + 1);
  expect(await scene.client.events.verify()).toMatchObject({ ok: true });
});
