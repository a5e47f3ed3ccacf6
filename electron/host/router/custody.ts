import { z } from 'zod';
import type { Job } from '../../../shared/contract/jobs.ts';
import { joinRaw, utf8Path, type RawPath } from '../../../shared/domain/path.ts';
import { bagRemoval } from '../../adapters/storage/remove-bag.ts';
import { writeCertificate } from '../../core/custody/certificate.ts';
import { endCustody, previewDeletion, requireAccession } from '../../core/custody/letting-go.ts';
import { openDeletion, runDeletion } from '../../core/custody/run-deletion.ts';
import {
  openSupersededDeletion,
  previewSuperseded,
  runSupersededDeletion,
} from '../../core/custody/superseded.ts';
import type { OpenedDeletion } from '../../core/ports/custody.ts';
import type { OpenedSupersededDeletion } from '../../core/ports/superseded.ts';
import { writable, type HostContext } from '../context.ts';
import { host } from './base.ts';

/** Tells the job that removes superseded bags from one that removes all. */
const supersededParams = z.object({ superseded: z.int() });

export const custody = {
  deaccession: host.custody.deaccession.handler(({ context, input }) =>
    endCustody(writable(context), input, context.agent),
  ),

  previewDeletion: host.custody.previewDeletion.handler(({ context: { reader, files }, input }) =>
    previewDeletion({ reader, files, removal: bagRemoval }, input.accession),
  ),

  delete: host.custody.delete.handler(async ({ context, input }) =>
    goOn(context, await openDeletion(writable(context), input, context.agent)),
  ),

  previewSuperseded: host.custody.previewSuperseded.handler(({ context: { reader, files }, input }) =>
    previewSuperseded({ reader, files, removal: bagRemoval }, input.accession),
  ),

  deleteSuperseded: host.custody.deleteSuperseded.handler(async ({ context, input }) =>
    goOnSuperseded(context, await openSupersededDeletion(writable(context), input, context.agent)),
  ),

  pending: host.custody.pending.handler(({ context, input }) => context.reader.pendingDeletions(input)),

  certificate: host.custody.certificate.handler(async ({ context, input }) =>
    writeCertificate(
      context.reader,
      context.exports,
      exportsOf(context),
      await requireAccession(context.reader, input.accession),
    ),
  ),
};

/** Resumes a deletion by its job alone. */
export async function resumeDeletion(context: HostContext, jobId: number): Promise<Job> {
  const { reader, writer } = writable(context);
  const params = await reader.jobParams(jobId);
  return supersededParams.safeParse(params).success
    ? goOnSuperseded(context, await writer.reopenSupersededDeletion(jobId))
    : goOn(context, await writer.reopenDeletion(jobId));
}

function goOnSuperseded(context: HostContext, opened: OpenedSupersededDeletion): Promise<Job> {
  const run = { catalogue: writable(context), opened, files: context.files, removal: bagRemoval };
  return context.jobs.start(opened.jobId, (job) => runSupersededDeletion(run, job));
}

function goOn(context: HostContext, opened: OpenedDeletion): Promise<Job> {
  const catalogue = writable(context);
  const run = {
    catalogue,
    opened,
    files: context.files,
    removal: bagRemoval,
    exports: context.exports,
    folder: exportsOf(context),
  };
  return context.jobs.start(opened.jobId, (job) => runDeletion(run, job));
}

function exportsOf({ archivePath }: HostContext): RawPath {
  return joinRaw(utf8Path(archivePath), utf8Path('exports'));
}
