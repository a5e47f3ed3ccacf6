import type { Entity } from '../../../../shared/contract/holdings.ts';
import type { AgentRoleHeld } from '../../../../shared/contract/agents.ts';
import { roleTowards } from '../../../../shared/domain/agent-role.ts';
import { publicId } from '../../../../shared/domain/ids.ts';
import type { Connection } from '../connection.ts';
import { agentById } from './agents.ts';
import { eventsTouching } from './entity-events.ts';
import { factsOf, idsOf } from './entity-holdings.ts';
import { eventsBySeq } from './events.ts';
import { job } from './jobs.ts';
import { hex, json, time } from './rows.ts';

type ActKind = 'event' | 'agent' | 'job' | 'run';

/** What happened and who did it. */
export function describeAct(connection: Connection, kind: ActKind, id: number): Entity | undefined {
  const described = about(connection, kind, id);
  if (described === undefined) return undefined;
  return { kind, id: publicId(kind, id), ...described, parts: [], replicas: [], identifiers: [] };
}

function about(
  connection: Connection,
  kind: ActKind,
  id: number,
): Pick<Entity, 'title' | 'facts' | 'events'> | undefined {
  switch (kind) {
    case 'event':
      return aboutEvent(connection, id);
    case 'agent':
      return aboutAgent(connection, id);
    case 'job':
      return aboutJob(connection, id);
    case 'run':
      return aboutRun(connection, id);
  }
}

interface EventRow {
  readonly type: string;
  readonly at: number;
  readonly agent_id: number;
  readonly act_id: number | null;
  readonly outcome: string;
  readonly body: string;
  readonly hash: Buffer;
  readonly key_id: string;
}

function aboutEvent(connection: Connection, seq: number) {
  const row = connection.sql<EventRow>('SELECT * FROM events WHERE seq = ?').get(seq);
  if (row === undefined) return undefined;
  const act = connection
    .sql<{ kind: string; job_id: number | null }>('SELECT kind, job_id FROM acts WHERE id = ?')
    .get(row.act_id);
  return {
    title: row.type,
    facts: factsOf({
      seq,
      at: time(row.at),
      outcome: row.outcome,
      agent: publicId('agent', row.agent_id),
      act: act?.kind ?? null,
      job: act?.job_id == null ? null : publicId('job', act.job_id),
      hash: hex(row.hash),
      key: row.key_id,
      // What was hashed and signed, word for word.
      body: row.body,
    }),
    events: eventsBySeq(connection, [seq]),
  };
}

function aboutAgent(connection: Connection, id: number) {
  const agent = agentById(connection, id, time(Date.now()).slice(0, 10));
  if (agent === undefined) return undefined;
  const acted = idsOf(
    connection,
    'SELECT seq FROM events WHERE agent_id = ? ORDER BY seq DESC LIMIT 200',
    id,
  );
  const told = idsOf(
    connection,
    `SELECT event_seq FROM event_links WHERE entity = 'agent' AND entity_id = ? ORDER BY event_seq DESC LIMIT 200`,
    id,
  );
  return {
    title: agent.name,
    facts: factsOf({
      kind: agent.kind,
      contact: agent.contact ?? null,
      forgottenAt: agent.forgottenAt ?? null,
      firstSeen: agent.createdAt,
      events: agent.events,
      ...Object.fromEntries(agent.roles.map((held, at) => [`role${String(at + 1)}`, roleSentence(held)])),
    }),
    events: eventsBySeq(connection, [...acted, ...told]),
  };
}

function roleSentence({ role, of, since, until }: AgentRoleHeld): string {
  return `${roleTowards(role, of.title)}, since ${since}${until === undefined ? '' : `, until ${until}`}`;
}

function aboutJob(connection: Connection, id: number) {
  const row = job(connection, id);
  if (row === undefined) return undefined;
  const acts = idsOf(connection, 'SELECT id FROM acts WHERE job_id = ?', id);
  return {
    title: row.title,
    facts: factsOf({
      kind: row.kind,
      state: row.state,
      agent: row.agent,
      createdAt: row.createdAt,
      finishedAt: row.finishedAt ?? null,
      error: row.error?.message ?? null,
    }),
    events: eventsTouching(connection, { links: [['job', id]], acts }),
  };
}

interface RunRow {
  readonly kind: string;
  readonly location_id: number | null;
  readonly planned: number;
  readonly checked: number;
  readonly bytes_read: number;
  readonly complete: number;
  readonly outcomes: string;
  readonly job_id: number | null;
  readonly opened_at: number;
  readonly closed_at: number | null;
}

function aboutRun(connection: Connection, actId: number) {
  const row = connection
    .sql<RunRow>(
      'SELECT r.*, a.job_id, a.opened_at, a.closed_at FROM runs r JOIN acts a ON a.id = r.act_id WHERE r.act_id = ?',
    )
    .get(actId);
  if (row === undefined) return aboutManifest(connection, actId);
  const outcomes = Object.entries((json(row.outcomes) ?? {}) as Record<string, number>);
  return {
    title: row.kind,
    facts: factsOf({
      job: row.job_id === null ? null : publicId('job', row.job_id),
      location: row.location_id === null ? null : publicId('location', row.location_id),
      openedAt: time(row.opened_at),
      closedAt: row.closed_at === null ? null : time(row.closed_at),
      planned: row.planned,
      checked: row.checked,
      bytesRead: row.bytes_read,
      complete: row.complete === 1,
      ...Object.fromEntries(outcomes.map(([outcome, count]) => [`outcome.${outcome}`, count])),
    }),
    events: eventsTouching(connection, { links: [['run', actId]], acts: [actId] }),
  };
}

interface ManifestRow {
  readonly location_id: number;
  readonly manifest_sha256: Buffer;
  readonly outcomes: string;
  readonly closed_at: number | null;
}

interface AttestationRow extends ManifestRow {
  readonly attested_by: string;
  readonly attested_on: string;
}

interface PriorRow extends ManifestRow {
  readonly stated_by: string;
  readonly stated_on: string;
  readonly made: string;
}

/** The act behind a finding that somebody else's manifest opened: no run, and yet what the finding is of. */
function aboutManifest(connection: Connection, actId: number) {
  const of = <Row extends ManifestRow>(table: string): Row | undefined =>
    connection
      .sql<Row>(`SELECT t.*, a.closed_at FROM ${table} t JOIN acts a ON a.id = t.act_id WHERE t.act_id = ?`)
      .get(actId);
  const about = (title: string, row: ManifestRow, own: Parameters<typeof factsOf>[0]) => ({
    title,
    facts: factsOf({
      location: publicId('location', row.location_id),
      ...own,
      recordedAt: row.closed_at === null ? null : time(row.closed_at),
      manifestSha256: hex(row.manifest_sha256),
      ...Object.fromEntries(
        Object.entries((json(row.outcomes) ?? {}) as Record<string, number>).map(([outcome, count]) => [
          `outcome.${outcome}`,
          count,
        ]),
      ),
    }),
    events: eventsTouching(connection, { links: [], acts: [actId] }),
  });
  const attestation = of<AttestationRow>('attestations');
  if (attestation !== undefined)
    return about('attestation', attestation, {
      attestedBy: attestation.attested_by,
      attestedOn: attestation.attested_on,
    });
  const prior = of<PriorRow>('prior_manifests');
  return (
    prior &&
    about('prior baseline', prior, {
      statedBy: prior.stated_by,
      statedOn: prior.stated_on,
      made: prior.made,
    })
  );
}
