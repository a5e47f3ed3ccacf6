/** Appraisals for a person. */
import type { Appraisal } from '../../../shared/contract/appraisals.ts';
import { count, moment } from '../format/numbers.ts';
import { facts } from '../format/table.ts';
import { clean } from '../format/text.ts';
import type { Output } from '../output.ts';
import { filesAndBytes } from './problems.ts';

export function showAppraisal(output: Output, appraisal: Appraisal): void {
  const { decision } = appraisal;
  output.lines(output.heading(clean(appraisal.title)));
  output.lines(
    ...facts(
      [
        ['Id', appraisal.id],
        ['State', appraisal.state === 'surveyed' ? 'surveyed; not decided' : appraisal.state],
        ['Source', clean(appraisal.source ?? '')],
        ['Folders', appraisal.paths.map(({ display }) => clean(display)).join(', ')],
        ['Surveyed', clean(`${moment(appraisal.surveyedAt)} by ${appraisal.agent}`)],
        ['Found', filesAndBytes(appraisal.files, appraisal.bytes)],
        ['Would be refused', appraisal.refused === 0 ? '' : count(appraisal.refused)],
        ['Problems', appraisal.problems === 0 ? '' : count(appraisal.problems)],
        [
          'Decided',
          decision === undefined
            ? ''
            : clean(`${moment(decision.at)} by ${decision.agent}: ${decision.reason}`),
        ],
        [
          'Accession',
          decision?.accession === undefined
            ? ''
            : clean(`${decision.accession.number} (${decision.accession.id})`),
        ],
      ],
      '  ',
    ),
  );
}

/** What can be done with an open appraisal. */
export function nextActs(id: string): string[] {
  return [
    `  holdfast appraise accept ${id} --reason TEXT --rights-basis BASIS`,
    `  holdfast appraise decline ${id} --reason TEXT`,
  ];
}
