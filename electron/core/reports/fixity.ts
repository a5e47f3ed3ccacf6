import type { Cell, ReportDocument, Section } from '../hand-outs/document.ts';
import type { FixityFigures, ReportedRun } from '../ports/reporting.ts';
import type { NamedPeriod } from './period.ts';
import { checksSection, findingKindsSection, findingsSection } from './period-sections.ts';
import { bytesCell, NUMBER, outcomeText } from './cells.ts';
import { count, day, list, many, percent } from './words.ts';

/** What was verified in a period, what it found, and what is due. */
export function fixityReport(figures: FixityFigures, period: NamedPeriod): ReportDocument {
  const { location, findings, status } = figures;
  const audits = figures.runs.filter(({ kind }) => kind === 'audit');
  const outcomes = outcomesOf(audits);
  const checked = audits.reduce((sum, run) => sum + run.checked, 0);
  const opened = findings.opened.reduce((sum, row) => sum + row.count, 0);
  return {
    title: `Fixity report, ${period.name}`,
    lead: [
      audits.length === 0
        ? 'No audit was made in this period.'
        : `${many(audits.length, 'audit')} checked ${many(checked, 'copy', 'copies')}: ${count(outcomes['intact'] ?? 0)} were as recorded (${percent(outcomes['intact'] ?? 0, checked)}).`,
      `${many(opened, 'finding')} ${opened === 1 ? 'was' : 'were'} opened; open ${period.isOver ? 'at the end' : 'now'}: ${count(findings.openAtEnd)}.`,
    ],
    facts: [
      ['Period', `${day(period.first)} to ${day(period.last)}${period.isOver ? '' : ', not over yet'}`],
      ['Locations', location ?? 'all'],
    ],
    sections: [
      checksSection(figures.checks, period),
      outcomesSection(outcomes),
      runsSection(figures.runs),
      findingsSection(findings, period),
      findingKindsSection(findings),
      listedSection(figures),
      dueSection(figures),
    ],
    head: status.log,
  };
}

function outcomesOf(runs: readonly ReportedRun[]): Readonly<Record<string, number>> {
  const sums: Record<string, number> = {};
  for (const { outcomes } of runs)
    for (const [outcome, number] of Object.entries(outcomes)) sums[outcome] = (sums[outcome] ?? 0) + number;
  return sums;
}

function outcomesSection(outcomes: Readonly<Record<string, number>>): Section {
  const rows = Object.entries(outcomes)
    .filter(([, number]) => number > 0)
    .toSorted(([, a], [, b]) => b - a);
  const open = outcomes['not_checked'] ?? 0;
  return {
    heading: 'What did audits say of the copies?',
    sentences: [
      rows.length === 0
        ? 'There was no audit to say anything.'
        : `Every copy that was planned has an outcome: ${list(rows.map(([outcome, number]) => `${count(number)} ${outcomeText(outcome)}`))}.`,
      ...(open === 0
        ? []
        : [
            'Not checked says nothing of a copy: its location could not be reached, or the audit ended before its turn.',
          ]),
    ],
    ...(rows.length > 0 && {
      chart: {
        kind: 'bars' as const,
        title: 'Checks by outcome',
        bars: rows.map(([outcome, number]) => ({
          label: outcomeText(outcome),
          value: number,
          text: count(number),
        })),
      },
      note: 'A copy that was checked several times in the period is counted each time.',
    }),
    table: {
      columns: [{ name: 'Outcome' }, NUMBER('Checks')],
      rows: rows.map(([outcome, number]) => [outcomeText(outcome), number]),
    },
  };
}

