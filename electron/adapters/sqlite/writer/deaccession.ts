import type { Deaccessioned } from '../../../../shared/contract/custody.ts';
import { HoldfastError } from '../../../../shared/domain/errors.ts';
import { publicId } from '../../../../shared/domain/ids.ts';
import type { CustodyWriter } from '../../../core/ports/custody.ts';
import type { Connection } from '../connection.ts';
import { chooseSentinels } from './close-accession.ts';
import type { WriterContext } from './context.ts';
import { DUE_DAY } from './counters.ts';
import { actorId, softwareId } from './events.ts';
import { refreshItem } from './item-facts.ts';

interface AccessionRow {
  readonly id: number;
  readonly number: string;
  readonly title: string;
  readonly collection_id: number | null;
}

interface Sum {
  readonly count: number;
  readonly bytes: number;
  readonly ms: number;
}

const SUM = 'count(*) AS count, coalesce(sum(r.size), 0) AS bytes, coalesce(sum(t.duration_ms), 0) AS ms';

/**
 * Ends custody of an accession. All in one transaction and by whole tables: what leaves is first listed in temp.leaving
 * (replicas) and temp.unheld (contents that nobody holds any more), then counted off, then moved.
 */
export function deaccession(
  context: WriterContext,
  input: Parameters<CustodyWriter['deaccession']>[0],
): Deaccessioned {
  const { connection } = context;
  const accession = requireInCustody(connection, input.accessionId);
  const now = Date.now();
  const agent = actorId(connection, input.agent.name);
  softwareId(connection, input.agent.softwareVersion);
  listLeaving(connection, accession.id);
  const locations = connection
    .sql<{ id: number }>('SELECT DISTINCT location_id AS id FROM temp.leaving ORDER BY id')
    .all()
    .map(({ id }) => id);
  const replicas = countOffReplicas(context);
  const items = countOffItems(context, accession.id);
  moveReplicas(connection, accession.id, now);
  const objects = countOffObjects(context);
  moveParts(connection, accession.id);
  for (const id of locations) renewSentinels(context, id);
  for (const id of itemsOfOthers(connection)) refreshItem(connection, context.counters, id);
  connection.db.exec('DELETE FROM temp.leaving; DELETE FROM temp.unheld');
  const event = context.events.append(
    {
      type: 'deaccession',
      outcome: 'success',
      agentId: agent,
      links: [
        { kind: 'accession', id: accession.id },
        ...(accession.collection_id === null ? [] : [{ kind: 'collection', id: accession.collection_id }]),
        ...locations.map((id) => ({ kind: 'location', id })),
      ],
      facts: {
        accession: accession.id,
        items: items.count,
        replicas: replicas.count,
        bytes: replicas.bytes,
        objectsNoLongerHeld: objects.count,
      },
      details: {
        note: `Accession ${accession.number}: custody has ended (${replicas.count} copies, ${replicas.bytes} bytes; none of them was touched)`,
        number: accession.number,
        title: accession.title,
        reason: input.reason,
        authority: input.authority,
      },
    },
    now,
  );
  connection
    .sql(
      'INSERT INTO deaccessions (accession_id, reason, authority, agent_id, event_seq, at) VALUES (?, ?, ?, ?, ?, ?)',
    )
    .run(accession.id, input.reason, input.authority, agent, event, now);
  return {
    accession: { id: publicId('accession', accession.id), number: accession.number },
    at: new Date(now).toISOString(),
    reason: input.reason,
    authority: input.authority,
    agent: input.agent.name,
    event: publicId('event', event),
    items: items.count,
    replicas: replicas.count,
    bytes: replicas.bytes,
    objects: objects.count,
  };
}

