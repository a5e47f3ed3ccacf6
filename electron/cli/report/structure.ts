/** Collections, items and what they are made of, for a person. */
import type { Collection } from '../../../shared/contract/collections.ts';
import type { Item, RegroupResult, Relation, Track } from '../../../shared/contract/items.ts';
import { formatDiscTime } from '../../../shared/domain/disc-time.ts';
import { count, counted, day, hours, length, size } from '../format/numbers.ts';
import { facts, table } from '../format/table.ts';
import { clean } from '../format/text.ts';
import type { Output } from '../output.ts';

/** A tree, each collection indented below the one that it lies in. */
export function collectionLines(rows: readonly Collection[], width: number | undefined): string[] {
  const top = rows[0]?.depth ?? 0;
  return table(
    rows,
    [
      { title: 'Id', of: (row) => row.id },
      { title: 'Collection', of: (row) => `${'  '.repeat(row.depth - top)}${row.name}`, shrinkTo: 16 },
      { title: 'Accessions', align: 'right', of: ({ totals }) => count(totals.accessions) },
      { title: 'Items', align: 'right', of: ({ totals }) => count(totals.items) },
      { title: 'Copies', align: 'right', of: ({ totals }) => count(totals.replicas) },
      { title: 'Size', align: 'right', of: ({ totals }) => size(totals.bytes) },
      { title: 'Sound', align: 'right', of: ({ totals }) => hours(totals.hours) },
    ],
    width,
  );
}

export function showCollection(
  output: Output,
  { id, path, createdAt, ownAccessions, totals }: Collection,
): void {
  output.lines(
    output.heading(clean(path)),
    ...facts(
      [
        ['Id', id],
        ['Made', day(createdAt)],
        ['Collections below it', count(totals.collections)],
        [
          'Accessions',
          `${count(totals.accessions)}${ownAccessions === totals.accessions ? '' : ` (${count(ownAccessions)} of its own)`}`,
        ],
        ['Items', count(totals.items)],
        ['Copies', count(totals.replicas)],
        ['Size', size(totals.bytes)],
        ['Sound', hours(totals.hours)],
      ],
      '  ',
    ),
  );
}

export function itemLines(rows: readonly Item[], width: number | undefined): string[] {
  return table(
    rows,
    [
      { title: 'Id', of: (row) => row.id },
      { title: 'Title', of: (row) => row.title, shrinkTo: 16 },
      { title: 'Creator', of: (row) => row.creator ?? '', shrinkTo: 10 },
      { title: 'Date', of: (row) => row.date ?? '' },
      { title: 'Parts', align: 'right', of: (row) => count(row.parts) },
      { title: 'Roles', of: rolesText, shrinkTo: 12 },
      { title: 'Length', align: 'right', of: (row) => length(row.durationMs) },
      { title: 'Size', align: 'right', of: (row) => size(row.bytes) },
      { title: 'Arranged', of: (row) => (row.arranged ? 'yes' : '') },
      { title: 'Accession', of: (row) => row.accession },
    ],
    width,
  );
}

/** One item, in a sentence. */
export function itemLine(item: Item): string {
  return `${item.id}  ${clean(item.title)}: ${counted(item.parts, 'part')} (${rolesText(item)})`;
}

export function relationLines(rows: readonly Relation[]): string[] {
  return rows.map(({ subject, predicate, object }) => `  ${subject} ${predicate} ${object}`);
}

export function trackLines(rows: readonly Track[], width: number | undefined): string[] {
  return table(
    rows,
    [
      { title: 'Part', of: (row) => row.part },
      { title: 'Track', align: 'right', of: (row) => count(row.number) },
      { title: 'Begins', align: 'right', of: (row) => formatDiscTime(row.startFrame) },
      {
        title: 'Ends',
        align: 'right',
        of: (row) => (row.endFrame === undefined ? '' : formatDiscTime(row.endFrame)),
      },
      {
        title: 'Pause',
        align: 'right',
        of: (row) => (row.gapFrame === undefined ? '' : formatDiscTime(row.startFrame - row.gapFrame)),
      },
      { title: 'Title', of: (row) => row.title ?? '', shrinkTo: 16 },
      { title: 'Performer', of: (row) => row.performer ?? '', shrinkTo: 10 },
      { title: 'ISRC', of: (row) => row.isrc ?? '' },
    ],
    width,
    '  ',
  );
}

export function showRegrouping(output: Output, result: RegroupResult, dryRun: boolean): void {
  if (result.faultsTotal > 0)
    output.lines(
      output.style(
        `${counted(result.faultsTotal, 'row')} cannot be applied${result.applied ? ' and were passed over' : ''}:`,
        'finding',
      ),
      ...result.faults.map(({ row, message }) => `  row ${count(row)}: ${clean(message)}`),
      '',
    );
  if (result.items.length > 0)
    output.lines(
      ...table(
        result.items,
        [
          { title: 'Item', of: (row) => row.id ?? 'new' },
          { title: 'Title', of: (row) => row.title, shrinkTo: 16 },
          { title: 'Parts', align: 'right', of: (row) => count(row.parts) },
          { title: 'Roles', of: rolesText },
          { title: 'Length', align: 'right', of: (row) => length(row.durationMs) },
        ],
        output.width,
      ),
    );
  if (result.itemsTotal > result.items.length)
    output.lines(`… and ${counted(result.itemsTotal - result.items.length, 'item')} more`);
  const relations = result.relations === 0 ? '' : `; ${counted(result.relations, 'relation')} between files`;
  output.lines(
    '',
    `${counted(result.itemsTotal, 'item')}; ${counted(result.moved, 'file')} ${result.applied ? 'moved' : 'to move'}${relations}.`,
  );
  if (result.unmatchedTotal > 0)
    output.lines(
      `${counted(result.unmatchedTotal, 'file')} matched nothing and ${result.applied ? 'stayed' : 'would stay'} where they are:`,
      ...result.unmatched.slice(0, 20).map(({ display }) => `  ${clean(display)}`),
      ...(result.unmatchedTotal > 20
        ? [`  … and ${count(result.unmatchedTotal - 20)} more: use --json`]
        : []),
    );
  if (result.leftAlone > 0)
    output.lines(
      `${counted(result.leftAlone, 'file')} of items arranged before left alone (--arranged takes them too).`,
    );
  if (!result.applied)
    output.lines(
      dryRun
        ? 'Nothing was changed: this is what would be.'
        : 'Nothing was changed. Correct these rows, or pass over them with --skip-bad.',
    );
}

function rolesText({ roles }: Pick<Item, 'roles'>): string {
  return Object.entries(roles)
    .map(([role, parts]) => (parts === 1 ? role : `${count(parts)} × ${role}`))
    .join(', ');
}
