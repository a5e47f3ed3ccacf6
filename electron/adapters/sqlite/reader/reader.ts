import type { RawPath } from '../../../../shared/domain/path.ts';
import type { CatalogueReader } from '../../../core/ports/catalogue.ts';
import { catalogueError, openConnection } from '../connection.ts';
import { accession, accessionsOf, accessionsPage } from './accessions.ts';
import { agentById, agentsNamed, agentsPage, roleSubjects } from './agents.ts';
import { attestables, sameAttestations } from './attestations.ts';
import { checksSince } from './checks.ts';
import { accessionNamed, appraisalById, appraisalsPage, templates } from './appraisals.ts';
import { archiveBreakdown } from './breakdown.ts';
import { audioBaselines } from './audio-baselines.ts';
import {
  auditPlan,
  bytesReadBy,
  checkedReplicas,
  outcomesOf,
  plannedChecks,
  writtenOrder,
} from './audit-plan.ts';
import { Comparer } from './compare.ts';
import { decisionReading } from './decisions.ts';
import { quarantineReading } from './quarantine.ts';
import { describedItems } from './described-items.ts';
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
import { eventDetail, provenEvents } from './event-details.ts';
import { lodgedHeads, proofOf } from './proof.ts';
import { untrackedOfSizes, verifiedElsewhere } from './elsewhere.ts';
import { eventsPage, verifyLog } from './events.ts';
import { FilteredHoldings } from './filtered-holdings.ts';
import { findingsOf, findingsPage } from './findings.ts';
import { fixityLists } from './fixity-lists.ts';
import { holdingsPage } from './holdings.ts';
import { Positions } from './holdings-positions.ts';
import { accessionProblemsPage, job, jobParams, jobsPage, openJob, problemsPage } from './jobs.ts';
import { locationHealth } from './location-health.ts';
import { locationIdentities, locations } from './locations.ts';
import { chosenFiles, chosenRows } from './chosen-files.ts';
import { handOut, handOutsPage, unfinishedHandOuts } from './hand-outs.ts';
import { manifestPlan, plannedFiles } from './manifests.ts';
import type { PackedComparison, PackedFolders, PackedPaths } from './packed-folders.ts';
import { premisReading } from './premis.ts';
import { handedOverFolders, samePriorManifest } from './prior-baselines.ts';
import { Remembered, type DependsOn } from './remembered.ts';
import { notReceived, received, receiptHead } from './receipts.ts';
import { fixityFigures } from './report-fixity.ts';
import { periodFigures } from './report-period.ts';
import { archiveStanding } from './report-standing.ts';
import {
  accrualsToReplicate,
  alreadyStaged,
  depositsFrom,
  locationsOfAccruals,
  notStaged,
  openJobIds,
  replicationRows,
  staged,
  openReplica,
  stagedBag,
  stagedTally,
  tagFiles,
} from './replication.ts';
import { schedules } from './schedules.ts';
import { loans } from './shelf.ts';
import { Search } from './search.ts';
import { structureReading } from './structure.ts';
import { successionReading } from './succession.ts';
import { supersededPlaces } from './superseded.ts';
import { archiveInfo, archiveStatus } from './status.ts';
import { telling } from './telling.ts';

/** How a catalogue is read. */
export interface ReaderOptions {
  /** Of the archive, where the catalogue read is a copy of its own. */
  readonly archivePath?: string;
  /** Whether the archive cannot be written to; shown to people. */
  readonly readOnly?: boolean;
}

/** A page of a list or a search touches few pages; behind this cache stands the system's. In KiB. */
const CACHE_KIB = 8_192;

/** A breakdown, and the health of as many locations as a screen shows. */
const MOST_SUMS = 50;

type Call = {
  [Name in keyof CatalogueReader]: (
    ...args: Parameters<CatalogueReader[Name]>
  ) => Awaited<ReturnType<CatalogueReader[Name]>>;
};

/** The port's methods as they run in a thread; scans arrive packed, and contents of which there are a million leave as JSON. */
export type ReaderMethods = Omit<Call, 'compare' | 'goneFolders' | 'premisFiles'> & {
  premisFiles(...args: Parameters<Call['premisFiles']>): string;
  compare(locationId: number, under: RawPath, scan: PackedFolders): PackedComparison;
  goneFolders(locationId: number, under: RawPath, seen: PackedPaths): ReturnType<Call['goneFolders']>;
};

