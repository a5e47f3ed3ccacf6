/** What was recorded in a period, as sections. */
import type { Cell, Section } from '../hand-outs/document.ts';
import type { CheckDay, FindingFigures, PeriodFigures } from '../ports/reporting.ts';
import { monthsOf, type NamedPeriod } from './period.ts';
import { bytesCell, hoursCell, NUMBER, outcomeText } from './standing-sections.ts';
import { count, day, duration, length, many, size } from './words.ts';

export function intakeSection({ intake }: PeriodFigures, period: NamedPeriod): Section {
  const bytes = intake.reduce((sum, row) => sum + row.bytes, 0);
  const hours = intake.reduce((sum, row) => sum + row.hours, 0);
  const files = intake.reduce((sum, row) => sum + row.files, 0);
  const accessions = new Set(intake.filter(({ accrual }) => accrual === 1).map(({ number }) => number)).size;
  const more = intake.length - accessions;
  const byMonth = Map.groupBy(intake, ({ sealedAt }) => sealedAt.slice(0, 7));
  return {
    heading: 'What was taken in?',
    sentences:
      intake.length === 0
        ? ['Nothing was taken into custody.']
        : [
            `${many(accessions, 'new accession')}${more === 0 ? '' : ` and ${many(more, 'addition')} to these or to earlier ones`}: ${many(files, 'file')}, ${size(bytes)}, ${length(hours)} of sound.`,
          ],
    ...(intake.length > 0 && {
      chart: {
        kind: 'bars' as const,
        title: 'Size of what was taken in, by month',
        bars: monthsOf(period).map((month) => {
          const rows = byMonth.get(month) ?? [];
          const value = rows.reduce((sum, row) => sum + row.bytes, 0);
          const sound = rows.reduce((sum, row) => sum + row.hours, 0);
          return {
            label: month,
            value,
            text: rows.length === 0 ? 'none' : `${size(value)}, ${length(sound)}`,
          };
        }),
      },
    }),
    table: {
      columns: [
        { name: 'Accession' },
        NUMBER('Accrual'),
        { name: 'Title' },
        { name: 'Collection' },
        { name: 'Received' },
        NUMBER('Files'),
        NUMBER('Size', 'bytes'),
        NUMBER('Hours', 'hours'),
      ],
      rows: intake.map((row) => [
        row.number,
        row.accrual,
        row.title,
        row.collection ?? 'none',
        { text: day(row.sealedAt), value: row.sealedAt },
        row.files,
        bytesCell(row.bytes),
        hoursCell(row.hours),
      ]),
    },
    note: 'By the acts that took custody, as they were sealed. A file that is in two accessions is counted with each. Hours are those that the files themselves state.',
  };
}

export function declinedSection({ appraisals }: PeriodFigures): Section {
  const { surveyed, accepted, declined } = appraisals;
  return {
    heading: 'What was offered, and declined?',
    sentences: [
      surveyed + accepted + declined.length === 0
        ? 'No offer was looked at before custody, and none was decided on.'
        : `${many(surveyed, 'offer')} ${surveyed === 1 ? 'was' : 'were'} looked at before custody, ${count(accepted)} accepted and ${count(declined.length)} declined. Each decision was recorded with the reason that was given.`,
    ],
    table: {
      columns: [
        { name: 'Offer' },
        { name: 'From' },
        { name: 'Declined' },
        { name: 'By' },
        { name: 'Reason' },
        NUMBER('Files'),
        NUMBER('Hours', 'hours'),
      ],
      rows: declined.map((row) => [
        row.title,
        row.source ?? 'not documented',
        { text: day(row.at), value: row.at },
        row.by,
        row.reason,
        row.files,
        hoursCell(row.hours),
      ]),
    },
    note: 'Only offers that were surveyed with this program are known to it.',
  };
}

export function letGoSection({ letGo, removed }: PeriodFigures): Section {
  const hours = letGo.reduce((sum, row) => sum + row.hours, 0);
  const bytes = letGo.reduce((sum, row) => sum + row.bytes, 0);
  return {
    heading: 'What was let go?',
    sentences: [
      letGo.length === 0
        ? 'Custody of no accession has ended.'
        : `Custody of ${many(letGo.length, 'accession')} has ended: ${size(bytes)}, ${length(hours)} of sound. That removes nothing by itself.`,
      removed.replicas === 0
        ? 'No copy was removed from the managed locations of this archive.'
        : `${many(removed.replicas, 'copy', 'copies')} (${size(removed.bytes)}) were removed from its managed locations, each by two people.`,
    ],
    table: {
      columns: [
        { name: 'Accession' },
        { name: 'Title' },
        { name: 'Ended' },
        { name: 'By' },
        { name: 'Reason' },
        { name: 'Authority' },
        NUMBER('Items'),
        NUMBER('Size', 'bytes'),
        NUMBER('Hours', 'hours'),
      ],
      rows: letGo.map((row) => [
        row.number,
        row.title,
        { text: day(row.at), value: row.at },
        row.by,
        row.reason,
        row.authority,
        row.items,
        bytesCell(row.bytes),
        hoursCell(row.hours),
      ]),
    },
  };
}

