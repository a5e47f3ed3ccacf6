import { HoldfastError } from '../../../../shared/domain/errors.ts';
import { publicId } from '../../../../shared/domain/ids.ts';
import type { RepresentationRole } from '../../../../shared/domain/vocabulary.ts';
import type { WriterContext } from './context.ts';
import { itemCounterKey } from './counters.ts';
import { refreshDescribedPart } from './described-words.ts';
import { dissolveItem } from './dissolve-item.ts';
import { refuseDeaccessioned } from './held-objects.ts';
import { itemFacts, type ItemRow as StoredFacts } from './item-facts.ts';
import { creatorOf, noWords, wordsOf } from './item-words.ts';

export interface EditedItem {
  readonly id: number;
  readonly accessionId: number;
  readonly key: string;
  readonly title: string;
  /** 0 as proposed, 1 arranged, 2 ordered by hand as well. */
  readonly arranged: number;
}

export interface EditedPart {
  readonly id: number;
  readonly objectId: number;
  readonly position: number;
  readonly role: RepresentationRole;
  readonly representationId: number;
  readonly itemId: number;
}

/** Between two places there is room for those that a person puts there. */
export const POSITION_STEP = 10;

/**
 * One edit of the structure, inside the caller's transaction: moves parts, remembers which items it touches, and derives
 * their facts, sums, counters and words once, when it settles.
 */
export class ItemEdit {
  readonly #context: WriterContext;
  /** Items that are touched, and those that their parts went to. */
  readonly #touched = new Map<number, Set<number>>();
  readonly #moved = new Set<number>();

  constructor(context: WriterContext) {
    this.#context = context;
  }

  /** @throws HoldfastError NOT_FOUND; for an item that was merged, it says into which. */
  item(id: number): EditedItem {
    const { connection } = this.#context;
    const row = connection
      .sql<EditedItem>(
        `SELECT id, accession_id AS accessionId, grouping_key AS key, coalesce(described_title, title) AS title, arranged FROM items WHERE id = ?`,
      )
      .get(id);
    if (row !== undefined) return row;
    const merged = connection
      .sql<{ item_id: number }>('SELECT item_id FROM item_aliases WHERE merged_id = ?')
      .get(id);
    throw new HoldfastError(
      'NOT_FOUND',
      merged === undefined
        ? `There is no item ${publicId('item', id)} in this archive.`
        : `${publicId('item', id)} was merged into ${publicId('item', merged.item_id)}. Name that one.`,
    );
  }

  /** @throws HoldfastError NOT_FOUND */
  part(id: number): EditedPart {
    const [row] = this.#parts('p.id = ?', id);
    if (row !== undefined) return row;
    throw new HoldfastError('NOT_FOUND', `There is no part ${publicId('part', id)} in this archive.`);
  }

  /** In their order. */
  partsOf(itemId: number): EditedPart[] {
    return this.#parts('r.item_id = ?', itemId);
  }

