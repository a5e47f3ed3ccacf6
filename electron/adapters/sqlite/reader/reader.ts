import type { RawPath } from '../../../../shared/domain/path.ts';
import type { CatalogueReader } from '../../../core/ports/catalogue.ts';
import { catalogueError, openConnection } from '../connection.ts';
import { accession, accessionsOf, accessionsPage } from './accessions.ts';
import { agentById, agentsNamed, agentsPage, roleSubjects } from './agents.ts';
import { accessionNamed, appraisalById, appraisalsPage, templates } from './appraisals.ts';
import { auditPlan, checkedReplicas, outcomesOf, plannedChecks } from './audit-plan.ts';
import { Comparer } from './compare.ts';
import { describedRows, standing } from './described-rows.ts';
import { scopeSlice } from './description-scope.ts';
import { description } from './descriptions.ts';
import { changesOf, editsPage } from './edits.ts';
import {
  bagContents,
  custodyPlaces,
  deaccessionOf,
  formerCustody,
  hasFormerCustody,
  pendingDeletions,
  sharedContents,
} from './custody.ts';
import { deletionOf, removedBy, removedCopies } from './deletions.ts';
import { entity, entityAt, held } from './entity.ts';
import { eventsPage, verifyLog } from './events.ts';
import { findingsOf, findingsPage } from './findings.ts';
import { holdingsPage } from './holdings.ts';
import { job, jobParams, jobsPage, openJob, problemsPage } from './jobs.ts';
import { locationIdentities, locations } from './locations.ts';
import type { PackedComparison, PackedFolders, PackedPaths } from './packed-folders.ts';
import { notReceived, received, receiptHead } from './receipts.ts';
import {
  accrualsToReplicate,
  alreadyStaged,
  depositsFrom,
  notStaged,
  openJobIds,
  replicationRows,
  staged,
  stagedBag,
  stagedTally,
  tagFiles,
} from './replication.ts';
import { Search } from './search.ts';
import { structureReading } from './structure.ts';
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
    deaccessionOf: (accessionId) => deaccessionOf(connection, accessionId),
    custodyPlaces: (accessionId) => custodyPlaces(connection, accessionId),
    bagContents: (bagId) => bagContents(connection, bagId),
    sharedContents: (accessionId) => sharedContents(connection, accessionId),
    deletionOf: (accessionId) => deletionOf(connection, accessionId),
    removedBy: (actId) => removedBy(connection, actId),
    removedCopies: (...args) => removedCopies(connection, ...args),
    pendingDeletions: (page) => pendingDeletions(connection, page),
    hasFormerCustody: (locationId) => hasFormerCustody(connection, locationId),
    formerCustody: (...args) => formerCustody(connection, ...args),
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
    agents: (page) => agentsPage(connection, page),
    agent: (id, today) => agentById(connection, id, today),
    agentsNamed: (name) => agentsNamed(connection, name),
    roleSubjects: (word) => roleSubjects(connection, word),
    appraisals: (page) => appraisalsPage(connection, page),
    appraisal: (id) => appraisalById(connection, id),
    templates: () => templates(connection),
    accessionNamed: (word) => accessionNamed(connection, word),
    receiptHead: (accessionId) => receiptHead(connection, accessionId),
    received: (...args) => received(connection, ...args),
    notReceived: (...args) => notReceived(connection, ...args),
    holdings: (sort, direction, page) => holdingsPage(connection, sort, direction, page),
    search: (text, limit) => (search ??= new Search(connection)).search(text, limit),
    entity: (id) => entity(connection, id),
    entityAt: (at) => entityAt(connection, at),
    held: (sha256s) => held(connection, sha256s),
    description: (of, history) => description(connection, of, history),
    standing: (of, withFile) => standing(connection, of, withFile),
    describedRows: (of) => describedRows(connection, of),
    scope: (...args) => scopeSlice(connection, () => (search ??= new Search(connection)), ...args),
    edits: (page) => editsPage(connection, page),
    changesOf: (editId, limit) => changesOf(connection, editId, limit),
    events: (page) => eventsPage(connection, page),
    verifyLog: () => verifyLog(connection),
    findings: (page) => findingsPage(connection, page),
    findingsOf: (actId, limit) => findingsOf(connection, actId, limit),
    depositsFrom: (sources) => depositsFrom(connection, sources),
    staged: (...args) => staged(connection, ...args),
    alreadyStaged: (...args) => alreadyStaged(connection, ...args),
    notStaged: (...args) => notStaged(connection, ...args),
    stagedTally: (actId) => stagedTally(connection, actId),
    stagedBag: (actId) => stagedBag(connection, actId),
    accrualsToReplicate: (accessionId) => accrualsToReplicate(connection, accessionId),
    replicationRows: (...args) => replicationRows(connection, ...args),
    tagFiles: (locationId) => tagFiles(connection, locationId),
    openJobs: () => openJobIds(connection),
    compare: (...args) => comparer.compare(...args),
    goneFolders: (...args) => comparer.goneFolders(...args),
    auditPlan: (locationId, actId) => auditPlan(connection, locationId, actId),
    checkedReplicas: (actId) => checkedReplicas(connection, actId),
    outcomesOf: (actId) => outcomesOf(connection, actId),
    plannedChecks: (replicaIds) => plannedChecks(connection, replicaIds),
    ...structureReading(connection),
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
