import { openConnection, type Connection, type Statement } from '../connection.ts';
import { Acts } from './acts.ts';
import { Counters } from './counters.ts';
import { EventLog, type SigningKey } from './events.ts';
import { Folders } from './folders.ts';
import { BAD_OUTCOMES } from './item-facts.ts';
import { Problems } from './problems.ts';
import { Transactions } from './transaction.ts';

/** What the parts of the writer share: one connection, one transaction, and the memory that goes with it. */
export class WriterContext {
  readonly connection: Connection;
  readonly transactions: Transactions;
  readonly counters: Counters;
  readonly acts: Acts;
  readonly events: EventLog;
  readonly folders: Folders;
  readonly problems: Problems;
  readonly #goodReplica: Statement;
  readonly #forgetters: (() => void)[] = [];
  #anyUntracked: boolean;
  #anyChecked: boolean;

  constructor(path: string, key: SigningKey) {
    this.connection = openConnection(path);
    // Pages of hot indexes are written to the file once in many commits instead of with each.
    this.connection.db.pragma('wal_autocheckpoint = 65536');
    this.counters = new Counters(this.connection);
    this.acts = new Acts(this.connection);
    this.events = new EventLog(this.connection, key);
    this.folders = new Folders(this.connection);
    this.problems = new Problems(this.connection);
    this.transactions = new Transactions(this.connection, {
      beforeCommit: () => {
        this.counters.flush();
        this.acts.flush();
      },
      afterCommit: () => this.acts.committed(),
      afterRollback: (error) => {
        this.counters.forget();
        this.acts.lost(error);
        this.folders.forget();
        for (const forget of this.#forgetters) forget();
        this.#readFlags();
      },
    });
    this.#goodReplica = this.connection.sql(
      `SELECT 1 FROM replicas WHERE object_id = ? AND outcome NOT IN ${BAD_OUTCOMES} LIMIT 1`,
    );
    this.#anyUntracked = false;
    this.#anyChecked = false;
    this.#readFlags();
  }

  /** What to forget when rows that a cache speaks of were rolled back. */
  onRollback(forget: () => void): void {
    this.#forgetters.push(forget);
  }

  hasGoodReplica(objectId: number): boolean {
    return this.#goodReplica.get(objectId) !== undefined;
  }

  /** A file that is taken into custody is no longer an untracked one. */
  nowTracked(folderId: number, name: Uint8Array): void {
    // Nearly every archive has none: then a million deletes are spared.
    if (this.#anyUntracked)
      this.connection.sql('DELETE FROM untracked WHERE folder_id = ? AND name = ?').run(folderId, name);
  }

  sawUntracked(): void {
    this.#anyUntracked = true;
  }

  /** Whether any replica was ever checked: before that, facts of items follow from their parts alone. */
  get anyChecked(): boolean {
    return this.#anyChecked;
  }

  sawCheck(): void {
    this.#anyChecked = true;
  }

  #readFlags(): void {
    this.#anyUntracked = this.connection.sql('SELECT 1 FROM untracked LIMIT 1').get() !== undefined;
    this.#anyChecked =
      this.connection
        .sql(`SELECT 1 FROM counters WHERE facet = 'outcome' AND key <> 'not_checked' AND count > 0`)
        .get() !== undefined;
  }
}
