import type { CatalogueRebuild } from '../../core/ports/rebuilding.ts';
import type { RebuildMethods, RebuildOrder } from './rebuild/rebuild.ts';
import { connectThread, startThread, threadUrl } from './thread-rpc.ts';

/** Rebuilds a catalogue in a folder, on a thread of its own. */
export function openCatalogueRebuild(order: RebuildOrder): CatalogueRebuild {
  const thread = connectThread<RebuildMethods>(startThread(threadUrl('rebuild-thread'), 'rebuild'), order);
  return {
    archives: () => thread.call('archives'),
    sources: (archiveId) => thread.call('sources', archiveId),
    takeSnapshot: (...args) => thread.call('takeSnapshot', ...args),
    takeNothing: () => thread.call('takeNothing'),
    prepareSupplements: (ids) => thread.call('prepareSupplements', ids),
    takeSupplement: (...args) => thread.call('takeSupplement', ...args),
    registerPlaces: () => thread.call('registerPlaces'),
    settle: () => thread.call('settle'),
    bags: () => thread.call('bags'),
    compareBag: (id) => thread.call('compareBag', id),
    signWith: (...args) => thread.call('signWith', ...args),
    takeBag: (...args) => thread.call('takeBag', ...args),
    index: () => thread.call('index'),
    finish: () => thread.call('finish'),
    close: () => thread.close(),
  };
}
