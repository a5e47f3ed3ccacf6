import type { EditSummary } from '../../../../shared/contract/description.ts';
import type { Entity } from '../../../../shared/contract/holdings.ts';
import type { FieldName } from '../../../../shared/domain/description/fields.ts';
import { publicId } from '../../../../shared/domain/ids.ts';
import type { Page, PageRequest } from '../../../core/ports/catalogue.ts';
import type { Describable, MadeChange } from '../../../core/ports/describing.ts';
import type { Connection } from '../connection.ts';
import { decodeCursor, pageLimit } from './cursor.ts';
import { factsOf } from './entity-holdings.ts';
import { eventsBySeq } from './events.ts';
import { pageOf } from './jobs.ts';
import { time } from './rows.ts';

interface EditRow {
  readonly id: number;
  readonly kind: EditSummary['kind'];
  readonly note: string;
  readonly agent: string;
  readonly at: number;
  readonly changes: number;
  readonly waived: number;
  readonly event_seq: number | null;
  readonly undoes: number | null;
  readonly undone_by: number | null;
}

// Edits are made by people: there are never so many that a look through them for what undid one would be felt.
const EDIT = `
  SELECT d.id, d.kind, d.note, a.name AS agent, d.at, d.changes, d.waived, d.event_seq, d.undoes,
    (SELECT max(u.id) FROM description_edits u WHERE u.undoes = d.id) AS undone_by
  FROM description_edits d JOIN agents a ON a.id = d.agent_id`;

/** Newest first. */
export function editsPage(connection: Connection, page: PageRequest): Page<EditSummary> {
  const limit = pageLimit(page.limit);
  const after = decodeCursor(page.cursor, 'edits', ['integer']);
  const found = connection
    .sql<EditRow>(`${EDIT} ${after ? 'WHERE d.id < ?' : ''} ORDER BY d.id DESC LIMIT ?`)
    .all(...(after ?? []), limit + 1);
  return pageOf(found, limit, 'edits', summaryOf);
}

function summaryOf(row: EditRow): EditSummary {
  return {
    id: publicId('edit', row.id),
    kind: row.kind,
    note: row.note,
    agent: row.agent,
    at: time(row.at),
    changes: row.changes,
    waived: row.waived,
    ...(row.event_seq !== null && { event: publicId('event', row.event_seq) }),
    ...(row.undoes !== null && { undoes: publicId('edit', row.undoes) }),
    ...(row.undone_by !== null && { undoneBy: publicId('edit', row.undone_by) }),
  };
}

export function describeEdit(connection: Connection, id: number): Entity | undefined {
  const row = connection.sql<EditRow>(`${EDIT} WHERE d.id = ?`).get(id);
  if (row === undefined) return undefined;
  return {
    kind: 'edit',
    id: publicId('edit', id),
    title: row.note,
    facts: factsOf({
      kindOfEdit: row.kind,
      agent: row.agent,
      at: time(row.at),
      changes: row.changes,
      waivedRows: row.waived === 0 ? null : row.waived,
      undoes: row.undoes === null ? null : publicId('edit', row.undoes),
      undoneBy: row.undone_by === null ? null : publicId('edit', row.undone_by),
    }),
    parts: [],
    replicas: [],
    identifiers: [],
    events: row.event_seq === null ? [] : eventsBySeq(connection, [row.event_seq]),
  };
}

/** The changes of an edit in their order. */
export function changesOf(connection: Connection, editId: number, limit: number): MadeChange[] {
  return connection
    .sql<{
      entity: Describable['entity'];
      entity_id: number;
      field: FieldName;
      before: string | null;
      value: string;
    }>(
      `SELECT d.entity, d.entity_id, d.field, d.value,
         (SELECT b.value FROM descriptions b WHERE b.entity = d.entity AND b.entity_id = d.entity_id AND b.field = d.field
            AND b.id < d.id ORDER BY b.id DESC LIMIT 1) AS before
       FROM descriptions d WHERE d.edit_id = ? ORDER BY d.id LIMIT ?`,
    )
    .all(editId, limit)
    .map(({ entity, entity_id, field, before, value }) => ({
      entity,
      id: entity_id,
      field,
      from: before ?? 'null',
      to: value,
    }));
}

/** Events of edits that say something of one thing: those of many things link none of them by itself. */
export function eventsOfEdits(connection: Connection, { entity, id }: Describable): number[] {
  return connection
    .sql<{ seq: number }>(
      `SELECT DISTINCT e.event_seq AS seq FROM descriptions d JOIN description_edits e ON e.id = d.edit_id
       WHERE d.entity = ? AND d.entity_id = ? AND e.event_seq IS NOT NULL`,
    )
    .all(entity, id)
    .map(({ seq }) => seq);
}
