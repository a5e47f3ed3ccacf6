import { pseudonym } from '../../../../shared/domain/agent-role.ts';
import { publicId, type EntityKind } from '../../../../shared/domain/ids.ts';
import type { Erasure } from '../../../core/ports/agents.ts';
import type { ActingAgent } from '../../../core/ports/catalogue.ts';
import type { Connection } from '../connection.ts';
import { nameable } from './agents.ts';
import type { WriterContext } from './context.ts';
import { actorId } from './events.ts';

const NAMED_IN_SHOWN = 100;

/** Free text of others, which may name a person and is not the program's to rewrite. */
const TEXTS: readonly { readonly kind: EntityKind; readonly sql: string }[] = [
  {
    kind: 'accession',
    sql: `SELECT id, title || char(10) || coalesce(source, '') || char(10) || coalesce(acquired, '') || char(10)
            || coalesce(agreement, '') AS text FROM accessions`,
  },
  {
    kind: 'accession',
    sql: `SELECT l.entity_id AS id, s.note AS text FROM rights_statements s JOIN rights_links l ON l.statement_id = s.id
          WHERE l.entity = 'accession'`,
  },
  { kind: 'collection', sql: 'SELECT id, name AS text FROM collections' },
  { kind: 'location', sql: 'SELECT id, name AS text FROM locations' },
  {
    kind: 'location',
    sql: `SELECT location_id AS id, lent_to || char(10) || purpose || char(10) || coalesce(condition, '') AS text FROM check_outs`,
  },
  { kind: 'location', sql: 'SELECT location_id AS id, attested_by AS text FROM attestations' },
  { kind: 'location', sql: 'SELECT location_id AS id, stated_by AS text FROM prior_manifests' },
  {
    kind: 'finding',
    sql: `SELECT id, detail ->> '$.attested.by' AS text FROM findings WHERE detail ->> '$.attested' IS NOT NULL`,
  },
  {
    kind: 'finding',
    sql: `SELECT id, detail ->> '$.prior.by' AS text FROM findings WHERE detail ->> '$.prior' IS NOT NULL`,
  },
  {
    kind: 'appraisal',
    sql: `SELECT id, title || char(10) || coalesce(source, '') || char(10) || coalesce(reason, '') AS text FROM appraisals`,
  },
  {
    kind: 'handOut',
    sql: `SELECT id, of || char(10) || coalesce(recipient, '') || char(10) || coalesce(reserved_by, '') || char(10)
            || coalesce(override_reason, '') AS text FROM hand_outs`,
  },
  { kind: 'job', sql: 'SELECT id, title || char(10) || params AS text FROM jobs' },
];

/**
 * Erases a person: name and contact become a pseudonym, and the words of the events about them go; the chain commits to
 * those by salted digests only, so that it stays whole. What others wrote is named, not rewritten: a person must judge it.
 */
export function forgetAgent(
  context: WriterContext,
  id: number,
  { mentions, dryRun }: { readonly mentions: boolean; readonly dryRun: boolean },
  by: ActingAgent,
): Erasure {
  const { connection } = context;
  const { kind, name } = nameable(context, id);
  const names = namesOf(connection, id, name);
  const own = connection
    .sql<number>(
      `SELECT l.event_seq FROM event_links l JOIN event_details d ON d.event_seq = l.event_seq
       WHERE l.entity = 'agent' AND l.entity_id = ?`,
    )
    .pluck(true)
    .all(id);
  const said = eventsNaming(connection, names).filter((seq) => !own.includes(seq));
  const erased = [...own, ...(mentions ? said : [])];
  const erasure: Erasure = {
    eventsErased: erased.length,
    eventsLeft: mentions ? [] : said,
    namedIn: namedIn(connection, names),
  };
  if (dryRun) return erasure;
  const actor = actorId(connection, by.name);
  const erase = connection.sql('DELETE FROM event_details WHERE event_seq = ?');
  for (const seq of erased) erase.run(seq);
  connection
    .sql(`UPDATE agents SET name = ?, contact = '', forgotten_at = ? WHERE id = ?`)
    .run(freePseudonym(connection, id, kind), Date.now(), id);
  context.events.append({
    type: 'metadata modification',
    outcome: 'success',
    agentId: actor,
    links: [{ kind: 'agent', id }],
    facts: { agent: id, act: 'forgotten', events: erased.length },
    details: { note: `${publicId('agent', id)} was erased: name and contact replaced by a pseudonym` },
  });
  return erasure;
}

