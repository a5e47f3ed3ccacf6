import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openConnection, type Connection } from '../../electron/adapters/sqlite/connection.ts';
import { FilteredHoldings } from '../../electron/adapters/sqlite/reader/filtered-holdings.ts';
import { holdingsPage } from '../../electron/adapters/sqlite/reader/holdings.ts';
import { Positions } from '../../electron/adapters/sqlite/reader/holdings-positions.ts';
import { Search } from '../../electron/adapters/sqlite/reader/search.ts';
import { archiveStatus } from '../../electron/adapters/sqlite/reader/status.ts';
import type { HoldingsNarrowing } from '../../electron/core/ports/holdings-list.ts';
import { HOLDINGS_SORTS, type HoldingsSort } from '../../shared/domain/holdings-list.ts';
import { parsePublicId } from '../../shared/domain/ids.ts';
import { makeCatalogue } from '../fixtures/generate/catalogue.ts';
import { sharedFolder } from '../support/temp.ts';

const path = join(sharedFolder(), 'catalogue.sqlite');
const DIRECTIONS = ['ascending', 'descending'] as const;
const COLUMNS = {
  added: 'p.id',
  title: 'p.title_key',
  artist: 'p.artist_key',
  album: 'p.album_key',
  duration: 'p.duration_ms',
  size: 'p.size',
} as const;

let connection: Connection;
let search: Search;

beforeAll(() => {
  makeCatalogue({ path, replicas: 3_000, seed: 11, now: Date.now() });
  const made = openConnection(path);
  // What a made catalogue has none of: further accessions, collections, roles, holes in the ids.
  made.db.exec(`
    INSERT INTO collections (id, name, parent_id, created_at) VALUES (1, 'Jazz', NULL, 1), (2, 'Bebop', 1, 1), (3, 'Swing', NULL, 1);
    INSERT INTO accessions (id, number, title, source, acquired, mode, agent_id, opened_at, collection_id)
      VALUES (100, '2026-0100', 'Second box', 'A. Novak', 'Bought', 'in-place', 1, 1, 2),
             (101, '2026-0101', 'Third box', NULL, NULL, 'in-place', 1, 1, 3);
    INSERT INTO rights_statements (id, basis, agent_id, recorded_at) VALUES (1000, 'license', 1, 1);
    INSERT INTO rights_links VALUES (1000, 'accession', 100);
    UPDATE items SET accession_id = 100 WHERE id % 5 = 0;
    UPDATE items SET accession_id = 101 WHERE id % 7 = 1;
    UPDATE representations SET role = 'access copy' WHERE id % 9 = 0 AND role = 'preservation master';
    CREATE TEMP TABLE gone AS SELECT id FROM parts WHERE id BETWEEN 400 AND 430 OR id % 400 = 0;
    DELETE FROM parts WHERE id IN (SELECT id FROM gone);
    UPDATE replicas SET outcome = 'missing' WHERE id % 211 = 0;
    DELETE FROM counters WHERE facet = 'outcome';
    INSERT INTO counters SELECT 'outcome', outcome, count(*), sum(size), 0 FROM replicas GROUP BY outcome;
  `);
  made.close();
  connection = openConnection(path, { readonly: true });
  search = new Search(connection);
});
afterAll(() => connection.close());

const JOINED = `FROM parts p JOIN representations r ON r.id = p.representation_id JOIN items i ON i.id = r.item_id
  JOIN objects o ON o.id = p.object_id JOIN formats m ON m.id = o.format_id JOIN accessions a ON a.id = i.accession_id`;
const REPLICA =
  'SELECT 1 FROM replicas x JOIN folders f ON f.id = x.folder_id WHERE x.object_id = p.object_id';

