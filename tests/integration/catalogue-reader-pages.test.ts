import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openConnection, type Connection } from '../../electron/adapters/sqlite/connection.ts';
import { holdingsPage } from '../../electron/adapters/sqlite/reader/holdings.ts';
import { eventsPage } from '../../electron/adapters/sqlite/reader/events.ts';
import { compareCounters } from '../../electron/adapters/sqlite/writer/counters.ts';
import { compareItems } from '../../electron/adapters/sqlite/writer/item-facts.ts';
import { holdingSchema } from '../../shared/contract/holdings.ts';
import { HOLDINGS_SORTS } from '../../shared/domain/holdings-list.ts';
import { makeCatalogue } from '../fixtures/generate/catalogue.ts';
import { sharedFolder } from '../support/temp.ts';

const path = join(sharedFolder(), 'catalogue.sqlite');
let connection: Connection;
let parts = 0;

beforeAll(() => {
  parts = makeCatalogue({ path, replicas: 3_000, seed: 7 }).parts;
  connection = openConnection(path, { readonly: true });
});
afterAll(() => connection.close());

const COLUMNS = {
  added: 'id',
  title: 'title_key',
  artist: 'artist_key',
  album: 'album_key',
  duration: 'duration_ms',
  size: 'size',
} as const;

describe('the made-up catalogue', () => {
  it('agrees with itself as the writer counts', () => {
    expect(compareCounters(connection)).toEqual([]);
    expect(compareItems(connection)).toEqual([]);
    expect(connection.db.pragma('foreign_key_check')).toEqual([]);
  });
});

describe('pages of holdings', () => {
  it('give every row exactly once, in order, in every sort and direction', () => {
    for (const sort of HOLDINGS_SORTS)
      for (const direction of ['ascending', 'descending'] as const) {
        const order = direction === 'ascending' ? 'ASC' : 'DESC';
        // SQLite's own order of the whole is the oracle.
        const expected = connection.db
          .prepare(`SELECT 'part-' || id FROM parts ORDER BY ${COLUMNS[sort]} ${order}, id ${order}`)
          .pluck()
          .all();
        expect(allPages(sort, direction, 701)).toEqual(expected);
      }
  });

  it('are complete whatever their size', () => {
    const sorts = fc.constantFrom(...HOLDINGS_SORTS);
    const directions = fc.constantFrom('ascending' as const, 'descending' as const);
    fc.assert(
      fc.property(sorts, directions, fc.integer({ min: 150, max: 1_000 }), (sort, direction, limit) => {
        const ids = allPages(sort, direction, limit);
        expect(ids).toHaveLength(parts);
        expect(new Set(ids).size).toBe(parts);
      }),
      { numRuns: 12 },
    );
  });

  it('are what the contract says', () => {
    for (const row of holdingsPage(connection, 'title', 'descending', { limit: 200 }).rows)
      expect(holdingSchema.parse(row)).toEqual(row);
  });

  it('refuse a cursor of another list, another sort, or of nobody', () => {
    const cursor = holdingsPage(connection, 'title', 'ascending', { limit: 1 }).next ?? '';
    const forged = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const bad = [
      '',
      'AAAA',
      `${cursor}=`,
      `${cursor} `,
      cursor.slice(0, -2),
      forged(null),
      forged(['holdings title ascending']),
      forged(['holdings title ascending', 'a']),
      forged(['holdings title ascending', 'a', '1']),
      forged(['holdings title ascending', 1, 1]),
      forged(['holdings title ascending', 'a', 1.5]),
      forged(['holdings title ascending', 'a', 2 ** 60]),
      forged(['holdings title ascending', '\ud800', 1]),
      forged(['holdings title ascending', 'a', 1, 1]),
      forged({ 0: 'holdings title ascending', length: 3 }),
      'A'.repeat(1_000_000),
    ];
    for (const hostile of bad)
      expect(() => holdingsPage(connection, 'title', 'ascending', { limit: 1, cursor: hostile })).toThrow(
        expect.objectContaining({ code: 'BAD_INPUT' }),
      );
    for (const other of [
      () => holdingsPage(connection, 'artist', 'ascending', { limit: 1, cursor }),
      () => holdingsPage(connection, 'title', 'descending', { limit: 1, cursor }),
      () => eventsPage(connection, { limit: 1, cursor }),
    ])
      expect(other).toThrow(expect.objectContaining({ code: 'BAD_INPUT' }));
  });

  it('survive any text as a cursor', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.base64String()), (cursor) => {
        expect(() => holdingsPage(connection, 'title', 'ascending', { limit: 1, cursor })).toThrow(
          expect.objectContaining({ code: 'BAD_INPUT' }),
        );
      }),
    );
  });
});

function allPages(
  sort: (typeof HOLDINGS_SORTS)[number],
  direction: 'ascending' | 'descending',
  limit: number,
) {
  const ids: string[] = [];
  let cursor: string | undefined;
  do {
    const page = holdingsPage(connection, sort, direction, {
      limit,
      ...(cursor !== undefined && { cursor }),
    });
    ids.push(...page.rows.map(({ id }) => id));
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  return ids;
}
