import type { ShelfChange } from '../../../../shared/contract/locations.ts';
import { HoldfastError } from '../../../../shared/domain/errors.ts';
import type { Json } from '../../../core/events/canonical-json.ts';
import type { ActingAgent } from '../../../core/ports/catalogue.ts';
import type { NewLoan, NewOffline } from '../../../core/ports/shelving.ts';
import type { Connection } from '../connection.ts';
import type { WriterContext } from './context.ts';
import { actorId } from './events.ts';
import { requireFreeName } from './locations.ts';

interface Shelved {
  readonly name: string;
  readonly kind: string;
  readonly has_root: number;
  readonly lent_to: string | null;
}

/** Media that are not connected: nothing stands at a path, and what is known of them is where they lie and who has them. */
export function addOffline(context: WriterContext, input: NewOffline, agent: ActingAgent): number {
  const { connection } = context;
  const { name, site, medium, failureGroup, shelf } = input;
  requireFreeName(connection, name);
  const { lastInsertRowid } = connection
    .sql(
      `INSERT INTO locations (name, kind, root, writes, site, medium, failure_group, created_at)
       VALUES (?, 'offline', zeroblob(0), 'never', ?, ?, ?, ?)`,
    )
    .run(name, site ?? null, medium ?? null, failureGroup ?? null, Date.now());
  const id = Number(lastInsertRowid);
  keepShelf(connection, id, shelf);
  tell(context, agent, id, 'policy assignment', `Location "${name}" added, offline as planned`, name, {
    kind: 'offline',
    writes: 'never',
  });
  return id;
}

export function shelve(context: WriterContext, id: number, shelf: ShelfChange, agent: ActingAgent): void {
  const { connection } = context;
  const { name, kind } = shelved(connection, id);
  if (kind !== 'folder' && kind !== 'offline')
    throw new HoldfastError('BAD_INPUT', `"${name}" is no medium that can be put on a shelf.`);
  connection.sql(`UPDATE locations SET kind = 'offline' WHERE id = ?`).run(id);
  keepShelf(connection, id, shelf);
  const note =
    kind === 'folder'
      ? `Location "${name}" was put on the shelf: offline as planned`
      : `What "${name}" is found by was changed`;
  tell(context, agent, id, 'metadata modification', note, name, {
    changed: [...(kind === 'folder' ? ['kind'] : []), ...Object.keys(shelf)],
  });
}

export function unshelve(context: WriterContext, id: number, agent: ActingAgent): void {
  const { connection } = context;
  const { name, kind, has_root, lent_to } = shelved(connection, id);
  if (kind !== 'offline') throw notOffline(name);
  if (lent_to !== null) throw lentTo(name, lent_to);
  if (has_root === 0)
    throw new HoldfastError(
      'BAD_INPUT',
      `"${name}" was never connected here, so that there is no folder to find it at. A medium that is read here is a location of its own: ` +
        'holdfast location add PATH --name NAME',
    );
  connection.sql(`UPDATE locations SET kind = 'folder' WHERE id = ?`).run(id);
  tell(context, agent, id, 'metadata modification', `Location "${name}" is connected again`, name, {
    changed: ['kind'],
  });
}

export function checkOut(context: WriterContext, id: number, loan: NewLoan, agent: ActingAgent): void {
  const { connection } = context;
  const { name, kind, lent_to } = shelved(connection, id);
  if (kind !== 'offline') throw notOffline(name);
  if (lent_to !== null) throw lentTo(name, lent_to);
  const { to, purpose, expectedBack } = loan;
  const { lastInsertRowid } = connection
    .sql(
      `INSERT INTO check_outs (location_id, out_at, out_by, lent_to, purpose, expected_back) VALUES (?, ?, ?, ?, ?, ?)`,
    )
    .run(id, Date.now(), actorId(connection, agent.name), to, purpose, expectedBack ?? null);
  const until = expectedBack === undefined ? '' : `, expected back on ${expectedBack}`;
  // Who has it stands in the details, which can be erased.
  tell(context, agent, id, 'transfer', `"${name}" was handed to ${to}${until}`, name, {
    loan: Number(lastInsertRowid),
    change: 'out',
    expectedBack: expectedBack ?? null,
  });
}

