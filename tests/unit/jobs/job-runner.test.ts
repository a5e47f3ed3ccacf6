import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { HoldfastError } from '../../../shared/domain/errors.ts';
import type { Job } from '../../../shared/contract/jobs.ts';
import { stopReason, type JobContext, type JobEnd } from '../../../electron/core/jobs/job-runner.ts';
import { PassingJobs } from '../../../electron/host/passing-jobs.ts';

const agent = { name: 'tester', softwareVersion: '0' };

async function start(
  work: (context: JobContext) => Promise<JobEnd>,
): Promise<{ jobs: PassingJobs; id: number }> {
  const jobs = new PassingJobs();
  const id = jobs.open('survey', 'A job', agent);
  await jobs.runner.start(id, work);
  return { jobs, id };
}

async function snapshots(jobs: PassingJobs, id: number): Promise<Job[]> {
  const seen: Job[] = [];
  for await (const job of jobs.runner.watch(id)) seen.push(job);
  return seen;
}

const untilStopped = async ({ signal }: JobContext): Promise<JobEnd> => {
  while (!signal.aborted) await delay(5);
  return { state: stopReason(signal) === 'cancel' ? 'cancelled' : 'paused' };
};

describe('a job', () => {
  it('ends with its result, and whoever asks later is told the same', async () => {
    const { jobs, id } = await start(async ({ progress }) => {
      await delay(20);
      progress.files = 3;
      return { state: 'done', result: { answer: 42 } };
    });
    const last = (await snapshots(jobs, id)).at(-1);
    expect(last).toMatchObject({ state: 'done', result: { answer: 42 }, progress: { files: 3 } });
    expect(await jobs.runner.get(id)).toMatchObject({ state: 'done', result: { answer: 42 } });
  });

  it('shows snapshots whose version only grows, at most about four a second', async () => {
    const { jobs, id } = await start(async ({ progress }) => {
      for (let n = 0; n < 60; n += 1) {
        progress.files += 1;
        await delay(10);
      }
      return { state: 'done' };
    });
    const versions = (await snapshots(jobs, id)).map((job) => job.version);
    expect(versions).toEqual([...versions].sort((a, b) => a - b));
    expect(new Set(versions).size).toBe(versions.length);
    expect(versions.length).toBeLessThan(10);
  });

  it('is not held up by a watcher that never reads on', async () => {
    const { jobs, id } = await start(async () => {
      await delay(600);
      return { state: 'done' };
    });
    const sleeper = jobs.runner.watch(id);
    await sleeper.next();
    expect((await snapshots(jobs, id)).at(-1)?.state).toBe('done');
    await delay(50);
    // The sleeper wakes to the newest snapshot, not to a queue of old ones.
    expect((await sleeper.next()).value).toMatchObject({ state: 'done' });
  });

  it.each([
    ['pause', 'paused'],
    ['cancel', 'cancelled'],
  ] as const)('asked to %s, rests as %s', async (reason, state) => {
    const { jobs, id } = await start(untilStopped);
    expect(await jobs.runner.stop(id, reason)).toMatchObject({ state });
    expect(jobs.runner.isRunning(id)).toBe(false);
  });

  it('whose work fails is interrupted, and says what a person can do', async () => {
    const { jobs, id } = await start(() => Promise.reject(new HoldfastError('DISK_FULL', 'Make room.')));
    const last = (await snapshots(jobs, id)).at(-1);
    expect(last).toMatchObject({ state: 'interrupted', error: { code: 'DISK_FULL', message: 'Make room.' } });
    expect(last?.finishedAt).toBeUndefined();
  });

  it('outlives its watcher', async () => {
    const { jobs, id } = await start(untilStopped);
    const leaving = new AbortController();
    const watching = (async () => {
      for await (const job of jobs.runner.watch(id, leaving.signal)) expect(job.state).toBe('running');
    })();
    await delay(10);
    leaving.abort();
    await watching;
    expect(jobs.runner.isRunning(id)).toBe(true);
    await jobs.runner.shutdown();
    expect((await jobs.runner.get(id)).state).toBe('paused');
  });

  it('cannot be started twice at once', async () => {
    const { jobs, id } = await start(untilStopped);
    await expect(jobs.runner.start(id, untilStopped)).rejects.toMatchObject({ code: 'JOB_RUNNING' });
    await jobs.runner.shutdown();
  });
});
