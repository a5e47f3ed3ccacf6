import { newAccessionSchema } from '../../../shared/contract/accession.ts';
import { HoldfastError } from '../../../shared/domain/errors.ts';
import { manifests } from '../../adapters/manifests/open-manifest.ts';
import { identifyRoots } from '../../core/accession/plan-accession.ts';
import { runAccession } from '../../core/accession/run-accession.ts';
import { runSurvey } from '../../core/accession/run-survey.ts';
import { sayUnknown } from '../../core/accession/say-unknown.ts';
import type { BagIntake } from '../../core/accession/bag-baselines.ts';
import { digestsFor, receiveBags } from '../../core/accession/received-bags.ts';
import { openAccession } from '../../core/accession/start-accession.ts';
import { runDeposit } from '../../core/replication/run-deposit.ts';
import { openDeposit } from '../../core/replication/start-deposit.ts';
import type { OpenedAccession } from '../../core/ports/catalogue.ts';
import type { NewAccession } from '../../../shared/contract/accession.ts';
import type { Job } from '../../../shared/contract/jobs.ts';
import { writable, type HostContext } from '../context.ts';
import { host } from './base.ts';
import { found, numberOf } from './numbers.ts';
import { bagRun } from './replication.ts';

export const accession = {
  survey: host.accession.survey.handler(async ({ context, input }) => {
    const roots = await identifyRoots(context.files, input.paths);
    const id = context.passingJobs.open('survey', 'Survey', context.agent);
    return context.passingJobs.runner.start(id, (job) =>
      runSurvey(context.files, context.reader, roots, job),
    );
  }),

  start: host.accession.start.handler(({ context, input, signal }) =>
    startAccession(context, input, { signal }),
  ),

  list: host.accession.list.handler(({ context, input }) => context.reader.accessions(input)),

  closeGaps: host.accession.closeGaps.handler(({ context, input }) =>
    sayUnknown(writable(context), input, context.agent),
  ),

  get: host.accession.get.handler(async ({ context, input }) =>
    found('accession', input.id, await context.reader.accession(numberOf('accession', input.id))),
  ),

  problems: host.accession.problems.handler(async ({ context, input }) => {
    const id = numberOf('accession', input.id);
    found('accession', input.id, await context.reader.accession(id));
    return context.reader.accessionProblems(id, input);
  }),
};

interface Starting {
  /** Of whoever asked, who may not wait until the bags among the folders are judged. */
  readonly signal?: AbortSignal | undefined;
  readonly whenOpened?: (opened: Pick<OpenedAccession, 'accession' | 'jobId'>) => Promise<void>;
}

/** Judges what came as bags, opens the act or finds it again, tells of it before anything is taken, and starts its job. */
export async function startAccession(
  context: HostContext,
  wanted: NewAccession,
  { signal, whenOpened }: Starting = {},
): Promise<Job> {
  const bags = await intakeOf(context, wanted, signal);
  if (wanted.to !== undefined) return startDeposit(context, wanted, wanted.to, bags, whenOpened);
  const opened = await openAccession(writable(context), context.files, wanted, context.agent);
  await whenOpened?.(opened);
  return goOn(context, opened, wanted, bags);
}

/** Resumes an accession by its job alone. */
export async function resumeAccession(context: HostContext, jobId: number): Promise<Job> {
  const { reader, writer } = writable(context);
  const wanted = newAccessionSchema.parse(await reader.jobParams(jobId));
  if (wanted.to !== undefined)
    return startDeposit(context, wanted, wanted.to, await intakeOf(context, wanted));
  const bags = await intakeOf(context, wanted).catch((error: unknown) => {
    // A place that is not there is told by the run, which waits for it.
    if (error instanceof HoldfastError && AWAY.has(error.code))
      return { received: { bags: [], asFolders: 0 }, manifests, agent: context.agent };
    throw error;
  });
  return goOn(context, await writer.reopenAccession(jobId), wanted, bags);
}

const AWAY: ReadonlySet<string> = new Set(['FOLDER_NOT_FOUND', 'NOT_A_FOLDER', 'FOLDER_UNREADABLE']);

async function intakeOf(
  { files, validator, agent }: HostContext,
  wanted: NewAccession,
  signal = new AbortController().signal,
): Promise<BagIntake> {
  return { received: await receiveBags({ files, validator }, wanted, signal), manifests, agent };
}

async function startDeposit(
  context: HostContext,
  wanted: NewAccession,
  to: string,
  bagsHandedOver: BagIntake,
  whenOpened?: Starting['whenOpened'],
): Promise<Job> {
  const catalogue = writable(context);
  const { opened, location } = await openDeposit(catalogue, context.files, wanted, to, context.agent);
  await whenOpened?.(opened);
  const { policy } = await catalogue.reader.archive();
  const run = {
    ...(await bagRun(context, location)),
    opened,
    wanted,
    furtherDigests: digestsFor(bagsHandedOver.received, policy.furtherDigests),
    virusScanner: context.virusScanner,
    bagsHandedOver,
  };
  return context.jobs.start(opened.jobId, (job) => runDeposit(run, job));
}

async function goOn(
  context: HostContext,
  opened: OpenedAccession,
  wanted: NewAccession,
  bags: BagIntake,
): Promise<Job> {
  const catalogue = writable(context);
  const { policy } = await catalogue.reader.archive();
  return context.jobs.start(opened.jobId, (job) =>
    runAccession(
      {
        catalogue,
        files: context.files,
        opened,
        furtherDigests: digestsFor(bags.received, policy.furtherDigests),
        wanted,
        virusScanner: context.virusScanner,
        bags,
      },
      job,
    ),
  );
}
