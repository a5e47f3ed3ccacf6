import type { SurveyResult } from '../../../../shared/contract/accession.ts';
import type { Appraisal, AppraisalDetail } from '../../../../shared/contract/appraisals.ts';
import type { Template, TemplateDefaults } from '../../../../shared/contract/intake.ts';
import type { Entity } from '../../../../shared/contract/holdings.ts';
import { parsePublicId, publicId } from '../../../../shared/domain/ids.ts';
import { pathToJson, type RawPath } from '../../../../shared/domain/path.ts';
import type { Page } from '../../../core/ports/catalogue.ts';
import type { IntakeReader } from '../../../core/ports/intake.ts';
import type { Connection } from '../connection.ts';
import { decodeCursor, pageLimit } from './cursor.ts';
import { eventsTouching } from './entity-events.ts';
import { factsOf } from './entity-holdings.ts';
import { pageOf } from './jobs.ts';
import { json, time, valueIf } from './rows.ts';

interface AppraisalRow {
  readonly id: number;
  readonly title: string;
  readonly source: string | null;
  readonly state: Appraisal['state'];
  readonly summary: string;
  readonly agent: string;
  readonly surveyed_at: number;
  readonly reason: string | null;
  readonly decided_by: string | null;
  readonly decided_at: number | null;
  readonly job_id: number | null;
  readonly accession_id: number | null;
  readonly number: string | null;
}

const APPRAISAL = `
  SELECT p.id, p.title, p.source, p.state, p.summary, a.name AS agent, p.surveyed_at, p.reason, d.name AS decided_by,
    p.decided_at, p.job_id, p.accession_id, n.number
  FROM appraisals p JOIN agents a ON a.id = p.agent_id LEFT JOIN agents d ON d.id = p.decided_by
    LEFT JOIN accessions n ON n.id = p.accession_id`;

/** Newest first. */
export function appraisalsPage(
  connection: Connection,
  page: Parameters<IntakeReader['appraisals']>[0],
): Page<Appraisal> {
  const limit = pageLimit(page.limit);
  const list = `appraisals ${page.state ?? ''}`;
  const [before] = decodeCursor(page.cursor, list, ['integer']) ?? [Number.MAX_SAFE_INTEGER];
  const found = connection
    .sql<AppraisalRow>(
      `${APPRAISAL} WHERE p.id < ? AND (? IS NULL OR p.state = ?) ORDER BY p.id DESC LIMIT ?`,
    )
    .all(before ?? 0, page.state ?? null, page.state ?? null, limit + 1);
  return pageOf(found, limit, list, (row) => appraisalOf(connection, row));
}

export function appraisalById(connection: Connection, id: number): AppraisalDetail | undefined {
  const row = connection.sql<AppraisalRow>(`${APPRAISAL} WHERE p.id = ?`).get(id);
  return row && { ...appraisalOf(connection, row), survey: json(row.summary) as SurveyResult };
}

function appraisalOf(connection: Connection, row: AppraisalRow): Appraisal {
  const survey = json(row.summary) as SurveyResult;
  const paths = connection
    .sql<Buffer>('SELECT path FROM appraisal_paths WHERE appraisal_id = ? ORDER BY path')
    .pluck(true)
    .all(row.id);
  return {
    id: publicId('appraisal', row.id),
    title: row.title,
    ...valueIf('source', row.source),
    state: row.state,
    paths: paths.map((path) => pathToJson(path as Uint8Array as RawPath)),
    files: survey.files,
    bytes: survey.bytes,
    hours: survey.hours,
    refused: survey.refusedTotal,
    problems: survey.problemsTotal,
    agent: row.agent,
    surveyedAt: time(row.surveyed_at),
    ...valueIf('decision', decisionOf(row)),
  };
}

function decisionOf(row: AppraisalRow): Appraisal['decision'] {
  if (row.decided_at === null || row.decided_by === null) return undefined;
  return {
    agent: row.decided_by,
    reason: row.reason ?? '',
    at: time(row.decided_at),
    ...(row.accession_id === null || row.number === null || row.job_id === null
      ? {}
      : {
          accession: {
            id: publicId('accession', row.accession_id),
            number: row.number,
            job: publicId('job', row.job_id),
          },
        }),
  };
}

interface TemplateRow {
  readonly name: string;
  readonly defaults: string;
  readonly agent: string;
  readonly saved_at: number;
}

/** By name. */
export function templates(connection: Connection): Template[] {
  return connection
    .sql<TemplateRow>(
      `SELECT t.name, t.defaults, a.name AS agent, t.saved_at FROM accession_templates t JOIN agents a ON a.id = t.agent_id
       ORDER BY t.name`,
    )
    .all()
    .map((row) => ({
      name: row.name,
      defaults: json(row.defaults) as TemplateDefaults,
      agent: row.agent,
      savedAt: time(row.saved_at),
    }));
}

/** The accession of this number or public id. */
export function accessionNamed(connection: Connection, word: string): number | undefined {
  const known = parsePublicId(word);
  const byNumber = connection.sql<number>('SELECT id FROM accessions WHERE number = ?').pluck(true).get(word);
  if (byNumber !== undefined || known?.kind !== 'accession') return byNumber;
  return connection.sql<number>('SELECT id FROM accessions WHERE id = ?').pluck(true).get(known.id);
}

/** An appraisal as `show` tells it. */
export function describeAppraisal(connection: Connection, id: number): Entity | undefined {
  const found = appraisalById(connection, id);
  if (found === undefined) return undefined;
  const { decision, survey } = found;
  return {
    kind: 'appraisal',
    id: found.id,
    title: found.title,
    facts: factsOf({
      state: found.state,
      source: found.source ?? null,
      paths: found.paths.map(({ display }) => display).join(', '),
      surveyedAt: found.surveyedAt,
      surveyedBy: found.agent,
      files: found.files,
      bytes: found.bytes,
      repeated: survey.duplicates.files,
      alreadyHeld: survey.duplicates.alreadyHeld,
      refused: found.refused,
      problems: found.problems,
      decidedAt: decision?.at ?? null,
      decidedBy: decision?.agent ?? null,
      reason: decision?.reason ?? null,
      accession: decision?.accession?.number ?? null,
      accessionId: decision?.accession?.id ?? null,
    }),
    parts: [],
    replicas: [],
    identifiers: [],
    events: eventsTouching(connection, { links: [['appraisal', id]] }),
  };
}
