/** How the archive stands, as sections that the condition report and the annual report share. */
import { LOCATION_OUTCOMES, outcomeWords } from '../../../shared/domain/audit-outcome.ts';
import { INTERNAL_VERDICTS, verdictWords } from '../../../shared/domain/integrity.ts';
import {
  PRESERVATION_STATUSES,
  type PreservationStatus,
} from '../../../shared/domain/preservation-status.ts';
import type { Tally } from '../../../shared/contract/common.ts';
import type { Cell, Column, Section } from '../hand-outs/document.ts';
import { AGES, type Age, type CopiesRow, type Standing } from '../ports/reporting.ts';
import { count, length, list, many, percent, plain, size } from './words.ts';

export const NUMBER = (name: string, unit?: string): Column => ({
  name,
  isNumber: true,
  ...(unit && { unit }),
});
export const bytesCell = (bytes: number): Cell => ({ text: size(bytes), value: bytes });
export const hoursCell = (hours: number): Cell => ({ text: length(hours), value: Number(hours.toFixed(4)) });

const TALLY: readonly Column[] = [NUMBER('Hours', 'hours'), NUMBER('Size', 'bytes')];
const tallyCells = ({ count: number, hours, bytes }: Tally): Cell[] => [
  number,
  hoursCell(hours),
  bytesCell(bytes),
];
/** Charts show the largest; the table has all of them. */
const CHARTED = 12;

/** Ink fills as preservation is proven (ui.md). */
const STATUS: Readonly<Record<PreservationStatus, readonly [glyph: string, meaning: string]>> = {
  'access-only': ['○', 'a part has no good copy'],
  held: ['◔', 'held'],
  verified: ['◑', 'verified in time'],
  replicated: ['◕', 'replicated'],
  safe: ['●', 'preserved'],
};

export function statusSection({ status, verifyWithinDays }: Standing): Section {
  const rows = PRESERVATION_STATUSES.map((name) => {
    const tally = status.byStatus[name] ?? { count: 0, bytes: 0, hours: 0 };
    return { name, tally, label: `${STATUS[name][0]} ${STATUS[name][1]}` };
  }).filter(({ name, tally }) => name !== 'safe' || tally.count > 0);
  const total = rows.reduce((sum, { tally }) => sum + tally.hours, 0);
  const replicated = status.byStatus['replicated']?.count ?? 0;
  const lost = status.byStatus['access-only']?.count ?? 0;
  return {
    heading: 'How well is what is held preserved?',
    sentences: [
      status.items === 0
        ? 'Nothing is in custody.'
        : `Of ${many(status.items, 'item')}, ${count(replicated)} (${percent(replicated, status.items)}) have copies in two or more independent places that were read and compared within ${many(verifyWithinDays, 'day')}, as the policy of this archive asks.`,
      ...(lost === 0
        ? []
        : [
            `Of ${many(lost, 'item')} at least one part has no good copy here, or none that was recorded yet.`,
          ]),
    ],
    chart: {
      kind: 'stack',
      title: 'Items and hours by preservation status',
      steps: rows.map(({ label }) => label),
      rows: [
        {
          label: 'Items',
          values: rows.map(({ tally }) => shareOf(tally.count, status.items)),
          text: count(status.items),
        },
        { label: 'Hours', values: rows.map(({ tally }) => shareOf(tally.hours, total)), text: length(total) },
      ],
    },
    table: {
      columns: [
        { name: 'Status' },
        NUMBER('Items'),
        ...TALLY,
        NUMBER('Share of items'),
        NUMBER('Share of hours'),
      ],
      rows: rows.map(({ label, tally }) => [
        label,
        ...tallyCells(tally),
        percent(tally.count, status.items),
        percent(tally.hours, total),
      ]),
    },
    note:
      `Held: every part has a good copy. Verified: each was read and found as recorded within ${many(verifyWithinDays, 'day')}. Replicated: so in two places that ` +
      'cannot fail together. The step above, preserved, also asks for sites, media, rights and formats; no item is counted as that here, because these figures do not look at them.',
  };
}

