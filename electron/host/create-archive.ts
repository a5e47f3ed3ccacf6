import { createArchive as createInFolder, DEFAULT_POLICY } from '../adapters/sqlite/create.ts';
import { createSigningKey } from '../adapters/keys/signing-keys.ts';
import type { ArchivePolicy } from '../../shared/contract/archive.ts';
import { version } from './version.ts';

/**
 * Makes an archive: its folder, its catalogue, the key that signs its log.
 * @throws HoldfastError ARCHIVE_EXISTS, BAD_INPUT, NETWORK_FILE_SYSTEM, ARCHIVE_READ_ONLY, DISK_FULL
 */
export function createArchive(options: {
  readonly dir: string;
  readonly name: string;
  readonly agent: string;
  /** What differs from the default policy. */
  readonly policy?: Partial<ArchivePolicy>;
}): Promise<{ id: string; path: string }> {
  return new Promise((done) => {
    const { id, path } = createInFolder({
      dir: options.dir,
      name: options.name,
      agent: { name: options.agent, softwareVersion: version },
      createKey: createSigningKey,
      policy: { ...DEFAULT_POLICY, ...options.policy },
    });
    done({ id, path });
  });
}
