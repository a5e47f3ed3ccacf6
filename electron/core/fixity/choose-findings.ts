import type { FindingSelection } from '../../../shared/contract/decisions.ts';
import { AUDIT_OUTCOMES } from '../../../shared/domain/audit-outcome.ts';
import { HoldfastError } from '../../../shared/domain/errors.ts';
import { parsePublicId } from '../../../shared/domain/ids.ts';
import { chooseLocations } from '../locations/choose-locations.ts';
import type { CatalogueReader } from '../ports/catalogue.ts';

/**
 * The findings that a person means: those that are named, or all open ones that fit.
 * @throws HoldfastError BAD_INPUT, NOT_FOUND
 */
export async function chooseFindings(
  reader: CatalogueReader,
  { findings, location, outcome, massChange, all }: FindingSelection,
): Promise<number[]> {
  if (findings !== undefined) {
    if ([location, outcome, massChange].some((each) => each !== undefined) || all === true)
      throw new HoldfastError(
        'BAD_INPUT',
        'Name findings, or say which are meant, not both. Nothing was done.',
      );
    const ids = findings.map((id) => {
      const parsed = parsePublicId(id);
      if (parsed?.kind === 'finding') return parsed.id;
      throw new HoldfastError(
        'BAD_INPUT',
        `"${id}" is not the id of a finding. Such an id looks like find-12.`,
      );
    });
    const known = new Set((await reader.findingsAtHand(ids)).map(({ id }) => id));
    const unknown = ids.find((id) => !known.has(id));
    if (unknown !== undefined)
      throw new HoldfastError(
        'NOT_FOUND',
        `There is no finding find-${String(unknown)} of a file in custody. See the open ones with: holdfast findings list`,
      );
    return [...new Set(ids)].sort((a, b) => a - b);
  }
  if ([location, outcome, massChange].every((each) => each === undefined) && all !== true)
    throw new HoldfastError(
      'BAD_INPUT',
      'Name findings, or say which are meant: --location L, --outcome O, --mass M, --all. Nothing was done.',
    );
  if (outcome !== undefined && !(AUDIT_OUTCOMES as readonly string[]).includes(outcome))
    throw new HoldfastError(
      'BAD_INPUT',
      `"${outcome}" is no outcome of an audit; those are ${AUDIT_OUTCOMES.join(', ')}.`,
    );
  const [place] = location === undefined ? [] : await chooseLocations(reader, location);
  const massChangeId = massChange === undefined ? undefined : await knownMassChange(reader, massChange);
  return reader.openFindings({ locationId: place?.id, outcome, massChangeId });
}

async function knownMassChange(reader: CatalogueReader, id: string): Promise<number> {
  const parsed = parsePublicId(id);
  if (parsed?.kind === 'massChange' && (await reader.massChange(parsed.id)) !== undefined) return parsed.id;
  throw new HoldfastError(
    'NOT_FOUND',
    `There is no mass change ${id} in this archive. See them with: holdfast findings mass list --all`,
  );
}
