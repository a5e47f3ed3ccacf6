import type { FieldName } from '../../../../shared/domain/description/fields.ts';
import { publicId } from '../../../../shared/domain/ids.ts';
import { displayPath, type RawPath } from '../../../../shared/domain/path.ts';
import type {
  Describable,
  DescribedRow,
  FileWords,
  Standing,
  StandingValue,
} from '../../../core/ports/describing.ts';
import { pathOf as collectionPath } from '../collection-names.ts';
import type { Connection } from '../connection.ts';
import { fileSays } from './descriptions.ts';
import { below } from './rows.ts';

const TABLES = { collection: 'collections', accession: 'accessions', item: 'items', part: 'parts' } as const;
const ENTITIES = ['collection', 'accession', 'item', 'part'] as const;

/** What was written of these things, in the order given; those that are not there are left out. */
export function standing(connection: Connection, of: readonly Describable[], withFile = false): Standing[] {
  return connection.db.transaction(() => {
    const found = new Map<string, StandingValue[]>();
    for (const entity of ENTITIES) {
      const ids = of.filter((each) => each.entity === entity).map(({ id }) => id);
      if (ids.length === 0) continue;
      for (const { id } of connection
        .sql<{
          id: number;
        }>(`SELECT t.id FROM json_each(?) j CROSS JOIN ${TABLES[entity]} t ON t.id = j.value`)
        .all(JSON.stringify(ids)))
        found.set(publicId(entity, id), []);
      const values = connection
        .sql<{ entity_id: number; field: FieldName; value: string; version: number }>(
          `SELECT d.entity_id, d.field, d.value, d.id AS version FROM json_each(?) j
           CROSS JOIN descriptions d ON d.entity = ? AND d.entity_id = j.value WHERE d.superseded_by IS NULL`,
        )
        .all(JSON.stringify(ids), entity);
      for (const { entity_id, ...value } of values) found.get(publicId(entity, entity_id))?.push(value);
    }
    return of.flatMap(({ entity, id }) => {
      const values = found.get(publicId(entity, id));
      if (values === undefined) return [];
      return [{ entity, id, values, ...(withFile && { file: wordsOf(connection, { entity, id }) }) }];
    });
  })();
}

/** The same with what people know them by. */
export function describedRows(connection: Connection, of: readonly Describable[]): DescribedRow[] {
  return connection.db.transaction(() =>
    standing(connection, of).map((row) => ({
      ...row,
      ...placeOf(connection, row),
      file: wordsOf(connection, row),
    })),
  )();
}

function wordsOf(connection: Connection, of: Describable): FileWords {
  const says = fileSays(connection, of);
  return { title: says?.title ?? '', creator: says?.creator ?? '', date: says?.date ?? '' };
}

interface PlaceRow {
  readonly accession: string;
  readonly item_id: number;
  readonly root: Uint8Array | null;
  readonly folder: Uint8Array | null;
  readonly name: Uint8Array | null;
}

const PLACE = `
  SELECT a.number AS accession, i.id AS item_id, l.root, f.path AS folder, x.name
  FROM parts p CROSS JOIN representations r ON r.id = p.representation_id CROSS JOIN items i ON i.id = r.item_id
  CROSS JOIN accessions a ON a.id = i.accession_id
  LEFT JOIN replicas x ON x.id = coalesce(p.replica_id, (SELECT min(y.id) FROM replicas y WHERE y.object_id = p.object_id))
  LEFT JOIN folders f ON f.id = x.folder_id LEFT JOIN locations l ON l.id = f.location_id
  WHERE p.id = ?`;

function placeOf(
  connection: Connection,
  { entity, id }: Describable,
): Omit<DescribedRow, keyof Standing | 'file'> {
  if (entity === 'part') {
    const row = connection.sql<PlaceRow>(PLACE).get(id);
    return {
      collection: '',
      accession: row?.accession ?? '',
      item: row === undefined ? '' : publicId('item', row.item_id),
      path: pathOf(row, true),
    };
  }
  if (entity === 'item') {
    const row = connection
      .sql<{ accession: string; part: number | null }>(
        `SELECT a.number AS accession, (SELECT min(p.id) FROM representations r CROSS JOIN parts p ON p.representation_id = r.id
           WHERE r.item_id = i.id) AS part
         FROM items i CROSS JOIN accessions a ON a.id = i.accession_id WHERE i.id = ?`,
      )
      .get(id);
    const first = row?.part == null ? undefined : connection.sql<PlaceRow>(PLACE).get(row.part);
    return { collection: '', accession: row?.accession ?? '', item: '', path: pathOf(first, false) };
  }
  if (entity === 'collection')
    return { collection: collectionPath(connection, id), accession: '', item: '', path: '' };
  const row = connection
    .sql<{ number: string; collection: number | null }>(
      'SELECT number, collection_id AS collection FROM accessions WHERE id = ?',
    )
    .get(id);
  const collection = row?.collection == null ? '' : collectionPath(connection, row.collection);
  return { collection, accession: row?.number ?? '', item: '', path: '' };
}

/** Of a file; or of the folder that it stands in. */
function pathOf(row: PlaceRow | undefined, file: boolean): string {
  if (row?.root == null || row.folder === null || row.name === null) return '';
  const folder = below(row.root as RawPath, row.folder);
  return displayPath(file ? below(folder, row.name) : folder);
}
