import type { Accession } from '../../../shared/contract/accession.ts';
import type { OpenedBag } from '../ports/replication.ts';
import type { BagRun } from './finish-bag.ts';

/**
 * What a bag says of itself (RFC 8493, §2.2.2). Names of donors and terms stand in the supplement, not in what is copied to
 * other people.
 */
export function bagInfo(
  { archive, software }: BagRun,
  opened: OpenedBag,
  recorded: Accession | undefined,
): (readonly [string, string])[] {
  const { accession } = opened;
  return [
    ['Source-Organization', archive.name],
    ['External-Identifier', `${archive.id}/${accession.number}/${accession.accrual}`],
    ['External-Description', recorded?.title ?? accession.title],
    ['Bagging-Date', new Date().toISOString().slice(0, 10)],
    ['Internal-Sender-Identifier', accession.number],
    ['Bag-Group-Identifier', `${archive.id}/${accession.number}`],
    ['Bag-Software-Agent', software],
  ];
}
