/** What the address of the holdings says: filters, order, and what is open beside the list. Anything else is passed over. */
import type { HoldingsFilter } from '../../../shared/contract/holdings.ts';
import { HOLDINGS_SORTS, type HoldingsSort } from '../../../shared/domain/holdings-list.ts';
import { AUDIT_OUTCOMES } from '../../../shared/domain/audit-outcome.ts';
import type { FileKind } from '../../../shared/domain/file-kind.ts';
import { parsePublicId, type EntityKind } from '../../../shared/domain/ids.ts';
import { PRESERVATION_STATUSES } from '../../../shared/domain/preservation-status.ts';
import { REPRESENTATION_ROLES } from '../../../shared/domain/vocabulary.ts';

export const GAPS = ['rights', 'source', 'acquired'] as const;

export const FILE_KINDS = [
  'audio',
  'video',
  'cue',
  'log',
  'image',
  'document',
  'text',
  'playlist',
  'checksum',
  'other',
] as const satisfies readonly FileKind[];

export type Direction = 'ascending' | 'descending';

type Known<T> = { readonly [K in keyof T]?: Exclude<T[K], undefined> };

export interface HoldingsSearch extends Known<HoldingsFilter> {
  readonly sort?: HoldingsSort;
  readonly direction?: Direction;
  /** What stands in the pane beside the list. */
  readonly open?: string;
}

/** What the contract takes at most. */
const LONGEST = { text: 1000, kind: 40, format: 200 } as const;

export function holdingsSearch(raw: Record<string, unknown>): HoldingsSearch {
  return {
    ...word(raw, 'text', LONGEST.text),
    ...idOf(raw, 'collection', 'collection'),
    ...idOf(raw, 'accession', 'accession'),
    ...idOf(raw, 'item', 'item'),
    ...idOf(raw, 'location', 'location'),
    ...oneOf(raw, 'role', REPRESENTATION_ROLES),
    ...word(raw, 'kind', LONGEST.kind),
    ...word(raw, 'format', LONGEST.format),
    ...oneOf(raw, 'status', PRESERVATION_STATUSES),
    ...oneOf(raw, 'outcome', AUDIT_OUTCOMES),
    ...oneOf(raw, 'gap', GAPS),
    ...oneOf(raw, 'sort', HOLDINGS_SORTS),
    ...oneOf(raw, 'direction', ['ascending', 'descending'] as const),
    ...anyId(raw, 'open'),
  };
}

export const FILTER_KEYS = [
  'text',
  'collection',
  'accession',
  'item',
  'location',
  'role',
  'kind',
  'format',
  'status',
  'outcome',
  'gap',
] as const satisfies readonly (keyof HoldingsFilter)[];
export type FilterKey = (typeof FILTER_KEYS)[number];

/** The filter that an address asks for; undefined for the whole list, which can be scrolled without a bound. */
export function filterOf(search: HoldingsSearch): HoldingsFilter | undefined {
  const { text, ...rest } = search;
  const words = text?.trim() ?? '';
  const all: HoldingsSearch = words === '' ? rest : { ...rest, text: words };
  const entries = FILTER_KEYS.filter((key) => all[key] !== undefined).map((key) => [key, all[key]]);
  return entries.length === 0 ? undefined : (Object.fromEntries(entries) as HoldingsFilter);
}

/** The address without some of what it says. */
export function without(search: HoldingsSearch, ...keys: readonly (keyof HoldingsSearch)[]): HoldingsSearch {
  return Object.fromEntries(
    Object.entries(search).filter(([key]) => !(keys as readonly string[]).includes(key)),
  );
}

/** The address with filters set or, where a value is undefined or empty, taken away. */
export function withFilter(
  search: HoldingsSearch,
  changes: Partial<Record<FilterKey, string | undefined>>,
): HoldingsSearch {
  const keys = Object.keys(changes) as FilterKey[];
  const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value));
  return holdingsSearch({ ...without(search, ...keys), ...given });
}

/** The whole list in its first order; what stands open beside it stays. */
export function cleared({ open }: HoldingsSearch): HoldingsSearch {
  return open === undefined ? {} : { open };
}

/** Whether anything is to be cleared. */
export function isArranged(search: HoldingsSearch): boolean {
  return Object.keys(without(search, 'open')).length > 0;
}

export interface SortShown {
  readonly column: HoldingsSort;
  readonly direction: Direction;
}

export function sortOf({ sort = 'added', direction = 'ascending' }: HoldingsSearch): SortShown {
  return { column: sort, direction };
}

function word<Key extends string>(raw: Record<string, unknown>, key: Key, most: number) {
  // A router reads `?text=1962` as a number.
  const value = typeof raw[key] === 'number' ? String(raw[key]) : raw[key];
  return typeof value === 'string' && value !== ''
    ? ({ [key]: value.slice(0, most) } as { readonly [K in Key]?: string })
    : {};
}

function oneOf<Key extends string, Value extends string>(
  raw: Record<string, unknown>,
  key: Key,
  values: readonly Value[],
) {
  const found = values.find((value) => value === raw[key]);
  return found === undefined ? {} : ({ [key]: found } as { readonly [K in Key]?: Value });
}

function idOf<Key extends string>(raw: Record<string, unknown>, key: Key, kind: EntityKind) {
  const value = raw[key];
  return typeof value === 'string' && parsePublicId(value)?.kind === kind
    ? ({ [key]: value } as { readonly [K in Key]?: string })
    : {};
}

function anyId<Key extends string>(raw: Record<string, unknown>, key: Key) {
  const value = raw[key];
  return typeof value === 'string' && parsePublicId(value) !== undefined
    ? ({ [key]: value } as { readonly [K in Key]?: string })
    : {};
}
