import type { NewAccession } from '../../../shared/contract/accession.ts';
import type { PathValue } from '../../../shared/contract/common.ts';
import type { BatchCheck, BatchProblem } from '../../../shared/contract/intake.ts';
import { HoldfastError } from '../../../shared/domain/errors.ts';
import { displayPath, isInside, parentOf, type RawPath } from '../../../shared/domain/path.ts';
import { identifyRoots } from '../accession/plan-accession.ts';
import { InFlight } from '../jobs/in-flight.ts';
import type { CatalogueReader } from '../ports/catalogue.ts';
import type { Files } from '../ports/files.ts';
import type { Tables } from '../ports/tables.ts';
import { placesOf } from './batch-columns.ts';
import { accessionOfRow, type CellProblem } from './batch-row.ts';

const LISTED = 1000;
/** Of a value that is told back: enough to find the cell by. */
const VALUE_SHOWN = 200;
const LOOKING_AT_ONCE = 8;

interface ReadRow {
  readonly row: number;
  readonly accession: NewAccession;
  /** Its folders as they are found, links resolved; empty until then. */
  roots: readonly RawPath[];
}

/**
 * Reads a batch whole, and says of every row whether its accession could begin: cells, template, location, folders, and
 * whether two rows claim the same folder. Begins nothing.
 * @throws HoldfastError BAD_INPUT for a file that is no table
 */
export async function checkBatch(
  {
    reader,
    files,
    tables,
  }: {
    readonly reader: Pick<CatalogueReader, 'templates' | 'locations'>;
    readonly files: Files;
    readonly tables: Tables;
  },
  file: RawPath,
  encoding?: string,
): Promise<BatchCheck> {
  const table = await tables.read(file, encoding);
  const faults = new Faults();
  const { places, problems } = placesOf(table.header);
  for (const problem of problems) faults.add(1, { ...problem, value: problem.column });
  const read: ReadRow[] = [];
  if (problems.length === 0) {
    const context = {
      places,
      width: table.header.length,
      folder: parentOf(file),
      templates: new Map((await reader.templates()).map(({ name, defaults }) => [name, defaults])),
      managed: await managedLocations(reader),
    };
    for (const row of table.rows) {
      const { accession, problems: wrong } = accessionOfRow(row, context);
      for (const problem of wrong) faults.add(row.row, problem);
      if (accession !== undefined) read.push({ row: row.row, accession, roots: [] });
    }
    await requireFolders(files, read, faults);
    refuseShared(read, faults);
  }
  return {
    encoding: table.encoding,
    separator: table.separator,
    total: table.rows.length,
    rows: read.filter(({ row }) => !faults.has(row)).map(({ row, accession }) => ({ row, accession })),
    ...faults.told(),
  };
}

/** Names and ids of the locations that a deposit can go to. */
async function managedLocations(reader: Pick<CatalogueReader, 'locations'>): Promise<Set<string>> {
  const managed = (await reader.locations()).filter(({ writes }) => writes === 'managed');
  return new Set(managed.flatMap(({ id, name }) => [id, name]));
}

/** Every folder is there now, can be used, and stands in its row once. */
async function requireFolders(files: Files, rows: readonly ReadRow[], faults: Faults): Promise<void> {
  const looking = new InFlight(LOOKING_AT_ONCE);
  for (const each of rows)
    await looking.run(async () => {
      const { paths } = each.accession;
      try {
        each.roots = (await identifyRoots(files, paths)).map((root) => root.path);
      } catch (error) {
        if (!(error instanceof HoldfastError)) throw error;
        faults.add(each.row, { column: 'paths', value: shownPaths(paths), message: error.message });
      }
    });
  await looking.drain();
}

/**
 * Two rows that claim one folder, or one inside the other's, would contradict each other. In the order of bytes whatever lies
 * in a folder follows it, so that one look at the last folder that is still open suffices.
 */
function refuseShared(rows: readonly ReadRow[], faults: Faults): void {
  const all = rows
    .flatMap(({ row, roots }) => roots.map((path) => ({ row, path, key: sortKey(path) })))
    .sort((a, b) => Buffer.compare(a.key, b.key) || a.row - b.row);
  let outer: (typeof all)[number] | undefined;
  for (const each of all) {
    if (outer === undefined || !isInside(outer.path, each.path)) {
      outer = each;
      continue;
    }
    if (each.row === outer.row) continue;
    const [first, second] = outer.row < each.row ? [outer, each] : [each, outer];
    faults.add(second.row, {
      column: 'paths',
      value: displayPath(second.path),
      message:
        Buffer.compare(first.path, second.path) === 0
          ? `Row ${first.row} names this folder too. A folder belongs to one accession.`
          : `It and ${displayPath(first.path)} of row ${first.row} lie one inside the other. A folder belongs to one accession.`,
    });
  }
}

/** With `/` before every other byte, so that `a/b` stands next to `a` and not behind `a b`. */
function sortKey(path: RawPath): Uint8Array {
  return path.map((byte) => (byte === 0x2f ? 0 : byte));
}

function shownPaths(paths: readonly PathValue[]): string {
  return paths.map(({ display }) => display).join(' | ');
}

/** Gathers what is wrong, in the order of rows when told. */
class Faults {
  readonly #all: BatchProblem[] = [];
  readonly #rows = new Set<number>();

  add(row: number, { column, value, message }: CellProblem): void {
    this.#rows.add(row);
    this.#all.push({ row, column, value: shorten(value), message });
  }

  has(row: number): boolean {
    return this.#rows.has(row);
  }

  told(): Pick<BatchCheck, 'problems' | 'problemsTotal' | 'wrongRows'> {
    const problems = this.#all.sort((a, b) => a.row - b.row);
    return {
      problems: problems.slice(0, LISTED),
      problemsTotal: problems.length,
      wrongRows: this.#rows.size,
    };
  }
}

function shorten(text: string): string {
  return text.length <= VALUE_SHOWN ? text : `${text.slice(0, VALUE_SHOWN)}…`;
}
