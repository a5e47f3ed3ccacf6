import type { TemplateDefaults } from '../../../../shared/contract/intake.ts';
import { HoldfastError } from '../../../../shared/domain/errors.ts';
import { publicId } from '../../../../shared/domain/ids.ts';
import { displayPath } from '../../../../shared/domain/path.ts';
import type { ActingAgent } from '../../../core/ports/catalogue.ts';
import type { IntakeWriter } from '../../../core/ports/intake.ts';
import type { WriterContext } from './context.ts';
import { actorId } from './events.ts';

/** Rows of each list of a survey that an appraisal keeps. */
const ROWS_KEPT = 100;

export function openAppraisal(
  context: WriterContext,
  found: Parameters<IntakeWriter['openAppraisal']>[0],
  by: ActingAgent,
): number {
  const { connection } = context;
  const now = Date.now();
  const agent = actorId(connection, by.name);
  const { survey } = found;
  const summary: typeof survey = {
    ...survey,
    refused: survey.refused.slice(0, ROWS_KEPT),
    problems: survey.problems.slice(0, ROWS_KEPT),
    advisories: survey.advisories.slice(0, ROWS_KEPT),
    leftOut: survey.leftOut.slice(0, ROWS_KEPT),
  };
  const id = Number(
    connection
      .sql(
        `INSERT INTO appraisals (title, source, state, summary, agent_id, surveyed_at) VALUES (?, ?, 'surveyed', ?, ?, ?)`,
      )
      .run(found.title, found.source ?? null, JSON.stringify(summary), agent, now).lastInsertRowid,
  );
  const path = connection.sql(
    'INSERT INTO appraisal_paths (appraisal_id, path) VALUES (?, ?) ON CONFLICT DO NOTHING',
  );
  for (const each of found.paths) path.run(id, each);
  context.events.append(
    {
      type: 'appraisal',
      outcome: survey.problemsTotal + survey.refusedTotal > 0 ? 'warning' : 'success',
      agentId: agent,
      links: [{ kind: 'appraisal', id }],
      facts: {
        appraisal: id,
        state: 'surveyed',
        counts: {
          files: survey.files,
          bytes: survey.bytes,
          problems: survey.problemsTotal,
          refused: survey.refusedTotal,
          repeated: survey.duplicates.files,
          alreadyHeld: survey.duplicates.alreadyHeld,
        },
      },
      details: {
        note: `Surveyed for appraisal: "${found.title}" (${survey.files} files, ${survey.bytes} bytes)`,
        title: found.title,
        source: found.source ?? '',
        paths: found.paths.map(displayPath),
      },
    },
    now,
  );
  return id;
}

export function decideAppraisal(
  context: WriterContext,
  id: number,
  decision: Parameters<IntakeWriter['decideAppraisal']>[1],
  by: ActingAgent,
): void {
  const { connection } = context;
  const row = connection
    .sql<{ title: string; state: string }>('SELECT title, state FROM appraisals WHERE id = ?')
    .get(id);
  if (row === undefined)
    throw new HoldfastError('NOT_FOUND', `There is no ${publicId('appraisal', id)} in this archive.`);
  if (row.state !== 'surveyed')
    throw new HoldfastError('BAD_INPUT', `${publicId('appraisal', id)} was ${row.state} already.`);
  const now = Date.now();
  const agent = actorId(connection, by.name);
  const { accepted, reason } = decision;
  const state = accepted === undefined ? 'declined' : 'accepted';
  connection
    .sql(
      `UPDATE appraisals SET state = ?, reason = ?, decided_by = ?, decided_at = ?, job_id = ?, accession_id = ? WHERE id = ?`,
    )
    .run(state, reason, agent, now, accepted?.jobId ?? null, accepted?.accessionId ?? null, id);
  context.events.append(
    {
      type: 'appraisal',
      outcome: 'success',
      agentId: agent,
      links: [
        { kind: 'appraisal', id },
        ...(accepted === undefined ? [] : [{ kind: 'accession', id: accepted.accessionId }]),
      ],
      facts: {
        appraisal: id,
        state,
        ...(accepted === undefined ? {} : { accession: accepted.accessionId }),
      },
      details: { note: `"${row.title}" ${state}: ${reason}`, title: row.title, reason },
    },
    now,
  );
}

export function saveTemplate(
  context: WriterContext,
  name: string,
  defaults: TemplateDefaults,
  by: ActingAgent,
): void {
  const { connection } = context;
  const now = Date.now();
  const agent = actorId(connection, by.name);
  connection
    .sql(
      `INSERT INTO accession_templates (name, defaults, agent_id, saved_at) VALUES (?, ?, ?, ?)
       ON CONFLICT (name) DO UPDATE SET defaults = excluded.defaults, agent_id = excluded.agent_id, saved_at = excluded.saved_at`,
    )
    .run(name, JSON.stringify(defaults), agent, now);
  appendTemplate(context, templateId(context, name), 'saved', agent, {
    note: `Template "${name}" saved`,
    name,
    defaults,
  });
}

export function removeTemplate(context: WriterContext, name: string, by: ActingAgent): void {
  const { connection } = context;
  const id = templateId(context, name);
  connection.sql('DELETE FROM accession_templates WHERE id = ?').run(id);
  const agent = actorId(connection, by.name);
  appendTemplate(context, id, 'removed', agent, { note: `Template "${name}" removed`, name });
}

function templateId({ connection }: WriterContext, name: string): number {
  const id = connection
    .sql<number>('SELECT id FROM accession_templates WHERE name = ?')
    .pluck(true)
    .get(name);
  if (id === undefined)
    throw new HoldfastError(
      'NOT_FOUND',
      `There is no template "${name}". holdfast template list tells which there are.`,
    );
  return id;
}

function appendTemplate(
  { events }: WriterContext,
  id: number,
  act: 'saved' | 'removed',
  agent: number,
  details: { readonly note: string; readonly name: string; readonly defaults?: TemplateDefaults },
): void {
  events.append({
    type: 'policy assignment',
    outcome: 'success',
    agentId: agent,
    links: [{ kind: 'template', id }],
    facts: { template: id, act },
    details: {
      note: details.note,
      name: details.name,
      ...(details.defaults === undefined ? {} : { defaults: JSON.stringify(details.defaults) }),
    },
  });
}

export function recordReceipt(
  context: WriterContext,
  receipt: Parameters<IntakeWriter['recordReceipt']>[0],
  by: ActingAgent,
): void {
  const { connection } = context;
  const number = connection
    .sql<string>('SELECT number FROM accessions WHERE id = ?')
    .pluck(true)
    .get(receipt.accessionId);
  context.events.append({
    type: 'exporting',
    outcome: 'success',
    agentId: actorId(connection, by.name),
    links: [{ kind: 'accession', id: receipt.accessionId }],
    facts: {
      accession: receipt.accessionId,
      accruals: [...receipt.accruals],
      files: receipt.files,
      receipts: receipt.written.map(({ sha256, size }) => ({ sha256, size })),
    },
    details: {
      note: `Receipt of accession ${number ?? ''} written`,
      paths: receipt.written.map(({ path }) => displayPath(path)),
    },
  });
}
