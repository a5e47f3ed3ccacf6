import {
  CollectionPathError,
  formatCollectionPath,
  parseCollectionPath,
} from '../../../shared/domain/collection-path.ts';
import { HoldfastError } from '../../../shared/domain/errors.ts';
import { parsePublicId, publicId } from '../../../shared/domain/ids.ts';
import type { Connection } from './connection.ts';

interface CollectionRow {
  readonly id: number;
  readonly parent_id: number | null;
  readonly name: string;
}

/** Names from the top down to a collection. */
export function namesOf(connection: Connection, id: number): string[] {
  return connection
    .sql<{ name: string }>(
      `WITH RECURSIVE up (id, parent_id, name, level) AS (
         SELECT id, parent_id, name, 0 FROM collections WHERE id = ?
         UNION ALL SELECT c.id, c.parent_id, c.name, level + 1 FROM up JOIN collections c ON c.id = up.parent_id
         WHERE level < 100)
       SELECT name FROM up ORDER BY level DESC`,
    )
    .all(id)
    .map(({ name }) => name);
}

/** The path of a collection as people read and type it. */
export function pathOf(connection: Connection, id: number): string {
  return formatCollectionPath(namesOf(connection, id));
}

/**
 * The collection that a person means: by id, by path from the top, or by a name that only one has.
 * @returns undefined where there is none.
 * @throws HoldfastError BAD_INPUT for a name that several have, and for what can be no name.
 */
export function collectionMeant(connection: Connection, word: string): number | undefined {
  const known = parsePublicId(word.trim());
  if (known !== undefined) {
    if (known.kind !== 'collection')
      throw new HoldfastError(
        'BAD_INPUT',
        `${word.trim()} is no collection. The id of one looks like col-3.`,
      );
    return connection.sql<{ id: number }>('SELECT id FROM collections WHERE id = ?').get(known.id)?.id;
  }
  const { names, fromTop } = readPath(word);
  const child = connection.sql<{ id: number }>(
    'SELECT id FROM collections WHERE coalesce(parent_id, 0) = ? AND name = ?',
  );
  let at: number | undefined = 0;
  for (const name of names) at = at === undefined ? undefined : child.get(at, name)?.id;
  if (at !== undefined || fromTop) return at;
  return byName(connection, names.length === 1 ? (names[0] ?? '') : word.normalize('NFC').trim());
}

/** @throws HoldfastError NOT_FOUND, and as `collectionMeant`. */
export function requireCollection(connection: Connection, word: string): number {
  const id = collectionMeant(connection, word);
  if (id !== undefined) return id;
  throw new HoldfastError(
    'NOT_FOUND',
    `There is no collection "${word}". See: holdfast collection list. A slash parts the names of a path; one that belongs to a name is written \\/.`,
  );
}

/** @throws HoldfastError BAD_INPUT */
export function readPath(word: string): ReturnType<typeof parseCollectionPath> {
  return asBadInput(() => parseCollectionPath(word));
}

/** What the domain refuses, as the contract tells it. */
export function asBadInput<Value>(work: () => Value): Value {
  try {
    return work();
  } catch (error) {
    if (error instanceof CollectionPathError) throw new HoldfastError('BAD_INPUT', error.message);
    throw error;
  }
}

/** Anywhere in the tree, where it is clear which is meant. */
function byName(connection: Connection, name: string): number | undefined {
  const found = connection
    .sql<CollectionRow>('SELECT id, parent_id, name FROM collections WHERE name = ? ORDER BY id LIMIT 6')
    .all(name);
  if (found.length < 2) return found[0]?.id;
  const paths = found.map(({ id }) => `${pathOf(connection, id)} (${publicId('collection', id)})`);
  throw new HoldfastError(
    'BAD_INPUT',
    `Several collections are called "${name}": ${paths.join(', ')}. Give its path or its id.`,
  );
}
