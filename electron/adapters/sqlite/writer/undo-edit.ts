import { HoldfastError } from '../../../../shared/domain/errors.ts';
import { publicId } from '../../../../shared/domain/ids.ts';
import type { ActingAgent } from '../../../core/ports/catalogue.ts';
import type { Describable, DraftChange, EditMade } from '../../../core/ports/describing.ts';
import type { FieldName } from '../../../../shared/domain/description/fields.ts';
import type { Connection } from '../connection.ts';
import type { WriterContext } from './context.ts';
import { makeEdit } from './describe.ts';

interface MadeRow {
  readonly id: number;
  readonly entity: Describable['entity'];
  readonly entity_id: number;
  readonly field: FieldName;
  readonly before: string | null;
}

const MOST_TOLD = 10;

/** Puts back what stood before an edit, by an edit of its own; inside the transaction of the caller. */
export function undoEdit(context: WriterContext, editId: number, agent: ActingAgent): EditMade {
  const { connection } = context;
  const id = publicId('edit', editId);
  if (connection.sql('SELECT 1 FROM description_edits WHERE id = ?').get(editId) === undefined)
    throw new HoldfastError(
      'NOT_FOUND',
      `There is no ${id} in this archive; holdfast describe --edits lists them.`,
    );
  refuseChanged(connection, editId, id);
  return makeEdit(
    context,
    { kind: 'undo', note: `Undid ${id}`, undoes: editId, agent },
    changesBack(connection, editId),
  );
}

/** What stands now of each field that the edit wrote, where it is another value than it wrote. */
const CHANGED = `
  SELECT d.entity, d.entity_id, d.field, n.edit_id AS later
  FROM descriptions d CROSS JOIN descriptions n
    ON n.entity = d.entity AND n.entity_id = d.entity_id AND n.field = d.field AND n.superseded_by IS NULL
  WHERE d.edit_id = ? AND n.value <> d.value ORDER BY d.id`;

function refuseChanged(connection: Connection, editId: number, id: string): void {
  const changed = connection
    .sql<{ entity: Describable['entity']; entity_id: number; field: string; later: number | null }>(CHANGED)
    .all(editId);
  if (changed.length === 0) return;
  const told = changed.slice(0, MOST_TOLD).map(({ entity, entity_id, field, later }) => {
    const by = later === null ? '' : ` (by ${publicId('edit', later)})`;
    return `${field} of ${publicId(entity, entity_id)}${by}`;
  });
  const more = changed.length - told.length;
  throw new HoldfastError(
    'EDIT_CONFLICT',
    `${id} cannot be undone, since values of it have changed since: ${told.join('; ')}${more > 0 ? `; and ${more} more` : ''}. ` +
      'Nothing was done. Undo those edits first, or write the values that should stand.',
  );
}

function* changesBack(connection: Connection, editId: number): Generator<DraftChange> {
  const slice = connection.sql<MadeRow>(
    `SELECT d.id, d.entity, d.entity_id, d.field,
       (SELECT b.value FROM descriptions b WHERE b.entity = d.entity AND b.entity_id = d.entity_id AND b.field = d.field
          AND b.id < d.id ORDER BY b.id DESC LIMIT 1) AS before
     FROM descriptions d WHERE d.edit_id = ? AND d.id > ? ORDER BY d.id LIMIT 1000`,
  );
  let last = 0;
  for (let rows = slice.all(editId, last); rows.length > 0; rows = slice.all(editId, last))
    for (const { id, entity, entity_id, field, before } of rows) {
      last = id;
      yield { entity, id: entity_id, field, value: before ?? 'null' };
    }
}
