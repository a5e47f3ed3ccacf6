import type { CatalogueProtection } from '../../core/ports/protection.ts';
import type { ProtectionMethods } from './protection/protection.ts';
import { connectThread, startThread, threadUrl, type Thread } from './thread-rpc.ts';

/**
 * Puts supplements and snapshots into managed locations, on a thread of its own that starts with the first call: most sessions
 * have nothing to protect.
 * @param path of catalogue.sqlite, migrated.
 */
export function openCatalogueProtection(path: string): CatalogueProtection {
  let started: Thread<ProtectionMethods> | undefined;
  const thread = (): Thread<ProtectionMethods> =>
    (started ??= connectThread<ProtectionMethods>(
      // As for the writer: what passes through is garbage at once.
      startThread(threadUrl('protection-thread'), 'keeper of catalogue copies', {
        maxYoungGenerationSizeMb: 6,
      }),
      { path },
    ));
  return {
    due: (locationId) => thread().call('due', locationId),
    writeSupplements: (...args) => thread().call('writeSupplements', ...args),
    writeSnapshot: (place) => thread().call('writeSnapshot', place),
    snapshots: (locationId) => thread().call('snapshots', locationId),
    snapshotFiles: (place) => thread().call('snapshotFiles', place),
    removeSnapshots: (...args) => thread().call('removeSnapshots', ...args),
    async close() {
      await started?.close();
      started = undefined;
    },
  };
}
