import type { CatalogueReader } from '../../core/ports/catalogue.ts';
import type { HoldingsNarrowing } from '../../core/ports/holdings-list.ts';
import type { PremisFile } from '../../core/ports/premis.ts';
import type { RawPath } from '../../../shared/domain/path.ts';
import type { ReaderThreadData } from './reader-thread.ts';
import { packFolders, packPaths, unpackComparison } from './reader/packed-folders.ts';
import type { ReaderMethods, ReaderOptions } from './reader/reader.ts';
import { connectThread, startThread, threadUrl, type StartedThread, type Thread } from './thread-rpc.ts';
import { Turns } from './turns.ts';

export interface ReaderThreadOptions extends ReaderOptions {
  /** Default 2: a heavy query then does not hold up a screen. */
  readonly threads?: 1 | 2;
  /** One that waits already. */
  readonly started?: StartedThread | undefined;
}

type Method = keyof ReaderMethods & string;

interface Reading {
  readonly thread: Thread<ReaderMethods>;
  /** Of what is asked with every key that is pressed. */
  readonly turns: Turns;
  underWay: number;
}

/** Starts a thread that will read the catalogue. */
export function startReaderThread(): StartedThread {
  // As for the writer: what passes through is garbage at once.
  return startThread(threadUrl('reader-thread'), 'catalogue reader', { maxYoungGenerationSizeMb: 6 });
}

/**
 * Opens the threads that read the catalogue, each over a read-only connection of its own. When one cannot open it, every
 * call of the reader says why (CATALOGUE_CORRUPT and what else `catalogueError` knows).
 * @param path of catalogue.sqlite, migrated.
 */
