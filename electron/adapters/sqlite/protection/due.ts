import type { ProtectionDue } from '../../../core/ports/protection.ts';
import type { Connection } from '../connection.ts';
import { headOf } from './write-supplement.ts';

interface SupplementRow {
  readonly accession_id: number;
  readonly event_seq: number;
}

interface TouchRow {
  readonly accession_id: number;
  readonly seq: number;
  readonly checked: number;
}

/**
 * Which accessions an event touched, with the newest one: by its links, by the outcomes of the act that it closed, by the
 * descriptions of its edit. An event that cannot be told apart (it names nothing that stands, or it names what every
 * supplement holds) touches all of them: writing one too many costs a second, one too few what people wrote.
 */
const TOUCHED = `
  WITH RECURSIVE
    given (since, location) AS (SELECT ?, ?),
    fresh AS (SELECT seq, type, act_id FROM events WHERE seq > (SELECT since FROM given)),
    named (seq, entity, entity_id) AS (
      SELECT l.event_seq, l.entity, l.entity_id FROM fresh f CROSS JOIN event_links l ON l.event_seq = f.seq
      UNION SELECT e.event_seq, d.entity, d.entity_id FROM fresh f CROSS JOIN description_edits e ON e.event_seq = f.seq
        CROSS JOIN descriptions d ON d.edit_id = e.id),
    below (top, id) AS (
      SELECT DISTINCT entity_id, entity_id FROM named WHERE entity = 'collection'
      UNION SELECT b.top, c.id FROM below b CROSS JOIN collections c ON c.parent_id = b.id),
    touched (seq, accession_id) AS (
      SELECT seq, entity_id FROM named WHERE entity = 'accession'
      UNION SELECT n.seq, c.accession_id FROM named n CROSS JOIN accruals c ON c.id = n.entity_id WHERE n.entity = 'accrual'
      UNION SELECT n.seq, i.accession_id FROM named n CROSS JOIN items i ON i.id = n.entity_id WHERE n.entity = 'item'
      UNION SELECT n.seq, i.accession_id FROM named n CROSS JOIN representations r ON r.id = n.entity_id
        CROSS JOIN items i ON i.id = r.item_id WHERE n.entity = 'representation'
      UNION SELECT n.seq, i.accession_id FROM named n CROSS JOIN parts p ON p.id = n.entity_id
        CROSS JOIN representations r ON r.id = p.representation_id CROSS JOIN items i ON i.id = r.item_id WHERE n.entity = 'part'
      UNION SELECT n.seq, c.accession_id FROM named n CROSS JOIN replicas r ON r.object_id = n.entity_id
        CROSS JOIN accruals c ON c.id = r.accrual_id WHERE n.entity = 'object'
      UNION SELECT n.seq, c.accession_id FROM named n CROSS JOIN replicas r ON r.id = n.entity_id
        CROSS JOIN accruals c ON c.id = r.accrual_id WHERE n.entity = 'replica'
      UNION SELECT n.seq, a.id FROM named n CROSS JOIN below b ON b.top = n.entity_id
        CROSS JOIN accessions a ON a.collection_id = b.id WHERE n.entity = 'collection'
      UNION SELECT f.seq, c.accession_id FROM fresh f CROSS JOIN act_outcomes o ON o.act_id = f.act_id
        CROSS JOIN replicas r ON r.id = o.replica_id CROSS JOIN accruals c ON c.id = r.accrual_id),
    unclear (seq) AS (
      SELECT seq FROM fresh
      WHERE seq NOT IN (SELECT seq FROM touched) AND type <> 'fixity check'
        AND NOT EXISTS (SELECT 1 FROM named n WHERE n.seq = fresh.seq AND n.entity IN ('archive', 'location', 'collection'))
      UNION SELECT seq FROM named WHERE entity = 'agent')
  SELECT t.accession_id, max(t.seq) AS seq, min(e.type = 'fixity check') AS checked
  FROM (SELECT seq, accession_id FROM touched
        UNION SELECT u.seq, a.id FROM unclear u CROSS JOIN accessions a) t CROSS JOIN events e ON e.seq = t.seq
  WHERE t.seq > (SELECT coalesce(max(s.event_seq), 0) FROM supplements s
                 WHERE s.location_id = (SELECT location FROM given) AND s.accession_id = t.accession_id)
  GROUP BY t.accession_id`;

/** What a location lacks of what the catalogue says now. Nothing is looked at on its disk. */
export function dueAt(connection: Connection, locationId: number): ProtectionDue {
  return connection.db.transaction((): ProtectionDue => {
    const written = connection
      .sql<SupplementRow>('SELECT accession_id, event_seq FROM supplements WHERE location_id = ?')
      .all(locationId);
    const { seq: eventSeq } = headOf(connection);
    const known = new Map(written.map((row) => [row.accession_id, row.event_seq]));
    const oldest = Math.min(eventSeq, ...known.values());
    const touched = connection.sql<TouchRow>(TOUCHED).all(oldest, locationId);
    const absent = connection
      .sql<{ id: number }>(
        `SELECT id FROM accessions a WHERE EXISTS (SELECT 1 FROM event_links WHERE entity = 'accession' AND entity_id = a.id)`,
      )
      .all()
      .filter(({ id }) => !known.has(id));
    const accessions = new Set([
      ...absent.map(({ id }) => id),
      ...touched.map((row) => row.accession_id).filter((id) => known.has(id)),
    ]);
    const archiveIsOld = (known.get(0) ?? -1) < eventSeq;
    const newest = connection
      .sql<{ event_seq: number; taken_at: number }>(
        `SELECT event_seq, taken_at FROM snapshots WHERE location_id = ? AND removed_at IS NULL
         ORDER BY event_seq DESC, id DESC LIMIT 1`,
      )
      .get(locationId);
    const erasedAt = connection
      .sql<number | null>(
        `SELECT max(e.seq) FROM event_links l CROSS JOIN events e ON e.seq = l.event_seq
         WHERE l.entity = 'agent' AND json_extract(e.body, '$.facts.act') = 'forgotten'`,
      )
      .pluck(true)
      .get();
    return {
      ...(erasedAt == null ? {} : { erasedAt }),
      accessions: [...(archiveIsOld ? [0] : []), ...[...accessions].sort((a, b) => a - b)],
      onlyChecked: touched
        .filter((row) => row.checked === 1 && known.has(row.accession_id))
        .map((row) => row.accession_id),
      ...(newest === undefined
        ? {}
        : { newestSnapshot: { eventSeq: newest.event_seq, takenAt: newest.taken_at } }),
      eventSeq,
      catalogueBytes:
        (connection.db.pragma('page_count', { simple: true }) as number) *
        (connection.db.pragma('page_size', { simple: true }) as number),
    };
  })();
}
