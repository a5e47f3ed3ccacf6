import type { NewAccession } from '../../../shared/contract/accession.ts';
import type { FileOutcome } from '../ports/readings.ts';

/** Protected files are kept only where a statute, such as legal deposit, is the basis (design, invariant 9). */
export function refuseProtected(
  outcome: FileOutcome,
  wanted: Pick<NewAccession, 'rightsBasis'>,
): FileOutcome {
  if (outcome.status === 'failed') return outcome;
  const problem = outcome.problems.find(({ code }) => code === 'protected');
  if (problem === undefined) return outcome;
  if (wanted.rightsBasis !== 'statute') return { status: 'failed', problem };
  const others = outcome.problems.filter(({ code }) => code !== 'protected');
  return { ...outcome, problems: [...others, { ...problem, code: 'protected_kept' }] };
}
