import type { ActingAgent, Catalogue, CatalogueReader } from '../core/ports/catalogue.ts';
import type { BagProfiles, BagValidator, SerialisedBags } from '../core/ports/bag-validation.ts';
import type { BagWriter } from '../core/ports/bags.ts';
import type { Exports } from '../core/ports/exports.ts';
import type { Files } from '../core/ports/files.ts';
import type { Folders } from '../core/ports/folders.ts';
import type { ManagedStore } from '../core/ports/managed-store.ts';
import type { VirusScanner } from '../core/ports/virus-scanner.ts';
import type { Printer } from '../core/ports/printing.ts';
import type { PackagePlace } from '../core/ports/package-place.ts';
import type { HandOutsUnderWay } from '../core/packaging/settle-hand-outs.ts';
import type { Preferences } from '../core/ports/preferences.ts';
import type { RawPath } from '../../shared/domain/path.ts';
import type { Tables } from '../core/ports/tables.ts';
import type { TellingTools } from '../core/telling/tell-runs.ts';
import type { JobRunner } from '../core/jobs/job-runner.ts';
import type { Changes } from './changes.ts';
import type { CatalogueKeeper } from './keeper.ts';
import type { PassingJobs } from './passing-jobs.ts';
import type { Scheduler } from './scheduler.ts';
import { HoldfastError } from '../../shared/domain/errors.ts';

/** What every procedure of the contract is served with. `writer` is absent where the archive is open for reading. */
export interface HostContext {
  readonly archivePath: string;
  readonly reader: CatalogueReader;
  readonly writer: Catalogue['writer'] | undefined;
  readonly files: Files;
  readonly tables: Tables;
  readonly exports: Exports;
  readonly printer: Printer;
  /** What writes in managed locations. */
  readonly store: ManagedStore;
  readonly bags: BagWriter;
  readonly validator: BagValidator;
  readonly serialisedBags: SerialisedBags;
  readonly bagProfiles: BagProfiles;
  /** Where packages are made for others. */
  readonly packagePlace: PackagePlace;
  readonly handOutsUnderWay: HandOutsUnderWay;
  readonly virusScanner: VirusScanner;
  /** Copies the catalogue to managed locations; absent as the writer is. */
  readonly keeper: CatalogueKeeper | undefined;
  /** Runs what is due; absent as the writer is. */
  readonly scheduler: Scheduler | undefined;
  readonly telling: TellingTools;
  readonly changes: Changes;
  readonly preferences: Preferences;
  readonly folders: Folders;
  readonly jobs: JobRunner;
  readonly passingJobs: PassingJobs;
  readonly agent: ActingAgent;
  /** The collection that ships with the program, where it is there. */
  readonly sample: RawPath | undefined;
}

/** The same archive for another person: whoever acts may come with a connection. */
export function withAgent(context: HostContext, name: string): HostContext {
  return { ...context, agent: { ...context.agent, name } };
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
