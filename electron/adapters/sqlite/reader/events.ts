import { createPublicKey, type KeyObject } from 'node:crypto';
import type { LogVerification } from '../../../../shared/contract/events.ts';
import type { EventSummary } from '../../../../shared/contract/holdings.ts';
import { publicId } from '../../../../shared/domain/ids.ts';
import type { Page, PageRequest } from '../../../core/ports/catalogue.ts';
import type { Json } from '../../../core/events/canonical-json.ts';
import { NO_EVENT, opensCommitment, verifyChain, type EventBody } from '../../../core/events/chain.ts';
import type { Connection } from '../connection.ts';
import { merkleOfEdit } from '../writer/description-leaves.ts';
import { merkleOfAct } from '../writer/leaves.ts';
import { decodeCursor, pageLimit } from './cursor.ts';
import { pageOf } from './jobs.ts';
import { json, time } from './rows.ts';

interface EventRow {
  readonly id: number;
  readonly type: string;
  readonly at: number;
  readonly outcome: EventSummary['outcome'];
  readonly agent: string;
  readonly detail: string | null;
}

const EVENT = `
  SELECT e.seq AS id, e.type, e.at, e.outcome, a.name AS agent, d.detail
  FROM events e JOIN agents a ON a.id = e.agent_id LEFT JOIN event_details d ON d.event_seq = e.seq`;

/** Newest first. */
export function eventsPage(connection: Connection, page: PageRequest): Page<EventSummary> {
  const limit = pageLimit(page.limit);
  const after = decodeCursor(page.cursor, 'events', ['integer']);
  const found = connection
    .sql<EventRow>(`${EVENT} ${after ? 'WHERE e.seq < ?' : ''} ORDER BY e.seq DESC LIMIT ?`)
    .all(...(after ?? []), limit + 1);
  return pageOf(found, limit, 'events', summaryOf);
}

/** The events of these numbers, newest first. */
export function eventsBySeq(connection: Connection, seqs: Iterable<number>): EventSummary[] {
  return connection
    .sql<EventRow>(`${EVENT} WHERE e.seq IN (SELECT value FROM json_each(?)) ORDER BY e.seq DESC`)
    .all(JSON.stringify([...seqs]))
    .map(summaryOf);
}

function summaryOf(row: EventRow): EventSummary {
  const detail = json(row.detail) as { readonly note?: unknown } | undefined;
  return {
    id: publicId('event', row.id),
    type: row.type,
    at: time(row.at),
    outcome: row.outcome,
    agent: row.agent,
    // Empty once the words were erased.
    note: typeof detail?.note === 'string' ? detail.note : '',
  };
}

interface ChainRow {
  readonly seq: number;
  readonly type: string;
  readonly at: number;
  readonly agent_id: number;
  readonly act_id: number | null;
  readonly outcome: string;
  readonly body: string;
  readonly hash: Buffer;
  readonly signature: Buffer;
  readonly keyId: string;
  readonly salt: Buffer | null;
  readonly detail: string | null;
}

/**
 * Walks the whole log. Of each event: canonical form, hash, number, link to the one before, signature; then what stands
 * beside it: the columns and links that lists are made from, the words (unless they were erased), and the Merkle root over
 * the outcomes of its act, made anew. Stops at the first that does not hold. That the newest events were cut off cannot be
 * seen here: only against a head that somebody else keeps. Seconds for acts of a million files.
 */
export function verifyLog(connection: Connection): LogVerification {
  return connection.db.transaction((): LogVerification => {
    const chain = verifyChain(rowsOfLog(connection), publicKeys(connection));
    let seq = 0;
    let head = NO_EVENT;
    for (const row of rowsOfLog(connection)) {
      if (seq === chain.events) break;
      const reason = faultBeside(connection, row);
      if (reason !== undefined) return { ok: false, events: seq, head, firstBad: { seq: row.seq, reason } };
      seq++;
      head = row.hash.toString('hex');
    }
    return {
      ok: chain.ok,
      events: chain.events,
      head: chain.head,
      ...(chain.firstBad !== undefined && { firstBad: { ...chain.firstBad } }),
    };
  })();
}

/** In order, a thousand at a time: a log of any length fits in memory. */
function* rowsOfLog(connection: Connection): Generator<ChainRow> {
  const next = connection.sql<ChainRow>(
    `SELECT e.seq, e.type, e.at, e.agent_id, e.act_id, e.outcome, e.body, e.hash, e.signature, e.key_id AS keyId, d.salt,
       d.detail
     FROM events e LEFT JOIN event_details d ON d.event_seq = e.seq WHERE e.seq > ? ORDER BY e.seq LIMIT 1000`,
  );
  let last: number | undefined = Number.MIN_SAFE_INTEGER;
  while (last !== undefined) {
    const rows = next.all(last);
    yield* rows;
    last = rows.at(-1)?.seq;
  }
}

/** A key that cannot be read is a key that is not known: its events then say so. */
function publicKeys(connection: Connection): Map<string, KeyObject> {
  const keys = new Map<string, KeyObject>();
  const rows = connection
    .sql<{ id: string; pem: string }>('SELECT id, public_key AS pem FROM signing_keys')
    .all();
  for (const { id, pem } of rows)
    try {
      keys.set(id, createPublicKey(pem));
    } catch {
      continue;
    }
  return keys;
}

/** What does not agree with an event that itself holds; its body is known to be canonical. */
function faultBeside(connection: Connection, row: ChainRow): string | undefined {
  const body = JSON.parse(row.body) as EventBody;
  const same =
    body.type === row.type &&
    body.outcome === row.outcome &&
    body.agent === row.agent_id &&
    (body.act ?? null) === row.act_id &&
    Date.parse(body.at) === row.at;
  if (!same) return 'the row beside the signed event says something else';
  const links = connection
    .sql<string>(`SELECT entity || '-' || entity_id FROM event_links WHERE event_seq = ?`)
    .pluck(true)
    .all(row.seq);
  const signed = new Set(body.links.map(({ kind, id }) => `${kind}-${id}`));
  if (links.length !== signed.size || !links.every((link) => signed.has(link)))
    return 'its links are not the ones that were signed';
  if (row.detail !== null && row.salt !== null) {
    const details = json(row.detail) as Json | undefined;
    const opens =
      body.commitment !== undefined &&
      details !== undefined &&
      opensCommitment(details, row.salt.toString('hex'), body.commitment);
    if (!opens) return 'its details are not the ones that it commits to';
  }
  if (body.merkle === undefined) return undefined;
  const made = row.act_id === null ? merkleOfEdit(connection, row.seq) : merkleOfAct(connection, row.act_id);
  if (made === undefined) return 'it commits to outcomes of no act';
  if (made.root !== body.merkle.root || made.leaves !== body.merkle.leaves)
    return 'the outcomes of its act are not the ones that it commits to';
  return undefined;
}
