import type { Job } from '../../shared/contract/jobs.ts';
import { publicId } from '../../shared/domain/ids.ts';
import type { JobKind } from '../../shared/domain/vocabulary.ts';
import { JobRunner, type JobStore } from '../core/jobs/job-runner.ts';
import { ProgressMeter } from '../core/jobs/progress.ts';
import type { ActingAgent } from '../core/ports/catalogue.ts';

/** Far above what a catalogue numbers, so that an id tells where its job is kept. */
const FIRST = 1_000_000_000_000;

/** Jobs that nothing remembers once the host has ended, such as a survey. */
export class PassingJobs implements JobStore {
  readonly runner = new JobRunner(this);
  readonly #kept = new Map<number, Job>();

  static has(id: number): boolean {
    return id >= FIRST;
  }

  open(kind: JobKind, title: string, agent: ActingAgent): number {
    const id = FIRST + this.#kept.size;
    this.#kept.set(id, {
      id: publicId('job', id),
      kind,
      title,
      state: 'queued',
      version: 1,
      progress: new ProgressMeter().snapshot(),
      agent: agent.name,
      createdAt: new Date().toISOString(),
    });
    return id;
  }

  get(id: number): Promise<Job | undefined> {
    return Promise.resolve(this.#kept.get(id));
  }

  save(id: number, change: Partial<Job>): Promise<void> {
    const job = this.#kept.get(id);
    if (job !== undefined) this.#kept.set(id, { ...job, ...change });
    return Promise.resolve();
  }
}
