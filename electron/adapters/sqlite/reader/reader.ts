import type { RawPath } from '../../../../shared/domain/path.ts';
import type { CatalogueReader } from '../../../core/ports/catalogue.ts';
import { catalogueError, openConnection } from '../connection.ts';
import { accession, accessionsOf, accessionsPage } from './accessions.ts';
import { auditPlan, checkedReplicas, outcomesOf, plannedChecks } from './audit-plan.ts';
import { Comparer } from './compare.ts';
import { entity, entityAt, held } from './entity.ts';
import { eventsPage, verifyLog } from './events.ts';
import { findingsOf, findingsPage } from './findings.ts';
import { holdingsPage } from './holdings.ts';
import { job, jobParams, jobsPage, openJob, problemsPage } from './jobs.ts';
import { locationIdentities, locations } from './locations.ts';
import type { PackedComparison, PackedFolders, PackedPaths } from './packed-folders.ts';
import { Search } from './search.ts';
import { archiveInfo, archiveStatus } from './status.ts';

/** How a catalogue is read. */
export interface ReaderOptions {
  /** Of the archive, where the catalogue read is a copy of its own. */
  readonly archivePath?: string;
  /** Whether the archive cannot be written to; shown to people. */
  readonly readOnly?: boolean;
}

type Call = {
  [Name in keyof CatalogueReader]: (
    ...args: Parameters<CatalogueReader[Name]>
  ) => Awaited<ReturnType<CatalogueReader[Name]>>;
};

/** The port's methods as they run in a thread; scans arrive packed. */
export type ReaderMethods = Omit<Call, 'compare' | 'goneFolders'> & {
  compare(locationId: number, under: RawPath, scan: PackedFolders): PackedComparison;
  goneFolders(locationId: number, under: RawPath, seen: PackedPaths): ReturnType<Call['goneFolders']>;
};

/** Opens the catalogue for reading only: SQLite itself refuses a write. */
export function openReaderMethods(path: string, options: ReaderOptions): ReaderMethods {
  const connection = openConnection(path, { readonly: true });
  const comparer = new Comparer(connection);
  // Made with the first search: it needs a table of its own in memory.
  let search: Search | undefined;
  const methods: ReaderMethods = {
    archive: () => archiveInfo(connection, options.archivePath, options.readOnly === true),
    status: (now) => archiveStatus(connection, now),
    locations: () => locations(connection),
    locationIdentities: () => locationIdentities(connection),
    jobs: (page) => jobsPage(connection, page),
    job: (id) => job(connection, id),
    jobParams: (id) => jobParams(connection, id),
    openJob: (resumeKey) => openJob(connection, resumeKey),
    problems: (jobId, page) => problemsPage(connection, jobId, page),
    accessions: (page) => accessionsPage(connection, page),
    accession: (id) => accession(connection, id),
    accessionsOf: (roots) => accessionsOf(connection, roots),
    holdings: (sort, direction, page) => holdingsPage(connection, sort, direction, page),
    search: (text, limit) => (search ??= new Search(connection)).search(text, limit),
    entity: (id) => entity(connection, id),
    entityAt: (at) => entityAt(connection, at),
    held: (sha256s) => held(connection, sha256s),
    events: (page) => eventsPage(connection, page),
    verifyLog: () => verifyLog(connection),
    findings: (page) => findingsPage(connection, page),
    findingsOf: (actId, limit) => findingsOf(connection, actId, limit),
    compare: (...args) => comparer.compare(...args),
    goneFolders: (...args) => comparer.goneFolders(...args),
    auditPlan: (locationId, actId) => auditPlan(connection, locationId, actId),
    checkedReplicas: (actId) => checkedReplicas(connection, actId),
    outcomesOf: (actId) => outcomesOf(connection, actId),
    plannedChecks: (replicaIds) => plannedChecks(connection, replicaIds),
    close: () => connection.close(),
  };
  return translated(methods, path);
}

/** Whatever SQLite throws, a person must be able to act on. */
function translated(methods: ReaderMethods, path: string): ReaderMethods {
  const wrapped = Object.entries(methods).map(([name, method]): [string, unknown] => {
    const call = method as (...args: unknown[]) => unknown;
    const safe = (...args: unknown[]): unknown => {
      try {
        return call(...args);
      } catch (error) {
        throw catalogueError(error, path);
      }
    };
    return [name, safe];
  });
  return Object.fromEntries(wrapped) as ReaderMethods;
}
