/** Finding and ordering accessions in a list that is loaded whole. */
import type { Accession } from '../../../shared/contract/accession.ts';
import { RIGHTS_UNKNOWN } from '../../../shared/domain/rights.ts';
import type { AccessionSort, AccessionsSearch, Gap } from './search.ts';

/** What is not known of it, and so blocks sharing. */
export function gapsOfAccession(accession: Pick<Accession, 'rightsBasis' | 'source' | 'acquired'>): Gap[] {
  const gaps: Gap[] = [];
  if (accession.rightsBasis === RIGHTS_UNKNOWN) gaps.push('rights');
  if (accession.source === undefined) gaps.push('source');
  if (accession.acquired === undefined) gaps.push('acquired');
  return gaps;
}

/** Those that a search asks for, in its order; the newest first where it asks for none. Gaps of what has ended block nothing. */
export function listedAccessions(rows: readonly Accession[], search: AccessionsSearch): Accession[] {
  const words = (search.text ?? '').toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const { gap, sort = 'openedAt', direction = 'descending' } = search;
  const found = rows.filter(
    (row) =>
      (gap === undefined || (row.deaccession === undefined && gapsOfAccession(row).includes(gap))) &&
      words.every((word) => textOf(row).includes(word)),
  );
  const sign = direction === 'ascending' ? 1 : -1;
  return found.sort((a, b) => sign * compare(a, b, sort));
}

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

function compare(a: Accession, b: Accession, sort: AccessionSort): number {
  return collator.compare(a[sort], b[sort]) || collator.compare(a.id, b.id);
}

function textOf({ number, title, collection, source, agent }: Accession): string {
  return [number, title, collection, source, agent].join('\n').toLocaleLowerCase();
}
