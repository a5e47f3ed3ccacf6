import { HoldfastError } from '../../../shared/domain/errors.ts';
import { openConnection } from './connection.ts';

/** The id of the key that signs the log of a catalogue now; its private half stands in keys/. */
export function signingKeyId(path: string): string {
  const connection = openConnection(path, { readonly: true });
  try {
    const row = connection
      .sql<{ id: string }>(
        'SELECT id FROM signing_keys WHERE retired_at IS NULL ORDER BY since DESC, id LIMIT 1',
      )
      .get();
    if (row === undefined)
      throw new HoldfastError(
        'CATALOGUE_CORRUPT',
        `The catalogue ${path} names no key for its log. Restore a backup.`,
      );
    return row.id;
  } finally {
    connection.close();
  }
}
