import type { RawPath } from '../../../../shared/domain/path.ts';
import type { Connection } from '../connection.ts';
import { below } from '../protection/destination.ts';
import { SUCCEEDED } from '../successions.ts';
import { nameOf } from './take-bag.ts';

interface BagsOfPlace {
  /** Those whose files are expected there, by their numbers. */
  readonly known: readonly number[];
  /** Those that nothing tells of, each with the names of those that it succeeds. */
  readonly unknown: ReadonlyMap<string, readonly string[]>;
}

/** Of the bags that stand in a place, which the catalogue knows. */
export function bagsOfPlace(
  connection: Connection,
  locationId: number,
  root: RawPath,
  archiveId: string,
  names: readonly string[],
): BagsOfPlace {
  const rows = connection
    .sql<{ id: number; path: Buffer; is_former: number }>(
      `SELECT b.id, b.path, b.deleted_at IS NOT NULL OR ${SUCCEEDED} AS is_former FROM bags b
       WHERE b.location_id = ? ORDER BY b.id`,
    )
    .all(locationId);
  const told = new Set(rows.map(({ path }) => path.subarray(path.lastIndexOf(0x2f) + 1).toString()));
  return {
    known: rows.filter((row) => row.is_former === 0).map(({ id }) => id),
    unknown: lastEditions(
      names.filter((name) => !told.has(name)),
      (name) => below(root, archiveId, 'bags', name),
      archiveId,
    ),
  };
}

/** Of bags in one place the last edition of each accrual, with the names of those that it succeeds, oldest first. */
function lastEditions(
  names: readonly string[],
  folderOf: (name: string) => Buffer,
  archiveId: string,
): ReadonlyMap<string, readonly string[]> {
  const byAccrual = new Map<string, { readonly name: string; readonly edition: number }[]>();
  for (const name of names) {
    const { number, accrual, edition } = nameOf(folderOf(name), archiveId, name);
    const key = `${number}/${accrual}`;
    byAccrual.set(key, [...(byAccrual.get(key) ?? []), { name, edition }]);
  }
  const last = new Map<string, readonly string[]>();
  for (const editions of byAccrual.values()) {
    editions.sort((a, b) => a.edition - b.edition);
    const newest = editions.at(-1)?.edition ?? 1;
    const before = editions.filter(({ edition }) => edition < newest).map(({ name }) => name);
    // Of an edition that stands there twice each is taken; what went before goes with the first.
    for (const { name } of editions.filter(({ edition }) => edition === newest))
      last.set(name, before.splice(0));
  }
  return last;
}