  #parts(condition: 'p.id = ?' | 'r.item_id = ?', id: number): EditedPart[] {
    return this.#context.connection
      .sql<EditedPart>(
        `SELECT p.id, p.object_id AS objectId, p.position, r.role, r.id AS representationId, r.item_id AS itemId
         FROM parts p JOIN representations r ON r.id = p.representation_id WHERE ${condition}
         ORDER BY r.role = 'documentation', r.id, p.position, p.id`,
      )
      .all(id);
  }

  /** Makes an item without parts, arranged. A key that led to another item is from now on its own. */
  create(accessionId: number, key: string, title: string): EditedItem {
    const { connection, counters } = this.#context;
    this.#takeKey(accessionId, key);
    const id = Number(
      connection
        .sql('INSERT INTO items (accession_id, grouping_key, title, arranged) VALUES (?, ?, ?, 1)')
        .run(accessionId, key, title).lastInsertRowid,
    );
    counters.add('total', 'items', 1, 0, 0);
    counters.add('item', '0:0:0', 1, 0, 0);
    this.#wentTo(id);
    return { id, accessionId, key, title, arranged: 1 };
  }

  /** Says that no accrual may take the item apart; `ordered`, that none may come between its parts either. */
  arrange({ id, accessionId }: EditedItem, ordered = false): void {
    refuseDeaccessioned(this.#context.connection, accessionId);
    this.#context.connection
      .sql('UPDATE items SET arranged = max(arranged, ?) WHERE id = ?')
      .run(ordered ? 2 : 1, id);
  }

  /** Puts a part into another item, role or place. A content that stands there already is one part with it. */
  place(part: EditedPart, itemId: number, role: RepresentationRole, position = part.position): void {
    const { connection } = this.#context;
    if (part.itemId === itemId && part.role === role) {
      this.reposition(part.id, position);
      return;
    }
    this.#keepOut(part);
    const representationId = this.#representation(itemId, role);
    const twin = connection
      .sql<{ id: number }>('SELECT id FROM parts WHERE representation_id = ? AND object_id = ?')
      .get(representationId, part.objectId);
    if (twin === undefined)
      connection
        .sql('UPDATE parts SET representation_id = ?, position = ? WHERE id = ?')
        .run(representationId, position, part.id);
    else this.absorb(part.id, twin.id);
    this.#moved.add(twin?.id ?? part.id);
    this.#wentTo(itemId);
    if (part.itemId !== itemId) this.#wentTo(part.itemId).add(itemId);
  }

  reposition(partId: number, position: number): void {
    this.#context.connection.sql('UPDATE parts SET position = ? WHERE id = ?').run(position, partId);
  }

  /** Says that parts of the item were changed otherwise. */
  touch(itemId: number): void {
    this.#wentTo(itemId);
  }

  /** Lets another item answer for one that has no part. */
  hand(itemId: number, into: number): void {
    this.#wentTo(itemId).add(into);
    this.#wentTo(into);
  }

  /** Where the next part of a role would stand. */
  end(itemId: number, role: RepresentationRole): number {
    const last = this.#context.connection
      .sql<{ last: number | null }>(
        `SELECT max(p.position) AS last FROM representations r JOIN parts p ON p.representation_id = r.id
         WHERE r.item_id = ? AND r.role = ?`,
      )
      .get(itemId, role)?.last;
    return (last ?? 0) + POSITION_STEP;
  }

  /** Derives what follows from the parts of every touched item. Returns the ids of those that ended. */
  settle(): number[] {
    const { connection } = this.#context;
    const ended: number[] = [];
    for (const [id, targets] of this.#touched) {
      connection
        .sql(
          `DELETE FROM representations WHERE item_id = ?
             AND NOT EXISTS (SELECT 1 FROM parts WHERE representation_id = representations.id)
             AND NOT EXISTS (SELECT 1 FROM removed_parts WHERE representation_id = representations.id)`,
        )
        .run(id);
      const left = connection.sql('SELECT 1 FROM representations WHERE item_id = ?').get(id) !== undefined;
      this.#derive(id);
      // Only where all of it went to one item does that item answer for it.
      const [into] = targets.size === 1 ? targets : [];
      if (!left && dissolveItem(this.#context, this.item(id), into && this.#standing(into))) ended.push(id);
    }
    this.#touched.clear();
    // What is written of an item is found by its parts.
    for (const id of this.#moved) refreshDescribedPart(connection, id);
    this.#moved.clear();
    return ended;
  }

  /** A part ends in another of the same content; what is written of it goes there, where nothing is written yet. */
  absorb(partId: number, twinId: number): void {
    const { connection } = this.#context;
    connection
      .sql(
        `UPDATE descriptions SET entity_id = ? WHERE entity = 'part' AND entity_id = ?
           AND field NOT IN (SELECT field FROM descriptions WHERE entity = 'part' AND entity_id = ?)`,
      )
      .run(twinId, partId, twinId);
    connection
      .sql(`UPDATE OR IGNORE identifiers SET entity_id = ? WHERE entity = 'part' AND entity_id = ?`)
      .run(twinId, partId);
    connection.sql(`DELETE FROM identifiers WHERE entity = 'part' AND entity_id = ?`).run(partId);
    connection.sql('DELETE FROM parts WHERE id = ?').run(partId);
    connection.sql('DELETE FROM search WHERE rowid = ?').run(partId);
  }

  /** The id of an item that was merged under this key still leads to where it went. */
  #takeKey(accessionId: number, key: string): void {
    const { connection } = this.#context;
    connection
      .sql('DELETE FROM item_aliases WHERE accession_id = ? AND grouping_key = ? AND merged_id IS NULL')
      .run(accessionId, key);
    connection
      .sql(
        `UPDATE item_aliases SET grouping_key = grouping_key || char(29) || merged_id
         WHERE accession_id = ? AND grouping_key = ?`,
      )
      .run(accessionId, key);
  }

  #wentTo(id: number): Set<number> {
    const known = this.#touched.get(id) ?? new Set();
    this.#touched.set(id, known);
    return known;
  }

  /** The item itself, or the one that took it in. */
  #standing(id: number): number {
    return (
      this.#context.connection
        .sql<{ item_id: number }>('SELECT item_id FROM item_aliases WHERE merged_id = ?')
        .get(id)?.item_id ?? id
    );
  }

  #derive(id: number): void {
    const { connection, counters } = this.#context;
    const before = connection
      .sql<StoredFacts>(
        'SELECT parts, parts_held, verified_day, copies, bytes, duration_ms FROM items WHERE id = ?',
      )
      .get(id);
    if (before === undefined) return;
    const facts = itemFacts(connection, id);
    const sums = connection
      .sql<{ bytes: number; ms: number }>(
        `SELECT coalesce(sum(p.size), 0) AS bytes, coalesce(sum(p.duration_ms), 0) AS ms
         FROM representations r CROSS JOIN parts p ON p.representation_id = r.id WHERE r.item_id = ?`,
      )
      .get(id) ?? { bytes: 0, ms: 0 };
    const words = this.#words(id);
    connection
      .sql(
        `UPDATE items SET parts = ?, parts_held = ?, verified_day = ?, copies = ?, bytes = ?, duration_ms = ?,
           creator = ?, date = ? WHERE id = ?`,
      )
      .run(
        facts.parts,
        facts.parts_held,
        facts.verified_day,
        facts.copies,
        sums.bytes,
        sums.ms,
        creatorOf(words),
        words.firstDate,
        id,
      );
    counters.add('item', itemCounterKey(before), -1, -before.bytes, -before.duration_ms);
    counters.add('item', itemCounterKey(facts), 1, sums.bytes, sums.ms);
    counters.add('total', 'items', 0, sums.bytes - before.bytes, sums.ms - before.duration_ms);
  }

  /** Of its masters, or of its access copies where it has none. */
  #words(itemId: number) {
    const { connection } = this.#context;
    const master = connection
      .sql<{ id: number }>(
        `SELECT id FROM representations WHERE item_id = ? AND role <> 'documentation'
         ORDER BY role = 'preservation master' DESC, role = 'production master' DESC LIMIT 1`,
      )
      .get(itemId);
    return master === undefined ? noWords() : wordsOf(connection, master.id);
  }

  /** A further copy of this content is not to be proposed again for the keys that lead to where it was. */
  #keepOut(part: EditedPart): void {
    this.#context.connection
      .sql(
        `INSERT INTO placed_contents (accession_id, grouping_key, object_id)
         SELECT accession_id, grouping_key, ? FROM items WHERE id = ?
         UNION ALL SELECT accession_id, grouping_key, ? FROM item_aliases WHERE item_id = ? ON CONFLICT DO NOTHING`,
      )
      .run(part.objectId, part.itemId, part.objectId, part.itemId);
  }

  #representation(itemId: number, role: RepresentationRole): number {
    const { connection } = this.#context;
    connection
      .sql('INSERT INTO representations (item_id, role) VALUES (?, ?) ON CONFLICT DO NOTHING')
      .run(itemId, role);
    const row = connection
      .sql<{ id: number }>('SELECT id FROM representations WHERE item_id = ? AND role = ?')
      .get(itemId, role);
    if (row === undefined) throw new Error(`item ${itemId} lost its ${role}`);
    return row.id;
  }
}