/** What each filter means, said as plainly as SQL can. */
const MEANINGS: readonly (readonly [HoldingsNarrowing, string])[] = [
  [{ kind: 'audio' }, `o.kind = 'audio'`],
  [{ kind: 'image' }, `o.kind = 'image'`],
  [{ kind: 'video' }, 'false'],
  [{ format: 'FLAC' }, `m.name = 'FLAC'`],
  [{ format: 'Cue Sheet' }, `m.name = 'Cue Sheet'`],
  [{ format: 'Nothing' }, 'false'],
  [{ role: 'access copy' }, `r.role = 'access copy'`],
  [{ role: 'preservation master' }, `r.role = 'preservation master'`],
  [{ role: 'production master' }, 'false'],
  [{ itemId: 12 }, 'i.id = 12'],
  [{ itemId: 999_999 }, 'false'],
  [{ accessionId: 100 }, 'a.id = 100'],
  [{ accessionId: 5_000 }, 'false'],
  [{ collectionId: 1 }, 'a.collection_id IN (1, 2)'],
  [{ collectionId: 3 }, 'a.collection_id = 3'],
  [{ gap: 'source' }, 'a.source IS NULL'],
  [
    { gap: 'rights' },
    `a.id NOT IN (SELECT l.entity_id FROM rights_links l JOIN rights_statements s ON s.id = l.statement_id
    WHERE l.entity = 'accession' AND s.basis <> 'unknown')`,
  ],
  [{ gap: 'acquired', collectionId: 3 }, 'a.acquired IS NULL AND a.collection_id = 3'],
  [{ gap: 'source', accessionId: 100 }, 'false'],
  [{ locationId: 2 }, `EXISTS (${REPLICA} AND f.location_id = 2)`],
  [{ locationId: 9 }, 'false'],
  [{ outcome: 'altered' }, `EXISTS (${REPLICA} AND x.outcome = 'altered')`],
  [{ outcome: 'missing' }, `EXISTS (${REPLICA} AND x.outcome = 'missing')`],
  [{ outcome: 'intact' }, `EXISTS (${REPLICA} AND x.outcome = 'intact')`],
  [{ outcome: 'moved' }, 'false'],
  [
    { outcome: 'missing', locationId: 2 },
    `EXISTS (${REPLICA} AND x.outcome = 'missing' AND f.location_id = 2)`,
  ],
  [
    { outcome: 'intact', locationId: 2 },
    `EXISTS (${REPLICA} AND x.outcome = 'intact' AND f.location_id = 2)`,
  ],
  [
    { kind: 'audio', accessionId: 101, role: 'access copy' },
    `o.kind = 'audio' AND a.id = 101 AND r.role = 'access copy'`,
  ],
  [{ kind: 'image', role: 'preservation master' }, `o.kind = 'image' AND r.role = 'preservation master'`],
];

function expected(where: string, sort: HoldingsSort, direction: (typeof DIRECTIONS)[number]): string[] {
  const order = direction === 'ascending' ? 'ASC' : 'DESC';
  return connection.db
    .prepare(
      `SELECT 'part-' || p.id ${JOINED} WHERE ${where} ORDER BY ${COLUMNS[sort]} ${order}, p.id ${order}`,
    )
    .pluck()
    .all() as string[];
}

