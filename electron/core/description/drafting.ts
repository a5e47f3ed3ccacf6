import type { DescriptionChange, EditResult } from '../../../shared/contract/description.ts';
import type { FieldName, FieldValue } from '../../../shared/domain/description/fields.ts';
import { publicId } from '../../../shared/domain/ids.ts';
import type { CatalogueReader, CatalogueWriter } from '../ports/catalogue.ts';
import type { Describable, DraftChange, NewEdit } from '../ports/describing.ts';
import { changeOf, keep } from './values.ts';

/** A catalogue to describe; without a writer, to see what would change. */
export interface Describing {
  readonly reader: CatalogueReader;
  readonly writer: CatalogueWriter | undefined;
}

/** Collects the changes of an edit of any size in the same memory: what is shown of them, and a draft in the catalogue. */
export class Drafting {
  readonly #writer: CatalogueWriter | undefined;
  readonly #most: number;
  readonly #shown: DescriptionChange[] = [];
  #waiting: DraftChange[] = [];
  #draft: number | undefined;
  #total = 0;
  #entities = 0;
  #last = '';

  /** @param writer absent where only what would change is asked for. @param most changes that are shown. */
  constructor(writer: CatalogueWriter | undefined, most: number) {
    this.#writer = writer;
    this.#most = most;
  }

  /** Adds a change, where it is one. */
  change(
    of: Describable,
    field: FieldName,
    from: string,
    to: string,
    more: { readonly version?: number; readonly row?: number; readonly shownFrom?: FieldValue | null } = {},
  ): void {
    if (from === to) return;
    const id = publicId(of.entity, of.id);
    this.#total++;
    if (id !== this.#last) this.#entities++;
    this.#last = id;
    if (this.#shown.length < this.#most) {
      const seen = more.shownFrom == null ? from : keep(more.shownFrom);
      this.#shown.push(changeOf(of, field, seen, to, more.row));
    }
    if (this.#writer === undefined) return;
    this.#waiting.push({ entity: of.entity, id: of.id, field, value: to, version: more.version });
  }

  /** Gives what waits to the draft. */
  async pass(): Promise<void> {
    if (this.#writer === undefined || this.#waiting.length === 0) return;
    this.#draft ??= await this.#writer.openDraft();
    await this.#writer.addToDraft(this.#draft, this.#waiting);
    this.#waiting = [];
  }

  /**
   * Lets changes be gathered, and makes them one edit; nothing is left behind where that fails.
   * @param gather answers what the edit is; undefined makes none.
   */
  async finishing(gather: () => Promise<NewEdit | undefined>): Promise<EditResult> {
    try {
      const edit = await gather();
      await this.pass();
      const result = { total: this.#total, entities: this.#entities, changes: this.#shown };
      if (edit === undefined || this.#writer === undefined || this.#draft === undefined)
        return { ...result, edit: null };
      const made = await this.#writer.describeDraft(edit, this.#draft);
      this.#draft = undefined;
      return {
        ...result,
        edit: made.edit === null ? null : publicId('edit', made.edit),
        total: made.total,
        entities: made.entities,
      };
    } finally {
      if (this.#draft !== undefined) await this.#writer?.dropDraft(this.#draft);
    }
  }
}