export function checkIn(
  context: WriterContext,
  id: number,
  condition: string | undefined,
  agent: ActingAgent,
): void {
  const { connection } = context;
  const { name } = shelved(connection, id);
  const open = connection
    .sql<{ id: number; lent_to: string }>(
      'SELECT id, lent_to FROM check_outs WHERE location_id = ? AND back_at IS NULL',
    )
    .get(id);
  if (open === undefined)
    throw new HoldfastError('BAD_INPUT', `"${name}" is not lent to anybody. Nothing was changed.`);
  connection
    .sql('UPDATE check_outs SET back_at = ?, back_by = ?, condition = ? WHERE id = ?')
    .run(Date.now(), actorId(connection, agent.name), condition ?? null, open.id);
  const found = condition === undefined ? '' : `: ${condition}`;
  tell(context, agent, id, 'transfer', `"${name}" is back from ${open.lent_to}${found}`, name, {
    loan: open.id,
    change: 'in',
  });
}

function shelved(connection: Connection, id: number): Shelved {
  const row = connection
    .sql<Shelved>(
      `SELECT l.name, l.kind, length(l.root) > 0 AS has_root, k.lent_to FROM locations l
       LEFT JOIN check_outs k ON k.location_id = l.id AND k.back_at IS NULL WHERE l.id = ?`,
    )
    .get(id);
  if (row === undefined) throw new HoldfastError('NOT_FOUND', `There is no loc-${id} in this archive.`);
  return row;
}

/** What is not given stays as it was; null takes it away. */
function keepShelf(connection: Connection, id: number, shelf: ShelfChange): void {
  const { barcode } = shelf;
  const other = connection
    .sql<string>(
      `SELECT l.name FROM shelf_media m JOIN locations l ON l.id = m.location_id
       WHERE m.barcode = ? AND m.location_id <> ?`,
    )
    .pluck(true)
    .get(barcode ?? null, id);
  if (other !== undefined)
    throw new HoldfastError(
      'BAD_INPUT',
      `The barcode ${String(barcode)} is that of "${other}" already. Nothing was changed.`,
    );
  const before = connection
    .sql<Readonly<Record<'barcode' | 'shelf' | 'generation' | 'recall_by', string | null>>>(
      'SELECT barcode, shelf, generation, recall_by FROM shelf_media WHERE location_id = ?',
    )
    .get(id);
  const kept = (said: string | null | undefined, was: string | null | undefined): string | null =>
    said === undefined ? (was ?? null) : said;
  connection
    .sql(
      `INSERT INTO shelf_media (location_id, barcode, shelf, generation, recall_by) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (location_id) DO UPDATE SET barcode = excluded.barcode, shelf = excluded.shelf,
         generation = excluded.generation, recall_by = excluded.recall_by`,
    )
    .run(
      id,
      kept(barcode, before?.barcode),
      kept(shelf.shelf, before?.shelf),
      kept(shelf.generation, before?.generation),
      kept(shelf.recallBy, before?.recall_by),
    );
}

function notOffline(name: string): HoldfastError {
  return new HoldfastError(
    'BAD_INPUT',
    `"${name}" is no offline location. Nothing was changed. To put it on the shelf: holdfast location shelve "${name}"`,
  );
}

function lentTo(name: string, to: string): HoldfastError {
  return new HoldfastError(
    'BAD_INPUT',
    `"${name}" is lent to ${to}. Nothing was changed. Once it is back: holdfast location check-in "${name}"`,
  );
}

function tell(
  { connection, events }: WriterContext,
  agent: ActingAgent,
  id: number,
  type: 'policy assignment' | 'metadata modification' | 'transfer',
  note: string,
  name: string,
  facts: Readonly<Record<string, Json>>,
): void {
  events.append({
    type,
    outcome: 'success',
    agentId: actorId(connection, agent.name),
    links: [{ kind: 'location', id }],
    facts: { location: id, ...facts },
    details: { note, name },
  });
}
