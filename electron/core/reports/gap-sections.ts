import type { Section } from '../hand-outs/document.ts';
import type { Standing } from '../ports/reporting.ts';
import { NUMBER } from './cells.ts';
import { count, length, many, percent } from './words.ts';

export function gapsSection({ lacking, status }: Standing): Section {
  const { accessions, total, itemsWithoutRights: unclear } = lacking;
  const yes = (isLacking: boolean): string => (isLacking ? 'not documented' : 'documented');
  return {
    heading: 'What is not known of rights and provenance?',
    sentences:
      total === 0
        ? ['Every accession in custody has a documented rights basis, source and way of acquisition.']
        : [
            `${many(status.gaps.rights, 'accession')} ${status.gaps.rights === 1 ? 'has' : 'have'} no documented rights basis (${many(unclear.count, 'item')}, ${length(unclear.hours)}), ${count(status.gaps.source)} no source, ${count(status.gaps.acquired)} no account of how and when they were acquired. Without these, nothing of them may be shared.`,
          ],
    table: {
      columns: [
        { name: 'Accession', isShort: true },
        { name: 'Title' },
        { name: 'Rights basis' },
        { name: 'Source' },
        { name: 'Acquired' },
      ],
      rows: accessions.map((row) => [
        row.number,
        row.title,
        yes(row.rights),
        yes(row.source),
        yes(row.acquired),
      ]),
      left: total - accessions.length,
    },
  };
}

export function descriptionSection({ description, lacking }: Standing): Section {
  const { items, titleByNobody, withoutCreator, withoutDate } = description;
  const rows: readonly (readonly [string, number])[] = [
    ['No creator is known', withoutCreator],
    ['No date is known', withoutDate],
    ['Nobody has written its title', titleByNobody],
  ];
  return {
    heading: 'What is not known of the items?',
    sentences:
      items === 0
        ? ['There are no items in custody.']
        : [
            `Of ${many(items, 'item')}, ${count(withoutCreator)} (${percent(withoutCreator, items)}) have no creator and ${count(withoutDate)} (${percent(withoutDate, items)}) no date, from whatever source. The titles of ${count(titleByNobody)} are taken from tags or names of folders: nobody has written them.`,
          ],
    chart:
      items === 0
        ? undefined
        : {
            kind: 'bars',
            title: 'Items of which this is not known',
            bars: rows.map(([label, value]) => ({
              label,
              value,
              text: `${count(value)}, ${percent(value, items)}`,
            })),
          },
    table: {
      columns: [{ name: 'What' }, NUMBER('Items'), NUMBER('Share')],
      rows: rows.map(([label, value]) => [label, value, percent(value, items)]),
    },
    note: `Accessions in custody that belong to no collection: ${count(lacking.accessionsWithoutCollection)}.`,
  };
}
