/** A bag of the set: its name, how it is made, and what must be said of it, no more and no less. */
import type { BagFindingCode, BagVerdict } from '../../../shared/domain/bag-findings.ts';
import { digestOf, TestBag } from '../bags.ts';

/** Code and file of a finding: `BAG-MISSING data/a.wav`; the code alone where it is about the whole bag. */
export type Told = BagFindingCode | `${BagFindingCode} ${string}`;

export interface SetBag {
  readonly name: string;
  readonly verdict: BagVerdict;
  /** All that is found; a code that is found twice stands twice. */
  readonly finds: readonly Told[];
  readonly make: () => TestBag;
  /** What befalls it once it was looked through and before its payload is read. */
  readonly meanwhile?: (bag: TestBag) => void;
}

const row =
  (verdict: BagVerdict) =>
  (name: string, finds: readonly Told[], make: () => TestBag): SetBag => ({ name, verdict, finds, make });

export const invalid = row('invalid');
export const incomplete = row('incomplete');
export const undetermined = row('undetermined');
export const warned = row('valid_with_warnings');
export const sound = (name: string, make: () => TestBag): SetBag => row('valid')(name, [], make);

export const codeOfTold = (told: Told): BagFindingCode => told.split(' ', 1)[0] as BagFindingCode;

export const one = digestOf('sha256', 'one');
export const two = digestOf('sha256', 'two');

export const MANIFEST = 'manifest-sha256.txt';

/** A bag with one line more in its manifest. */
export const listing = (path: string): TestBag =>
  new TestBag().change(MANIFEST, (text) => `${text}${two}  ${path}\n`);

/** A bag whose manifest says something else. */
export const manifested = (how: (text: string) => string): TestBag => new TestBag().change(MANIFEST, how);

/** A bag that does as it is told; for what is no option of a `TestBag`. */
export function changed(bag: TestBag, act: (bag: TestBag) => unknown): TestBag {
  act(bag);
  return bag;
}

/** A bag of one file of this name below `data/`, written as the standard has it (RFC 8493, 2.1.3). */
export function named(name: string): TestBag {
  const encoded = name.replace(
    /[%\r\n]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
  return new TestBag({ payload: { [name]: 'one' } }).change(MANIFEST, () => `${one}  data/${encoded}\n`);
}
