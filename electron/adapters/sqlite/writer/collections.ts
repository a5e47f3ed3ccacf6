import {
  collectionName,
  formatCollectionPath,
  isTooDeep,
} from '../../../../shared/domain/collection-path.ts';
import { HoldfastError } from '../../../../shared/domain/errors.ts';
import { parsePublicId, publicId } from '../../../../shared/domain/ids.ts';
import type { ActingAgent } from '../../../core/ports/catalogue.ts';
import {
  asBadInput,
  collectionMeant,
  namesOf,
  pathOf,
  readPath,
  requireCollection,
} from '../collection-names.ts';
import type { WriterContext } from './context.ts';
import { actorId, type NewEvent } from './events.ts';

interface CollectionRow {
  readonly id: number;
  readonly parent_id: number | null;
  readonly name: string;
}

/** Returns the id of the new collection. */
export function addCollection(
  context: WriterContext,
  name: string,
  parentId: number | null,
  agent: ActingAgent,
): number {
  const kept = asBadInput(() => collectionName(name));
  const above = parentId === null ? [] : namesOf(context.connection, rowOf(context, parentId).id);
  refuseTooDeep(above.length + 1);
  refuseTwin(context, parentId, kept);
  const id = insertCollection(context, kept, parentId, Date.now());
  const path = formatCollectionPath([...above, kept]);
  tell(context, agent, [id, parentId], {
    facts: { change: 'collection added', collection: id, parent: parentId },
    details: { note: `Collection "${path}" made`, path },
  });
  return id;
}

export function renameCollection(context: WriterContext, id: number, name: string, agent: ActingAgent): void {
  const kept = asBadInput(() => collectionName(name));
  const row = rowOf(context, id);
  if (row.name === kept) return;
  refuseTwin(context, row.parent_id, kept);
  const before = pathOf(context.connection, id);
  context.connection.sql('UPDATE collections SET name = ? WHERE id = ?').run(kept, id);
  const after = pathOf(context.connection, id);
  tell(context, agent, [id], {
    facts: { change: 'collection renamed', collection: id },
    details: { note: `Collection "${before}" renamed "${after}"`, before, after },
  });
}

export function moveCollection(
  context: WriterContext,
  id: number,
  parentId: number | null,
  agent: ActingAgent,
): void {
  const { connection } = context;
  const row = rowOf(context, id);
  if (row.parent_id === parentId) return;
  if (parentId !== null) {
    rowOf(context, parentId);
    refuseCycle(context, id, parentId);
  }
  const above = parentId === null ? 0 : namesOf(connection, parentId).length;
  refuseTooDeep(above + heightOf(context, id));
  refuseTwin(context, parentId, row.name);
  const before = pathOf(connection, id);
  connection.sql('UPDATE collections SET parent_id = ? WHERE id = ?').run(parentId, id);
  const after = pathOf(connection, id);
  tell(context, agent, [id, row.parent_id, parentId], {
    facts: { change: 'collection moved', collection: id, from: row.parent_id, to: parentId },
    details: { note: `Collection "${before}" moved to "${after}"`, before, after },
  });
}

export function assignAccession(
  context: WriterContext,
  accessionId: number,
  collectionId: number | null,
  agent: ActingAgent,
): void {
  const { connection } = context;
  const row = connection
    .sql<{ number: string; collection_id: number | null }>(
      'SELECT number, collection_id FROM accessions WHERE id = ?',
    )
    .get(accessionId);
  if (row === undefined)
    throw new HoldfastError('NOT_FOUND', `There is no ${publicId('accession', accessionId)}.`);
  if (collectionId !== null) rowOf(context, collectionId);
  if (row.collection_id === collectionId) return;
  connection.sql('UPDATE accessions SET collection_id = ? WHERE id = ?').run(collectionId, accessionId);
  const named = (id: number | null): string => (id === null ? '' : pathOf(connection, id));
  const [before, after] = [named(row.collection_id), named(collectionId)];
  tell(
    context,
    agent,
    [row.collection_id, collectionId],
    {
      facts: {
        change: 'accession assigned',
        accession: accessionId,
        from: row.collection_id,
        to: collectionId,
      },
      details: {
        note:
          collectionId === null
            ? `Accession ${row.number} taken out of collection "${before}"`
            : `Accession ${row.number} assigned to collection "${after}"`,
        before,
        after,
      },
    },
    [{ kind: 'accession', id: accessionId }],
  );
}

