import type { Connection } from '../connection.ts';

/** `total`: objects, replicas, items; `verified`: see `dueDay`; `item`: held (0, 1), verified day, copies. */
export type Facet = 'total' | 'format' | 'kind' | 'location' | 'outcome' | 'verified' | 'item';

const DAY_MS = 86_400_000;

/** `dueDay` of a replica `r` of an accrual `c`. */
export const DUE_DAY = `coalesce(r.verified_at / ${DAY_MS}, 0 - c.opened_at / ${DAY_MS})`;

export interface ItemFacts {
  readonly parts: number;
  readonly parts_held: number;
  readonly verified_day: number;
  readonly copies: number;
}

/** The key of an item in the `item` facet. */
export function itemCounterKey(facts: ItemFacts): string {
  const held = facts.parts > 0 && facts.parts_held >= facts.parts ? 1 : 0;
  return `${held}:${facts.verified_day}:${facts.copies}`;
}

const SEPARATOR = '\0';

/** Counters are changed in memory and written with the commit of the rows they count. */
export class Counters {
  readonly #connection: Connection;
  readonly #deltas = new Map<string, { count: number; bytes: number; ms: number }>();

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  add(facet: Facet, key: string, count: number, bytes: number, durationMs: number): void {
    const name = facet + SEPARATOR + key;
    const delta = this.#deltas.get(name);
    if (delta === undefined) this.#deltas.set(name, { count, bytes, ms: durationMs });
    else {
      delta.count += count;
      delta.bytes += bytes;
      delta.ms += durationMs;
    }
  }

  flush(): void {
    if (this.#deltas.size === 0) return;
    const upsert = this.#connection.sql(
      `INSERT INTO counters (facet, key, count, bytes, duration_ms) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (facet, key) DO UPDATE SET count = count + excluded.count, bytes = bytes + excluded.bytes,
         duration_ms = duration_ms + excluded.duration_ms`,
    );
    const sweep = this.#connection.sql(
      'DELETE FROM counters WHERE facet = ? AND key = ? AND count = 0 AND bytes = 0 AND duration_ms = 0',
    );
    for (const [name, { count, bytes, ms }] of this.#deltas) {
      if (count === 0 && bytes === 0 && ms === 0) continue;
      const cut = name.indexOf(SEPARATOR);
      const facet = name.slice(0, cut);
      const key = name.slice(cut + 1);
      upsert.run(facet, key, count, bytes, ms);
      if (count <= 0) sweep.run(facet, key);
    }
    this.#deltas.clear();
  }

  forget(): void {
    this.#deltas.clear();
  }
}

const DURATION = 'coalesce(t.duration_ms, 0)';
const OF_REPLICAS = 'FROM replicas r LEFT JOIN technical_metadata t ON t.object_id = r.object_id';
const OF_OBJECTS = 'FROM objects o LEFT JOIN technical_metadata t ON t.object_id = o.id';
/** A content without a replica is remembered by its digest, and not held. */
const HELD = 'EXISTS (SELECT 1 FROM replicas x WHERE x.object_id = o.id)';
/** Items of accessions that custody has ended of are remembered too. */
const OF_ITEMS = 'FROM items WHERE accession_id NOT IN (SELECT accession_id FROM deaccessions)';

const RECOUNTS: readonly string[] = [
  `SELECT 'total' facet, 'objects' key, count(*) count, coalesce(sum(o.size), 0) bytes, coalesce(sum(${DURATION}), 0) ms ${OF_OBJECTS} WHERE ${HELD}`,
  `SELECT 'total' facet, 'replicas' key, count(*) count, coalesce(sum(r.size), 0) bytes, coalesce(sum(${DURATION}), 0) ms ${OF_REPLICAS}`,
  `SELECT 'total' facet, 'items' key, count(*) count, coalesce(sum(bytes), 0) bytes, coalesce(sum(duration_ms), 0) ms ${OF_ITEMS}`,
  `SELECT 'format' facet, f.name key, count(*) count, sum(o.size) bytes, sum(${DURATION}) ms ${OF_OBJECTS} JOIN formats f ON f.id = o.format_id WHERE ${HELD} GROUP BY f.name`,
  `SELECT 'kind' facet, o.kind key, count(*) count, sum(o.size) bytes, sum(${DURATION}) ms ${OF_OBJECTS} WHERE ${HELD} GROUP BY o.kind`,
  `SELECT 'location' facet, CAST(f.location_id AS TEXT) key, count(*) count, sum(r.size) bytes, sum(${DURATION}) ms ${OF_REPLICAS} JOIN folders f ON f.id = r.folder_id GROUP BY f.location_id`,
  `SELECT 'outcome' facet, r.outcome key, count(*) count, sum(r.size) bytes, sum(${DURATION}) ms ${OF_REPLICAS} GROUP BY r.outcome`,
  `SELECT 'verified' facet, CAST(${DUE_DAY} AS TEXT) key, count(*) count, sum(r.size) bytes, sum(${DURATION}) ms ${OF_REPLICAS} JOIN accruals c ON c.id = r.accrual_id GROUP BY 2`,
  `SELECT 'item' facet, CASE WHEN parts > 0 AND parts_held >= parts THEN '1' ELSE '0' END || ':' || verified_day || ':' || copies key,
     count(*) count, sum(bytes) bytes, sum(duration_ms) ms ${OF_ITEMS} GROUP BY 2`,
];

interface CounterRow {
  readonly facet: string;
  readonly key: string;
  readonly count: number;
  readonly bytes: number;
  readonly ms: number;
}

/** Counts everything anew and keeps what was counted. For a catalogue that is made of rows that nobody counted. */
export function recount({ db }: Connection): void {
  db.exec('DELETE FROM counters');
  for (const query of RECOUNTS)
    db.exec(
      `INSERT INTO counters (facet, key, count, bytes, duration_ms)
       SELECT facet, key, count, bytes, ms FROM (${query}) WHERE count <> 0 OR bytes <> 0 OR ms <> 0`,
    );
}

/** Counts everything anew and says where the maintained counters differ. Seconds for a million files. */
export function compareCounters(connection: Connection): string[] {
  const named = (row: CounterRow) => `${row.facet} ${row.key}`;
  const value = (row: CounterRow | undefined) =>
    `${row?.count ?? 0} (${row?.bytes ?? 0} bytes, ${row?.ms ?? 0} ms)`;
  const counted = RECOUNTS.flatMap((query) => connection.sql<CounterRow>(query).all());
  const kept = connection
    .sql<CounterRow>('SELECT facet, key, count, bytes, duration_ms AS ms FROM counters')
    .all();
  const truth = new Map(counted.map((row) => [named(row), row]));
  const maintained = new Map(kept.map((row) => [named(row), row]));
  return [...new Set([...truth.keys(), ...maintained.keys()])].sort().flatMap((name) => {
    const [is, says] = [value(truth.get(name)), value(maintained.get(name))];
    return is === says ? [] : [`counter ${name}: ${says} kept, ${is} counted`];
  });
}
