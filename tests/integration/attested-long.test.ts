/** Long manifests of checks that were made elsewhere: read to their end with progress, stopped without a trace, recorded once. */
import { appendFileSync, statSync } from 'node:fs';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Job } from '../../shared/contract/jobs.ts';
import { ReportedTape } from '../support/reported-tape.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 });

let kept: ReportedTape;
beforeEach(async () => {
  kept = await ReportedTape.make();
});
afterEach(() => kept.host.close());

/** So many megabytes, mostly of files that are not in custody. */
function long(megabytes: number): string {
  const line = `${'c'.repeat(64)}  box/some name of a file that is not in custody here.wav\n`;
  const path = kept.manifest(kept.plainLines());
  for (let at = 0; at < megabytes; at++) appendFileSync(path, line.repeat(Math.ceil(1e6 / line.length)));
  return path;
}

it('a manifest of 100 MB is read to its end, and a line without one is told', async () => {
  const path = long(100);
  appendFileSync(path, 'x'.repeat(1e6));
  const result = await kept.attest(path);
  expect(result).toMatchObject({ recorded: false, wrongLines: 1, attested: 2 });
  expect(result.wrong[0]?.message).toMatch(/longer than 64 KiB/);
  expect(result.unmatched).toBeGreaterThan(800_000);
  expect(result.unmatchedLines).toHaveLength(100);
});

it('a long one shows how far it was read, how fast that goes and how long it still takes', async () => {
  const path = long(12);
  const job = await kept.begin(path);
  expect(job).toMatchObject({ kind: 'attestation', title: 'Attestation of LTO 0042', state: 'running' });
  const seen: Job[] = [];
  for await (const each of await kept.host.client.jobs.watch({ id: job.id })) seen.push(each);
  const { size } = statSync(path);
  const under = seen.filter(({ progress }) => progress.secondsLeft !== undefined && progress.bytes < size);
  expect(under[0]?.progress).toMatchObject({ phase: 'comparing', bytesTotal: size });
  expect(under[0]?.progress.bytes).toBeGreaterThan(0);
  expect(under[0]?.progress.bytesPerSecond).toBeGreaterThan(0);
  expect(seen.at(-1)).toMatchObject({
    state: 'done',
    progress: { bytes: size, problems: 0 },
    result: { recorded: true, attested: 2 },
  });
});

it.each(['cancel', 'pause'] as const)(
  'one that is stopped by a %s is over: nothing of it is kept, and it is taken in whole when it is run again',
  async (way) => {
    const { jobs, locations, archive } = kept.host.client;
    const path = long(12);
    const before = await archive.status();
    const { id } = await kept.begin(path);
    for await (const { progress } of await jobs.watch({ id })) if (progress.bytes > 0) break;
    expect(await jobs[way]({ id })).toMatchObject({ state: 'cancelled' });
    expect(await jobs.get({ id })).not.toHaveProperty('result');
    await expect(jobs.resume({ id })).rejects.toMatchObject({ code: 'BAD_INPUT' });
    expect(await kept.fixityEvents()).toBe(0);
    expect(await kept.replica('side a.wav')).not.toHaveProperty('attested');
    expect((await locations.list()).rows[0]).not.toHaveProperty('lastAttested');
    expect(await archive.status()).toEqual(before);
    expect(await kept.attest(path)).toMatchObject({ recorded: true, attested: 2, alreadyRecorded: 0 });
  },
);

it('one is over when the archive is closed meanwhile', async () => {
  const path = long(12);
  await kept.begin(path);
  await kept.host.close();
  await kept.open();
  expect(await kept.fixityEvents()).toBe(0);
  expect((await kept.host.client.archive.status()).openJobs).toBe(0);
  expect(await kept.attest(path)).toMatchObject({ recorded: true, attested: 2 });
});

it('what is taken in twice at once is recorded once', async () => {
  const path = kept.manifest(kept.plainLines());
  const both = await Promise.allSettled([kept.attest(path), kept.attest(path), kept.attest(path)]);
  expect(both.filter((each) => each.status === 'fulfilled' && each.value.recorded)).toHaveLength(1);
  for (const each of both)
    if (each.status === 'rejected')
      expect(each.reason).toMatchObject({
        code: 'BAD_INPUT',
        message: expect.stringMatching(/taken in meanwhile/) as string,
      });
  expect(await kept.fixityEvents()).toBe(1);
});
