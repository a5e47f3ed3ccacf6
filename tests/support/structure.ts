import { onTestFinished } from 'vitest';
import { openReaderMethods, type ReaderMethods } from '../../electron/adapters/sqlite/reader/reader.ts';
import { rowsOf } from './catalogue-rows.ts';
import { tempFolder } from './temp.ts';
import { writtenCatalogue, type MadeFile, type WrittenCatalogue } from './written-catalogue.ts';

/** What stands of one item, by names: `title [role: file names in order]`. */
export interface Standing {
  readonly id: number;
  readonly title: string;
  readonly key: string;
  readonly roles: Readonly<Record<string, readonly string[]>>;
}

export interface Structured extends WrittenCatalogue {
  readonly reader: ReaderMethods;
  standing(): Standing[];
  /** Number of the part that this file is. */
  part(name: string): number;
  rows<Row>(query: string): Row[];
}

/** A sealed accession of these folders, with a reader beside its writer. Both are closed with the test. */
export function structured(folders: Readonly<Record<string, readonly MadeFile[]>>): Structured {
  const made = writtenCatalogue(tempFolder());
  onTestFinished(() => made.writer.close());
  take(made, folders);
  const reader = openReaderMethods(made.path, {});
  onTestFinished(() => reader.close());
  const rows = <Row>(query: string): Row[] => rowsOf<Row>(made.path, query);
  return {
    ...made,
    reader,
    rows,
    standing: () => standing(rows),
    part(name) {
      const [row] = rows<{ id: number }>(
        `SELECT p.id FROM parts p JOIN replicas r ON r.id = p.replica_id WHERE CAST(r.name AS TEXT) = '${name}'`,
      );
      if (row === undefined) throw new Error(`no part ${name}`);
      return row.id;
    },
  };
}

/** Takes folders as an accession, or as the next accrual of one. */
export function take(
  made: WrittenCatalogue,
  folders: Readonly<Record<string, readonly MadeFile[]>>,
  accessionId?: number,
): void {
  const opened =
    accessionId === undefined
      ? made.begin()
      : made.writer.beginAccession({
          accession: { paths: [], title: 'Kettle tapes', rightsBasis: 'other', rightsNote: '' },
          accessionId,
          roots: [{ location: { id: 1 }, path: rootPath(made) }],
          resumeKey: 'accession again',
          agent: { name: 'Ada Kettle', softwareVersion: '0.1.0' },
        });
  for (const [folder, files] of Object.entries(folders)) made.record(opened, folder, files);
  made.writer.closeAccession(opened.actId, 'done');
}

function rootPath(made: WrittenCatalogue) {
  const [row] = rowsOf<{ path: never }>(made.path, 'SELECT path FROM accession_roots');
  if (row === undefined) throw new Error('no root');
  return row.path;
}

function standing(rows: <Row>(query: string) => Row[]): Standing[] {
  const items = rows<{ id: number; title: string; key: string }>(
    'SELECT id, title, grouping_key AS key FROM items ORDER BY id',
  );
  return items.map((item) => {
    const roles: Record<string, string[]> = {};
    for (const { role, name } of rows<{ role: string; name: string }>(
      `SELECT r.role, CAST(x.name AS TEXT) AS name FROM representations r JOIN parts p ON p.representation_id = r.id
       JOIN replicas x ON x.id = p.replica_id WHERE r.item_id = ${item.id} ORDER BY r.id, p.position, p.id`,
    ))
      (roles[role] ??= []).push(name);
    return { ...item, roles };
  });
}
