import type { Job } from '../../../shared/contract/jobs.ts';
import { joinRaw, utf8Path, type RawPath } from '../../../shared/domain/path.ts';
import { bagRemoval } from '../../adapters/storage/remove-bag.ts';
import { writeCertificate } from '../../core/custody/certificate.ts';
import { endCustody, previewDeletion, requireAccession } from '../../core/custody/letting-go.ts';
import { openDeletion, runDeletion } from '../../core/custody/run-deletion.ts';
import type { OpenedDeletion } from '../../core/ports/custody.ts';
import { writable, type HostContext } from '../context.ts';
import { host } from './base.ts';

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
  return goOn(context, await writable(context).writer.reopenDeletion(jobId));
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
