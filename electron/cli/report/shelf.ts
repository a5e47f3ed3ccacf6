import type { Loan, Location, RecallRow, Shelf } from '../../../shared/contract/locations.ts';
import { day } from '../format/numbers.ts';
import { clean } from '../format/text.ts';

/** Where a medium lies, in words; empty where nothing is known. */
export function shelfPlace({ barcode, shelf, generation }: Shelf): string {
  return [
    ...(shelf === undefined ? [] : [`shelf ${clean(shelf)}`]),
    ...(barcode === undefined ? [] : [`barcode ${clean(barcode)}`]),
    ...(generation === undefined ? [] : [clean(generation)]),
  ].join(', ');
}

function lentWords({ to, outAt, expectedBack }: Loan): string {
  const back = expectedBack === undefined ? '' : `, expected back on ${expectedBack}`;
  return `lent to ${clean(to)} since ${day(outAt)}${back}`;
}

/** What stands where other locations have their root. */
export function whereOf({ root, offline }: Location): string {
  if (offline === undefined) return root.display;
  const place = [shelfPlace(offline), ...(offline.loan === undefined ? [] : [lentWords(offline.loan)])];
  return ['offline', ...place.filter((word) => word !== '')].join(', ');
}

export function offlineSentence({ name, id, offline = {} }: Location): string {
  const place = shelfPlace(offline);
  const lent = offline.loan === undefined ? '' : ` It is ${lentWords(offline.loan)}.`;
  const recall = offline.recallBy === undefined ? '' : ` To be read again by ${offline.recallBy}.`;
  return `${clean(name)} (${id}) is offline as planned${place === '' ? '' : `: ${place}`}.${lent}${recall}`;
}

export function recallWords({ why, loan }: RecallRow): string {
  if (why === 'recall') return 'to be read again';
  return loan === undefined ? 'lent' : lentWords(loan);
}