/** Every name that it went by, as far as the log still tells. */
function namesOf(connection: Connection, id: number, current: string): string[] {
  const details = connection
    .sql<string>(
      `SELECT d.detail FROM event_links l JOIN event_details d ON d.event_seq = l.event_seq
       WHERE l.entity = 'agent' AND l.entity_id = ?`,
    )
    .pluck(true)
    .all(id)
    .map((text) => JSON.parse(text) as Readonly<Record<string, unknown>>);
  const known = details.flatMap(({ name, from, to }) => [name, from, to]);
  return [...new Set([current, ...known.filter((each) => typeof each === 'string')])];
}

function eventsNaming(connection: Connection, names: readonly string[]): number[] {
  const rows = connection
    .sql<{ seq: number; detail: string }>(
      'SELECT event_seq AS seq, detail FROM event_details ORDER BY event_seq',
    )
    .iterate();
  const found: number[] = [];
  // Parsed, since JSON escapes what a name may hold.
  for (const { seq, detail } of rows)
    if (textsOf(JSON.parse(detail)).some((text) => nameIn(text, names))) found.push(seq);
  return found;
}

function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsOf);
}

function namedIn(connection: Connection, names: readonly string[]): string[] {
  const found = new Set<string>();
  for (const { kind, sql } of TEXTS)
    for (const { id, text } of connection.sql<{ id: number; text: string }>(sql).iterate()) {
      if (found.size === NAMED_IN_SHOWN) return [...found];
      if (nameIn(text, names)) found.add(publicId(kind, id));
    }
  const described = connection
    .sql<{ entity: EntityKind; id: number; text: string }>(
      'SELECT entity, entity_id AS id, value AS text FROM descriptions',
    )
    .iterate();
  for (const { entity, id, text } of described) {
    if (found.size === NAMED_IN_SHOWN) break;
    if (nameIn(text, names)) found.add(publicId(entity, id));
  }
  return [...found];
}

/** As words of their own: "Al" is not in "Altona". */
function nameIn(text: string, names: readonly string[]): boolean {
  return names.some((name) => {
    for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
      const around = `${text.slice(Math.max(0, at - 1), at)} ${text.slice(at + name.length, at + name.length + 1)}`;
      if (!/[\p{L}\p{N}]/u.test(around)) return true;
    }
    return false;
  });
}

/** Nobody may have kept an erasure from happening by taking the pseudonym first. */
function freePseudonym(connection: Connection, id: number, kind: string): string {
  const taken = connection.sql(`SELECT 1 FROM agents WHERE kind = ? AND name = ? AND version = ''`);
  let name = pseudonym(id);
  for (let n = 2; taken.get(kind, name) !== undefined; n++) name = `${pseudonym(id)} (${String(n)})`;
  return name;
}

/**
 * Does something in a transaction of its own whose deleted text must not stay readable in the file: SQLite overwrites what
 * it frees, and the write-ahead log, which still has the old pages, is emptied.
 */
export function erasing<Result>({ connection, transactions }: WriterContext, work: () => Result): Result {
  const before = Number(connection.db.pragma('secure_delete', { simple: true }));
  transactions.commit();
  connection.db.pragma('secure_delete = ON');
  try {
    const result = transactions.single(work);
    connection.db.pragma('wal_checkpoint(TRUNCATE)');
    return result;
  } finally {
    connection.db.pragma(`secure_delete = ${before}`);
  }
}
