import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { descriptionFiles } from '../../electron/adapters/csv/description-files.ts';
import { openReaderMethods } from '../../electron/adapters/sqlite/reader/reader.ts';
import type { WriterMethods } from '../../electron/adapters/sqlite/writer/writer.ts';
import { editOne } from '../../electron/core/description/edit.ts';
import { exportCsv } from '../../electron/core/description/export-csv.ts';
import { importCsv, type ImportWish } from '../../electron/core/description/import-csv.ts';
import type { Catalogue } from '../../electron/core/ports/catalogue.ts';
import type { FieldName, FieldValue } from '../../shared/domain/description/fields.ts';
import { utf8Path } from '../../shared/domain/path.ts';
import { album } from './catalogue-rows.ts';
import { tempFolder } from './temp.ts';
import { agent, writtenCatalogue, type MadeFile } from './written-catalogue.ts';

export const KINDS = ['item', 'part'] as const;

/** Three albums of three recordings in custody: item-1 to item-3, part-1 to part-9. */
export function described(albums = 3) {
  const dir = tempFolder();
  const made = writtenCatalogue(dir);
  const { path, writer } = made;
  const opened = made.begin();
  for (let n = 1; n <= albums; n += 1) made.record(opened, `box/a${n}`, album(n));
  writer.closeAccession(opened.actId, 'done');
  const reader = openReaderMethods(path, {});
  onTestFinished(() => {
    reader.close();
    writer.close();
  });
  const catalogue = { reader: promised(reader), writer: promised(writer) } as unknown as Catalogue;
  return {
    dir,
    path,
    writer,
    reader,
    catalogue,
    set: (id: string, field: FieldName, value: FieldValue | null, version?: number) =>
      editOne(catalogue, id, [{ field, value, version: version ?? versionOf(reader, id, field) }], agent),
    found: (text: string) => reader.search(text, 50).rows.map(({ id }) => id),
    accrue(folder: string, files: readonly MadeFile[]) {
      const again = writer.beginAccession({
        accession: { paths: [], title: 'Kettle tapes', rightsBasis: 'other', rightsNote: '' },
        accessionId: 1,
        roots: [{ location: { id: 1 }, path: utf8Path('box') }],
        resumeKey: 'again',
        agent,
      });
      made.record(again, folder, files);
      writer.closeAccession(again.actId, 'done');
    },
    table: (name: string) => join(dir, name),
    take: (file: string, wish: Partial<ImportWish> = {}, dryRun = false) =>
      importCsv(
        dryRun ? { ...catalogue, writer: undefined } : catalogue,
        descriptionFiles,
        { path: utf8Path(file), skipBad: false, shown: 1_000, ...wish },
        agent,
      ),
    give: (file: string) =>
      exportCsv(catalogue.reader, descriptionFiles, {
        path: utf8Path(file),
        target: undefined,
        of: KINDS,
        separator: ',',
      }),
  };
}

/** The methods as they are called over threads. */
function promised<Methods extends object>(methods: Methods): unknown {
  return new Proxy(methods, {
    get:
      (target, name) =>
      async (...args: unknown[]) => {
        const method = target[name as keyof Methods] as (...given: unknown[]) => unknown;
        return Promise.resolve(method.apply(target, args));
      },
  });
}

function versionOf(reader: ReturnType<typeof openReaderMethods>, id: string, field: FieldName): number {
  const [entity, number] = id.split('-');
  const kind = entity === 'acc' ? 'accession' : entity === 'col' ? 'collection' : (entity as 'item' | 'part');
  const [standing] = reader.standing([{ entity: kind, id: Number(number) }]);
  return standing?.values.find((value) => value.field === field)?.version ?? 0;
}

export async function refusal(act: Promise<unknown>): Promise<{ code: string; message: string }> {
  const error = (await act.then(
    () => ({ code: 'none', message: '' }),
    (reason: unknown) => reason,
  )) as { code: string; message: string };
  return { code: error.code, message: error.message };
}

export function consistent({
  writer,
  reader,
}: {
  writer: WriterMethods;
  reader: ReturnType<typeof openReaderMethods>;
}) {
  expect(writer.checkCounters()).toEqual([]);
  expect(reader.verifyLog()).toMatchObject({ ok: true });
}
