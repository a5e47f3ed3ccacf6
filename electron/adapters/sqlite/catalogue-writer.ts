import type { CatalogueWriter } from '../../core/ports/catalogue.ts';
import { connectThread, startThread, threadUrl, type StartedThread } from './thread-rpc.ts';
import type { WriterThreadData, WriterThreadMethods } from './writer-thread.ts';
import type { SigningKey } from './writer/events.ts';
import { packFiles } from './writer/packed-files.ts';

/** Rows pass through and are garbage at once: V8 would let that grow to 100 MB before it looks, and be no faster. */
const YOUNG_GENERATION_MB = 6;

/** Starts the thread of the catalogue's writer. */
export function startWriterThread(): StartedThread {
  const limits = { maxYoungGenerationSizeMb: YOUNG_GENERATION_MB };
  return startThread(threadUrl('writer-thread'), 'catalogue writer', limits);
}

/**
 * Opens the catalogue's one writer, on a thread of its own.
 * @param path of catalogue.sqlite, migrated; the caller holds the host lock.
 * @throws HoldfastError as the thread could not open the catalogue.
 */
export async function connectCatalogueWriter(
  path: string,
  key: SigningKey,
  started = startWriterThread(),
): Promise<CatalogueWriter> {
  const data: WriterThreadData = { path, key };
  const thread = connectThread<WriterThreadMethods>(started, data);
  try {
    await thread.ready;
  } catch (error) {
    await thread.close().catch(() => undefined);
    throw error;
  }
  return {
    beginAccession: (input) => thread.call('beginAccession', input),
    reopenAccession: (jobId) => thread.call('reopenAccession', jobId),
    recordFiles: (batch) => thread.call('recordFiles', packFiles(batch)),
    recordNotes: (...args) => thread.call('recordNotes', ...args),
    proposeItems: (...args) => thread.call('proposeItems', ...args),
    closeAccession: (...args) => thread.call('closeAccession', ...args),
    beginRun: (input) => thread.call('beginRun', input),
    reopenRun: (jobId) => thread.call('reopenRun', jobId),
    recordChecks: (...args) => thread.call('recordChecks', ...args),
    recordUntracked: (...args) => thread.call('recordUntracked', ...args),
    forgetUntracked: (...args) => thread.call('forgetUntracked', ...args),
    closeRun: (...args) => thread.call('closeRun', ...args),
    beginDeposit: (input) => thread.call('beginDeposit', input),
    reopenDeposit: (jobId) => thread.call('reopenDeposit', jobId),
    beginReplication: (input) => thread.call('beginReplication', input),
    openReplica: (...args) => thread.call('openReplica', ...args),
    stageFiles: (...args) => thread.call('stageFiles', ...args),
    commitStaged: () => thread.call('commitStaged'),
    confirmStaged: (...args) => thread.call('confirmStaged', ...args),
    dropStaged: (...args) => thread.call('dropStaged', ...args),
    recordBagProblems: (...args) => thread.call('recordBagProblems', ...args),
    sealStaged: (...args) => thread.call('sealStaged', ...args),
    recordBagSlice: (...args) => thread.call('recordBagSlice', ...args),
    closeBag: (...args) => thread.call('closeBag', ...args),
    recordTagFiles: (rows) => thread.call('recordTagFiles', rows),
    openSuccession: (...args) => thread.call('openSuccession', ...args),
    recordSuccessorSlice: (...args) => thread.call('recordSuccessorSlice', ...args),
    closeSuccession: (...args) => thread.call('closeSuccession', ...args),
    endReplication: (...args) => thread.call('endReplication', ...args),
    closeGaps: (id, said, agent) => thread.call('closeGaps', id, said, agent),
    deaccession: (input) => thread.call('deaccession', input),
    beginDeletion: (input) => thread.call('beginDeletion', input),
    reopenDeletion: (jobId) => thread.call('reopenDeletion', jobId),
    beginRemoval: (...args) => thread.call('beginRemoval', ...args),
    recordPlace: (...args) => thread.call('recordPlace', ...args),
    closeDeletion: (...args) => thread.call('closeDeletion', ...args),
    addLocation: (input) => thread.call('addLocation', input),
    lodgeHead: (...args) => thread.call('lodgeHead', ...args),
    rotateKey: (...args) => thread.call('rotateKey', ...args),
    setLocation: (...args) => thread.call('setLocation', ...args),
    relinkLocation: (...args) => thread.call('relinkLocation', ...args),
    addOffline: (...args) => thread.call('addOffline', ...args),
    shelve: (...args) => thread.call('shelve', ...args),
    unshelve: (...args) => thread.call('unshelve', ...args),
    checkOut: (...args) => thread.call('checkOut', ...args),
    checkIn: (...args) => thread.call('checkIn', ...args),
    recordAttestation: (input) => thread.call('recordAttestation', input),
    locationReached: (id) => thread.call('locationReached', id),
    assignPolicy: (...args) => thread.call('assignPolicy', ...args),
    addSchedule: (...args) => thread.call('addSchedule', ...args),
    pauseSchedule: (...args) => thread.call('pauseSchedule', ...args),
    removeSchedule: (...args) => thread.call('removeSchedule', ...args),
    scheduleStarted: (...args) => thread.call('scheduleStarted', ...args),
    settleSchedule: (...args) => thread.call('settleSchedule', ...args),
    setTelling: (...args) => thread.call('setTelling', ...args),
    scheduleTold: (...args) => thread.call('scheduleTold', ...args),
    addAgent: (...args) => thread.call('addAgent', ...args),
    renameAgent: (...args) => thread.call('renameAgent', ...args),
    assignRole: (...args) => thread.call('assignRole', ...args),
    endRole: (...args) => thread.call('endRole', ...args),
    forgetAgent: (...args) => thread.call('forgetAgent', ...args),
    openAppraisal: (...args) => thread.call('openAppraisal', ...args),
    decideAppraisal: (...args) => thread.call('decideAppraisal', ...args),
    saveTemplate: (...args) => thread.call('saveTemplate', ...args),
    removeTemplate: (...args) => thread.call('removeTemplate', ...args),
    recordReceipt: (...args) => thread.call('recordReceipt', ...args),
    recordManifest: (...args) => thread.call('recordManifest', ...args),
    recordExport: (...args) => thread.call('recordExport', ...args),
    openHandOut: (...args) => thread.call('openHandOut', ...args),
    sealHandOut: (...args) => thread.call('sealHandOut', ...args),
    closeHandOut: (...args) => thread.call('closeHandOut', ...args),
    withdrawHandOut: (id) => thread.call('withdrawHandOut', id),
    recordPriorBaselines: (input) => thread.call('recordPriorBaselines', input),
    recordSupplements: (...args) => thread.call('recordSupplements', ...args),
    recordSnapshot: (...args) => thread.call('recordSnapshot', ...args),
    recordRotation: (...args) => thread.call('recordRotation', ...args),
    describe: (...args) => thread.call('describe', ...args),
    openDraft: () => thread.call('openDraft'),
    addToDraft: (...args) => thread.call('addToDraft', ...args),
    dropDraft: (draft) => thread.call('dropDraft', draft),
    describeDraft: (...args) => thread.call('describeDraft', ...args),
    undoEdit: (...args) => thread.call('undoEdit', ...args),
    addCollection: (...args) => thread.call('addCollection', ...args),
    renameCollection: (...args) => thread.call('renameCollection', ...args),
    moveCollection: (...args) => thread.call('moveCollection', ...args),
    assignAccession: (...args) => thread.call('assignAccession', ...args),
    splitItem: (...args) => thread.call('splitItem', ...args),
    mergeItems: (...args) => thread.call('mergeItems', ...args),
    moveParts: (...args) => thread.call('moveParts', ...args),
    orderParts: (...args) => thread.call('orderParts', ...args),
    setRole: (...args) => thread.call('setRole', ...args),
    relate: (...args) => thread.call('relate', ...args),
    unrelate: (...args) => thread.call('unrelate', ...args),
    regroup: (...args) => thread.call('regroup', ...args),
    beginDecision: (input) => thread.call('beginDecision', input),
    reopenDecision: (jobId) => thread.call('reopenDecision', jobId),
    recordDecisions: (...args) => thread.call('recordDecisions', ...args),
    closeDecision: (...args) => thread.call('closeDecision', ...args),
    decideMassChange: (...args) => thread.call('decideMassChange', ...args),
    releaseAside: (...args) => thread.call('releaseAside', ...args),
    adoptAside: (...args) => thread.call('adoptAside', ...args),
    saveJob: (...args) => thread.call('saveJob', ...args),
    markInterrupted: () => thread.call('markInterrupted'),
    checkCounters: () => thread.call('checkCounters'),
    close: () => thread.close(),
  };
}