function shareOf(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

export function formatSection({ status, formatsAtRisk }: Standing): Section {
  const rows = sorted(Object.entries(status.byFormat));
  const atRisk = new Set(formatsAtRisk);
  return {
    heading: 'In which formats?',
    sentences: [
      `${many(status.objects, 'different file')} in ${many(rows.length, 'format')}; each content is counted once, however many copies it has.`,
      atRisk.size === 0
        ? 'None of these formats is on the list of those at risk in the policy of this archive.'
        : `At risk by the policy of this archive: ${list([...atRisk])}.`,
    ],
    chart: charted('Size by format', rows),
    table: {
      columns: [{ name: 'Format' }, NUMBER('Files'), ...TALLY, { name: 'At risk' }],
      rows: rows.map(([name, tally]) => [name, ...tallyCells(tally), atRisk.has(name) ? 'at risk' : '']),
    },
  };
}

export function roleSection({ breakdown }: Standing): Section {
  const rows = sorted(Object.entries(breakdown.byRole));
  return {
    heading: 'In which roles?',
    sentences: [
      'What each file is to its item: the master that is preserved, a copy made from it to work with or to listen to, or what documents it.',
    ],
    chart: charted('Size by role', rows),
    table: {
      columns: [{ name: 'Role' }, NUMBER('Parts'), ...TALLY],
      rows: rows.map(([name, tally]) => [name, ...tallyCells(tally)]),
    },
    note: 'Parts of items: a file that is part of two items is counted with each.',
  };
}

export function collectionSection({ collections, status }: Standing): Section {
  const rows = collections.map(({ name, accessions, items }) => ({
    name: name ?? 'in no collection',
    accessions,
    items,
  }));
  const [largest] = rows;
  return {
    heading: 'In which collections?',
    sentences:
      largest === undefined
        ? ['There is no accession in custody.']
        : [
            `${many(status.items, 'item')} in ${many(rows.filter(({ name }) => name !== 'in no collection').length, 'collection')}. The most hours are ${largest.name === 'in no collection' ? largest.name : `in "${largest.name}"`}: ${length(largest.items.hours)} in ${many(largest.items.count, 'item')}.`,
          ],
    chart: {
      kind: 'bars',
      title: 'Hours by collection',
      bars: rows
        .slice(0, CHARTED)
        .map(({ name, items }) => ({ label: name, value: items.hours, text: length(items.hours) })),
    },
    table: {
      columns: [{ name: 'Collection' }, NUMBER('Accessions'), NUMBER('Items'), ...TALLY],
      rows: rows.map(({ name, accessions, items }) => [name, accessions, ...tallyCells(items)]),
    },
    note: 'Each accession is counted with the collection that it is assigned to, and not with the ones above it.',
  };
}

function sorted(rows: readonly (readonly [string, Tally])[]): readonly (readonly [string, Tally])[] {
  return rows.toSorted(([a, x], [b, y]) => y.bytes - x.bytes || (a < b ? -1 : 1));
}

function charted(title: string, rows: readonly (readonly [string, Tally])[]): Section['chart'] {
  return {
    kind: 'bars',
    title,
    bars: rows.slice(0, CHARTED).map(([label, { bytes, hours }]) => ({
      label,
      value: bytes,
      text: hours > 0 ? `${size(bytes)}, ${length(hours)}` : size(bytes),
    })),
  };
}

const AGE_WORDS: Readonly<Record<Age, string>> = {
  month: 'within 30 days',
  quarter: 'within 90 days',
  year: 'within a year',
  older: 'longer ago',
  never: 'never',
};

/** Steps from paper to ink: the newer the check, the more ink. */
const INK_AGES = AGES.toReversed();

export function copiesSection({ copies, status }: Standing): Section {
  const groups = [
    ...Map.groupBy(copies, ({ copies: n, sites }) => `${String(n)}:${String(sites)}`).values(),
  ].map((rows) => ({ copies: rows[0]?.copies ?? 0, sites: rows[0]?.sites ?? 0, rows }));
  const objects = sumOf(copies);
  const single = sumOf(copies.filter((row) => row.copies === 1));
  const none = sumOf(copies.filter((row) => row.copies === 0));
  const twoSites = sumOf(copies.filter((row) => row.sites >= 2));
  const never = sumOf(copies.filter((row) => row.age === 'never'));
  const ofAge = (rows: readonly CopiesRow[], age: Age): number =>
    sumOf(rows.filter((row) => row.age === age));
  return {
    heading: 'How many copies, at how many sites, checked how long ago?',
    sentences:
      objects === 0
        ? ['Nothing is in custody.']
        : [
            `${count(single)} of ${many(objects, 'different file')} (${percent(single, objects)}) have one good copy only, and ${count(twoSites)} (${percent(twoSites, objects)}) stand at two or more sites that are named.`,
            ...(none === 0
              ? []
              : [
                  `Of ${many(none, 'file')} no good copy is left: the last check of each copy found it damaged, missing or not readable.`,
                ]),
            never === 0
              ? 'Of each, a copy has been read and found as recorded at least once since it was taken into custody.'
              : `Of ${many(never, 'file')} no copy has been read and compared yet since it was taken into custody.`,
            `${many(status.overdue, 'copy', 'copies')} ${status.overdue === 1 ? 'is' : 'are'} overdue for verification, and ${count(status.awaitingFirstCheck)} ${status.awaitingFirstCheck === 1 ? 'awaits its' : 'await their'} first.`,
          ],
    chart: {
      kind: 'stack',
      title: 'Files by good copies, sites, and when one was last verified',
      steps: INK_AGES.map((age) => AGE_WORDS[age]),
      rows: groups.map(({ copies: n, sites, rows }) => ({
        label: `${many(n, 'copy', 'copies')}, ${sitesText(sites)}`,
        values: INK_AGES.map((age) => ofAge(rows, age)),
        text: count(sumOf(rows)),
      })),
    },
    table: {
      columns: [
        { name: 'Good copies' },
        NUMBER('Known sites'),
        ...AGES.map((age) => NUMBER(capital(AGE_WORDS[age]), 'files')),
        NUMBER('Files'),
        NUMBER('Size', 'bytes'),
      ],
      rows: groups.map(({ copies: n, sites, rows }) => [
        n,
        sites,
        ...AGES.map((age) => ofAge(rows, age)),
        sumOf(rows),
        bytesCell(rows.reduce((sum, { bytes }) => sum + bytes, 0)),
      ]),
    },
    note:
      'A copy is good unless its last check found it altered, truncated, missing or unreadable. Within 30 days and so on: files, by the last time that any good copy ' +
      'of them was read and found as recorded. Sites are those named for the locations; one that is not named is not known, and counts as none.',
  };
}

/** Of a column that is about verification. */
function capital(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

function sitesText(sites: number): string {
  return sites === 0 ? 'site not known' : many(sites, 'site');
}

function sumOf(rows: readonly CopiesRow[]): number {
  return rows.reduce((sum, { objects }) => sum + objects, 0);
}

export function placesSection({ places }: Standing): Section {
  const unknown = 'not known';
  return {
    heading: 'Where do copies stand?',
    sentences: [
      `${many(places.length, 'location')}. Two places are independent only where their failure groups are known and differ.`,
    ],
    table: {
      columns: [
        { name: 'Location' },
        { name: 'Kind' },
        { name: 'Site' },
        { name: 'Medium' },
        { name: 'Failure group' },
        NUMBER('Copies'),
        NUMBER('Size', 'bytes'),
      ],
      rows: places.map((place) => [
        place.name,
        place.kind,
        place.site ?? unknown,
        place.medium ?? unknown,
        place.failureGroup ?? unknown,
        place.replicas,
        bytesCell(place.bytes),
      ]),
    },
  };
}

export function problemsSection({ openFindings, verdicts, problems, status }: Standing): Section {
  const open = openFindings.reduce((sum, row) => sum + row.count, 0);
  const damaged = verdicts
    .filter(({ verdict }) =>
      ['essence_damaged', 'checksum_differs', 'truncated', 'header_damaged'].includes(verdict),
    )
    .reduce((sum, { objects }) => sum + objects, 0);
  const rows: Cell[][] = [
    ...openFindings.map((row): Cell[] => [
      `Finding: ${outcomeText(row.outcome)}`,
      'an audit found a copy so, and nobody has decided yet',
      row.count,
    ]),
    ...verdicts
      .filter(({ verdict }) => verdict !== 'intact')
      .map((row): Cell[] => [
        `File: ${verdictText(row.verdict)}`,
        'what the file proves of itself, as it was taken in',
        row.objects,
      ]),
    ...problems.map((row): Cell[] => [
      `Accession: ${plain(row.code)}`,
      row.severity === 'refusal' ? 'not taken in, by policy' : 'not taken in, or not wholly',
      row.count,
    ]),
  ];
  return {
    heading: 'What is wrong?',
    sentences: [
      open === 0
        ? 'No finding is open: nothing that an audit found waits for a decision.'
        : `${many(open, 'finding')} ${open === 1 ? 'is' : 'are'} open: an audit found a copy otherwise than recorded, and nobody has decided on it yet.`,
      damaged === 0
        ? 'No file in custody was found damaged in itself when it was taken in.'
        : `${many(damaged, 'file')} ${damaged === 1 ? 'was' : 'were'} damaged, cut short, or changed since encoding already when taken in; they are kept as they came.`,
      ...(status.openMassChanges === 0
        ? []
        : [
            `${many(status.openMassChanges, 'mass change')} ${status.openMassChanges === 1 ? 'waits' : 'wait'} for a decision.`,
          ]),
    ],
    table: { columns: [{ name: 'What' }, { name: 'How it is known' }, NUMBER('Files')], rows },
  };
}

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
        { name: 'Accession' },
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
    note: `${count(lacking.accessionsWithoutCollection)} of the accessions in custody belong to no collection.`,
  };
}

export function outcomeText(outcome: string): string {
  const known = LOCATION_OUTCOMES.find((each) => each === outcome);
  return known === undefined ? plain(outcome) : outcomeWords(known);
}

function verdictText(verdict: string): string {
  const known = INTERNAL_VERDICTS.find((each) => each === verdict);
  return known === undefined ? plain(verdict) : verdictWords(known, false);
}
