/** A batch as a file on disk, from its bytes to the accessions that it asks for. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { tables } from '../../electron/adapters/csv/read-table.ts';
import { placesOf } from '../../electron/core/intake/batch-columns.ts';
import { accessionOfRow } from '../../electron/core/intake/batch-row.ts';
import { utf8Path } from '../../shared/domain/path.ts';
import { tempFolder } from '../support/temp.ts';

async function read(bytes: Buffer | string) {
  const folder = tempFolder();
  const file = join(folder, 'batch.csv');
  writeFileSync(file, bytes);
  const table = await tables.read(utf8Path(file));
  const { places, problems } = placesOf(table.header);
  expect(problems).toEqual([]);
  const context = {
    places,
    width: table.header.length,
    folder: utf8Path(folder),
    templates: new Map(),
    managed: new Set<string>(),
  };
  return table.rows.map((row) => ({ row: row.row, ...accessionOfRow(row, context) }));
}

it('fifty thousand rows are read in seconds, and the three that are wrong are told by row and column', async () => {
  const wrong = new Set([11, 25_000, 49_999]);
  const lines = Array.from(
    { length: 50_000 },
    (_, n) => `box/${String(n)};"Tape ${String(n)}, side ""A""";${wrong.has(n) ? 'mine' : 'other'}`,
  );
  const rows = await read(['paths;title;rightsBasis', ...lines].join('\r\n'));
  expect(rows).toHaveLength(50_000);
  const told = rows.filter(({ problems }) => problems.length > 0);
  expect(told.map(({ row, problems }) => [row, problems[0]?.column, problems[0]?.value])).toEqual(
    [...wrong].map((n) => [n + 2, 'rightsBasis', 'mine']),
  );
  expect(rows[49_998]?.accession?.title).toBe('Tape 49998, side "A"');
}, 60_000);

it('whatever a person types into a cell comes back as the text that it is, in any encoding and separator', async () => {
  const text = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
    .filter((each) => each.trim() !== '' && !/[\0#]/.test(each) && each.isWellFormed());
  const encodings = {
    'utf-8': (csv: string) => Buffer.from(csv),
    'utf-8 with mark': (csv: string) => Buffer.from(`\ufeff${csv}`),
    'utf-16le': (csv: string) => Buffer.from(`\ufeff${csv}`, 'utf16le'),
    'utf-16be': (csv: string) => Buffer.from(`\ufeff${csv}`, 'utf16le').swap16(),
  };
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(text, text), { minLength: 1, maxLength: 5 }),
      fc.constantFrom(...Object.values(encodings)),
      fc.constantFrom(',', ';', '\t'),
      fc.constantFrom('\n' as const, '\r\n' as const),
      async (cells, encode, delimiter, record_delimiter) => {
        const header = ['paths', 'title', 'rightsBasis', 'source'];
        const records = cells.map(([title, source]) => ['box', title, 'other', source]);
        const csv = stringify([header, ...records], { delimiter, record_delimiter, quoted: true });
        const rows = await read(encode(csv));
        expect(rows.map(({ accession }) => [accession?.title, accession?.source])).toEqual(
          cells.map(([title, source]) => [title.trim(), source.trim()]),
        );
      },
    ),
    { numRuns: 60 },
  );
});

it('bytes that are no table are an error with a place in it, never a crash', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
      const file = join(tempFolder(), 'batch.csv');
      writeFileSync(file, bytes);
      const read = await tables.read(utf8Path(file)).catch((error: unknown) => error);
      if (read instanceof Error) expect(read).toMatchObject({ code: 'BAD_INPUT' });
    }),
    { numRuns: 100 },
  );
});
