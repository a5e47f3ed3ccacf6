/** Audits and recoveries on a disk that fails at a call: at some of their calls, or at each in turn. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { auditResultSchema, type AuditResult } from '../../shared/contract/fixity.ts';
import { randomFrom } from '../fixtures/generate/random.ts';
import { expectSound } from './custodian.ts';
import { LASTS, type Fault, type Lasts } from './disk-faults.ts';
import { FailingScene } from './failing-scene.ts';
import { originals } from './originals.ts';
import { allIsWell, clearQuarantines, recoveryThrough } from './recovering.ts';
import { describeLong } from './skips.ts';
import { sharedFolder } from './temp.ts';

type Met = ReturnType<FailingScene['disk']['heal']>;
/** Goes through an act whose disk fails so; returns the call that did, or undefined where it had fewer calls. */
type Act = (scene: FailingScene, fault: Fault) => Promise<Met>;

/** In `npm test`. */
const SAMPLE = 7;
/** Threads may share out their calls otherwise the next time: an act is over where so many turns on end met no fault. */
const UNMET = 3;
const TOLD_EVERY = 50;
/** Some hundred runs, which may take their time. */
const ALL_CALLS_MS = 2 * 3_600_000;
const FILL_MS = 300_000;

const WORDS: Readonly<Record<Lasts, string>> = {
  once: 'once',
  file: 'and fails that call on that file from then on',
  place: 'and everything in that location from then on',
};

/** The long run: every call of an act in turn, in each way of failing, in an archive of its own. */
export function everyCallOf(name: string, act: Act): void {
  for (const lasts of LASTS)
    describeLong(`a disk that fails at every call of ${name} in turn, ${WORDS[lasts]}`, () => {
      const dir = sharedFolder();
      let scene: FailingScene;
      beforeAll(async () => {
        // Not before its turn: threads that start heed the disk that was made last.
        scene = new FailingScene(dir);
        await scene.fill();
      }, FILL_MS);
      afterAll(async () => {
        await scene.host.close();
        expectSound(scene.archive);
      }, FILL_MS);
      it(
        'nothing is lost, what is recorded is true, and the next run completes it',
        () => atEveryCall(scene, lasts, act),
        ALL_CALLS_MS,
      );
    });
}

/** Until the act has no more calls. Tells on stderr how far it is. */
async function atEveryCall(scene: FailingScene, lasts: Lasts, act: Act): Promise<void> {
  const began = Date.now();
  const turn = LASTS.indexOf(lasts);
  const names = new Set<string>();
  await act(scene, { nth: 1_000_000, lasts, turn });
  const { calls } = scene.disk;
  let unmet = 0;
  for (let nth = firstCall(lasts); unmet < UNMET; nth++) {
    const met = await act(scene, { nth, lasts, turn: nth + turn });
    unmet = met === undefined ? unmet + 1 : 0;
    if (met !== undefined) names.add(met.call);
    // Where it has more calls with each fault, it leaves something behind that is looked at ever after.
    expect(nth, 'calls of an act').toBeLessThan(2 * calls);
    if (nth % TOLD_EVERY === 0 || unmet === UNMET)
      process.stderr.write(
        `${act.name}, ${lasts}: call ${String(nth)}, ${String(Math.round((Date.now() - began) / 1000))} s\n`,
      );
  }
  // Those of the threads that read files count too.
  expect([...names]).toContain('read');
}

/** 1, or where HOLDFAST_FROM says (`place:117`): to go on after a fault was mended. */
function firstCall(lasts: Lasts): number {
  const [of, nth] = (process.env['HOLDFAST_FROM'] ?? '').split(':');
  return of === lasts ? Number(nth) : 1;
}

export async function atSomeCalls(scene: FailingScene, seed: number, act: Act): Promise<void> {
  const random = randomFrom(seed);
  await act(scene, { nth: 1_000_000, lasts: 'once', turn: 0 });
  const { calls } = scene.disk;
  for (let n = 0; n < SAMPLE; n++) {
    const nth = 1 + Math.floor(random() * calls);
    await act(scene, { nth, lasts: LASTS[n % LASTS.length] ?? 'once', turn: Math.floor(random() * 12) });
  }
}

/** What went wrong, for whoever reads of a failure. */
function wordsOf({ nth, lasts }: Fault, met: Met): string {
  return met === undefined
    ? 'no fault'
    : `call ${String(nth)} (${lasts}): ${met.errno} ${met.call} ${met.path}`;
}

/** An audit of damaged files that meets the fault, the next one without it, and a recovery. */
export async function auditMeets(scene: FailingScene, fault: Fault): Promise<Met> {
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
  clearQuarantines(scene);
  return met;
}

/** A recovery of damaged files that meets the fault, and the next one without it. */
export async function recoveryMeets(scene: FailingScene, fault: Fault): Promise<Met> {
  let met: Met;
  await recoveryThrough(scene, {
    begin: () => scene.disk.fail(fault),
    end: () => {
      met = scene.disk.heal();
      return wordsOf(fault, met);
    },
  });
  clearQuarantines(scene);
  return met;
}
