/** Acts on the structure of items, as far as they can be offered for some rows. */
import type { Holding } from '../../../shared/contract/holdings.ts';
import { REPRESENTATION_ROLES, type RepresentationRole } from '../../../shared/domain/vocabulary.ts';
import { itemsOf } from './scope.ts';

export interface Offered {
  /** Rows of one item can be taken out of it. */
  readonly split: boolean;
  /** Rows of one accession can go to another of its items. */
  readonly move: boolean;
  /** Rows of several items of one accession: those can become one. */
  readonly merge: boolean;
  /** Roles that a single row does not have. */
  readonly roles: readonly RepresentationRole[];
}

export function offeredFor(rows: readonly Holding[]): Offered {
  const accessions = new Set(rows.map(({ accession }) => accession));
  const items = itemsOf(rows);
  const isOne = rows.length > 0 && accessions.size === 1;
  return {
    split: isOne && items.length === 1,
    move: isOne,
    merge: isOne && items.length > 1,
    roles: rows.length === 1 ? REPRESENTATION_ROLES.filter((role) => role !== rows[0]?.role) : [],
  };
}

/** The ids of an item's parts with one of them a place further up or down; undefined where it stands at the end already. */
export function moved(ids: readonly string[], id: string, by: -1 | 1): string[] | undefined {
  const from = ids.indexOf(id);
  const to = from + by;
  if (from === -1 || to < 0 || to >= ids.length) return undefined;
  const other = ids[to];
  return other === undefined ? undefined : ids.with(to, id).with(from, other);
}
