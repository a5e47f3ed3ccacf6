import type { Accession, KnownNow } from '../../../shared/contract/accession.ts';
import { HoldfastError } from '../../../shared/domain/errors.ts';
import { publicId } from '../../../shared/domain/ids.ts';
import { RIGHTS_UNKNOWN } from '../../../shared/domain/rights.ts';
import type { ActingAgent, Catalogue } from '../ports/catalogue.ts';

/**
 * Records of an accession what was not known when it was taken into custody. What stands recorded is not changed by it.
 * @throws HoldfastError BAD_INPUT where nothing is said, or something that is known already
 */
export async function sayUnknown(
  { reader, writer }: Catalogue,
  { accession: word, ...said }: KnownNow,
  agent: ActingAgent,
): Promise<Accession> {
  const id = await reader.accessionId(word);
  const standing = await accessionById(reader, id);
  const { rightsBasis, rightsNote, source, acquired } = said;
  if ((rightsBasis ?? source ?? acquired) === undefined)
    throw new HoldfastError(
      'BAD_INPUT',
      'Say at least one of: rights basis, source, acquisition. Nothing was done.',
    );
  if (rightsNote !== undefined && rightsBasis === undefined)
    throw new HoldfastError('BAD_INPUT', 'A note on rights stands with a rights basis. Nothing was done.');
  if (standing.deaccession !== undefined)
    throw new HoldfastError(
      'BAD_INPUT',
      `Custody of accession ${standing.number} has ended. Nothing was done.`,
    );
  const known = [
    ...(rightsBasis !== undefined && standing.rightsBasis !== RIGHTS_UNKNOWN ? ['rights basis'] : []),
    ...(source !== undefined && standing.source !== undefined ? ['source'] : []),
    ...(acquired !== undefined && standing.acquired !== undefined ? ['acquisition'] : []),
  ];
  if (known.length > 0)
    throw new HoldfastError(
      'BAD_INPUT',
      `Of accession ${standing.number} is known already: ${known.join(', ')}. Leave that out. Nothing was done.`,
    );
  await writer.closeGaps(
    id,
    { rightsBasis: rightsBasis ?? RIGHTS_UNKNOWN, rightsNote: rightsNote ?? '', source, acquired },
    agent,
  );
  return accessionById(reader, id);
}

async function accessionById(reader: Catalogue['reader'], id: number): Promise<Accession> {
  const found = await reader.accession(id);
  if (found === undefined) throw new HoldfastError('NOT_FOUND', `There is no ${publicId('accession', id)}.`);
  return found;
}
