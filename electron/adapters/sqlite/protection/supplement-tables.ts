/**
 * Which rows of which tables a supplement holds. A table is written and read in this order, so that what is referred to comes
 * before what refers to it. Columns are those of the schema (schema.sql), whatever they come to be.
 */

/**
 * `shared`: rows that several supplements hold; the newest wins. `own`: rows that belong to the accession alone: what a newer
 * supplement does not hold any more is gone. `kept`: rows that never change, so that a difference is a contradiction.
 */
type Tenure = 'shared' | 'own' | 'kept';

export interface SupplementTable {
  readonly table: string;
  readonly tenure: Tenure;
  /** Condition on the table's rows, over the temporary tables of `AccessionScope`; undefined: no row of an accession's. */
  readonly ofAccession: string | undefined;
  /** The same for the supplement of the archive itself. */
  readonly ofArchive: string | undefined;
}

const ALL = 'true';
const ONE = '(SELECT id FROM temp.of_accession)';
const inScope = (column: string, kind: string) => `${column} IN (SELECT id FROM temp.of_${kind})`;
const ofEntity = '(entity, entity_id) IN (SELECT entity, entity_id FROM temp.of_entity)';
const ofCollection = `entity IN ('archive', 'collection', 'agent', 'location')`;
const ACCRUAL_ACTS = 'SELECT act_id FROM accruals WHERE act_id IS NOT NULL';

function of(
  table: string,
  tenure: Tenure,
  ofAccession: string | undefined,
  ofArchive: string | undefined = undefined,
): SupplementTable {
  return { table, tenure, ofAccession, ofArchive };
}

