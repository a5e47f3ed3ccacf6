/** Description for a person: what stands, what changes, what is wrong with a table. */
import type {
  DescribedField,
  DescriptionChange,
  EditResult,
  RowProblem,
} from '../../../shared/contract/description.ts';
import { printValue } from '../../../shared/domain/description/cells.ts';
import { fieldOf, type FieldName } from '../../../shared/domain/description/fields.ts';
import { counted, day } from '../format/numbers.ts';
import { facts, table } from '../format/table.ts';
import { clean } from '../format/text.ts';

const CHANGES_SHOWN = 50;
const PROBLEMS_SHOWN = 200;

export function fieldLabel(field: FieldName): string {
  return fieldOf(field).label;
}

/** Values that stand, each with where it comes from. */
export function descriptionLines(fields: readonly DescribedField[]): string[] {
  return facts(
    fields
      .filter(({ value }) => value !== null)
      .map((each) => [fieldLabel(each.field), `${clean(printValue(each.value))} (${sourceOf(each)})`]),
    '  ',
  );
}

function sourceOf({ source, agent, at }: DescribedField): string {
  const from = source === 'archivist' ? (agent ?? 'as it was taken in') : source;
  return clean(at === undefined ? from : `${from}, ${day(at)}`);
}

/** What an edit changed, or would change. */
export function editLines(
  { edit, total, entities, changes }: EditResult,
  dryRun: boolean,
  width?: number,
): string[] {
  if (total === 0) return ['Nothing changes: everything stands as it was written.'];
  const shown = changes.slice(0, CHANGES_SHOWN);
  const more = total - shown.length;
  const what = `${counted(total, 'value')} of ${counted(entities, 'thing')}`;
  return [
    ...table<DescriptionChange>(
      shown,
      [
        { title: 'Row', align: 'right', of: (row) => (row.row === undefined ? '' : String(row.row)) },
        { title: 'Id', of: (row) => row.id },
        { title: 'Field', of: (row) => row.field },
        {
          title: 'Before',
          of: (row) => (row.from === null ? '(nothing)' : printValue(row.from)),
          shrinkTo: 16,
        },
        { title: 'After', of: (row) => (row.to === null ? '(cleared)' : printValue(row.to)), shrinkTo: 16 },
      ],
      width,
    ),
    ...(more > 0 ? [`… and ${counted(more, 'more', 'more')}: use --json`] : []),
    edit === null || dryRun
      ? `${what} would change. Nothing was changed.`
      : `${what} changed as ${edit}. Take it back with: holdfast describe --undo ${edit}`,
  ];
}

/** Every wrong cell with where it stands and what to do. */
export function problemRows(problems: readonly RowProblem[], width?: number): string[] {
  if (problems.length === 0) return [];
  const more = problems.length - PROBLEMS_SHOWN;
  return [
    ...table(
      problems.slice(0, PROBLEMS_SHOWN),
      [
        { title: 'Row', align: 'right', of: (row) => String(row.row) },
        { title: 'Column', of: (row) => row.column },
        { title: 'Cell', of: (row) => row.value, shrinkTo: 12 },
        { title: 'What is wrong', of: (row) => row.message },
      ],
      width,
    ),
    ...(more > 0 ? [`… and ${counted(more, 'more', 'more')}: use --json`] : []),
  ];
}
