import type { Connection } from '../connection.ts';

/** What belongs to one accession, as temporary tables of ids that every table's condition is made from. */
const IDS = [
  'accession',
  'accrual',
  'item',
  'representation',
  'part',
  'replica',
  'object',
  'folder',
  'collection',
  'bag',
  'edit',
  'act',
  'job',
  'event',
] as const;

/** Acts that looked at replicas of many accessions; an accession's own are found by their accrual. */
const COMMON_OUTCOMES = `
  INSERT INTO temp.common_outcome
  SELECT c.accession_id, o.act_id, o.ordinal
  FROM act_outcomes o CROSS JOIN temp.all_replica r ON r.id = o.replica_id CROSS JOIN accruals c ON c.id = r.accrual_id
  WHERE c.accession_id IN (SELECT value FROM json_each(?))
    AND o.act_id NOT IN (SELECT act_id FROM accruals WHERE act_id IS NOT NULL)`;

const ONE = '(SELECT id FROM temp.of_accession)';
const FILL: readonly string[] = [
  `INSERT INTO temp.of_accrual SELECT id FROM accruals WHERE accession_id = ${ONE}`,
  `INSERT INTO temp.of_item SELECT id FROM items WHERE accession_id = ${ONE}`,
  `INSERT INTO temp.of_representation SELECT r.id FROM temp.of_item i CROSS JOIN representations r ON r.item_id = i.id`,
  `INSERT INTO temp.of_part SELECT p.id FROM temp.of_representation r CROSS JOIN parts p ON p.representation_id = r.id`,
  `INSERT INTO temp.of_replica SELECT r.id FROM temp.of_accrual a CROSS JOIN replicas r ON r.accrual_id = a.id`,
  `INSERT OR IGNORE INTO temp.of_replica
     SELECT r.id FROM temp.of_accrual a CROSS JOIN removed_replicas r ON r.accrual_id = a.id`,
  `INSERT OR IGNORE INTO temp.of_object
     SELECT r.object_id FROM temp.of_accrual a CROSS JOIN replicas r ON r.accrual_id = a.id
     UNION SELECT r.object_id FROM temp.of_accrual a CROSS JOIN removed_replicas r ON r.accrual_id = a.id
     UNION SELECT p.object_id FROM temp.of_part x CROSS JOIN parts p ON p.id = x.id
     UNION SELECT p.object_id FROM temp.of_representation x CROSS JOIN removed_parts p ON p.representation_id = x.id
     UNION SELECT object_id FROM placed_contents WHERE accession_id = ${ONE}
     UNION SELECT b.object_id FROM temp.of_replica x CROSS JOIN former_baselines b ON b.replica_id = x.id`,
  `INSERT OR IGNORE INTO temp.of_folder
     SELECT r.folder_id FROM temp.of_accrual a CROSS JOIN replicas r ON r.accrual_id = a.id
     UNION SELECT r.folder_id FROM temp.of_accrual a CROSS JOIN removed_replicas r ON r.accrual_id = a.id
     UNION SELECT o.folder_id FROM temp.of_accrual a CROSS JOIN open_folders o ON o.accrual_id = a.id
     UNION SELECT b.folder_id FROM temp.of_replica x CROSS JOIN former_baselines b ON b.replica_id = x.id
     UNION SELECT f.id FROM temp.of_accrual a CROSS JOIN bags b ON b.accrual_id = a.id
       CROSS JOIN folders f ON f.location_id = b.location_id
         AND f.path >= CAST(b.path || '/data' AS BLOB) AND f.path < CAST(b.path || '/data0' AS BLOB)`,
  `INSERT OR IGNORE INTO temp.of_collection
     WITH RECURSIVE up (id) AS (
       SELECT collection_id FROM accessions WHERE id = ${ONE} AND collection_id IS NOT NULL
       UNION SELECT c.parent_id FROM up CROSS JOIN collections c ON c.id = up.id WHERE c.parent_id IS NOT NULL)
     SELECT id FROM up`,
  `INSERT INTO temp.of_bag SELECT b.id FROM temp.of_accrual a CROSS JOIN bags b ON b.accrual_id = a.id`,
  `INSERT INTO temp.of_entity
     SELECT 'accession', ${ONE} UNION ALL SELECT 'accrual', id FROM temp.of_accrual UNION ALL SELECT 'item', id FROM temp.of_item
     UNION ALL SELECT 'representation', id FROM temp.of_representation UNION ALL SELECT 'part', id FROM temp.of_part
     UNION ALL SELECT 'replica', id FROM temp.of_replica UNION ALL SELECT 'object', id FROM temp.of_object
     UNION ALL SELECT 'collection', id FROM temp.of_collection UNION ALL SELECT 'bag', id FROM temp.of_bag`,
  `INSERT OR IGNORE INTO temp.of_edit
     WITH RECURSIVE edit (id) AS (
       SELECT d.edit_id FROM temp.of_entity e CROSS JOIN descriptions d ON d.entity = e.entity AND d.entity_id = e.entity_id
       WHERE d.edit_id IS NOT NULL
       UNION SELECT x.undoes FROM edit CROSS JOIN description_edits x ON x.id = edit.id WHERE x.undoes IS NOT NULL)
     SELECT id FROM edit`,
  `INSERT OR IGNORE INTO temp.of_act
     SELECT act_id FROM accruals WHERE accession_id = ${ONE} AND act_id IS NOT NULL
     UNION SELECT act_id FROM temp.common_outcome WHERE accession_id = ${ONE}
     UNION SELECT f.act_id FROM findings f WHERE f.replica_id IN (SELECT id FROM temp.of_replica)
     UNION SELECT f.resolved_act_id FROM findings f WHERE f.resolved_act_id IS NOT NULL
       AND f.replica_id IN (SELECT id FROM temp.of_replica)
     UNION SELECT m.act_id FROM findings f CROSS JOIN mass_changes m ON m.id = f.mass_change_id
       WHERE f.replica_id IN (SELECT id FROM temp.of_replica)
     UNION SELECT act_id FROM deletions WHERE accession_id = ${ONE}
     UNION SELECT p.act_id FROM deletions d JOIN deletion_places p ON p.deletion_id = d.id
       WHERE d.accession_id = ${ONE} AND p.act_id IS NOT NULL`,
  `INSERT OR IGNORE INTO temp.of_job
     SELECT a.job_id FROM temp.of_act x CROSS JOIN acts a ON a.id = x.id WHERE a.job_id IS NOT NULL
     UNION SELECT job_id FROM appraisals WHERE accession_id = ${ONE} AND job_id IS NOT NULL`,
  `INSERT OR IGNORE INTO temp.of_event
     SELECT l.event_seq FROM temp.of_entity e CROSS JOIN event_links l ON l.entity = e.entity AND l.entity_id = e.entity_id
     UNION SELECT a.event_seq FROM temp.of_act x CROSS JOIN acts a ON a.id = x.id WHERE a.event_seq IS NOT NULL
     UNION SELECT e.event_seq FROM temp.of_edit x CROSS JOIN description_edits e ON e.id = x.id WHERE e.event_seq IS NOT NULL
     UNION SELECT m.event_seq FROM findings f CROSS JOIN mass_changes m ON m.id = f.mass_change_id
       WHERE m.event_seq IS NOT NULL AND f.replica_id IN (SELECT id FROM temp.of_replica)
     UNION SELECT event_seq FROM deaccessions WHERE accession_id = ${ONE}
     UNION SELECT event_seq FROM deletions WHERE accession_id = ${ONE} AND event_seq IS NOT NULL
     UNION SELECT r.event_seq FROM temp.of_entity e CROSS JOIN agent_roles r ON r.entity = e.entity AND r.entity_id = e.entity_id
     UNION SELECT r.ended_event_seq FROM temp.of_entity e CROSS JOIN agent_roles r ON r.entity = e.entity AND r.entity_id = e.entity_id
       WHERE r.ended_event_seq IS NOT NULL`,
];

