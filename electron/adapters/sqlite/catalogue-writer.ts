import type { CatalogueWriter } from '../../core/ports/catalogue.ts';
import { connectThread, threadUrl } from './thread-rpc.ts';
import type { WriterThreadData } from './writer-thread.ts';
import type { SigningKey } from './writer/events.ts';
import type { WriterMethods } from './writer/writer.ts';

export type { SigningKey };

/**
 * Starts the catalogue's one writer on a thread of its own.
 * @param path of catalogue.sqlite, migrated; the caller holds the host lock.
 * @throws HoldfastError as the thread could not open the catalogue.
 */
export async function connectCatalogueWriter(path: string, key: SigningKey): Promise<CatalogueWriter> {
  const data: WriterThreadData = { path, key };
  const thread = connectThread<WriterMethods>(threadUrl('writer-thread'), data, 'catalogue writer');
  try {
    await thread.ready;
  } catch (error) {
    await thread.close().catch(() => undefined);
    throw error;
  }
  const call = thread.call;
  return {
    beginAccession: (input) => call('beginAccession', input),
    reopenAccession: (jobId) => call('reopenAccession', jobId),
    recordFiles: (batch) => call('recordFiles', batch),
    recordNotes: (...args) => call('recordNotes', ...args),
    proposeItems: (...args) => call('proposeItems', ...args),
    closeAccession: (...args) => call('closeAccession', ...args),
    beginRun: (input) => call('beginRun', input),
    reopenRun: (jobId) => call('reopenRun', jobId),
    recordChecks: (...args) => call('recordChecks', ...args),
    recordUntracked: (...args) => call('recordUntracked', ...args),
    forgetUntracked: (...args) => call('forgetUntracked', ...args),
    closeRun: (...args) => call('closeRun', ...args),
    addLocation: (input) => call('addLocation', input),
    relinkLocation: (...args) => call('relinkLocation', ...args),
    locationReached: (id) => call('locationReached', id),
    beginJob: (...args) => call('beginJob', ...args),
    saveJob: (...args) => call('saveJob', ...args),
    markInterrupted: () => call('markInterrupted'),
    checkCounters: () => call('checkCounters'),
    close: () => thread.close(),
  };
}