function runsSection(runs: readonly ReportedRun[]): Section {
  const rescans = runs.filter(({ kind }) => kind === 'rescan').length;
  const partial = runs.filter(({ complete }) => !complete).length;
  return {
    heading: 'Which runs were made?',
    sentences:
      runs.length === 0
        ? ['None.']
        : [
            `${many(runs.length - rescans, 'audit')}, which read and compare${rescans === 0 ? '' : `, and ${many(rescans, 'rescan')}, which only look at sizes, times and inodes and verify nothing`}.`,
            partial === 0
              ? 'Each got through all that it had planned.'
              : `${many(partial, 'run')} did not get through all that was planned; what was left stays due.`,
          ],
    table: {
      columns: [
        { name: 'Run', isShort: true },
        { name: 'Kind' },
        { name: 'Ended', isShort: true },
        { name: 'Location' },
        { name: 'By' },
        NUMBER('Planned'),
        NUMBER('Checked'),
        NUMBER('Read', 'bytes'),
        { name: 'Outcomes' },
      ],
      rows: runs.toReversed().map((run): Cell[] => [
        run.id,
        run.kind,
        { text: day(run.closedAt), value: run.closedAt },
        run.location ?? 'all',
        run.agent,
        run.planned,
        run.checked,
        run.bytesRead === null ? 'not known for this place' : bytesCell(run.bytesRead),
        Object.entries(run.outcomes)
          .map(([outcome, number]) => `${count(number)} ${outcomeText(outcome)}`)
          .join(', '),
      ]),
    },
  };
}

function listedSection({ listed, listedTotal }: FixityFigures): Section {
  return {
    heading: 'Findings of the period, one by one',
    sentences: [
      listedTotal === 0
        ? 'There are none.'
        : `${many(listedTotal, 'finding')} opened or closed in it, newest first.`,
    ],
    table: {
      columns: [
        { name: 'Finding', isShort: true },
        { name: 'Copy', isCode: true },
        { name: 'Location' },
        { name: 'Found', isShort: true },
        { name: 'Outcome' },
        { name: 'Closed', isShort: true },
        { name: 'Decision', isShort: true },
      ],
      rows: listed.map((row) => [
        row.id,
        row.path?.display ?? 'name erased',
        row.location ?? 'not known',
        { text: day(row.openedAt), value: row.openedAt },
        outcomeText(row.outcome),
        row.closedAt === null ? 'open' : { text: day(row.closedAt), value: row.closedAt },
        row.resolution ?? '',
      ]),
      left: listedTotal - listed.length,
    },
  };
}

function dueSection({ places, verifyWithinDays }: FixityFigures): Section {
  const overdue = places.reduce((sum, { health }) => sum + health.overdue, 0);
  const replicas = places.reduce((sum, { health }) => sum + health.replicas, 0);
  return {
    heading: 'What is overdue now?',
    sentences: [
      overdue === 0
        ? `Nothing: each of ${many(replicas, 'copy', 'copies')} was verified, or taken into custody, within ${many(verifyWithinDays, 'day')}.`
        : `${count(overdue)} of ${many(replicas, 'copy', 'copies')} (${percent(overdue, replicas)}) were last verified, or taken into custody, more than ${many(verifyWithinDays, 'day')} ago. An audit takes the longest unverified first.`,
    ],
    chart: {
      kind: 'stack',
      title: 'Copies by location: overdue for verification, and not',
      steps: ['overdue', 'not overdue'],
      rows: places.map(({ name, health }) => ({
        label: name,
        values: [health.overdue, health.replicas - health.overdue],
        text: `${count(health.overdue)} of ${count(health.replicas)} overdue`,
      })),
    },
    table: {
      columns: [
        { name: 'Location' },
        NUMBER('Copies'),
        NUMBER('Verified within policy'),
        NUMBER('Overdue'),
        NUMBER('Open findings'),
        { name: 'Last looked at' },
        { name: 'Oldest verification' },
      ],
      rows: places.map(({ name, health }) => [
        name,
        health.replicas,
        health.verified,
        health.overdue,
        health.openFindings,
        health.lastCheckedAt === undefined
          ? 'never'
          : { text: day(health.lastCheckedAt), value: health.lastCheckedAt },
        health.replicas === 0
          ? ''
          : health.oldestVerifiedAt === undefined
            ? 'some never verified'
            : { text: day(health.oldestVerifiedAt), value: health.oldestVerifiedAt },
      ]),
    },
  };
}
