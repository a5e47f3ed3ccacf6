import { HoldfastError } from '../../../../shared/domain/errors.ts';
import type { DraftChange } from '../../../core/ports/describing.ts';
import type { Connection } from '../connection.ts';

/** Drafts of one process: what a process before it left behind was never an edit. */
export class DescriptionDrafts {
  readonly #connection: Connection;
  /** How many slices each open draft was given. */
  readonly #given = new Map<number, number>();
  #last = 0;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  open(): number {
    if (this.#last === 0) this.#connection.sql('DELETE FROM description_drafts').run();
    this.#given.set(++this.#last, 0);
    return this.#last;
  }

  add(draft: number, changes: readonly DraftChange[]): void {
    const ordinal = (this.#given.get(draft) ?? 0) + 1;
    this.#connection
      .sql('INSERT INTO description_drafts (draft, ordinal, changes) VALUES (?, ?, ?)')
      .run(draft, ordinal, JSON.stringify(changes));
    this.#given.set(draft, ordinal);
  }

  drop(draft: number): void {
    this.#given.delete(draft);
    this.#connection.sql('DELETE FROM description_drafts WHERE draft = ?').run(draft);
  }

  /** A slice at a time, so that a draft of any size fits in memory. */
  *changes(draft: number): Generator<DraftChange> {
    const slices = this.#given.get(draft) ?? 0;
    for (let ordinal = 1; ordinal <= slices; ordinal++) {
      const slice = this.#connection
        .sql<{ changes: string }>('SELECT changes FROM description_drafts WHERE draft = ? AND ordinal = ?')
        .get(draft, ordinal);
      // Rows of a shared transaction that was rolled back, on a full disk for instance.
      if (slice === undefined)
        throw new HoldfastError(
          'INTERNAL',
          'Changes of this edit were lost before it was made. Nothing was done; try it again.',
        );
      yield* JSON.parse(slice.changes) as DraftChange[];
    }
  }
}