export const SUPPLEMENT_TABLES: readonly SupplementTable[] = [
  of('archive', 'shared', ALL, ALL),
  of('signing_keys', 'shared', ALL, ALL),
  of('agents', 'shared', ALL, ALL),
  of('locations', 'shared', ALL, ALL),
  of('location_sentinels', 'shared', ALL, ALL),
  of('formats', 'shared', ALL),
  of('collections', 'shared', inScope('id', 'collection'), ALL),
  of('jobs', 'shared', inScope('id', 'job'), 'id IN (SELECT job_id FROM acts)'),
  of('acts', 'shared', inScope('id', 'act'), ALL),
  of('runs', 'shared', inScope('act_id', 'act'), ALL),
  of('attestations', 'shared', inScope('act_id', 'act'), ALL),
  of('prior_manifests', 'shared', inScope('act_id', 'act'), ALL),
  of('schedules', 'shared', undefined, ALL),
  of('shelf_media', 'shared', undefined, ALL),
  of('check_outs', 'shared', undefined, ALL),
  of('events', 'kept', inScope('seq', 'event'), ALL),
  of('lodged_heads', 'shared', inScope('event_seq', 'event'), ALL),
  of('event_links', 'kept', inScope('event_seq', 'event'), ALL),
  of('event_details', 'shared', inScope('event_seq', 'event'), ALL),
  of('hand_outs', 'shared', undefined, ALL),
  of('accessions', 'shared', `id = ${ONE}`),
  of('accruals', 'own', inScope('id', 'accrual')),
  of('accession_roots', 'own', `accession_id = ${ONE}`),
  of('deposit_sources', 'own', `accession_id = ${ONE}`),
  of('accession_templates', 'shared', undefined, ALL),
  of('appraisals', 'shared', `accession_id = ${ONE}`, 'accession_id IS NULL'),
  of(
    'appraisal_paths',
    'own',
    `appraisal_id IN (SELECT id FROM appraisals WHERE accession_id = ${ONE})`,
    'appraisal_id IN (SELECT id FROM appraisals WHERE accession_id IS NULL)',
  ),
  of('objects', 'kept', inScope('id', 'object')),
  of('digests', 'kept', inScope('object_id', 'object')),
  of('prior_baselines', 'kept', `${inScope('object_id', 'object')} AND ${inScope('act_id', 'act')}`),
  of('technical_metadata', 'shared', inScope('object_id', 'object')),
  of('embedded_metadata', 'shared', inScope('object_id', 'object')),
  of('essences', 'kept', inScope('object_id', 'object')),
  of('internal_checks', 'shared', inScope('object_id', 'object')),
  of('chunk_digests', 'kept', inScope('object_id', 'object')),
  of('evidence', 'shared', inScope('object_id', 'object')),
  // A cue sheet may have come with another accession than the sound it describes.
  of(
    'cue_sheets',
    'shared',
    `${inScope('object_id', 'object')}
       OR object_id IN (SELECT cue_object_id FROM tracks WHERE ${inScope('audio_object_id', 'object')})`,
  ),
  of('tracks', 'shared', `${inScope('audio_object_id', 'object')} OR ${inScope('cue_object_id', 'object')}`),
  of('items', 'own', inScope('id', 'item')),
  of('item_aliases', 'own', `accession_id = ${ONE}`),
  of('placed_contents', 'own', `accession_id = ${ONE}`),
  of('representations', 'own', inScope('id', 'representation')),
  of('folders', 'shared', inScope('id', 'folder')),
  of('open_folders', 'own', inScope('accrual_id', 'accrual')),
  of('replicas', 'own', inScope('accrual_id', 'accrual')),
  of('parts', 'own', inScope('id', 'part')),
  of('removed_parts', 'own', inScope('representation_id', 'representation')),
  of('bags', 'own', inScope('id', 'bag')),
  of('bag_tag_files', 'own', inScope('bag_id', 'bag')),
  of('removed_replicas', 'own', inScope('accrual_id', 'accrual')),
  of('attested_checks', 'own', inScope('replica_id', 'replica')),
  of('attested_replicas', 'own', inScope('replica_id', 'replica')),
  of('identifiers', 'own', ofEntity, ofCollection),
  of(
    'relations',
    'own',
    `(subject, subject_id) IN (SELECT entity, entity_id FROM temp.of_entity)
       OR (object, object_id) IN (SELECT entity, entity_id FROM temp.of_entity)`,
    `subject IN ('archive', 'collection') AND object IN ('archive', 'collection')`,
  ),
  of('description_edits', 'shared', inScope('id', 'edit'), ALL),
  of('descriptions', 'own', ofEntity, ofCollection),
  of(
    'rights_statements',
    'shared',
    `id IN (SELECT l.statement_id FROM temp.of_entity e CROSS JOIN rights_links l
       ON l.entity = e.entity AND l.entity_id = e.entity_id)`,
    `id IN (SELECT statement_id FROM rights_links WHERE ${ofCollection})`,
  ),
  of('rights_links', 'own', ofEntity, ofCollection),
  of('agent_roles', 'own', ofEntity, ofCollection),
  of(
    'problems',
    'own',
    `act_id IN (SELECT act_id FROM accruals WHERE accession_id = ${ONE})`,
    `act_id NOT IN (${ACCRUAL_ACTS})`,
  ),
  of(
    'act_outcomes',
    'own',
    `act_id IN (SELECT act_id FROM accruals WHERE accession_id = ${ONE})
       OR (act_id, ordinal) IN (SELECT act_id, ordinal FROM temp.common_outcome WHERE accession_id = ${ONE})`,
    `replica_id IS NULL AND act_id NOT IN (${ACCRUAL_ACTS})`,
  ),
  of(
    'mass_changes',
    'shared',
    `id IN (SELECT mass_change_id FROM findings WHERE ${inScope('replica_id', 'replica')})`,
    ALL,
  ),
  of('findings', 'own', inScope('replica_id', 'replica')),
  of('former_baselines', 'own', inScope('replica_id', 'replica')),
  of('quarantined', 'own', inScope('replica_id', 'replica')),
  of('deaccessions', 'own', `accession_id = ${ONE}`),
  of('deletions', 'own', `accession_id = ${ONE}`),
  of('deletion_places', 'own', `deletion_id IN (SELECT id FROM deletions WHERE accession_id = ${ONE})`),
];

/** What a supplement leaves out, and why; a test holds both lists against the schema. @testonly */
export const NOT_IN_SUPPLEMENTS: Readonly<Record<string, string>> = {
  counters: 'counted anew',
  search: 'made anew from the words of parts',
  snapshots: 'found anew where they stand',
  supplements: 'found anew where they stand',
  description_drafts: 'changes that are not yet made',
  untracked: 'what a rescan saw in nobody’s custody; the next one sees it again',
  staged_files: 'unfinished work of a job that cannot be resumed elsewhere',
  staged_bags: 'unfinished work of a job that cannot be resumed elsewhere',
  finding_steps: 'how far an act of decision has come; what it did stands with findings and copies',
};
