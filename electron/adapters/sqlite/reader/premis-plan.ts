import type { ManifestSelection } from '../../../core/ports/manifests.ts';
import type { PremisLocation, PremisPlan } from '../../../core/ports/premis.ts';
import type { Connection } from '../connection.ts';
import { selectedReplicas } from './manifests.ts';
import { valueIf } from './rows.ts';
import { logHead } from './status.ts';
import type { Search } from './search.ts';

/** Replicas in custody: of sealed accruals. */
const SEALED = '(SELECT id FROM accruals WHERE sealed_at IS NOT NULL)';

/** Everything; each walks an index, and sorts nothing. */
const ALL = {
  objects: `SELECT o.id FROM objects o WHERE EXISTS (SELECT 1 FROM replicas r WHERE r.object_id = o.id AND r.accrual_id IN ${SEALED})
    ORDER BY o.id`,
  accessions: 'SELECT DISTINCT accession_id FROM accruals WHERE sealed_at IS NOT NULL ORDER BY accession_id',
  representations: `SELECT n.id FROM representations n WHERE EXISTS (
      SELECT 1 FROM parts p CROSS JOIN replicas r ON r.object_id = p.object_id
      WHERE p.representation_id = n.id AND r.accrual_id IN ${SEALED})
    ORDER BY n.id`,
  events: 'SELECT seq FROM events ORDER BY seq',
} as const;

/** Of a list of replicas or of what they come to, as JSON. */
const OF = {
  objects: `SELECT DISTINCT r.object_id FROM json_each(?) j CROSS JOIN replicas r ON r.id = j.value
    WHERE r.accrual_id IN ${SEALED} ORDER BY r.object_id`,
  accessions: `SELECT DISTINCT c.accession_id FROM json_each(?) j CROSS JOIN replicas r ON r.id = j.value
    CROSS JOIN accruals c ON c.id = r.accrual_id WHERE c.sealed_at IS NOT NULL ORDER BY c.accession_id`,
  representations: `SELECT DISTINCT n.id FROM json_each(?) j CROSS JOIN parts p ON p.object_id = j.value
    CROSS JOIN representations n ON n.id = p.representation_id CROSS JOIN items i ON i.id = n.item_id
    WHERE i.accession_id IN (SELECT value FROM json_each(?)) ORDER BY n.id`,
} as const;

const ITEMS = `SELECT DISTINCT n.item_id FROM json_each(?) j CROSS JOIN representations n ON n.id = j.value ORDER BY n.item_id`;

const COLLECTIONS = `
  WITH RECURSIVE above (id) AS (
    SELECT a.collection_id FROM json_each(?) j CROSS JOIN accessions a ON a.id = j.value WHERE a.collection_id IS NOT NULL
    UNION SELECT c.parent_id FROM above b JOIN collections c ON c.id = b.id WHERE c.parent_id IS NOT NULL)
  SELECT id FROM above ORDER BY id`;

/** Events that link these, or what they are made of. */
const EVENTS = `
  SELECT DISTINCT event_seq FROM (
    SELECT l.event_seq FROM json_each(@accessions) j CROSS JOIN event_links l ON l.entity = 'accession' AND l.entity_id = j.value
    UNION ALL SELECT l.event_seq FROM json_each(@accessions) j CROSS JOIN accruals c ON c.accession_id = j.value
      CROSS JOIN event_links l ON l.entity = 'accrual' AND l.entity_id = c.id
    UNION ALL SELECT l.event_seq FROM json_each(@items) j CROSS JOIN event_links l ON l.entity = 'item' AND l.entity_id = j.value
    UNION ALL SELECT l.event_seq FROM json_each(@objects) j CROSS JOIN event_links l ON l.entity = 'object' AND l.entity_id = j.value
    UNION ALL SELECT l.event_seq FROM json_each(@objects) j CROSS JOIN parts p ON p.object_id = j.value
      CROSS JOIN event_links l ON l.entity = 'part' AND l.entity_id = p.id
  ) ORDER BY event_seq`;

/** What a document is of, as it stands at this moment. */
export function premisPlan(
  connection: Connection,
  search: () => Search,
  selection: ManifestSelection,
): PremisPlan {
  const ids = (sql: string, ...values: readonly string[]): Int32Array =>
    Int32Array.from(
      connection
        .sql<number>(sql)
        .pluck(true)
        .iterate(...values),
    );
  return connection.db.transaction((): PremisPlan => {
    const isAll = 'all' in selection;
    const replicas = isAll ? '' : JSON.stringify([...selectedReplicas(connection, search, selection)]);
    const objects = isAll ? ids(ALL.objects) : ids(OF.objects, replicas);
    const accessions = isAll ? ids(ALL.accessions) : ids(OF.accessions, replicas);
    const representations = isAll
      ? ids(ALL.representations)
      : ids(OF.representations, listOf(objects), listOf(accessions));
    const items = ids(ITEMS, listOf(representations));
    const events = isAll
      ? ids(ALL.events)
      : Int32Array.from(
          connection.db
            .prepare(EVENTS)
            .pluck(true)
            .iterate({
              accessions: listOf(accessions),
              items: listOf(items),
              objects: listOf(objects),
            }) as IterableIterator<number>,
        );
    return {
      objects,
      accessions,
      representations,
      items,
      collections: ids(COLLECTIONS, listOf(accessions)),
      events,
      locations: connection
        .sql<{ id: number; name: string; medium: string | null }>('SELECT id, name, medium FROM locations')
        .all()
        .map(({ medium, ...rest }): PremisLocation => ({ ...rest, ...valueIf('medium', medium) })),
      runs: connection
        .sql<{ event: number; openedAt: number; closedAt: number; location: number | null }>(
          `SELECT a.event_seq AS event, a.opened_at AS openedAt, a.closed_at AS closedAt, r.location_id AS location
           FROM runs r JOIN acts a ON a.id = r.act_id WHERE a.event_seq IS NOT NULL AND a.closed_at IS NOT NULL ORDER BY a.opened_at`,
        )
        .all()
        .map(({ location, ...rest }) => ({ ...rest, ...valueIf('locationId', location) })),
      log: logHead(connection),
    };
  })();
}

function listOf(ids: Int32Array): string {
  return JSON.stringify(Array.from(ids));
}