function requireInCustody(connection: Connection, id: number): AccessionRow {
  const row = connection
    .sql<AccessionRow>('SELECT id, number, title, collection_id FROM accessions WHERE id = ?')
    .get(id);
  if (row === undefined) throw new HoldfastError('NOT_FOUND', `There is no acc-${id} in this archive.`);
  const ended = connection.sql<{ at: number }>('SELECT at FROM deaccessions WHERE accession_id = ?').get(id);
  if (ended !== undefined)
    throw new HoldfastError(
      'BAD_INPUT',
      `Custody of accession ${row.number} has ended already, on ${new Date(ended.at).toISOString().slice(0, 10)}. Nothing was done.`,
    );
  const open = connection.sql('SELECT 1 FROM accruals WHERE accession_id = ? AND sealed_at IS NULL').get(id);
  if (open !== undefined)
    throw new HoldfastError(
      'JOB_DIFFERS',
      `Accession ${row.number} is still being taken into custody. Resume or cancel its job first (holdfast jobs list).`,
    );
  // Such a bag may stand in its place already, and only its rows are lacking.
  const copying = connection
    .sql<{ job_id: number }>(
      `SELECT a.job_id FROM staged_bags b JOIN acts a ON a.id = b.act_id JOIN accruals c ON c.id = b.accrual_id
       WHERE c.accession_id = ? AND b.tag_files IS NOT NULL`,
    )
    .get(id);
  if (copying !== undefined)
    throw new HoldfastError(
      'JOB_DIFFERS',
      `A copy of accession ${row.number} is sealed and not yet recorded. Resume its job first: holdfast jobs resume job-${copying.job_id}`,
    );
  return row;
}

function listLeaving(connection: Connection, accessionId: number): void {
  connection.db.exec(
    `CREATE TEMP TABLE IF NOT EXISTS leaving (id INTEGER PRIMARY KEY, object_id INTEGER NOT NULL, location_id INTEGER NOT NULL);
     CREATE TEMP TABLE IF NOT EXISTS unheld (object_id INTEGER PRIMARY KEY);
     DELETE FROM temp.leaving; DELETE FROM temp.unheld`,
  );
  // Replicas have no index by accrual: one walk over them, for an act that is rare.
  connection
    .sql(
      `INSERT INTO temp.leaving SELECT r.id, r.object_id, f.location_id FROM replicas r CROSS JOIN folders f ON f.id = r.folder_id
       WHERE r.accrual_id IN (SELECT id FROM accruals WHERE accession_id = ?)`,
    )
    .run(accessionId);
}

function countOffReplicas({ connection, counters }: WriterContext): { count: number; bytes: number } {
  const total = { count: 0, bytes: 0 };
  const groups = connection
    .sql<Sum & { location: number; outcome: string; day: number }>(
      `SELECT l.location_id AS location, r.outcome, ${DUE_DAY} AS day, ${SUM}
       FROM temp.leaving l CROSS JOIN replicas r ON r.id = l.id CROSS JOIN accruals c ON c.id = r.accrual_id
         LEFT JOIN technical_metadata t ON t.object_id = r.object_id
       GROUP BY 1, 2, 3`,
    )
    .all();
  for (const { location, outcome, day, count, bytes, ms } of groups) {
    counters.add('total', 'replicas', -count, -bytes, -ms);
    counters.add('location', String(location), -count, -bytes, -ms);
    counters.add('outcome', outcome, -count, -bytes, -ms);
    counters.add('verified', String(day), -count, -bytes, -ms);
    total.count += count;
    total.bytes += bytes;
  }
  return total;
}

/** Their rows stay, with title and description; what is derived from parts is nothing now. */
function countOffItems({ connection, counters }: WriterContext, accessionId: number): { count: number } {
  const groups = connection
    .sql<Sum & { key: string }>(
      `SELECT CASE WHEN parts > 0 AND parts_held >= parts THEN '1' ELSE '0' END || ':' || verified_day || ':' || copies AS key,
         count(*) AS count, coalesce(sum(bytes), 0) AS bytes, coalesce(sum(duration_ms), 0) AS ms
       FROM items WHERE accession_id = ? GROUP BY 1`,
    )
    .all(accessionId);
  let count = 0;
  for (const group of groups) {
    counters.add('item', group.key, -group.count, -group.bytes, -group.ms);
    counters.add('total', 'items', -group.count, -group.bytes, -group.ms);
    count += group.count;
  }
  connection
    .sql(
      `UPDATE items SET parts = 0, parts_held = 0, verified_day = 0, copies = 0, bytes = 0, duration_ms = 0
       WHERE accession_id = ?`,
    )
    .run(accessionId);
  return { count };
}

