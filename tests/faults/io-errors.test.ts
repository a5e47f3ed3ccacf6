/**
 * A disk that fails at any one call. Given files in three places, some of them damaged, when the nth call to the file system fails
 * while they are audited or recovered, then nothing is lost, nothing is recorded that is not true, and the next run completes it.
 */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { auditResultSchema, type AuditResult } from '../../shared/contract/fixity.ts';
import { randomFrom } from '../fixtures/generate/random.ts';
import { expectSound } from '../support/custodian.ts';
import { LASTS, type Fault } from '../support/disk-faults.ts';
import { FailingScene } from '../support/failing-scene.ts';
import { originals } from '../support/originals.ts';
import { allIsWell, clearQuarantines, recoveryThrough } from '../support/recovering.ts';
import { describeLong } from '../support/skips.ts';
import { sharedFolder } from '../support/temp.ts';

vi.setConfig({ testTimeout: 600_000, hookTimeout: 300_000 });

/** In `npm test`; the long run has every call, in each way in which it can fail. */
const SAMPLE = 7;

const scene = new FailingScene(sharedFolder());
beforeAll(() => scene.fill());
afterAll(async () => {
  await scene.host.close();
  expectSound(scene.archive);
});

type Met = ReturnType<FailingScene['disk']['heal']>;

/** Every way and moment of failing, until a run goes through without it; `random` picks some of those. */
async function atEveryCall(act: (fault: Fault) => Promise<Met>): Promise<void> {
  for (const [turn, lasts] of LASTS.entries())
    for (let nth = 1; ; nth++) if ((await act({ nth, lasts, turn: nth + turn })) === undefined) break;
}

async function atSomeCalls(seed: number, act: (fault: Fault) => Promise<Met>): Promise<void> {
  const random = randomFrom(seed);
  await act({ nth: 1_000_000, lasts: 'once', turn: 0 });
  const { calls } = scene.disk;
  for (let n = 0; n < SAMPLE; n++) {
    const nth = 1 + Math.floor(random() * calls);
    await act({ nth, lasts: LASTS[n % LASTS.length] ?? 'once', turn: Math.floor(random() * 12) });
  }
}

/** What went wrong, for whoever reads of a failure. */
function wordsOf({ nth, lasts }: Fault, met: Met): string {
  return met === undefined
    ? 'no fault'
    : `call ${String(nth)} (${lasts}): ${met.errno} ${met.call} ${met.path}`;
}

async function auditMeets(fault: Fault): Promise<Met> {
  const damaged = scene.damage();
  const before = originals(scene.places);
  const began = Date.now();
  scene.disk.fail(fault);
  const job = await scene.ended(scene.client.fixity.audit({}));
  const met = scene.disk.heal();
  const words = wordsOf(fault, met);
  expect(originals(scene.places), words).toEqual(before);
  expect(['done', 'interrupted'], words).toContain(job.state);
  expect(job.error?.code, `${words}: ${JSON.stringify(job.error)}`).not.toBe('INTERNAL');
  for (const { path, isGood, verifiedAt, finding } of scene.standing()) {
    const said = `${words}; ${path}`;
    const mayBeUnreadable = met?.path === path && fault.lasts !== 'place';
    const may = [
      undefined,
      ...(isGood ? [] : [damaged.get(path)]),
      ...(mayBeUnreadable ? ['unreadable'] : []),
    ];
    expect(may, said).toContain(finding);
    if (!isGood || finding !== undefined) expect(verifiedAt, said).toBeLessThan(began);
  }
  if (job.state === 'done') {
    const { outcomes, planned, tagFiles } = auditResultSchema.parse(job.result);
    const intact = scene.standing().filter(({ verifiedAt }) => verifiedAt >= began);
    expect(outcomes, words).toMatchObject({ intact: intact.length });
    expect(
      Object.values(outcomes).reduce((sum, count) => sum + count, 0),
      words,
    ).toBe(planned);
    for (const { path, outcome } of tagFiles?.findings ?? [])
      expect([path.display, outcome], words).toEqual([scene.at(met?.path ?? ''), 'unreadable']);
  }

  const next = await scene.done<AuditResult>(scene.client.fixity.audit({}));
  expect(next.run.complete, words).toBe(true);
  expect(next.tagFiles?.findingsTotal, words).toBe(0);
  const standing = scene.standing();
  for (const { path, isGood, finding, verifiedAt } of standing) {
    const said = `${words}, then audited again; ${path}`;
    if (!isGood) expect(finding, said).toBe(damaged.get(path));
    else expect(verifiedAt, said).toBeGreaterThanOrEqual(began);
  }
  // What could not be read, and can be now, waits for a person.
  const open = (await scene.client.fixity.findings({ limit: 100 })).rows;
  const falseAlarms = open.filter(({ intactSince }) => intactSince === true).map(({ id }) => id);
  expect(open.length - falseAlarms.length, words).toBe(damaged.size);
  if (falseAlarms.length > 0)
    await scene.done(scene.client.decisions.resolve({ findings: falseAlarms, as: 'false-alarm' }));
  await scene.done(scene.client.decisions.recover({ all: true }));
  await allIsWell(scene, words);
  return met;
}

async function recoveryMeets(fault: Fault): Promise<Met> {
  let met: Met;
  await recoveryThrough(scene, {
    begin: () => scene.disk.fail(fault),
    end: () => {
      met = scene.disk.heal();
      return wordsOf(fault, met);
    },
  });
  return met;
}

const audits = async (fault: Fault): Promise<Met> => {
  const met = await auditMeets(fault);
  clearQuarantines(scene);
  return met;
};
const recoveries = async (fault: Fault): Promise<Met> => {
  const met = await recoveryMeets(fault);
  clearQuarantines(scene);
  return met;
};

describe('a disk that fails', () => {
  it('while it is audited: what is recorded is true, and the next audit completes it', () =>
    atSomeCalls(1, audits));
  it('while it is recovered: nothing is lost, and the next run completes it', () =>
    atSomeCalls(2, recoveries));
});

/** Some thousand runs each, which may take their time. */
const ALL_CALLS_MS = 2 * 3_600_000;

describeLong('a disk that fails at every call in turn', () => {
  it('of an audit', () => atEveryCall(audits), ALL_CALLS_MS);
  it('of a recovery', () => atEveryCall(recoveries), ALL_CALLS_MS);
});