export function findingsSection(figures: FindingFigures, period: NamedPeriod): Section {
  const opened = figures.opened.reduce((sum, row) => sum + row.count, 0);
  const closed = figures.closed.reduce((sum, row) => sum + row.count, 0);
  const byMonth = new Map(figures.byMonth.map((row) => [row.month, row]));
  const months = monthsOf(period).map((month) => byMonth.get(month) ?? { month, opened: 0, closed: 0 });
  const { timeToClose: took } = figures;
  return {
    heading: 'What did checks find, and what was decided?',
    sentences: [
      opened + closed === 0
        ? 'Checks found nothing otherwise than recorded, and there was nothing to decide.'
        : `${many(opened, 'finding')} ${opened === 1 ? 'was' : 'were'} opened and ${count(closed)} closed. ${count(figures.openAtStart)} were open when the period began, ${count(figures.openAtEnd)} ${period.isOver ? 'when it ended' : 'are now'}.`,
      ...(took === null
        ? []
        : [
            closed === 1
              ? `From the check that found it to the decision it took ${duration(took.longest)}.`
              : `From the check that found it to the decision, half of those that were closed took ${duration(took.median)} or less; the longest took ${duration(took.longest)}.`,
          ]),
    ],
    ...(opened + closed > 0 && {
      chart: {
        kind: 'columns' as const,
        title: 'Findings opened and closed, by month',
        series: ['opened', 'closed'],
        columns: months.map((row) => ({
          label: months.length > 14 ? row.month.slice(2) : row.month,
          values: [row.opened, row.closed],
        })),
      },
      table: {
        columns: [{ name: 'Month' }, NUMBER('Opened'), NUMBER('Closed')],
        rows: months.map((row) => [row.month, row.opened, row.closed]),
      },
    }),
    note: 'A finding is a copy that a check found otherwise than recorded. It stays open until a named agent decides, even where a later check finds the copy well.',
  };
}

export function findingKindsSection(figures: FindingFigures): Section {
  return {
    heading: 'Findings by kind and decision',
    sentences: figures.opened.length + figures.closed.length === 0 ? ['There were none.'] : [],
    table: {
      columns: [{ name: 'Kind or decision' }, NUMBER('Findings')],
      rows: [
        ...figures.opened.map((row): Cell[] => [`found: ${outcomeText(row.outcome)}`, row.count]),
        ...figures.closed.map((row): Cell[] => [
          `closed: ${row.resolution === '' ? 'not recorded how' : row.resolution}`,
          row.count,
        ]),
      ],
    },
  };
}

/** A line a month with all its days: the same figures as the squares above it. */
function monthRows(checks: readonly CheckDay[]): Cell[][] {
  return [...Map.groupBy(checks, ({ day: name }) => name.slice(0, 7))].map(([month, days]) => [
    month,
    sum(days, 'runs'),
    sum(days, 'checked'),
    sum(days, 'findings'),
    days
      .map(({ day: name, checked, findings }) => {
        const amiss = findings === 0 ? '' : ` (${count(findings)} otherwise)`;
        return `${String(Number(name.slice(8)))}: ${count(checked)}${amiss}`;
      })
      .join('; '),
  ]);
}

function sum(days: readonly CheckDay[], what: 'runs' | 'checked' | 'findings'): number {
  return days.reduce((total, each) => total + each[what], 0);
}

export function checksSection(checks: readonly CheckDay[], { first, last }: NamedPeriod): Section {
  const [runs, checked, found] = [sum(checks, 'runs'), sum(checks, 'checked'), sum(checks, 'findings')];
  const span = (Date.parse(last) - Date.parse(first)) / 86_400_000 + 1;
  return {
    heading: 'When were copies read and compared?',
    sentences: [
      runs === 0
        ? 'No audit was made: no copy was read and compared with its digests.'
        : `${many(runs, 'audit')} on ${many(checks.length, 'day')} read ${many(checked, 'copy', 'copies')} and compared them with their digests; ${found === 0 ? 'every one was as recorded' : `${many(found, 'was', 'were')} otherwise than recorded`}.`,
    ],
    ...(runs > 0 && {
      // Longer than this it is no picture any more; the table has every day.
      ...(span <= 1_100 && {
        chart: {
          kind: 'days' as const,
          title: 'Copies checked, by day; a notch where something was found',
          first,
          last,
          days: checks.map((row) => ({ day: row.day, value: row.checked, notch: row.findings > 0 })),
        },
      }),
      table: {
        columns: [
          { name: 'Month' },
          NUMBER('Audits'),
          NUMBER('Copies checked'),
          NUMBER('Otherwise than recorded'),
          { name: 'By day of the month' },
        ],
        rows: monthRows(checks),
      },
    }),
    note: 'A square is a day (UTC) on which an audit ended; the larger the ink, the more was checked. A notch marks a day on which something was found.',
  };
}