/** The collection that an accession names; what is missing of its path is made, with one event for all of it. */
export function collectionForAccession(context: WriterContext, word: string, agent: number): number {
  const { connection } = context;
  if (parsePublicId(word.trim()) !== undefined) return requireCollection(connection, word);
  const found = collectionMeant(connection, word);
  if (found !== undefined) return found;
  const now = Date.now();
  const { names } = readPath(word);
  const made: number[] = [];
  let parentId: number | null = null;
  for (const name of names) {
    const known: { id: number } | undefined = connection
      .sql<{ id: number }>('SELECT id FROM collections WHERE coalesce(parent_id, 0) = ? AND name = ?')
      .get(parentId ?? 0, name);
    parentId = known?.id ?? insertCollection(context, name, parentId, now);
    if (known === undefined) made.push(parentId);
  }
  const path = formatCollectionPath(names);
  append(
    context,
    agent,
    made.map((id) => ({ kind: 'collection', id })),
    {
      facts: { change: 'collection added', collections: made },
      details: { note: `Collection "${path}" made for an accession`, path },
    },
  );
  return parentId ?? 0;
}

type Told = Pick<NewEvent, 'facts'> & { readonly details: NonNullable<NewEvent['details']> };

function tell(
  context: WriterContext,
  agent: ActingAgent,
  collections: readonly (number | null)[],
  told: Told,
  others: NewEvent['links'] = [],
): void {
  const links = [...new Set(collections)]
    .filter((id) => id !== null)
    .map((id) => ({ kind: 'collection', id }));
  append(context, actorId(context.connection, agent.name), [...links, ...others], told);
}

function append(context: WriterContext, agent: number, links: NewEvent['links'], told: Told): void {
  context.events.append({
    type: 'metadata modification',
    outcome: 'success',
    agentId: agent,
    links,
    ...told,
  });
}

function insertCollection(
  { connection }: WriterContext,
  name: string,
  parentId: number | null,
  now: number,
): number {
  return Number(
    connection
      .sql('INSERT INTO collections (parent_id, name, created_at) VALUES (?, ?, ?)')
      .run(parentId, name, now).lastInsertRowid,
  );
}

function rowOf({ connection }: WriterContext, id: number): CollectionRow {
  const row = connection
    .sql<CollectionRow>('SELECT id, parent_id, name FROM collections WHERE id = ?')
    .get(id);
  if (row !== undefined) return row;
  throw new HoldfastError('NOT_FOUND', `There is no collection ${publicId('collection', id)}.`);
}

function refuseTwin({ connection }: WriterContext, parentId: number | null, name: string): void {
  const twin = connection
    .sql<{ id: number }>('SELECT id FROM collections WHERE coalesce(parent_id, 0) = ? AND name = ?')
    .get(parentId ?? 0, name);
  if (twin === undefined) return;
  const where = parentId === null ? 'at the top' : `in "${pathOf(connection, parentId)}"`;
  throw new HoldfastError(
    'BAD_INPUT',
    `There is a collection "${name}" ${where} already (${publicId('collection', twin.id)}). Nothing was changed.`,
  );
}

function refuseCycle({ connection }: WriterContext, id: number, parentId: number): void {
  const isAbove = connection
    .sql(
      `WITH RECURSIVE up (id) AS (
         SELECT ? UNION SELECT c.parent_id FROM up JOIN collections c ON c.id = up.id WHERE c.parent_id IS NOT NULL)
       SELECT 1 FROM up WHERE id = ?`,
    )
    .get(parentId, id);
  if (isAbove === undefined) return;
  const [moved, into] = [pathOf(connection, id), pathOf(connection, parentId)];
  throw new HoldfastError(
    'BAD_INPUT',
    id === parentId
      ? `"${moved}" cannot lie within itself. Nothing was changed.`
      : `"${into}" lies within "${moved}", so "${moved}" cannot be moved into it. Nothing was changed. Move "${into}" out of it first.`,
  );
}

/** Levels of a collection and what lies below it. */
function heightOf({ connection }: WriterContext, id: number): number {
  const row = connection
    .sql<{ levels: number }>(
      `WITH RECURSIVE below (id, level) AS (
         SELECT ?, 1 UNION ALL SELECT c.id, level + 1 FROM below b JOIN collections c ON c.parent_id = b.id WHERE level < 100)
       SELECT max(level) AS levels FROM below`,
    )
    .get(id);
  return row?.levels ?? 1;
}

function refuseTooDeep(levels: number): void {
  if (isTooDeep(levels))
    throw new HoldfastError(
      'BAD_INPUT',
      'Collections would be nested more than 32 deep. Nothing was changed.',
    );
}
