import type { CatalogueReader } from '../../core/ports/catalogue.ts';
import type { RawPath } from '../../../shared/domain/path.ts';
import type { ReaderThreadData } from './reader-thread.ts';
import { packFolders, packPaths, unpackComparison } from './reader/packed-folders.ts';
import type { ReaderMethods, ReaderOptions } from './reader/reader.ts';
import { connectThread, threadUrl, type Thread } from './thread-rpc.ts';

export interface ReaderThreadOptions extends ReaderOptions {
  /** Default 2: a heavy query then does not hold up a screen. */
  readonly threads?: 1 | 2;
}

type Method = keyof ReaderMethods & string;

interface Reading {
  readonly thread: Thread<ReaderMethods>;
  underWay: number;
}

/**
 * Starts the threads that read the catalogue, each over a read-only connection of its own. When one cannot open it, every
 * call of the reader says why (CATALOGUE_CORRUPT and what else `catalogueError` knows).
 * @param path of catalogue.sqlite, migrated.
 */
export function openReader(
  path: string,
  { threads = 2, ...options }: ReaderThreadOptions = {},
): CatalogueReader {
  const data: ReaderThreadData = { path, options };
  const all: Reading[] = Array.from({ length: threads }, (_, i) => ({
    thread: connectThread<ReaderMethods>(threadUrl('reader-thread'), data, `catalogue reader ${i + 1}`, {
      // As for the writer: what passes through is garbage at once.
      maxYoungGenerationSizeMb: 6,
    }),
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
  const call = <Name extends Method>(method: Name, ...args: Parameters<ReaderMethods[Name]>) => {
    // The least busy; the first of equals keeps its page cache warm.
    const reading = all.reduce((least, other) => (other.underWay < least.underWay ? other : least));
    return on(reading, method, ...args);
  };
  /** Slices of one folder are compared where its first slice is known. */
  const ofScan = (locationId: number, under: RawPath): Reading => {
    let sum = locationId;
    for (const byte of under) sum = (sum * 31 + byte) >>> 0;
    return all[sum % all.length] as Reading;
  };

  return {
    archive: () => call('archive'),
    status: (now) => call('status', now),
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
    locationIdentities: () => call('locationIdentities'),
    jobs: (page) => call('jobs', page),
    job: (id) => call('job', id),
    jobParams: (id) => call('jobParams', id),
    openJob: (resumeKey) => call('openJob', resumeKey),
    problems: (...args) => call('problems', ...args),
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
    holdings: (...args) => call('holdings', ...args),
    search: (...args) => call('search', ...args),
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
    verifyLog: () => call('verifyLog'),
    findings: (page) => call('findings', page),
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
    stagedBag: (actId) => call('stagedBag', actId),
    accrualsToReplicate: (accessionId) => call('accrualsToReplicate', accessionId),
    replicationRows: (...args) => call('replicationRows', ...args),
    tagFiles: (locationId) => call('tagFiles', locationId),
    openJobs: () => call('openJobs'),
    goneFolders: (locationId, under, seen) =>
      on(ofScan(locationId, under), 'goneFolders', locationId, under, packPaths(seen)),
    auditPlan: (...args) => call('auditPlan', ...args),
    checkedReplicas: (actId) => call('checkedReplicas', actId),
    outcomesOf: (actId) => call('outcomesOf', actId),
    plannedChecks: (replicaIds) => call('plannedChecks', replicaIds),
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
