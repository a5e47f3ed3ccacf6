/** Filters as people see them: a chip for each, and what each can be set to. */
import { LOCATION_OUTCOMES } from '../../../shared/domain/audit-outcome.ts';
import { PRESERVATION_STATUSES } from '../../../shared/domain/preservation-status.ts';
import { REPRESENTATION_ROLES } from '../../../shared/domain/vocabulary.ts';
import { FILE_KINDS, GAPS, type FilterKey, type HoldingsSearch } from './holdings-search.ts';

/** In the order of the menu. The words typed have a field of their own, and an item is filtered by only from elsewhere. */
const CHIP_KEYS = [
  'collection',
  'accession',
  'location',
  'role',
  'kind',
  'format',
  'status',
  'outcome',
  'gap',
  'item',
] as const satisfies readonly FilterKey[];
export type ChipKey = (typeof CHIP_KEYS)[number];

/** Filters with a closed list of values, whose words stand in the catalogue of messages. */
const CLOSED = {
  role: REPRESENTATION_ROLES,
  kind: FILE_KINDS,
  status: PRESERVATION_STATUSES.filter((status) => status !== 'access-only'),
  outcome: LOCATION_OUTCOMES.filter((outcome) => outcome !== 'untracked'),
  gap: GAPS,
} as const satisfies Partial<Record<ChipKey, readonly string[]>>;
export type ClosedKey = keyof typeof CLOSED;

export function isClosed(key: ChipKey): key is ClosedKey {
  return key in CLOSED;
}

export function closedValues(key: ClosedKey): readonly string[] {
  return CLOSED[key];
}

/** Names of what ids stand for, as far as they are known. */
export type Names = ReadonlyMap<string, string>;

export interface ChipShown {
  readonly key: ChipKey;
  readonly value: string;
  /** Of closed values: the key of the word; of the others the name itself, or the id until it is known. */
  readonly wordKey?: string;
  readonly name?: string;
}

/** A chip for each filter that is set, in the order of the menu. */
export function chipsOf(search: HoldingsSearch, names: Names): ChipShown[] {
  return CHIP_KEYS.flatMap((key): ChipShown[] => {
    const value = search[key];
    if (value === undefined) return [];
    const known: readonly string[] = isClosed(key) ? closedValues(key) : [];
    return known.includes(value) || key === 'status'
      ? [{ key, value, wordKey: `${key}.${value}` }]
      : [{ key, value, name: names.get(value) ?? value }];
  });
}

/** Filters that can still be added. */
export function addable(search: HoldingsSearch): ChipKey[] {
  return CHIP_KEYS.filter((key) => key !== 'item' && search[key] === undefined);
}
