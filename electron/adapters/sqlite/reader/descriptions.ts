import type { Description, DescribedField } from '../../../../shared/contract/description.ts';
import { DEFAULT_ROLE } from '../../../../shared/domain/description/cells.ts';
import {
  FIELD_NAMES,
  type FieldName,
  type FieldValue,
} from '../../../../shared/domain/description/fields.ts';
import { publicId } from '../../../../shared/domain/ids.ts';
import type { Describable } from '../../../core/ports/describing.ts';
import type { Connection } from '../connection.ts';
import { json, time } from './rows.ts';

interface ValueRow {
  readonly id: number;
  readonly field: FieldName;
  readonly value: string;
  readonly source: DescribedField['source'];
  readonly agent: string | null;
  readonly recorded_at: number;
  readonly superseded_by: number | null;
  readonly edit_id: number | null;
}

/** What the files say, or what a thing was called when it was made. */
export interface FileSays {
  readonly title: string;
  readonly titleSource: DescribedField['source'];
  readonly creator: string | null;
  readonly date: string | null;
}

const VALUES = `
  SELECT d.id, d.field, d.value, d.source, a.name AS agent, d.recorded_at, d.superseded_by, d.edit_id
  FROM descriptions d LEFT JOIN agents a ON a.id = d.agent_id WHERE d.entity = ? AND d.entity_id = ?`;

// The key of an item that is grouped by an album holds the album behind a unit separator; see shared/domain/grouping.ts.
const SAYS: Readonly<Record<Describable['entity'], string>> = {
  collection: `SELECT name AS title, 'archivist' AS titleSource, NULL AS creator, NULL AS date FROM collections WHERE id = ?`,
  accession: `SELECT title, 'archivist' AS titleSource, NULL AS creator, NULL AS date FROM accessions WHERE id = ?`,
  item: `SELECT title, CASE WHEN instr(grouping_key, char(31)) > 0 THEN 'tag' ELSE 'file name' END AS titleSource, creator, date
    FROM items WHERE id = ?`,
  part: `SELECT coalesce(e.title, p.name_title, '') AS title, CASE WHEN e.title IS NULL THEN 'file name' ELSE 'tag' END AS titleSource,
      coalesce(e.artist, e.album_artist) AS creator, e.date
    FROM parts p LEFT JOIN embedded_metadata e ON e.object_id = p.object_id WHERE p.id = ?`,
};

/** Undefined for what is not there. */
export function fileSays(connection: Connection, { entity, id }: Describable): FileSays | undefined {
  return connection.sql<FileSays>(SAYS[entity]).get(id);
}

/** What stands of one thing, field by field, and every value that ever stood where it is asked for. */
export function description(
  connection: Connection,
  of: Describable,
  history: boolean,
): Description | undefined {
  return connection.db.transaction(() => {
    const says = fileSays(connection, of);
    if (says === undefined) return undefined;
    const rows = connection.sql<ValueRow>(`${VALUES} ORDER BY d.id DESC`).all(of.entity, of.id);
    const standing = rows.filter((row) => row.superseded_by === null).map(fieldOfRow);
    const written = new Map(standing.map((each) => [each.field, each]));
    const said = new Map(saidBy(says).map((each) => [each.field, each]));
    const fields = FIELD_NAMES.map((name) => {
      const own = written.get(name);
      // A field that was cleared shows what the file says, and is edited on the row that cleared it.
      if (own !== undefined && own.value !== null) return own;
      const file = said.get(name);
      return file === undefined ? own : { ...file, version: own?.version ?? 0 };
    }).filter((each) => each !== undefined);
    const title = fields.find(({ field }) => field === 'title')?.value;
    return {
      id: publicId(of.entity, of.id),
      title: typeof title === 'string' ? title : '',
      fields,
      fileSays: [...said.values()].filter(({ field }) => (written.get(field)?.value ?? null) !== null),
      ...(history && {
        history: rows.map((row) => ({
          ...fieldOfRow(row),
          current: row.superseded_by === null,
          ...(row.edit_id !== null && { edit: publicId('edit', row.edit_id) }),
        })),
      }),
    };
  })();
}

function fieldOfRow(row: ValueRow): DescribedField {
  return {
    field: row.field,
    value: (json(row.value) ?? null) as FieldValue | null as DescribedField['value'],
    source: row.source,
    ...(row.agent !== null && { agent: row.agent }),
    at: time(row.recorded_at),
    version: row.id,
  };
}

function saidBy({ title, titleSource, creator, date }: FileSays): DescribedField[] {
  const said: DescribedField[] = [];
  if (title !== '') said.push({ field: 'title', value: title, source: titleSource, version: 0 });
  if (creator !== null && creator !== '')
    said.push({
      field: 'contributor',
      value: [{ name: creator, role: DEFAULT_ROLE }],
      source: 'tag',
      version: 0,
    });
  if (date !== null && date !== '') said.push({ field: 'date', value: date, source: 'tag', version: 0 });
  return said;
}
