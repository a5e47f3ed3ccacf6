import type { ActingAgent, Catalogue, CatalogueReader } from '../core/ports/catalogue.ts';
import type { BagValidator } from '../core/ports/bag-validation.ts';
import type { BagWriter } from '../core/ports/bags.ts';
import type { Exports } from '../core/ports/exports.ts';
import type { Files } from '../core/ports/files.ts';
import type { ManagedStore } from '../core/ports/managed-store.ts';
import type { CatalogueProtection } from '../core/ports/protection.ts';
import type { Tables } from '../core/ports/tables.ts';
import type { JobRunner } from '../core/jobs/job-runner.ts';
import type { PassingJobs } from './passing-jobs.ts';
import { HoldfastError } from '../../shared/domain/errors.ts';

/** What every procedure of the contract is served with. `writer` is absent where the archive is open for reading. */
export interface HostContext {
  readonly archivePath: string;
  readonly reader: CatalogueReader;
  readonly writer: Catalogue['writer'] | undefined;
  readonly files: Files;
  readonly tables: Tables;
  readonly exports: Exports;
  /** What writes in managed locations. */
  readonly store: ManagedStore;
  readonly bags: BagWriter;
  readonly validator: BagValidator;
  /** Copies the catalogue to managed locations; absent as the writer is. */
  readonly protection: CatalogueProtection | undefined;
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
