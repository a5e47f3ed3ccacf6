/**
 * A disk that fails at any one call. Given files in three places, some of them damaged, when the nth call to the file system fails
 * while they are audited or recovered, then nothing is lost, nothing is recorded that is not true, and the next run completes it.
 * Here at some calls; at every one in the long run (io-errors-audit.test.ts, io-errors-recovery.test.ts).
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { expectSound } from '../support/custodian.ts';
import { atSomeCalls, auditMeets, recoveryMeets } from '../support/every-call.ts';
import { FailingScene } from '../support/failing-scene.ts';
import { allIsWell, clearQuarantines } from '../support/recovering.ts';
import { sharedFolder } from '../support/temp.ts';

vi.setConfig({ testTimeout: 600_000, hookTimeout: 300_000 });

const scene = new FailingScene(sharedFolder());
beforeAll(() => scene.fill());
afterAll(async () => {
  await scene.host.close();
  expectSound(scene.archive);
});

function archiveIdIn({ archive }: FailingScene): string {
  return (JSON.parse(readFileSync(join(archive, 'archive.json'), 'utf8')) as { id: string }).id;
}

describe('a disk that fails', () => {
  it('while it is audited: what is recorded is true, and the next audit completes it', () =>
    atSomeCalls(scene, 1, auditMeets));
  it('while it is recovered: nothing is lost, and the next run completes it', () =>
    atSomeCalls(scene, 2, recoveryMeets));

  it('in one place while it is recovered, and not in another: what is begun again leaves nothing in staging of either', async () => {
    scene.damage();
    await scene.done(scene.client.fixity.audit({}));
    scene.disk.fail({ nth: 1, call: 'utimes', lasts: 'place', turn: 0 });
    const first = await scene.ended(scene.client.decisions.recover({ all: true }));
    const met = scene.disk.heal();
    expect({ state: first.state, call: met?.call }).toEqual({ state: 'interrupted', call: 'utimes' });
    await scene.done(scene.client.decisions.recover({ all: true }));
    await allIsWell(scene, 'one place failed');
    expect(scene.stagingFolders()).toEqual([]);
    clearQuarantines(scene);
  });

  it('when its end is all that is left of a recovery: the folder that stays goes with the next one', async () => {
    const left = scene.at('vault/.holdfast/staging', archiveIdIn(scene), 'job-1');
    mkdirSync(left, { recursive: true });
    scene.damage();
    await scene.done(scene.client.fixity.audit({}));
    await scene.done(scene.client.decisions.recover({ all: true }));
    await allIsWell(scene, 'an empty folder in staging');
    expect(scene.stagingFolders()).toEqual([]);
    clearQuarantines(scene);
  });
});
