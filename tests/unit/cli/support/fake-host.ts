import type { Client, HostModule } from '../../../../electron/cli/host-port.ts';
import type { ArchiveStatus } from '../../../../shared/contract/archive.ts';
import type { Job, JobProgress } from '../../../../shared/contract/jobs.ts';

type Calls = Record<string, Record<string, (input: never) => unknown>>;

/** A host whose client answers what the test says; any other call fails the test. */
export function fakeHost(
  calls: Calls,
  changes: Partial<HostModule> = {},
): HostModule & { closed: () => number } {
  let closed = 0;
  const client = new Proxy(
    {},
    {
      get: (_, service: string) =>
        new Proxy(
          {},
          {
            get: (__, name: string) => async (input: unknown) => {
              const answer = calls[service]?.[name];
              if (answer === undefined) throw new Error(`unexpected call of ${service}.${name}`);
              await Promise.resolve();
              return answer(input as never);
            },
          },
        ),
    },
  ) as Client;
  const close = (): Promise<readonly string[]> => {
    closed += 1;
    return Promise.resolve([]);
  };
  return {
    openHost: () => Promise.resolve({ client, close }),
    createArchive: ({ dir }) => Promise.resolve({ id: 'an-id', path: dir }),
    defaultArchiveDir: () => '/default/archive',
    openSurveyor: () => Promise.resolve({ client, close }),
    requireFolder: () => Promise.resolve(),
    inspectFiles: () => Promise.reject(new Error('unexpected call of inspectFiles')),
    describeTimer: () => ({ files: [], isRunning: false }),
    installTimer: () => Promise.reject(new Error('unexpected call of installTimer')),
    uninstallTimer: () => Promise.reject(new Error('unexpected call of uninstallTimer')),
    verifyProof: () => {
      throw new Error('unexpected call of verifyProof');
    },
    rebuildArchive: () => Promise.reject(new Error('unexpected call of rebuildArchive')),
    ...changes,
    closed: () => closed,
  };
}

export const progress: JobProgress = {
  phase: 'reading',
  files: 412,
  bytes: 412_000_000_000,
  filesTotal: 3120,
  bytesTotal: 3_120_000_000_000,
  bytesPerSecond: 208_000_000,
  filesPerSecond: 0.2,
  secondsLeft: 13_200,
  problems: 0,
};

export function jobOf(changes: Partial<Job>): Job {
  return {
    id: 'job-1',
    kind: 'audit',
    title: 'Audit',
    state: 'done',
    version: 1,
    progress: { ...progress, problems: 0 },
    agent: 'tester',
    createdAt: '2026-11-03T10:00:00Z',
    ...changes,
  };
}

/** `jobs` as a host answers for one job: it runs, then rests as `final`. */
export function jobsOf(final: Job): Calls[string] {
  return {
    watch: () =>
      (async function* () {
        await Promise.resolve();
        yield { ...final, state: 'running' as const };
        yield final;
      })(),
    get: () => final,
  };
}

export const emptyStatus: ArchiveStatus = {
  archive: { id: '6f1c2a9e-0000-4000-8000-000000000000', name: 'Sound archive' },
  items: 0,
  objects: 0,
  replicas: 0,
  bytes: 0,
  hours: 0,
  byOutcome: {},
  byStatus: {},
  byFormat: {},
  byLocation: {},
  overdue: 0,
  awaitingFirstCheck: 0,
  offline: { locations: 0, replicas: 0, toFetch: 0 },
  openMassChanges: 0,
  openFindings: 0,
  untracked: 0,
  gaps: { rights: 0, source: 0, acquired: 0 },
  pendingDeletions: 0,
  openJobs: 0,
  responsible: [],
  successors: [],
  withoutSuccessor: 0,
  lastAudit: null,
  catalogueHasCopy: false,
  log: { events: 1, head: 'ab'.repeat(32) },
};