/** Opens the catalogue for reading only: SQLite itself refuses a write. */
export function openReaderMethods(path: string, options: ReaderOptions): ReaderMethods {
  const connection = openConnection(path, { readonly: true, cacheKib: CACHE_KIB });
  const comparer = new Comparer(connection);
  // Made with the first search: it needs a table of its own in memory.
  let search: Search | undefined;
  const searching = (): Search => (search ??= new Search(connection));
  const positions = new Positions(connection);
  const filtered = new FilteredHoldings(connection, searching);
  const sums = new Remembered<unknown>(connection, MOST_SUMS);
  /** Sums over a whole catalogue are made once for as long as they hold. */
  const summed = <Value>(key: string, of: DependsOn, make: () => Value): Value =>
    connection.db.transaction(() => sums.get(key, of, make))() as Value;
  const methods: ReaderMethods = {
    archive: () => archiveInfo(connection, options.archivePath, options.readOnly === true),
    status: (now) => archiveStatus(connection, now),
    breakdown: () => summed('breakdown', 'parts', () => archiveBreakdown(connection)),
    deaccessionOf: (accessionId) => deaccessionOf(connection, accessionId),
    custodyPlaces: (accessionId) => custodyPlaces(connection, accessionId),
    bagContents: (bagId) => bagContents(connection, bagId),
    supersededPlaces: (accessionId) => supersededPlaces(connection, accessionId),
    sharedContents: (accessionId) => sharedContents(connection, accessionId),
    deletionOf: (accessionId) => deletionOf(connection, accessionId),
    removedBy: (actId) => removedBy(connection, actId),
    removedCopies: (...args) => removedCopies(connection, ...args),
    pendingDeletions: (page) => pendingDeletions(connection, page),
    hasFormerCustody: (locationId) => hasFormerCustody(connection, locationId),
    formerCustody: (...args) => formerCustody(connection, ...args),
    locations: () => locations(connection),
    locationHealth: (id) => summed(`health ${String(id)}`, 'checks', () => locationHealth(connection, id)),
    locationIdentities: () => locationIdentities(connection),
    telling: () => telling(connection),
    schedules: () => schedules(connection),
    loans: (id) => loans(connection, id),
    attestables: (...args) => attestables(connection, ...args),
    sameAttestations: (of) => sameAttestations(connection, of),
    manifestPlan: (...args) => manifestPlan(connection, searching, ...args),
    plannedFiles: (...args) => plannedFiles(connection, ...args),
    conditionFigures: (now) => connection.db.transaction(() => archiveStanding(connection, now))(),
    annualFigures: (period, now) =>
      connection.db.transaction(() => ({
        standing: archiveStanding(connection, now),
        period: periodFigures(connection, period),
      }))(),
    fixityFigures: (...args) => connection.db.transaction(() => fixityFigures(connection, ...args))(),
    describedItems: (items) => describedItems(connection, items),
    ...premisReading(connection, searching),
    chosenFiles: (selection) => chosenFiles(connection, searching, selection),
    chosenRows: (replicas) => chosenRows(connection, replicas),
    handOuts: (page) => handOutsPage(connection, page),
    handOut: (id) => handOut(connection, id),
    unfinishedHandOuts: () => unfinishedHandOuts(connection),
    handedOverFolders: (id) => handedOverFolders(connection, id),
    samePriorManifest: (of) => samePriorManifest(connection, of),
    jobs: (page) => jobsPage(connection, page),
    job: (id) => job(connection, id),
    jobParams: (id) => jobParams(connection, id),
    openJob: (resumeKey) => openJob(connection, resumeKey),
    problems: (jobId, page) => problemsPage(connection, jobId, page),
    accessionProblems: (accessionId, page) => accessionProblemsPage(connection, accessionId, page),
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
    holdings: (sort, direction, { filter, ...page }) =>
      filter === undefined
        ? holdingsPage(connection, sort, direction, page, positions)
        : filtered.page(filter, sort, direction, page),
    holdingsCount: (filter) =>
      filter === undefined ? { count: positions.count(), capped: false } : filtered.count(filter),
    search: (text, limit) => searching().search(text, limit),
    entity: (id) => entity(connection, id),
    entityAt: (at) => entityAt(connection, at),
    held: (sha256s) => held(connection, sha256s),
    description: (of, history) => description(connection, of, history),
    standing: (of, withFile) => standing(connection, of, withFile),
    describedRows: (of) => describedRows(connection, of),
    scope: (...args) => scopeSlice(connection, searching, ...args),
    edits: (page) => editsPage(connection, page),
    changesOf: (editId, limit) => changesOf(connection, editId, limit),
    events: (page) => eventsPage(connection, page),
    event: (seq) => eventDetail(connection, seq),
    provenEvents: (...args) => provenEvents(connection, ...args),
    proofOf: (replicaId, withNames) => proofOf(connection, replicaId, withNames),
    lodgedHeads: () => lodgedHeads(connection),
    verifyLog: () => verifyLog(connection),
    ...fixityLists(connection),
    findings: (page) => findingsPage(connection, page),
    checksSince: (since) => checksSince(connection, since),
    findingsOf: (actId, limit) => findingsOf(connection, actId, limit),
    depositsFrom: (sources) => depositsFrom(connection, sources),
    staged: (...args) => staged(connection, ...args),
    alreadyStaged: (...args) => alreadyStaged(connection, ...args),
    notStaged: (...args) => notStaged(connection, ...args),
    stagedTally: (actId) => stagedTally(connection, actId),
    openReplica: (jobId) => openReplica(connection, jobId),
    stagedBag: (actId) => stagedBag(connection, actId),
    accrualsToReplicate: (accessionId) => accrualsToReplicate(connection, accessionId),
    locationsOfAccruals: (ids) => locationsOfAccruals(connection, ids),
    replicationRows: (...args) => replicationRows(connection, ...args),
    tagFiles: (locationId) => tagFiles(connection, locationId),
    openJobs: () => openJobIds(connection),
    compare: (...args) => comparer.compare(...args),
    goneFolders: (...args) => comparer.goneFolders(...args),
    auditPlan: (locationId, actId) => auditPlan(connection, locationId, actId),
    writtenOrder: (locationId) => writtenOrder(connection, locationId),
    checkedReplicas: (actId) => checkedReplicas(connection, actId),
    untrackedOfSizes: (sizes) => untrackedOfSizes(connection, sizes),
    verifiedElsewhere: (replicaId) => verifiedElsewhere(connection, replicaId),
    bytesReadBy: (actId) => bytesReadBy(connection, actId),
    outcomesOf: (actId) => outcomesOf(connection, actId),
    plannedChecks: (replicaIds) => plannedChecks(connection, replicaIds),
    audioBaselines: (replicaIds) => audioBaselines(connection, replicaIds),
    ...decisionReading(connection),
    ...quarantineReading(connection),
    ...structureReading(connection),
    ...successionReading(connection),
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
