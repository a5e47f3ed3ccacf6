import type { Connection } from '../connection.ts';

/** MD5 of the samples of a content, as its FLAC file states it, in lower-case hex; undefined where none is known. */
export function samplesMd5Of(connection: Connection, objectId: number): string | undefined {
  return (
    connection
      .sql<string | null>(
        `SELECT report ->> '$.samplesMd5' FROM internal_checks WHERE object_id = ? AND depth = 'quick'`,
      )
      .pluck(true)
      .get(objectId) ?? undefined
  );
}
