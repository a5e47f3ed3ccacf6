import type { RepresentationRole } from '../../../../shared/domain/vocabulary.ts';
import type { AccrualState, ActState } from './acts.ts';
import type { WriterContext } from './context.ts';
import { itemCounterKey } from './counters.ts';
import { ItemEdit } from './item-edit.ts';
import { itemFacts, type ItemRow } from './item-facts.ts';
import { creatorOf, noWords, wordsOf, type ItemWords } from './item-words.ts';

/** What one representation of an item gains while a folder is proposed. */
export interface ItemDraft {
  readonly itemId: number;
  readonly representationId: number;
  readonly role: RepresentationRole;
  readonly words: ItemWords;
  /** Arranged by a person; what stands in it is left as it is. */
  readonly arranged: boolean;
  /** Where the next part comes in an item that was put into order by hand. */
  nextPosition: number | undefined;
  bytes: number;
  durationMs: number;
}

interface StoredItem extends ItemRow {
  readonly id: number;
}

interface FoundItem {
  readonly id: number;
  readonly title: string;
  readonly arranged: number;
  readonly recorded: number;
}

const FOUND = `SELECT i.id, i.title, i.arranged,
    EXISTS (SELECT 1 FROM representations WHERE item_id = i.id AND role = 'preservation master') AS recorded
  FROM items i WHERE`;
const KEPT = 1_000;
const COLUMNS = 'id, parts, parts_held, verified_day, copies, bytes, duration_ms';

/** Items being added to; their own columns and counters are written once, by settle(). */
export class ItemDrafts {
  readonly #context: WriterContext;
  readonly #act: ActState;
  readonly #accrual: AccrualState;
  readonly #drafts = new Map<string, ItemDraft>();
  /** By title too, since each spelling of a title may be the one that the item gets. */
  readonly #named = new Map<string, ItemDraft>();

  constructor(context: WriterContext, act: ActState, accrual: AccrualState) {
    this.#context = context;
    this.#act = act;
    this.#accrual = accrual;
  }

  item(key: string, title: string, role: RepresentationRole): ItemDraft {
    const name = `${role}\0${key}`;
    const named = `${name}\0${title}`;
    let draft = this.#named.get(named);
    if (draft === undefined) {
      if (this.#named.size >= KEPT) this.settle();
      const { itemId, arranged } = this.#item(key, title, role);
      draft = this.#drafts.get(name) ?? {
        itemId,
        representationId: this.#representationId(itemId, role),
        role,
        words: noWords(),
        arranged: arranged > 0,
        nextPosition: arranged === 2 ? new ItemEdit(this.#context).end(itemId, role) : undefined,
        bytes: 0,
        durationMs: 0,
      };
      this.#drafts.set(name, draft);
      this.#named.set(named, draft);
    }
    return draft;
  }

  settle(): void {
    for (const draft of this.#drafts.values()) if (draft.words.parts > 0) this.#settle(draft);
    this.#drafts.clear();
    this.#named.clear();
  }

  #settle({ itemId, representationId, role, words, bytes, durationMs }: ItemDraft): void {
    const { connection, counters } = this.#context;
    const before = connection.sql<StoredItem>(`SELECT ${COLUMNS} FROM items WHERE id = ?`).get(itemId);
    if (before === undefined) throw new Error(`there is no item ${itemId}`);
    // Before the first check of all nothing is verified and nothing lost: no need to look at a single replica.
    const facts = this.#context.anyChecked
      ? itemFacts(connection, itemId)
      : {
          parts: before.parts + words.parts,
          parts_held: before.parts_held + words.parts,
          verified_day: 0,
          copies: 0,
        };
    connection
      .sql(
        `UPDATE items SET parts = ?, parts_held = ?, verified_day = ?, copies = ?, bytes = bytes + ?,
           duration_ms = duration_ms + ? WHERE id = ?`,
      )
      .run(facts.parts, facts.parts_held, facts.verified_day, facts.copies, bytes, durationMs, itemId);
    counters.add('item', itemCounterKey(before), -1, -before.bytes, -before.duration_ms);
    counters.add('item', itemCounterKey(facts), 1, before.bytes + bytes, before.duration_ms + durationMs);
    counters.add('total', 'items', 0, bytes, durationMs);
    if (role !== 'preservation master') return;
    // Of a new item these are all recordings that there are.
    const all = before.parts === 0 ? words : wordsOf(connection, representationId);
    connection
      .sql('UPDATE items SET creator = ?, date = ? WHERE id = ?')
      .run(creatorOf(all), all.firstDate, itemId);
  }

  #item(key: string, title: string, role: RepresentationRole): { itemId: number; arranged: number } {
    const { connection, counters } = this.#context;
    const { accessionId } = this.#accrual;
    const found =
      connection.sql<FoundItem>(`${FOUND} i.accession_id = ? AND i.grouping_key = ?`).get(accessionId, key) ??
      connection
        .sql<FoundItem>(
          `${FOUND} i.id = (SELECT item_id FROM item_aliases WHERE accession_id = ? AND grouping_key = ?)`,
        )
        .get(accessionId, key);
    if (found !== undefined) {
      const { id: itemId, arranged } = found;
      if (arranged > 0) return { itemId, arranged };
      // The recordings name the item, their papers only where there is none; of several spellings the first in order, so
      // that it does not matter which was read first.
      const recording = role === 'preservation master';
      const better = recording === (found.recorded === 1) ? title < found.title : recording;
      if (better) connection.sql('UPDATE items SET title = ? WHERE id = ?').run(title, itemId);
      return { itemId, arranged };
    }
    const { lastInsertRowid } = connection
      .sql('INSERT INTO items (accession_id, grouping_key, title) VALUES (?, ?, ?)')
      .run(this.#accrual.accessionId, key, title);
    counters.add('total', 'items', 1, 0, 0);
    counters.add('item', '0:0:0', 1, 0, 0);
    this.#act.tally.items++;
    this.#act.changed = true;
    return { itemId: Number(lastInsertRowid), arranged: 0 };
  }

  #representationId(itemId: number, role: RepresentationRole): number {
    const { connection } = this.#context;
    const inserted = connection
      .sql('INSERT INTO representations (item_id, role) VALUES (?, ?) ON CONFLICT DO NOTHING')
      .run(itemId, role);
    if (inserted.changes === 1) return Number(inserted.lastInsertRowid);
    const row = connection
      .sql<{ id: number }>('SELECT id FROM representations WHERE item_id = ? AND role = ?')
      .get(itemId, role);
    if (row === undefined) throw new Error(`item ${itemId} lost its ${role}`);
    return row.id;
  }
}