/** Fills temporary tables with what belongs to one accession at a time. The connection must not be query_only. */
export class AccessionScope {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
    const { db } = connection;
    // A catalogue of a million files has more of these than should be held in memory.
    db.pragma('temp_store = FILE');
    for (const id of IDS) db.exec(`CREATE TEMP TABLE of_${id} (id INTEGER PRIMARY KEY)`);
    db.exec(`
      CREATE TEMP TABLE of_entity (entity TEXT, entity_id INTEGER, PRIMARY KEY (entity, entity_id)) WITHOUT ROWID;
      CREATE TEMP TABLE common_outcome (
        accession_id INTEGER, act_id INTEGER, ordinal INTEGER, PRIMARY KEY (accession_id, act_id, ordinal)
      ) WITHOUT ROWID;
      CREATE TEMP VIEW all_replica (id, accrual_id) AS
        SELECT id, accrual_id FROM main.replicas UNION ALL SELECT id, accrual_id FROM main.removed_replicas;`);
  }

  /** To be called before `select`, with every accession that it will be called for: one pass over the outcomes of audits serves all. */
  prepare(accessionIds: readonly number[]): void {
    this.#connection.sql('DELETE FROM temp.common_outcome').run();
    this.#connection.sql(COMMON_OUTCOMES).run(JSON.stringify(accessionIds));
  }

  /** Afterwards `temp.of_<kind>` hold the ids of that accession's rows, `temp.of_entity` all of them with their kind. */
  select(accessionId: number): void {
    for (const id of [...IDS, 'entity']) this.#connection.sql(`DELETE FROM temp.of_${id}`).run();
    this.#connection.sql('INSERT INTO temp.of_accession VALUES (?)').run(accessionId);
    for (const statement of FILL) this.#connection.sql(statement).run();
  }
}
