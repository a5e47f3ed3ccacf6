import { catalogueError, type Connection } from '../connection.ts';

const COMMIT_AFTER_MS = 3_000;
/** What a crash makes an act read again, at the most. */
const COMMIT_BEFORE_MS = 15_000;
const COMMIT_AFTER_ROWS = 200_000;
/** Bulk work goes on for this many times as long as its last commit took, so that commits take a twentieth of it. */
const WORK_PER_COMMIT = 19;

export interface TransactionHooks {
  /** Writes what is kept in memory; inside the transaction. */
  beforeCommit(): void;
  afterCommit(): void;
  /** What was acknowledged since the last commit is gone, and with it whatever memory says of it. */
  afterRollback(error: Error): void;
}

/**
 * Group commit. A sync to disk costs what a thousand rows cost, so the bulk work of running acts shares one transaction,
 * committed after three seconds, after 200,000 rows, or before anything else is done. In a large catalogue every commit rewrites
 * some page of the index of digests for nearly every row, and on a slow disk waits for it: there commits come less often.
 */
export class Transactions {
  readonly #connection: Connection;
  readonly #hooks: TransactionHooks;
  #openedAt = 0;
  #rows = 0;
  #commitAfterMs = COMMIT_AFTER_MS;
  #timer: NodeJS.Timeout | undefined;

  constructor(connection: Connection, hooks: TransactionHooks) {
    this.#connection = connection;
    this.#hooks = hooks;
  }

  /** Whether bulk work waits for its commit. */
  get isOpen(): boolean {
    return this.#connection.db.inTransaction;
  }

  /** Does work of about this many files in the shared transaction. */
  bulk<Result>(rows: number, work: () => Result): Result {
    let result: Result;
    try {
      if (!this.#connection.db.inTransaction) this.#begin();
      result = work();
    } catch (error) {
      throw this.#rollback(error);
    }
    this.#rows += rows;
    if (this.#rows >= COMMIT_AFTER_ROWS || Date.now() - this.#openedAt >= this.#commitAfterMs) this.commit();
    return result;
  }

  /** Does work in a transaction of its own, after committing what is open. */
  single<Result>(work: () => Result): Result {
    this.commit();
    try {
      this.#connection.sql('BEGIN IMMEDIATE').run();
      const result = work();
      this.#finish();
      return result;
    } catch (error) {
      throw this.#rollback(error);
    }
  }

  /** Commits what is open, if anything is. */
  commit(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (!this.#connection.db.inTransaction) return;
    try {
      this.#finish();
    } catch (error) {
      throw this.#rollback(error);
    }
  }

  #begin(): void {
    this.#connection.sql('BEGIN IMMEDIATE').run();
    this.#openedAt = Date.now();
    this.#rows = 0;
    this.#timer = setTimeout(() => {
      try {
        this.commit();
      } catch {
        // Told to the next caller of every act that lost something: see afterRollback.
      }
    }, this.#commitAfterMs);
  }

  #finish(): void {
    const began = performance.now();
    this.#hooks.beforeCommit();
    this.#connection.sql('COMMIT').run();
    const took = performance.now() - began;
    this.#commitAfterMs = Math.min(COMMIT_BEFORE_MS, Math.max(COMMIT_AFTER_MS, took * WORK_PER_COMMIT));
    this.#hooks.afterCommit();
  }

  #rollback(cause: unknown): Error {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const error = catalogueError(cause, this.#connection.path);
    // After SQLITE_FULL and some I/O errors SQLite has rolled back by itself.
    if (this.#connection.db.inTransaction) this.#connection.sql('ROLLBACK').run();
    this.#hooks.afterRollback(error);
    return error;
  }
}
