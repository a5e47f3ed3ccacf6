import { randomBytes } from 'node:crypto';
import { fieldOf, type FieldName } from '../../../../shared/domain/description/fields.ts';
import { printValue } from '../../../../shared/domain/description/cells.ts';
import { HoldfastError } from '../../../../shared/domain/errors.ts';
import { publicId } from '../../../../shared/domain/ids.ts';
import { MerkleAccumulator } from '../../../core/events/merkle.ts';
import type { ActingAgent } from '../../../core/ports/catalogue.ts';
import type { DraftChange, Describable, EditMade, NewEdit } from '../../../core/ports/describing.ts';
import type { Connection } from '../connection.ts';
import type { WriterContext } from './context.ts';
import { refreshWords } from './described-words.ts';
import { descriptionLeaf } from './description-leaves.ts';
import { actorId } from './events.ts';

interface Standing {
  readonly id: number;
  readonly field: string;
  readonly value: string;
}

/** An edit that is being made; `kind` and what it undoes as in description_edits. */
export interface Making {
  readonly kind: NewEdit['kind'] | 'undo';
  readonly note: string;
  readonly waived?: number;
  readonly undoes?: number;
  readonly agent: ActingAgent;
}

const CLEARED = 'null';
const SALT_BYTES = 32;
const MOST_TOLD = 10;
const MOST_LINKS = 20;
const TABLES = { collection: 'collections', accession: 'accessions', item: 'items', part: 'parts' } as const;

/** Makes an edit of these changes; inside the transaction of the caller, which is rolled back by what is thrown. */
export function makeEdit(context: WriterContext, making: Making, changes: Iterable<DraftChange>): EditMade {
  const edit = new Edit(context.connection, making);
  for (const change of changes) edit.change(change);
  return edit.close(context);
}

