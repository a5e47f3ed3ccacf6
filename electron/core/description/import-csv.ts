import type { ImportResult, RowProblem } from '../../../shared/contract/description.ts';
import { CLEAR, fromCell, parseValue } from '../../../shared/domain/description/cells.ts';
import { fieldOf, type FieldName, type FieldValue } from '../../../shared/domain/description/fields.ts';
import { baseName, displayPath, type RawPath } from '../../../shared/domain/path.ts';
import type { ActingAgent } from '../ports/catalogue.ts';
import type { Describable, DescriptionFiles, Standing } from '../ports/describing.ts';
import type { TableRow } from '../ports/tables.ts';
import { columnsOf, type Columns } from './columns.ts';
import { Drafting, type Describing } from './drafting.ts';
import { describableIf } from './targets.ts';
import { judge, NONE, shortened, shortValue, standingOf } from './values.ts';

/** Wrong cells that are told; more are counted. */
const MOST_PROBLEMS = 10_000;

export interface ImportWish {
  readonly path: RawPath;
  readonly skipBad: boolean;
  readonly encoding?: string | undefined;
  readonly separator?: string | undefined;
  readonly shown: number;
}

/** A row that names something that is there, with what its cells say. */
interface ReadRow {
  readonly row: number;
  readonly of: Describable;
  /** The version that it was exported with; undefined where the table has no such column. */
  readonly version: number | undefined;
  readonly wishes: readonly { readonly field: FieldName; readonly heading: string; readonly text: string }[];
}

/**
 * Takes in a table as one edit: all of its rows or, where one is wrong and that is not waived, none. A row at a time, so that
 * its length does not matter.
 * @throws HoldfastError BAD_INPUT where the file is no table, or lacks the columns that it needs.
 */
export async function importCsv(
  catalogue: Describing,
  files: DescriptionFiles,
  wish: ImportWish,
  agent: ActingAgent,
): Promise<ImportResult> {
  const { encoding, separator } = wish;
  const table = await files.open(wish.path, {
    ...(encoding !== undefined && { encoding }),
    ...(separator !== undefined && { separator }),
  });
  const columns = columnsOf(table.header);
  const drafting = new Drafting(catalogue.writer, wish.shown);
  const rows = new Rows(columns, drafting);
  const result = await drafting.finishing(async () => {
    for await (const slice of table.slices) {
      const read = slice.map((row) => rows.read(row)).filter((row) => row !== undefined);
      const standing = await catalogue.reader.standing(read.map(({ of }) => of));
      const found = new Map(standing.map((each) => [`${each.entity} ${each.id}`, each]));
      for (const row of read) rows.compare(row, found.get(`${row.of.entity} ${row.of.id}`));
      await drafting.pass();
    }
    if (catalogue.writer === undefined || (rows.wrong > 0 && !wish.skipBad)) return undefined;
    const waived = rows.wrong === 0 ? '' : `, ${rows.wrong} wrong rows passed over on request`;
    return {
      kind: 'import',
      note: `Took in the table ${displayPath(baseName(wish.path))}${waived}`,
      waived: rows.wrong,
      agent,
    };
  });
  return {
    ...result,
    rows: rows.count,
    encoding: table.encoding,
    separator: table.separator,
    unknownColumns: [...columns.unknown],
    wrongRows: rows.wrong,
    problems: rows.problems.sort((a, b) => a.row - b.row),
  };
}

/** Judges rows one by one, and remembers what was wrong. */
class Rows {
  readonly problems: RowProblem[] = [];
  wrong = 0;
  count = 0;
  readonly #columns: Columns;
  readonly #drafting: Drafting;
  /** Rows by what they describe. */
  readonly #seen = new Map<string, number>();

  constructor(columns: Columns, drafting: Drafting) {
    this.#columns = columns;
    this.#drafting = drafting;
  }

  /** What a row says; undefined where it cannot be told what it describes. */
  read({ row, cells }: TableRow): ReadRow | undefined {
    this.count++;
    const { id: idAt, version: versionAt, fields, count } = this.#columns;
    const wrong = (column: string, value: string, message: string) => {
      this.wrong++;
      this.#tell(row, column, value, message);
      return undefined;
    };
    const idText = fromCell(cells[idAt] ?? '').trim();
    if (cells.length > count && cells.slice(count).some((cell) => cell !== ''))
      return wrong(
        'id',
        idText,
        `The row has ${cells.length} cells and the header ${count}. Put a text that holds the separator in quotation marks.`,
      );
    const of = describableIf(idText.toLowerCase());
    if (of === undefined)
      return wrong(
        'id',
        idText,
        'This is not the id of an item, a part, an accession or a collection, such as item-12.',
      );
    const earlier = this.#seen.get(`${of.entity} ${of.id}`);
    if (earlier !== undefined)
      return wrong('id', idText, `Row ${earlier} describes the same. Leave one of the two.`);
    this.#seen.set(`${of.entity} ${of.id}`, row);
    const versionText = versionAt === undefined ? undefined : (cells[versionAt] ?? '').trim();
    if (versionText !== undefined && !/^\d{1,15}$/.test(versionText))
      return wrong(
        'version',
        versionText,
        'The version is a number that the export wrote, by which later edits are noticed. Put it back, or leave out the whole column.',
      );
    const wishes = fields
      .map(({ at, field, heading }) => ({ field, heading, text: fromCell(cells[at] ?? '') }))
      .filter(({ text }) => text.trim() !== '');
    return { row, of, version: versionText === undefined ? undefined : Number(versionText), wishes };
  }

  /** Finds what a row changes of what stands, and takes none of it where one cell is wrong. */
  compare({ row, of, version, wishes }: ReadRow, standing: Standing | undefined): void {
    if (standing === undefined) {
      this.wrong++;
      this.#tell(
        row,
        'id',
        `${of.entity}-${of.id}`,
        'There is no such thing in this archive. Take the row out.',
      );
      return;
    }
    const problems: [column: string, value: string, message: string][] = [];
    const changes: { field: FieldName; from: string; to: string; version: number }[] = [];
    for (const { field, heading, text } of wishes) {
      const judged = judge(of.entity, field, valueOf(field, text));
      if ('problem' in judged) {
        problems.push([heading, text, judged.problem]);
        continue;
      }
      const now = standingOf(standing, field);
      if (judged.kept === now.value) continue;
      if (version !== undefined && now.version > version)
        problems.push([heading, text, changedSince(now.value)]);
      else changes.push({ field, from: now.value, to: judged.kept, version: now.version });
    }
    if (problems.length > 0) {
      this.wrong++;
      for (const [column, value, message] of problems) this.#tell(row, column, value, message);
      return;
    }
    for (const { field, from, to, version: on } of changes)
      this.#drafting.change(of, field, from, to, { version: on, row });
  }

  #tell(row: number, column: string, value: string, message: string): void {
    if (this.problems.length < MOST_PROBLEMS)
      this.problems.push({ row, column, value: shortened(value), message });
  }
}

function valueOf(field: FieldName, text: string): FieldValue | null {
  return text.trim().toLowerCase() === CLEAR ? null : parseValue(fieldOf(field), text);
}

function changedSince(now: string): string {
  const stands = now === NONE ? 'it was cleared' : `there stands now "${shortValue(now)}"`;
  return `Somebody has changed this since the table was exported: ${stands}. Export it again, and make the change there.`;
}
