import type { RepresentationRole } from '../../../../shared/domain/vocabulary.ts';
import type { Connection, Statement } from '../connection.ts';
import type { AccrualState, ActState } from './acts.ts';
import type { WriterContext } from './context.ts';
import { itemCounterKey } from './counters.ts';
import { itemFacts, type ItemRow } from './item-facts.ts';

/** What one item gains while a folder is proposed. */
export interface ItemDraft {
  readonly itemId: number;
  readonly representationId: number;
  parts: number;
  bytes: number;
  durationMs: number;
}

interface StoredItem extends ItemRow {
  readonly id: number;
  readonly title: string;
}

const KEPT = 1_000;
const COLUMNS = 'id, title, parts, parts_held, verified_day, copies, bytes, duration_ms';

/** Items being added to; their own columns and counters are written once, by settle(). */
export class ItemDrafts {
  readonly #context: WriterContext;
  readonly #act: ActState;
  readonly #accrual: AccrualState;
  readonly #drafts = new Map<string, ItemDraft>();

  constructor(context: WriterContext, act: ActState, accrual: AccrualState) {
    this.#context = context;
    this.#act = act;
    this.#accrual = accrual;
  }

  item(key: string, title: string, role: RepresentationRole): ItemDraft {
    const name = `${role}\0${key}\0${title}`;
    let draft = this.#drafts.get(name);
    if (draft === undefined) {
      if (this.#drafts.size >= KEPT) this.settle();
      const itemId = this.#itemId(key, title, role);
      const representationId = this.#representationId(itemId, role);
      draft = { itemId, representationId, parts: 0, bytes: 0, durationMs: 0 };
      this.#drafts.set(name, draft);
    }
    return draft;
  }

  settle(): void {
    const { connection, counters } = this.#context;
    const drafts = new Map<number, { parts: number; bytes: number; ms: number }>();
    const recordings = new Set<number>();
    for (const [name, draft] of this.#drafts) {
      if (name.startsWith('preservation master')) recordings.add(draft.representationId);
      const sum = drafts.get(draft.itemId) ?? { parts: 0, bytes: 0, ms: 0 };
      sum.parts += draft.parts;
      sum.bytes += draft.bytes;
      sum.ms += draft.durationMs;
      drafts.set(draft.itemId, sum);
    }
    for (const [itemId, { parts, bytes, ms }] of drafts) {
      if (parts === 0) continue;
      const before = connection.sql<StoredItem>(`SELECT ${COLUMNS} FROM items WHERE id = ?`).get(itemId);
      if (before === undefined) throw new Error(`there is no item ${itemId}`);
      // Before the first check of all nothing is verified and nothing lost: no need to look at a single replica.
      const facts = this.#context.anyChecked
        ? itemFacts(connection, itemId)
        : { parts: before.parts + parts, parts_held: before.parts_held + parts, verified_day: 0, copies: 0 };
      connection
        .sql(
          `UPDATE items SET parts = ?, parts_held = ?, verified_day = ?, copies = ?, bytes = bytes + ?,
             duration_ms = duration_ms + ? WHERE id = ?`,
        )
        .run(facts.parts, facts.parts_held, facts.verified_day, facts.copies, bytes, ms, itemId);
      counters.add('item', itemCounterKey(before), -1, -before.bytes, -before.duration_ms);
      counters.add('item', itemCounterKey(facts), 1, before.bytes + bytes, before.duration_ms + ms);
      counters.add('total', 'items', 0, bytes, ms);
    }
    for (const representationId of recordings) describeItem(connection, representationId);
    this.#drafts.clear();
  }

  #itemId(key: string, title: string, role: RepresentationRole): number {
    const { connection, counters } = this.#context;
    const found = connection
      .sql<{ id: number; title: string; recorded: number }>(
        `SELECT i.id, i.title, EXISTS (SELECT 1 FROM representations WHERE item_id = i.id AND role = 'preservation master') AS recorded
         FROM items i WHERE accession_id = ? AND grouping_key = ?`,
      )
      .get(this.#accrual.accessionId, key);
    if (found !== undefined) {
      // The recordings name the item, their papers only where there is none; of several spellings the first in order, so
      // that it does not matter which was read first.
      const recording = role === 'preservation master';
      const better = recording === (found.recorded === 1) ? title < found.title : recording;
      if (better) connection.sql('UPDATE items SET title = ? WHERE id = ?').run(title, found.id);
      return found.id;
    }
    const { lastInsertRowid } = connection
      .sql('INSERT INTO items (accession_id, grouping_key, title) VALUES (?, ?, ?)')
      .run(this.#accrual.accessionId, key, title);
    counters.add('total', 'items', 1, 0, 0);
    counters.add('item', '0:0:0', 1, 0, 0);
    this.#act.tally.items++;
    this.#act.changed = true;
    return Number(lastInsertRowid);
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

interface Words {
  readonly item_id: number;
  readonly first_album_artist: string | null;
  readonly last_album_artist: string | null;
  readonly first_artist: string | null;
  readonly last_artist: string | null;
  readonly artists: number;
  readonly parts: number;
  readonly first_date: string | null;
}

/** Creator: the album artist, else the artist, where all recordings agree on one. Date: the earliest that is tagged. */
function describeItem(connection: Connection, representationId: number): void {
  const words: Statement<Words> = connection.sql<Words>(
    `SELECT r.item_id, min(e.album_artist) AS first_album_artist, max(e.album_artist) AS last_album_artist,
       min(e.artist) AS first_artist, max(e.artist) AS last_artist, count(e.artist) AS artists, count(*) AS parts,
       min(nullif(e.date, '')) AS first_date
     FROM representations r CROSS JOIN parts p ON p.representation_id = r.id
       LEFT JOIN embedded_metadata e ON e.object_id = p.object_id
     WHERE r.id = ?`,
  );
  const row = words.get(representationId);
  if (row?.item_id == null) return;
  let creator: string | null = null;
  if (row.first_album_artist !== null) {
    if (row.first_album_artist === row.last_album_artist) creator = row.first_album_artist;
  } else if (row.artists === row.parts && row.first_artist === row.last_artist) creator = row.first_artist;
  connection
    .sql('UPDATE items SET creator = ?, date = ? WHERE id = ?')
    .run(creator, row.first_date, row.item_id);
}
