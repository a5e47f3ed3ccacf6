import type { ActingAgent, Catalogue, CatalogueReader } from '../core/ports/catalogue.ts';
import type { Files } from '../core/ports/files.ts';
import type { JobRunner } from '../core/jobs/job-runner.ts';
import type { PassingJobs } from './passing-jobs.ts';
import { HoldfastError } from '../../shared/domain/errors.ts';

/** What every procedure of the contract is served with. `writer` is absent where the archive is open for reading. */
export interface HostContext {
  readonly archivePath: string;
  readonly reader: CatalogueReader;
  readonly writer: Catalogue['writer'] | undefined;
  readonly files: Files;
  readonly jobs: JobRunner;
  readonly passingJobs: PassingJobs;
  readonly agent: ActingAgent;
}

/** @throws HoldfastError ARCHIVE_READ_ONLY */
export function writable(context: HostContext): Catalogue {
  if (context.writer === undefined) {
    throw new HoldfastError(
      'ARCHIVE_READ_ONLY',
      `The archive ${context.archivePath} is open for reading only, so nothing can be recorded in it. ` +
        'Make its folder writable, or copy the archive to a place that is.',
    );
  }
  return { reader: context.reader, writer: context.writer };
}
