import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openConnection } from '../../electron/adapters/sqlite/connection.ts';
import { migrateCatalogue } from '../../electron/adapters/sqlite/migrate.ts';
import { AccessionScope } from '../../electron/adapters/sqlite/protection/scope.ts';
import {
  NOT_IN_SUPPLEMENTS,
  SUPPLEMENT_TABLES,
} from '../../electron/adapters/sqlite/protection/supplement-tables.ts';
import { tempFolder } from '../support/temp.ts';

function catalogue() {
  const path = join(tempFolder(), 'catalogue.sqlite');
  migrateCatalogue(path);
  return openConnection(path);
}

it('every table of the schema stands in supplements, or in the list of those that do not', () => {
  const connection = catalogue();
  const tables = connection
    .sql<string>(
      `SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'virtual') AND name NOT LIKE 'sqlite_%'`,
    )
    .pluck(true)
    .all();
  connection.close();
  const known = [...SUPPLEMENT_TABLES.map(({ table }) => table), ...Object.keys(NOT_IN_SUPPLEMENTS)];
  expect(known.sort()).toEqual(tables.sort());
});

it('their conditions are SQL', () => {
  const connection = catalogue();
  const scope = new AccessionScope(connection);
  scope.prepare([1]);
  scope.select(1);
  for (const { table, ofAccession = 'true', ofArchive = 'true' } of SUPPLEMENT_TABLES)
    for (const condition of [ofAccession, ofArchive])
      expect(
        () => connection.db.prepare(`SELECT count(*) FROM ${table} WHERE ${condition}`).get(),
        table,
      ).not.toThrow();
  connection.close();
});

it('what is referred to stands before what refers to it', () => {
  const connection = catalogue();
  const order = SUPPLEMENT_TABLES.map(({ table }) => table);
  for (const table of order) {
    const parents = connection
      .sql<string>('SELECT "table" FROM pragma_foreign_key_list(?)')
      .pluck(true)
      .all(table);
    for (const parent of parents)
      // An accrual and the act that closes it name each other.
      if (parent !== table && order.indexOf(parent) > order.indexOf(table))
        expect(`${table} → ${parent}`).toBe('in order');
  }
  connection.close();
});