function moveReplicas(connection: Connection, accessionId: number, now: number): void {
  connection
    .sql(
      `INSERT INTO removed_replicas
         (id, object_id, accrual_id, folder_id, name, size, outcome, checked_at, verified_at, ended_at)
       SELECT r.id, r.object_id, r.accrual_id, r.folder_id, r.name, r.size, r.outcome, r.checked_at, r.verified_at, ?
       FROM temp.leaving l CROSS JOIN replicas r ON r.id = l.id`,
    )
    .run(now);
  connection
    .sql(
      `UPDATE findings SET resolved_at = ?, resolution = 'custody ended'
       WHERE resolved_at IS NULL AND replica_id IN (SELECT id FROM temp.leaving)`,
    )
    .run(now);
  connection.sql('DELETE FROM replicas WHERE id IN (SELECT id FROM temp.leaving)').run();
  const bags = connection
    .sql<{ id: number; location_id: number; path: Buffer }>(
      `SELECT b.id, b.location_id, b.path FROM bags b JOIN accruals c ON c.id = b.accrual_id
       WHERE c.accession_id = ? AND b.deleted_at IS NULL`,
    )
    .all(accessionId);
  const assign = connection.sql(
    `UPDATE removed_replicas SET bag_id = ?
     WHERE accrual_id IN (SELECT id FROM accruals WHERE accession_id = ?) AND folder_id IN (
       SELECT id FROM folders WHERE location_id = ? AND path = ?
       UNION ALL SELECT id FROM folders WHERE location_id = ? AND path > ? AND path < ?)`,
  );
  for (const { id, location_id: location, path } of bags) {
    const [from, to] = [Buffer.concat([path, Buffer.from('/')]), Buffer.concat([path, Buffer.from('0')])];
    assign.run(id, accessionId, location, path, location, from, to);
  }
}

/** Contents that no replica holds any more; their digests stay. */
function countOffObjects({ connection, counters }: WriterContext): { count: number } {
  connection
    .sql(
      `INSERT INTO temp.unheld SELECT DISTINCT l.object_id FROM temp.leaving l
       WHERE NOT EXISTS (SELECT 1 FROM replicas r WHERE r.object_id = l.object_id)`,
    )
    .run();
  const groups = connection
    .sql<Sum & { kind: string; format: string }>(
      `SELECT r.kind, f.name AS format, ${SUM} FROM temp.unheld u CROSS JOIN objects r ON r.id = u.object_id
         CROSS JOIN formats f ON f.id = r.format_id LEFT JOIN technical_metadata t ON t.object_id = r.id
       GROUP BY 1, 2`,
    )
    .all();
  let total = 0;
  for (const { kind, format, count, bytes, ms } of groups) {
    counters.add('total', 'objects', -count, -bytes, -ms);
    counters.add('format', format, -count, -bytes, -ms);
    counters.add('kind', kind, -count, -bytes, -ms);
    total += count;
  }
  return { count: total };
}

const PARTS = `SELECT p.id FROM items i CROSS JOIN representations r ON r.item_id = i.id
  CROSS JOIN parts p ON p.representation_id = r.id WHERE i.accession_id = ?`;

function moveParts(connection: Connection, accessionId: number): void {
  connection
    .sql(
      `INSERT INTO removed_parts
         (id, representation_id, object_id, replica_id, position, name_title, duration_ms, size)
       SELECT id, representation_id, object_id, replica_id, position, name_title, duration_ms, size
       FROM parts WHERE id IN (${PARTS})`,
    )
    .run(accessionId);
  connection.sql(`DELETE FROM search WHERE rowid IN (${PARTS})`).run(accessionId);
  connection.sql(`DELETE FROM parts WHERE id IN (${PARTS})`).run(accessionId);
}

/** What left no longer vouches for its location: whoever removes it from there must not make the rest unreachable. */
function renewSentinels(context: WriterContext, locationId: number): void {
  context.connection
    .sql(
      `DELETE FROM location_sentinels WHERE location_id = ? AND path IN (
         SELECT CASE WHEN length(f.path) = 0 THEN d.name ELSE CAST(f.path || x'2f' || d.name AS BLOB) END
         FROM temp.leaving l CROSS JOIN removed_replicas d ON d.id = l.id CROSS JOIN folders f ON f.id = d.folder_id
         WHERE l.location_id = ?)`,
    )
    .run(locationId, locationId);
  chooseSentinels(context, locationId);
}

/** Items of other accessions that shared a content: they may have lost copies of it. */
function itemsOfOthers(connection: Connection): number[] {
  return connection
    .sql<{ id: number }>(
      `SELECT DISTINCT r.item_id AS id FROM temp.leaving l CROSS JOIN parts p ON p.object_id = l.object_id
         CROSS JOIN representations r ON r.id = p.representation_id`,
    )
    .all()
    .map(({ id }) => id);
}
