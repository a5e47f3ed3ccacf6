import { newAccessionSchema, type NewAccession } from '../../../shared/contract/accession.ts';
import type { PathValue } from '../../../shared/contract/common.ts';
import type { TemplateDefaults } from '../../../shared/contract/intake.ts';
import { withTemplate } from '../../../shared/domain/accession-template.ts';
import {
  fromBase64,
  joinRaw,
  pathToJson,
  rawPath,
  utf8Path,
  type RawPath,
} from '../../../shared/domain/path.ts';
import { parseRightsBasis, RIGHTS_BASES, RIGHTS_UNKNOWN } from '../../../shared/domain/rights.ts';
import type { TableRow } from '../ports/tables.ts';
import { BATCH_COLUMNS, type BatchColumn, type ColumnPlaces } from './batch-columns.ts';

export interface CellProblem {
  /** Empty where the row as a whole is wrong. */
  readonly column: string;
  readonly value: string;
  readonly message: string;
}

export interface RowContext {
  readonly places: ColumnPlaces;
  /** Cells that the header names. */
  readonly width: number;
  /** Absolute; what relative paths of the table start from. */
  readonly folder: RawPath;
  readonly templates: ReadonlyMap<string, TemplateDefaults>;
  /** Names and ids of managed locations. */
  readonly managed: ReadonlySet<string>;
}

/** What a spreadsheet leaves in a cell that it could not compute. */
const BROKEN_FORMULA = /^#(?:REF!|NAME\?|VALUE!|DIV\/0!|N\/A|NULL!|NUM!|GETTING_DATA|SPILL!|CALC!)$/;
const SLASH = 0x2f;

/** Reads one row as the accession that it asks for. The accession is absent where anything is wrong with the row. */
export function accessionOfRow(
  row: TableRow,
  context: RowContext,
): { accession?: NewAccession; problems: CellProblem[] } {
  const { places, width } = context;
  const problems: CellProblem[] = [];
  const cell = (column: BatchColumn): string => {
    const at = places[column];
    return at === undefined ? '' : (row.cells[at] ?? '').trim();
  };
  const wrong = (column: string, value: string, message: string): void => {
    problems.push({ column, value, message });
  };
  if (row.cells.slice(width).some((text) => text.trim() !== ''))
    wrong(
      '',
      row.cells[width] ?? '',
      `It has more cells than the header has names (${width}). A cell that holds the separator must stand in quotation marks.`,
    );
  for (const column of BATCH_COLUMNS) {
    const text = cell(column);
    if (text.includes('\0')) wrong(column, text, 'It holds a NUL character. Type it anew.');
    else if (BROKEN_FORMULA.test(text))
      wrong(column, text, 'The spreadsheet could not compute this cell. Put the value itself there.');
  }
  const template = templateOf(cell('template'), context, wrong);
  const paths = pathsOf(cell, context.folder, wrong);
  const basis = cell('rightsBasis');
  const rightsBasis = basis === '' ? undefined : parseRightsBasis(basis);
  if (basis !== '' && rightsBasis === undefined)
    wrong('rightsBasis', basis, `It is no rights basis. The choices are: ${CHOICES}.`);
  const to = cell('to');
  if (to !== '' && !context.managed.has(to))
    wrong('to', to, 'No managed location is called so. holdfast location list tells which there are.');
  const given = withTemplate(
    {
      rightsBasis,
      rightsNote: cell('rightsNote'),
      source: cell('source'),
      acquired: cell('acquired'),
      agreement: cell('agreement'),
      collection: cell('collection'),
      to,
    },
    template,
  );
  // A template that is not there may have said it.
  const isTemplateMissing = cell('template') !== '' && template === undefined;
  if (basis === '' && given.rightsBasis === undefined && !isTemplateMissing)
    wrong('rightsBasis', '', `Every accession says on which basis it is held: ${CHOICES}.`);
  if (cell('title') === '') wrong('title', '', 'An accession needs a title.');
  if (problems.length > 0) return { problems };
  const parsed = newAccessionSchema.safeParse({ ...given, title: cell('title'), paths });
  if (parsed.success) return { accession: parsed.data, problems };
  for (const { path, message } of parsed.error.issues) {
    const column = String(path[0] ?? '');
    wrong(column, BATCH_COLUMNS.some((each) => each === column) ? cell(column as BatchColumn) : '', message);
  }
  return { problems };
}

const CHOICES = `${RIGHTS_BASES.join(', ')}; or ${RIGHTS_UNKNOWN} for a gap that blocks sharing`;

type Wrong = (column: string, value: string, message: string) => void;

function templateOf(name: string, { templates }: RowContext, wrong: Wrong): TemplateDefaults | undefined {
  if (name === '') return undefined;
  const template = templates.get(name);
  if (template === undefined) {
    const known = [...templates.keys()];
    wrong(
      'template',
      name,
      known.length === 0
        ? 'There is no template yet.'
        : `There is no such template; there are: ${known.join(', ')}.`,
    );
  }
  return template;
}

/** Several are parted by `|` or by a line break within the cell; a name that holds one of these goes into pathBase64. */
function pathsOf(cell: (column: BatchColumn) => string, folder: RawPath, wrong: Wrong): PathValue[] {
  const found: PathValue[] = [];
  const take = (column: BatchColumn, text: string, read: (text: string) => Uint8Array): void => {
    try {
      const path = rawPath(read(text));
      if (path.length === 0) throw new RangeError('it is empty');
      found.push(pathToJson(path[0] === SLASH ? path : joinRaw(folder, path)));
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      wrong(column, text, `It is no path: ${error.message}.`);
    }
  };
  for (const text of parts(cell('paths'), /[|\r\n]+/)) take('paths', text, utf8Path);
  for (const text of parts(cell('pathBase64'), /[|\s]+/)) take('pathBase64', text, fromBase64);
  if (found.length === 0 && cell('paths') === '' && cell('pathBase64') === '')
    wrong('paths', '', 'An accession needs at least one folder, here or in pathBase64.');
  return found;
}

function parts(text: string, separator: RegExp): string[] {
  return text
    .split(separator)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
