import type { Connection } from '../connection.ts';

interface Kept<Value> {
  readonly value: Value;
  version: number;
  readonly state: string;
}

/**
 * What it depends on. `parts`: what is held and how it is described. `checks`: also what checks have found, which changes all
 * the time while an audit runs.
 */
export type DependsOn = 'parts' | 'checks';

/** Answers that took some time, the ones used last, as long as the catalogue still says the same. To be asked inside a transaction. */
export class Remembered<Value> {
  readonly #connection: Connection;
  readonly #most: number;
  readonly #kept = new Map<string, Kept<Value>>();

  constructor(connection: Connection, most: number) {
    this.#connection = connection;
    this.#most = most;
  }

  get(key: string, of: DependsOn, make: () => Value): Value {
    return this.standing(key, of) ?? this.#keep(key, of, make());
  }

  /** What is kept already, if it still holds. */
  standing(key: string, of: DependsOn): Value | undefined {
    const kept = this.#kept.get(key);
    if (kept === undefined) return undefined;
    const version = this.#version();
    // A job saves its progress every other second: that is a commit, and no change of what is held.
    if (kept.version !== version && kept.state !== this.#state(of)) {
      this.#kept.delete(key);
      return undefined;
    }
    kept.version = version;
    this.#kept.delete(key);
    this.#kept.set(key, kept);
    return kept.value;
  }

  #keep(key: string, of: DependsOn, value: Value): Value {
    this.#kept.set(key, { value, version: this.#version(), state: this.#state(of) });
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= this.#most) break;
      this.#kept.delete(oldest);
    }
    return value;
  }

  /** Changes with every commit of another connection. */
  #version(): number {
    return this.#connection.db.pragma('data_version', { simple: true }) as number;
  }

  /** Every act but the recording of files and of checks appends an event; those two move counters. */
  #state(of: DependsOn): string {
    const facets = of === 'checks' ? `('total', 'outcome', 'verified')` : `('total')`;
    const [events, parts] = this.#connection
      .sql<[number, number]>('SELECT (SELECT max(seq) FROM events), (SELECT max(id) FROM parts)')
      .raw(true)
      .get() as [number, number];
    const counters = this.#connection
      .sql<string>(`SELECT group_concat(key || count || ':' || bytes) FROM counters WHERE facet IN ${facets}`)
      .pluck(true)
      .get();
    return `${String(events)} ${String(parts)} ${String(counters)}`;
  }
}
