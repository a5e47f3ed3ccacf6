import { HoldfastError } from '../../../../shared/domain/errors.ts';
import { publicId } from '../../../../shared/domain/ids.ts';
import type { ActingAgent } from '../../../core/ports/catalogue.ts';
import type { RecordedRelation, RelationEnd, WantedRelation } from '../../../core/ports/arranging.ts';
import type { Connection } from '../connection.ts';
import type { WriterContext } from './context.ts';
import { actorId } from './events.ts';

type RecordedEnd = RecordedRelation['subject'];
interface Changed {
  readonly relation: RecordedRelation;
  readonly changed: boolean;
}

/** Records a relation, with its event. @throws HoldfastError NOT_FOUND; BAD_INPUT where it would close a circle */
export function relate(context: WriterContext, wanted: WantedRelation, agent: ActingAgent): Changed {
  const relation = recordedForm(context.connection, wanted);
  const { subject, predicate, object } = relation;
  const [from, to] = [nameOf(subject), nameOf(object)];
  if (from === to)
    throw new HoldfastError(
      'BAD_INPUT',
      `${from} cannot stand in a relation to itself. Nothing was changed.`,
    );
  if (stands(context.connection, relation)) return { relation, changed: false };
  if (predicate === 'part of' || predicate === 'derived from') {
    if (closesCircle(context.connection, relation))
      throw new HoldfastError(
        'BAD_INPUT',
        `${to} is ${predicate} ${from} already, directly or over others, so ${from} cannot be ${predicate} it. Nothing was changed.`,
      );
  }
  insertRelation(context.connection, relation);
  tell(context, relation, 'relation added', agent);
  return { relation, changed: true };
}

/** Takes a relation away, with its event. */
export function unrelate(context: WriterContext, wanted: WantedRelation, agent: ActingAgent): Changed {
  const relation = recordedForm(context.connection, wanted);
  const { subject, predicate, object } = relation;
  const { changes } = context.connection
    .sql(
      'DELETE FROM relations WHERE subject = ? AND subject_id = ? AND predicate = ? AND object = ? AND object_id = ?',
    )
    .run(subject.kind, subject.id, predicate, object.kind, object.id);
  if (changes === 0) return { relation, changed: false };
  tell(context, relation, 'relation removed', agent);
  return { relation, changed: true };
}

/** Without an event of its own; returns whether it was new. */
export function insertRelation(
  connection: Connection,
  { subject, predicate, object }: RecordedRelation,
): boolean {
  return (
    connection
      .sql(
        'INSERT INTO relations (subject, subject_id, predicate, object, object_id) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
      )
      .run(subject.kind, subject.id, predicate, object.kind, object.id).changes === 1
  );
}

/**
 * Whether the relation's object leads to its subject, over relations of the same kind. A content is part of the items
 * that are made of it without anyone saying so.
 */
export function closesCircle(
  connection: Connection,
  { subject, predicate, object }: RecordedRelation,
): boolean {
  const further = (from: 'start' | 'up') =>
    `SELECT x.object, x.object_id, s.predicate FROM ${from} s CROSS JOIN relations x
       ON x.subject = s.kind AND x.subject_id = s.id AND x.predicate = s.predicate
     ${predicate === 'part of' ? `UNION ${MADE_OF.replace('FROM s', `FROM ${from} s`)}` : ''}`;
  // The first step apart from the rest: a circle of one thing only is one too.
  return (
    connection
      .sql(
        `WITH RECURSIVE start (kind, id, predicate) AS (VALUES (?, ?, ?)),
           up (kind, id, predicate) AS (${further('start')} UNION ${further('up')})
         SELECT 1 FROM up WHERE kind = ? AND id = ? LIMIT 1`,
      )
      .get(object.kind, object.id, predicate, subject.kind, subject.id) !== undefined
  );
}

const MADE_OF = `SELECT 'item', r.item_id, s.predicate FROM s CROSS JOIN parts p ON p.object_id = s.id
  CROSS JOIN representations r ON r.id = p.representation_id WHERE s.kind = 'object'`;

function stands(connection: Connection, { subject, predicate, object }: RecordedRelation): boolean {
  return (
    connection
      .sql(
        'SELECT 1 FROM relations WHERE subject = ? AND subject_id = ? AND predicate = ? AND object = ? AND object_id = ?',
      )
      .get(subject.kind, subject.id, predicate, object.kind, object.id) !== undefined
  );
}

/** Contents for parts; what holds both ways begins with the older. */
function recordedForm(connection: Connection, wanted: WantedRelation): RecordedRelation {
  const subject = recordedEnd(connection, wanted.subject);
  const object = recordedEnd(connection, wanted.object);
  const { predicate } = wanted;
  const swapped =
    predicate === 'same essence' &&
    (subject.kind > object.kind || (subject.kind === object.kind && subject.id > object.id));
  return swapped ? { subject: object, predicate, object: subject } : { subject, predicate, object };
}

function recordedEnd(connection: Connection, { kind, id }: RelationEnd): RecordedEnd {
  if (kind === 'part') {
    const part = connection.sql<{ id: number }>('SELECT object_id AS id FROM parts WHERE id = ?').get(id);
    if (part !== undefined) return { kind: 'object', id: part.id };
  } else {
    const known =
      kind === 'item'
        ? connection
            .sql<{ id: number }>(
              `SELECT id FROM items WHERE id = ? UNION ALL SELECT item_id FROM item_aliases WHERE merged_id = ? LIMIT 1`,
            )
            .get(id, id)
        : connection.sql<{ id: number }>('SELECT id FROM objects WHERE id = ?').get(id);
    if (known !== undefined) return { kind, id: known.id };
  }
  throw new HoldfastError('NOT_FOUND', `There is no ${publicId(kind, id)} in this archive.`);
}

function nameOf({ kind, id }: RecordedEnd): string {
  return publicId(kind, id);
}

function tell(
  context: WriterContext,
  { subject, predicate, object }: RecordedRelation,
  change: 'relation added' | 'relation removed',
  agent: ActingAgent,
): void {
  context.events.append({
    type: 'metadata modification',
    outcome: 'success',
    agentId: actorId(context.connection, agent.name),
    links: [subject, object].map(({ kind, id }) => ({ kind, id })),
    facts: { change, predicate },
    details: {
      note: `${change === 'relation added' ? 'Recorded' : 'No longer so'}: ${nameOf(subject)} ${predicate} ${nameOf(object)}`,
    },
  });
}
