/** Which findings a command is about, as it is typed. */
import type { Command } from 'commander';
import type { DecisionPreview, FindingSelection } from '../../shared/contract/decisions.ts';
import { parsePublicId } from '../../shared/domain/ids.ts';
import type { Job } from '../../shared/contract/jobs.ts';
import type { Invocation } from './command.ts';
import { hasCode, UsageError } from './errors.ts';
import { idsFrom } from './ids.ts';

export function addFindingSelection(command: Command): void {
  command
    .argument('[FINDING…]', 'their ids')
    .option('--all', 'every open finding')
    .option('--location <L>', 'open findings of this location: its id or its name')
    .option('--outcome <O>', 'open findings of this outcome: altered, missing, …')
    .option('--mass <M>', 'open findings of this mass change, such as mass-1')
    .option('--dry-run', 'show what would be done, and do nothing');
}

/**
 * Decides, or says that nothing is meant: a person who asked for all of what there is none has no reason to be refused. What an
 * interruption left open is gone on with before that is asked.
 * @param preview what the decision would come to
 */
export async function decideIfAny(
  { findings }: FindingSelection,
  preview: () => Promise<DecisionPreview>,
  decide: () => Promise<Job>,
): Promise<Job | undefined> {
  try {
    return await decide();
  } catch (error) {
    if (findings !== undefined || !hasCode(error, 'BAD_INPUT')) throw error;
    const { willDo, refused } = await preview();
    if (willDo.length + refused.length > 0) throw error;
    return undefined;
  }
}

export function findingSelection({
  words,
  options,
}: Pick<Invocation, 'words' | 'options'>): FindingSelection {
  const [location, outcome, massChange] = ['location', 'outcome', 'mass'].map((name) => options.text(name));
  if (massChange !== undefined && parsePublicId(massChange)?.kind !== 'massChange')
    throw new UsageError(
      `"${massChange}" is not the id of a mass change. Such an id looks like mass-1; see: holdfast findings mass`,
    );
  const all = options.flag('all');
  const isNarrowed = all || [location, outcome, massChange].some((each) => each !== undefined);
  if (words.length > 0 && isNarrowed)
    throw new UsageError(
      'Name findings, or say which are meant (--all, --location, --outcome, --mass), not both.',
    );
  if (words.length > 0) return { findings: idsFrom(words) };
  if (!isNarrowed)
    throw new UsageError(
      'Name findings, or say which are meant: --all, --location L, --outcome O, --mass M. See them with: holdfast findings list',
    );
  return {
    ...(location === undefined ? {} : { location }),
    ...(outcome === undefined ? {} : { outcome }),
    ...(massChange === undefined ? {} : { massChange }),
    ...(all ? { all } : {}),
  };
}
