/**
 * A disk that fails at any one call. Given files in three places, some of them damaged, when the nth call to the file system fails
 * while they are audited or recovered, then nothing is lost, nothing is recorded that is not true, and the next run completes it.
 * Here at some calls; at every one in the long run (io-errors-audit.test.ts, io-errors-recovery.test.ts).
 */
import { afterAll, beforeAll, describe, it, vi } from 'vitest';
import { expectSound } from '../support/custodian.ts';
import { atSomeCalls, auditMeets, recoveryMeets } from '../support/every-call.ts';
import { FailingScene } from '../support/failing-scene.ts';
import { sharedFolder } from '../support/temp.ts';

vi.setConfig({ testTimeout: 600_000, hookTimeout: 300_000 });

const scene = new FailingScene(sharedFolder());
beforeAll(() => scene.fill());
afterAll(async () => {
  await scene.host.close();
  expectSound(scene.archive);
});

describe('a disk that fails', () => {
  it('while it is audited: what is recorded is true, and the next audit completes it', () =>
    atSomeCalls(scene, 1, auditMeets));
  it('while it is recovered: nothing is lost, and the next run completes it', () =>
    atSomeCalls(scene, 2, recoveryMeets));
});
