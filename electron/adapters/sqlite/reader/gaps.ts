import type { ArchiveStatus } from '../../../../shared/contract/archive.ts';

export type Gap = keyof ArchiveStatus['gaps'];

/** Of what custody has ended, nothing is lacking any more. */
const IN_CUSTODY = 'a.id NOT IN (SELECT accession_id FROM deaccessions)';

/** An accession without a rights statement is as much a gap as one that says that it is unknown. */
const LACKING: Readonly<Record<Gap, string>> = {
  rights: `NOT EXISTS (SELECT 1 FROM rights_links l JOIN rights_statements s ON s.id = l.statement_id
    WHERE l.entity = 'accession' AND l.entity_id = a.id AND s.basis <> 'unknown')`,
  source: `coalesce(a.source, '') = ''`,
  acquired: `coalesce(a.acquired, '') = ''`,
};

/** What an accession `a` lacks, as a condition on it. */
export function gapSql(gap: Gap): string {
  return `${IN_CUSTODY} AND ${LACKING[gap]}`;
}
