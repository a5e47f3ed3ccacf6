import { storageForecast } from '../../../shared/domain/storage-forecast.ts';
import type { ReportDocument, Section } from '../hand-outs/document.ts';
import type { AnnualFigures, Standing } from '../ports/reporting.ts';
import type { NamedPeriod } from './period.ts';
import {
  checksSection,
  declinedSection,
  findingKindsSection,
  findingsSection,
  intakeSection,
  letGoSection,
} from './period-sections.ts';
import { bytesCell, NUMBER } from './cells.ts';
import { descriptionSection, gapsSection } from './gap-sections.ts';
import {
  collectionSection,
  copiesSection,
  formatSection,
  placesSection,
  problemsSection,
  roleSection,
  statusSection,
} from './standing-sections.ts';
import { anyOf, count, day, length, many, percent, size } from './words.ts';

/** What a director is told of a year: what came in, went and was found, how it stands now, what it will need. */
export function annualReport(
  { standing, period: figures }: AnnualFigures,
  period: NamedPeriod,
): ReportDocument {
  const { status } = standing;
  return {
    title: /^\d+$/.test(period.name) ? `Annual report ${period.name}` : `Report from ${period.name}`,
    lead: [
      `The archive holds ${many(status.items, 'item')}: ${length(status.hours)} of sound, ${size(status.bytes)}.`,
      `${period.isOver ? 'In the period' : 'So far'} it took in ${length(figures.intake.reduce((sum, { hours }) => sum + hours, 0))} of sound in ${many(new Set(figures.intake.map(({ number }) => number)).size, 'accession')}, declined ${anyOf(figures.appraisals.declined.length, 'offer')}, and let go of ${anyOf(figures.letGo.length, 'accession')}.`,
      verdict(standing),
    ],
    facts: [
      ['Period', `${day(period.first)} to ${day(period.last)}${period.isOver ? '' : ', not over yet'}`],
      ['Holdings as of', day(standing.at)],
    ],
    sections: [
      intakeSection(figures, period),
      declinedSection(figures),
      letGoSection(figures),
      checksSection(figures.checks, period),
      findingsSection(figures.findings, period),
      findingKindsSection(figures.findings),
      statusSection(standing),
      collectionSection(standing),
      formatSection(standing),
      roleSection(standing),
      copiesSection(standing),
      placesSection(standing),
      forecastSection(standing),
      problemsSection(standing),
      gapsSection(standing),
      descriptionSection(standing),
    ],
    head: status.log,
  };
}

/** The collection as it is now, whatever led there. */
export function conditionReport(standing: Standing): ReportDocument {
  const { status } = standing;
  return {
    title: 'Collection condition',
    lead: [
      `The archive holds ${many(status.items, 'item')}: ${length(status.hours)} of sound, ${size(status.bytes)} in ${many(status.objects, 'different file')}, with ${many(status.replicas, 'copy', 'copies')}.`,
      verdict(standing),
    ],
    facts: [['Condition as of', day(standing.at)]],
    sections: [
      statusSection(standing),
      copiesSection(standing),
      placesSection(standing),
      problemsSection(standing),
      collectionSection(standing),
      formatSection(standing),
      roleSection(standing),
      gapsSection(standing),
      descriptionSection(standing),
    ],
    head: status.log,
  };
}

function verdict({ status, verified, verifyWithinDays }: Standing): string {
  if (status.replicas === 0) return 'It has no copy of anything yet.';
  const { overdue, openFindings, replicas } = status;
  const due = overdue === 0 ? 'none is overdue' : `${count(overdue)} ${overdue === 1 ? 'is' : 'are'} overdue`;
  return `${count(verified)} of ${many(replicas, 'copy', 'copies')} (${percent(verified, replicas)}) were read and found as recorded within ${many(verifyWithinDays, 'day')}, as the policy asks; ${due}. ${openFindings === 0 ? 'No finding waits for a decision.' : `${many(openFindings, 'finding')} ${openFindings === 1 ? 'waits' : 'wait'} for a decision.`}`;
}

function forecastSection({ intakeEver, createdAt, at, status, storedBytes }: Standing): Section {
  const heading = 'How much room will be needed?';
  const forecast = storageForecast(intakeEver, createdAt, at, { content: status.bytes, stored: storedBytes });
  if ('refused' in forecast) return { heading, sentences: [forecast.refused] };
  const { from, to, months, mean, least, most, copies, ahead } = forecast;
  const rows = [{ inMonths: 0, content: status.bytes, stored: storedBytes }, ...ahead];
  const when = (inMonths: number): string => (inMonths === 0 ? 'now' : `in ${String(inMonths)} months`);
  const [year] = ahead;
  return {
    heading,
    sentences: [
      `If intake goes on as it was, all copies will take ${size(year?.stored ?? 0)} in a year; now they take ${size(storedBytes)}.`,
      `Made as a straight line: in the ${many(months, 'whole month')} from ${from} to ${to} the archive took in ${size(mean)} a month on average, between ${size(least)} and ${size(most)}, and keeps ${copies.toFixed(2)} bytes of copies for each byte of content. Nothing else was taken into account: no offer that is expected, no copy that is planned, nothing that may be let go.`,
    ],
    chart: {
      kind: 'bars',
      title: 'Room that all copies take, now and by the forecast',
      bars: rows.map(({ inMonths, stored }) => ({
        label: when(inMonths),
        value: stored,
        text: `${size(stored)}${inMonths === 0 ? '' : ', forecast'}`,
      })),
    },
    table: {
      columns: [{ name: 'When' }, NUMBER('Each content once', 'bytes'), NUMBER('All copies', 'bytes')],
      rows: rows.map(({ inMonths, content, stored }) => [
        when(inMonths),
        bytesCell(content),
        bytesCell(stored),
      ]),
    },
  };
}