function all(
  holdings: FilteredHoldings,
  filter: HoldingsNarrowing,
  sort: HoldingsSort,
  direction: (typeof DIRECTIONS)[number],
): string[] {
  const ids: string[] = [];
  let cursor: string | undefined;
  do {
    const page = holdings.page(filter, sort, direction, { limit: 1_000, cursor });
    ids.push(...page.rows.map(({ id }) => id));
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  return ids;
}

describe('a narrowed list of holdings', () => {
  // Few rows that can be reached make walking an order the cheaper way: both ways must find the same.
  for (const most of [20_000, 40])
    it(`has exactly the rows that are meant, in every order (of ${String(most)} that can be reached)`, () => {
      const holdings = new FilteredHoldings(connection, () => search, most);
      for (const [filter, where] of MEANINGS)
        for (const sort of HOLDINGS_SORTS)
          for (const direction of DIRECTIONS) {
            const rows = expected(where, sort, direction);
            const label = `${JSON.stringify(filter)} by ${sort} ${direction}`;
            expect(all(holdings, filter, sort, direction), label).toEqual(rows.slice(0, most));
            expect(holdings.count(filter), label).toEqual({
              count: Math.min(rows.length, most),
              capped: rows.length > most,
            });
          }
    });

  it('narrows by status as the status of the archive counts it', () => {
    const holdings = new FilteredHoldings(connection, () => search);
    const { byStatus } = archiveStatus(connection, Date.now());
    for (const status of ['access-only', 'held', 'verified', 'replicated', 'safe'] as const) {
      const ids = all(holdings, { status }, 'added', 'ascending');
      const rows = ids.flatMap((_, from) =>
        from % 500 === 0
          ? holdings.page({ status }, 'added', 'ascending', { limit: 500, offset: from }).rows
          : [],
      );
      expect(rows.map(({ id }) => id)).toEqual(ids);
      expect(new Set(rows.map((row) => row.status))).toEqual(new Set(ids.length === 0 ? [] : [status]));
      // Items whose parts this test took away have no rows.
      expect(new Set(rows.map(({ item }) => item)).size).toBeLessThanOrEqual(byStatus[status]?.count ?? 0);
    }
    expect(byStatus['verified']?.count).toBeGreaterThan(0);
  });

  it('with a text has the best matches first, and the same rows in any order', () => {
    const holdings = new FilteredHoldings(connection, () => search);
    const found = search.search('love', 500);
    expect(found.rows.length).toBeGreaterThan(3);
    const byRank = all(holdings, { text: 'love' }, 'added', 'ascending');
    expect(byRank.slice(0, 500)).toEqual(found.rows.map(({ id }) => id));
    const byTitle = all(holdings, { text: 'love' }, 'title', 'ascending');
    expect(byTitle).toEqual(expected(`p.id IN (${numbers(byRank)})`, 'title', 'ascending'));
    const newest = all(holdings, { text: 'love' }, 'added', 'descending');
    expect(newest).toEqual(expected(`p.id IN (${numbers(byRank)})`, 'added', 'descending'));
    expect(holdings.count({ text: 'love' })).toEqual({ count: byRank.length, capped: found.capped });
    expect(holdings.count({ text: 'xylophonist' })).toEqual({ count: 0, capped: false });
  });

  it('with a text and more narrows to what both say', () => {
    const holdings = new FilteredHoldings(connection, () => search);
    const matches = new Set(search.all('love').map((id) => `part-${String(id)}`));
    for (const [filter, where] of MEANINGS) {
      const both = all(holdings, { ...filter, text: 'love' }, 'title', 'descending');
      expect(both, JSON.stringify(filter)).toEqual(
        expected(where, 'title', 'descending').filter((id) => matches.has(id)),
      );
      const ranked = all(holdings, { ...filter, text: 'love' }, 'added', 'ascending');
      expect([...ranked].sort()).toEqual([...both].sort());
    }
  });

  it('finds by what an accession says of itself, narrowed as well as alone', () => {
    const holdings = new FilteredHoldings(connection, () => search);
    const own = all(holdings, { accessionId: 100, kind: 'audio' }, 'title', 'ascending');
    expect(own.length).toBeGreaterThan(0);
    expect(all(holdings, { text: 'second box', kind: 'audio' }, 'title', 'ascending')).toEqual(own);
    const alone = all(holdings, { text: '2026-0101' }, 'title', 'ascending');
    expect(alone).toEqual(all(holdings, { accessionId: 101 }, 'title', 'ascending'));
    // Words of two accessions are in neither.
    expect(all(holdings, { text: 'second third box' }, 'title', 'ascending')).toEqual([]);
  });

  it('survives any text, and refuses a cursor of another filter', () => {
    const holdings = new FilteredHoldings(connection, () => search);
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 1_000 }), (text) => {
        const { rows } = holdings.page({ text, kind: 'audio' }, 'title', 'ascending', { limit: 5 });
        expect(rows.length).toBeLessThanOrEqual(5);
      }),
      { numRuns: 60 },
    );
    const { next } = holdings.page({ kind: 'audio' }, 'title', 'ascending', { limit: 5 });
    const cursor = next ?? '';
    for (const other of [
      () => holdings.page({ kind: 'image' }, 'title', 'ascending', { limit: 5, cursor }),
      () => holdings.page({ kind: 'audio' }, 'album', 'ascending', { limit: 5, cursor }),
      () => holdings.page({ kind: 'audio' }, 'title', 'ascending', { limit: 5, cursor, offset: 5 }),
      () => holdingsPage(connection, 'title', 'ascending', { limit: 5, cursor }),
    ])
      expect(other).toThrow(expect.objectContaining({ code: 'BAD_INPUT' }));
  });

  it('shows what another connection changed, and keeps what a saved progress leaves alone', () => {
    const holdings = new FilteredHoldings(connection, () => search);
    const before = holdings.count({ accessionId: 101 });
    const writer = openConnection(path);
    try {
      writer.db
        .exec(`INSERT INTO jobs (kind, title, state, resume_key, params, progress, agent_id, created_at)
        VALUES ('audit', 'A', 'done', 'k', '{}', '{}', 1, 1)`);
      expect(holdings.count({ accessionId: 101 })).toEqual(before);
      writer.db.exec(`
        UPDATE items SET accession_id = 101 WHERE id = 2;
        INSERT INTO events SELECT seq + 1, type, at, agent_id, act_id, outcome, body, hash, signature, key_id
          FROM events ORDER BY seq DESC LIMIT 1`);
      expect(holdings.count({ accessionId: 101 }).count).toBeGreaterThan(before.count);
    } finally {
      writer.close();
    }
  });
});

describe('a page at an offset', () => {
  it('begins at that row of the whole order, with ids that have holes, from wherever it is stepped to', () => {
    const orders = HOLDINGS_SORTS.flatMap((sort) =>
      DIRECTIONS.map((direction) => ({ sort, direction, rows: expected('true', sort, direction) })),
    );
    const total = orders[0]?.rows.length ?? 0;
    for (const positions of [new Positions(connection), new Positions(connection, 50)])
      fc.assert(
        fc.property(
          fc.constantFrom(...orders),
          fc.oneof(fc.nat(total + 50), fc.integer({ min: total - 3, max: total + 1 })),
          fc.integer({ min: 1, max: 120 }),
          ({ sort, direction, rows }, offset, limit) => {
            const page = holdingsPage(connection, sort, direction, { limit, offset }, positions);
            expect(page.rows.map(({ id }) => id)).toEqual(rows.slice(offset, offset + limit));
            expect(page.next === null).toBe(offset + limit >= total);
            if (page.next === null) return;
            const after = holdingsPage(connection, sort, direction, { limit: 3, cursor: page.next });
            expect(after.rows.map(({ id }) => id)).toEqual(rows.slice(offset + limit, offset + limit + 3));
          },
        ),
        { numRuns: 150 },
      );
    expect(new Positions(connection).count()).toBe(total);
  });
});

function numbers(ids: readonly string[]): string {
  return ids.map((id) => String(parsePublicId(id)?.id)).join(', ');
}