class Edit {
  readonly #connection: Connection;
  readonly #making: Making;
  readonly #now = Date.now();
  readonly #agent: number;
  readonly #tree = new MerkleAccumulator();
  readonly #fields = new Set<FieldName>();
  readonly #touched: Record<Describable['entity'], Set<number>> = {
    collection: new Set(),
    accession: new Set(),
    item: new Set(),
    part: new Set(),
  };
  readonly #conflicts: string[] = [];
  readonly #salts = new Salts();
  #known: { entity: string; id: number; values: Map<string, Standing> } = {
    entity: '',
    id: 0,
    values: new Map(),
  };
  #id: number | undefined;

  constructor(connection: Connection, making: Making) {
    this.#connection = connection;
    this.#making = making;
    this.#agent = actorId(connection, making.agent.name);
  }

  change(change: DraftChange): void {
    const { entity, id, field, value, version } = change;
    const standing = this.#standing(entity, id).get(field);
    if ((standing?.value ?? CLEARED) === value) return;
    if (version !== undefined && version !== (standing?.id ?? 0)) {
      this.#conflicts.push(this.#conflict(change, standing));
      return;
    }
    this.#requireExistence(entity, id);
    this.#record(change, standing?.id);
    if (fieldOf(field).scheme !== undefined) this.#identify(change);
  }

  close({ events, connection }: WriterContext): EditMade {
    if (this.#conflicts.length > 0) throw this.#contradiction();
    if (this.#id === undefined) return { edit: null, total: 0, entities: 0 };
    refreshWords(connection, this.#touched.item, this.#touched.part);
    const { kind, note, waived = 0, undoes } = this.#making;
    const kinds = Object.keys(this.#touched) as Describable['entity'][];
    const entities = kinds.reduce((sum, entity) => sum + this.#touched[entity].size, 0);
    const all = kinds.flatMap((entity) => [...this.#touched[entity]].map((id) => ({ kind: entity, id })));
    const seq = events.append(
      {
        type: 'metadata modification',
        outcome: 'success',
        agentId: this.#agent,
        // More would make the body of one event as long as a CSV; those find it through the rows of descriptions.
        links: all.length > MOST_LINKS ? [] : all,
        facts: {
          edit: this.#id,
          kind,
          entities,
          changes: this.#tree.size,
          fields: [...this.#fields].sort(),
          waived,
          ...(undoes !== undefined && { undoes }),
        },
        merkle: { root: this.#tree.root().toString('hex'), leaves: this.#tree.size },
        details: { note },
      },
      this.#now,
    );
    connection
      .sql('UPDATE description_edits SET event_seq = ?, changes = ? WHERE id = ?')
      .run(seq, this.#tree.size, this.#id);
    return { edit: this.#id, total: this.#tree.size, entities };
  }

  #record({ entity, id, field, value }: DraftChange, standing: number | undefined): void {
    this.#id ??= this.#open();
    const salt = this.#salts.next();
    const row = Number(
      this.#connection
        .sql(
          `INSERT INTO descriptions (entity, entity_id, field, value, source, agent_id, recorded_at, edit_id, salt, written_of)
           VALUES (?, ?, ?, ?, 'archivist', ?, ?, ?, ?, ?)`,
        )
        .run(entity, id, field, value, this.#agent, this.#now, this.#id, salt, id).lastInsertRowid,
    );
    if (standing !== undefined)
      this.#connection.sql('UPDATE descriptions SET superseded_by = ? WHERE id = ?').run(row, standing);
    this.#tree.add(descriptionLeaf({ row, entity, id, field, value, salt }));
    this.#touched[entity].add(id);
    this.#fields.add(field);
    this.#known.values.set(field, { id: row, field, value });
  }

  /** What stands of one thing: asked for once, as its changes come one after the other. */
  #standing(entity: Describable['entity'], id: number): Map<string, Standing> {
    if (this.#known.entity !== entity || this.#known.id !== id) {
      const rows = this.#connection
        .sql<Standing>(
          `SELECT id, field, value FROM descriptions
           WHERE entity = ? AND entity_id = ? AND superseded_by IS NULL`,
        )
        .all(entity, id);
      this.#known = { entity, id, values: new Map(rows.map((row) => [row.field, row])) };
    }
    return this.#known.values;
  }

  #open(): number {
    const { kind, note, waived = 0, undoes } = this.#making;
    return Number(
      this.#connection
        .sql(
          'INSERT INTO description_edits (kind, note, agent_id, undoes, waived, at) VALUES (?, ?, ?, ?, ?, ?)',
        )
        .run(kind, note, this.#agent, undoes ?? null, waived, this.#now).lastInsertRowid,
    );
  }

  /** What an archivist says a thing is called by stands beside what its tags say. */
  #identify({ entity, id, field, value }: DraftChange): void {
    const { scheme } = fieldOf(field);
    if (scheme === undefined) return;
    this.#connection
      .sql(
        `DELETE FROM identifiers WHERE entity = ? AND entity_id = ? AND scheme = ? AND source = 'archivist'`,
      )
      .run(entity, id, scheme);
    for (const one of (JSON.parse(value) as string[] | null) ?? [])
      this.#connection
        .sql(
          `INSERT INTO identifiers (entity, entity_id, scheme, value, source) VALUES (?, ?, ?, ?, 'archivist')
           ON CONFLICT DO NOTHING`,
        )
        .run(entity, id, scheme, one);
  }

  #requireExistence(entity: Describable['entity'], id: number): void {
    if (this.#touched[entity].has(id)) return;
    const there = this.#connection.sql(`SELECT 1 FROM ${TABLES[entity]} WHERE id = ?`).get(id);
    if (there === undefined)
      throw new HoldfastError('NOT_FOUND', `There is no ${publicId(entity, id)} in this archive.`);
  }

  #conflict({ entity, id, field }: DraftChange, standing: Standing | undefined): string {
    const what = `${field} of ${publicId(entity, id)}`;
    if (standing === undefined) return `${what} has no value now`;
    const written = this.#connection
      .sql<{ agent: string | null; at: number }>(
        'SELECT a.name AS agent, d.recorded_at AS at FROM descriptions d LEFT JOIN agents a ON a.id = d.agent_id WHERE d.id = ?',
      )
      .get(standing.id);
    const by = `${written?.agent == null ? '' : `by ${written.agent}, `}${new Date(written?.at ?? 0).toISOString()}`;
    return standing.value === CLEARED
      ? `${what} was cleared (${by})`
      : `${what} is now "${shortened(standing.value)}" (${by})`;
  }

  #contradiction(): HoldfastError {
    const told = this.#conflicts.slice(0, MOST_TOLD).join('; ');
    const more = this.#conflicts.length - MOST_TOLD;
    return new HoldfastError(
      'EDIT_CONFLICT',
      `Somebody has changed this meanwhile: ${told}${more > 0 ? `; and ${more} more` : ''}. Nothing was done. ` +
        'Look at what stands there now, and make the change on that.',
    );
  }
}

/** Random bytes, many at once: a call for each value would take longer than to write it. */
class Salts {
  #pool = Buffer.alloc(0);

  next(): Buffer {
    if (this.#pool.length < SALT_BYTES) this.#pool = randomBytes(SALT_BYTES * 512);
    const salt = this.#pool.subarray(0, SALT_BYTES);
    this.#pool = this.#pool.subarray(SALT_BYTES);
    return salt;
  }
}

function shortened(value: string): string {
  const text = printValue(JSON.parse(value) as string);
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
