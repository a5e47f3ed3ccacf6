import type { CatalogueWriter } from '../../core/ports/catalogue.ts';
import { connectThread, threadUrl } from './thread-rpc.ts';
import type { WriterThreadData, WriterThreadMethods } from './writer-thread.ts';
import type { SigningKey } from './writer/events.ts';
import { packFiles } from './writer/packed-files.ts';

/** Rows pass through and are garbage at once: V8 would let that grow to 100 MB before it looks, and be no faster. */
const YOUNG_GENERATION_MB = 6;

/**
 * Starts the catalogue's one writer on a thread of its own.
 * @param path of catalogue.sqlite, migrated; the caller holds the host lock.
 * @throws HoldfastError as the thread could not open the catalogue.
 */
export async function connectCatalogueWriter(path: string, key: SigningKey): Promise<CatalogueWriter> {
  const data: WriterThreadData = { path, key };
  const thread = connectThread<WriterThreadMethods>(threadUrl('writer-thread'), data, 'catalogue writer', {
    maxYoungGenerationSizeMb: YOUNG_GENERATION_MB,
  });
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
    addLocation: (input) => thread.call('addLocation', input),
    relinkLocation: (...args) => thread.call('relinkLocation', ...args),
    locationReached: (id) => thread.call('locationReached', id),
    saveJob: (...args) => thread.call('saveJob', ...args),
    markInterrupted: () => thread.call('markInterrupted'),
    checkCounters: () => thread.call('checkCounters'),
    close: () => thread.close(),
  };
}