export function openReader(
  path: string,
  { threads = 2, started, ...options }: ReaderThreadOptions = {},
): CatalogueReader {
  const data: ReaderThreadData = { path, options };
  const all: Reading[] = Array.from({ length: threads }, (_, i) => ({
    thread: connectThread<ReaderMethods>((i === 0 && started) || startReaderThread(), data),
    turns: new Turns(),
    underWay: 0,
  }));

  const on = async <Name extends Method>(
    reading: Reading,
    method: Name,
    ...args: Parameters<ReaderMethods[Name]>
  ): Promise<ReturnType<ReaderMethods[Name]>> => {
    reading.underWay++;
    try {
      return (await reading.thread.call(method, ...(args as never))) as ReturnType<ReaderMethods[Name]>;
    } finally {
      reading.underWay--;
    }
  };
  /** The least busy; the first of equals keeps its page cache warm. */
  const leastBusy = (): Reading =>
    all.reduce((least, other) => (other.underWay < least.underWay ? other : least));
  const call = <Name extends Method>(method: Name, ...args: Parameters<ReaderMethods[Name]>) =>
    on(leastBusy(), method, ...args);
  const inTurn = async <Answer>(
    reading: Reading,
    signal: AbortSignal | undefined,
    ask: () => Promise<Answer>,
  ): Promise<Answer> => {
    reading.underWay++;
    try {
      return await reading.turns.take(ask, signal);
    } finally {
      reading.underWay--;
    }
  };
  /** Slices of one folder are compared where its first slice is known. */
  const ofScan = (locationId: number, under: RawPath): Reading => {
    let sum = locationId;
    for (const byte of under) sum = (sum * 31 + byte) >>> 0;
    return all[sum % all.length] as Reading;
  };

  /** A narrowed list is kept by the thread that found it. */
  const ofFilter = (filter: HoldingsNarrowing): Reading => {
    let sum = 0;
    for (const character of JSON.stringify(filter)) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) >>> 0;
    return all[sum % all.length] as Reading;
  };

  return {
    archive: () => call('archive'),
    status: (now) => call('status', now),
    breakdown: () => call('breakdown'),
    deaccessionOf: (accessionId) => call('deaccessionOf', accessionId),
    custodyPlaces: (accessionId) => call('custodyPlaces', accessionId),
    bagContents: (bagId) => call('bagContents', bagId),
    sharedContents: (accessionId) => call('sharedContents', accessionId),
    deletionOf: (accessionId) => call('deletionOf', accessionId),
    removedBy: (actId) => call('removedBy', actId),
    removedCopies: (...args) => call('removedCopies', ...args),
    pendingDeletions: (page) => call('pendingDeletions', page),
    hasFormerCustody: (locationId) => call('hasFormerCustody', locationId),
    formerCustody: (...args) => call('formerCustody', ...args),
    locations: () => call('locations'),
    locationHealth: (id) => call('locationHealth', id),
    locationIdentities: () => call('locationIdentities'),
    telling: () => call('telling'),
    schedules: () => call('schedules'),
    attestables: (...args) => call('attestables', ...args),
    sameAttestations: (of) => call('sameAttestations', of),
    manifestPlan: (...args) => call('manifestPlan', ...args),
    plannedFiles: (...args) => call('plannedFiles', ...args),
    conditionFigures: (now) => call('conditionFigures', now),
    annualFigures: (...args) => call('annualFigures', ...args),
    fixityFigures: (...args) => call('fixityFigures', ...args),
    describedItems: (items) => call('describedItems', items),
    premisPlan: (selection) => call('premisPlan', selection),
    premisFiles: async (...args) => JSON.parse(await call('premisFiles', ...args)) as PremisFile[],
    premisRepresentations: (ids) => call('premisRepresentations', ids),
    premisEntities: (...args) => call('premisEntities', ...args),
    premisEvents: (seqs) => call('premisEvents', seqs),
    premisAgents: (ids) => call('premisAgents', ids),
    premisRights: (...args) => call('premisRights', ...args),
    chosenFiles: (selection) => call('chosenFiles', selection),
    chosenRows: (replicas) => call('chosenRows', replicas),
    handOuts: (page) => call('handOuts', page),
    handOut: (id) => call('handOut', id),
    unfinishedHandOuts: () => call('unfinishedHandOuts'),
    handedOverFolders: (id) => call('handedOverFolders', id),
    samePriorManifest: (of) => call('samePriorManifest', of),
    loans: (id) => call('loans', id),
    jobs: (page) => call('jobs', page),
    job: (id) => call('job', id),
    jobParams: (id) => call('jobParams', id),
    openJob: (resumeKey) => call('openJob', resumeKey),
    problems: (...args) => call('problems', ...args),
    accessionProblems: (...args) => call('accessionProblems', ...args),
    accessions: (page) => call('accessions', page),
    accession: (id) => call('accession', id),
    accessionsOf: (roots) => call('accessionsOf', roots),
    agents: (page) => call('agents', page),
    agent: (...args) => call('agent', ...args),
    agentsNamed: (name) => call('agentsNamed', name),
    roleSubjects: (word) => call('roleSubjects', word),
    appraisals: (page) => call('appraisals', page),
    appraisal: (id) => call('appraisal', id),
    templates: () => call('templates'),
    accessionNamed: (word) => call('accessionNamed', word),
    receiptHead: (accessionId) => call('receiptHead', accessionId),
    received: (...args) => call('received', ...args),
    notReceived: (...args) => call('notReceived', ...args),
    holdings: (sort, direction, page, signal) => {
      const reading = page.filter === undefined ? leastBusy() : ofFilter(page.filter);
      return inTurn(reading, signal, () => reading.thread.call('holdings', sort, direction, page));
    },
    holdingsCount: (filter) =>
      filter === undefined ? call('holdingsCount') : on(ofFilter(filter), 'holdingsCount', filter),
    search: (text, limit, signal) => {
      const reading = leastBusy();
      return inTurn(reading, signal, () => reading.thread.call('search', text, limit));
    },
    entity: (id) => call('entity', id),
    entityAt: (at) => call('entityAt', at),
    held: (sha256s) => call('held', sha256s),
    description: (...args) => call('description', ...args),
    standing: (...args) => call('standing', ...args),
    describedRows: (of) => call('describedRows', of),
    scope: (...args) => call('scope', ...args),
    edits: (page) => call('edits', page),
    changesOf: (...args) => call('changesOf', ...args),
    events: (page) => call('events', page),
    event: (seq) => call('event', seq),
    provenEvents: (...args) => call('provenEvents', ...args),
    proofOf: (...args) => call('proofOf', ...args),
    lodgedHeads: () => call('lodgedHeads'),
    verifyLog: () => call('verifyLog'),
    runs: (page) => call('runs', page),
    openFindingsPage: (page) => call('openFindingsPage', page),
    findingCounts: () => call('findingCounts'),
    findings: (page) => call('findings', page),
    checksSince: (since) => call('checksSince', since),
    findingsOf: (...args) => call('findingsOf', ...args),
    async compare(locationId, under, slices) {
      const scan = packFolders(slices);
      return unpackComparison(
        slices,
        await on(ofScan(locationId, under), 'compare', locationId, under, scan),
      );
    },
    depositsFrom: (sources) => call('depositsFrom', sources),
    staged: (...args) => call('staged', ...args),
    alreadyStaged: (...args) => call('alreadyStaged', ...args),
    notStaged: (...args) => call('notStaged', ...args),
    stagedTally: (actId) => call('stagedTally', actId),
    openReplica: (jobId) => call('openReplica', jobId),
    stagedBag: (actId) => call('stagedBag', actId),
    accrualsToReplicate: (accessionId) => call('accrualsToReplicate', accessionId),
    locationsOfAccruals: (ids) => call('locationsOfAccruals', ids),
    bagsToSucceed: (...args) => call('bagsToSucceed', ...args),
    openSuccessions: (jobId) => call('openSuccessions', jobId),
    bagRows: (...args) => call('bagRows', ...args),
    supersededBags: (locationId) => call('supersededBags', locationId),
    supersededPlaces: (accessionId) => call('supersededPlaces', accessionId),
    successorsMadeBy: (jobId) => call('successorsMadeBy', jobId),
    replicationRows: (...args) => call('replicationRows', ...args),
    tagFiles: (locationId) => call('tagFiles', locationId),
    openJobs: () => call('openJobs'),
    goneFolders: (locationId, under, seen) =>
      on(ofScan(locationId, under), 'goneFolders', locationId, under, packPaths(seen)),
    auditPlan: (...args) => call('auditPlan', ...args),
    writtenOrder: (locationId) => call('writtenOrder', locationId),
    checkedReplicas: (actId) => call('checkedReplicas', actId),
    untrackedOfSizes: (sizes) => call('untrackedOfSizes', sizes),
    verifiedElsewhere: (replicaId) => call('verifiedElsewhere', replicaId),
    bytesReadBy: (actId) => call('bytesReadBy', actId),
    outcomesOf: (actId) => call('outcomesOf', actId),
    plannedChecks: (replicaIds) => call('plannedChecks', replicaIds),
    audioBaselines: (replicaIds) => call('audioBaselines', replicaIds),
    openFindings: (of) => call('openFindings', of),
    findingsAtHand: (ids) => call('findingsAtHand', ids),
    finding: (id) => call('finding', id),
    decisionSteps: (actId) => call('decisionSteps', actId),
    openDecisionOn: (ids) => call('openDecisionOn', ids),
    untrackedOfSize: (size) => call('untrackedOfSize', size),
    massChanges: (all) => call('massChanges', all),
    asides: (all) => call('asides', all),
    asidesPage: (page) => call('asidesPage', page),
    asideCounts: () => call('asideCounts'),
    aside: (id) => call('aside', id),
    openRecoveries: () => call('openRecoveries'),
    massChange: (id) => call('massChange', id),
    replicaHistory: (id) => call('replicaHistory', id),
    collections: (...args) => call('collections', ...args),
    collectionId: (...args) => call('collectionId', ...args),
    accessionId: (...args) => call('accessionId', ...args),
    items: (...args) => call('items', ...args),
    item: (...args) => call('item', ...args),
    tracks: (...args) => call('tracks', ...args),
    previewRegrouping: (...args) => call('previewRegrouping', ...args),
    async close() {
      await Promise.all(all.map(({ thread }) => thread.close()));
    },
  };
}
