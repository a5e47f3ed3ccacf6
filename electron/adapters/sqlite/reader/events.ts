import { createPublicKey, type KeyObject } from 'node:crypto';
import type { EventFilter, LogVerification } from '../../../../shared/contract/events.ts';
import type { EventSummary } from '../../../../shared/contract/holdings.ts';
import { publicId } from '../../../../shared/domain/ids.ts';
import type { Page, PageRequest } from '../../../core/ports/catalogue.ts';
import type { Json } from '../../../core/events/canonical-json.ts';
import { NO_EVENT, opensCommitment, verifyChain, type EventBody } from '../../../core/events/chain.ts';
import { rotationOf } from '../../../core/events/key-change.ts';
import type { Connection, Statement } from '../connection.ts';
import { merkleOfEdit } from '../writer/description-leaves.ts';
import { merkleOfAct } from '../writer/leaves.ts';
import { decodeCursor, pageLimit } from './cursor.ts';
import { eventTest } from './event-filter.ts';
import { pageOf } from './jobs.ts';
import { lodgedHeads } from './proof.ts';
import { json, time } from './rows.ts';

export interface EventRow {
  readonly id: number;
  readonly type: string;
  readonly at: number;
  readonly outcome: EventSummary['outcome'];
  readonly agent: string;
  readonly detail: string | null;
}

export const EVENT = `
  SELECT e.seq AS id, e.type, e.at, e.outcome, a.name AS agent, d.detail
  FROM events e JOIN agents a ON a.id = e.agent_id LEFT JOIN event_details d ON d.event_seq = e.seq`;

/** Newest first. */
export function eventsPage(
  connection: Connection,
  page: PageRequest & { readonly filter?: EventFilter | undefined },
): Page<EventSummary> {
  const limit = pageLimit(page.limit);
  const after = decodeCursor(page.cursor, 'events', ['integer']);
  const { where, values, passes } = eventTest(page.filter ?? {});
  const all = [...(after ? ['e.seq < ?'] : []), ...where];
  const rows = connection
    .sql<EventRow>(`${EVENT} ${all.length === 0 ? '' : `WHERE ${all.join(' AND ')}`} ORDER BY e.seq DESC`)
    .iterate(...(after ?? []), ...values);
  // One more than asked for tells whether there is a next page.
  const found: EventRow[] = [];
  for (const row of rows) {
    if (!passes(noteOf(row))) continue;
    found.push(row);
    if (found.length > limit) break;
  }
  return pageOf(found, limit, 'events', summaryOf);
}

/** The events of these numbers, newest first. */
export function eventsBySeq(connection: Connection, seqs: Iterable<number>): EventSummary[] {
  return connection
    .sql<EventRow>(`${EVENT} WHERE e.seq IN (SELECT value FROM json_each(?)) ORDER BY e.seq DESC`)
    .all(JSON.stringify([...seqs]))
    .map(summaryOf);
}

export function summaryOf(row: EventRow): EventSummary {
  return {
    id: publicId('event', row.id),
    type: row.type,
    at: time(row.at),
    outcome: row.outcome,
    agent: row.agent,
    note: noteOf(row),
  };
}

/** Empty once the words were erased. */
function noteOf({ detail }: EventRow): string {
  const words = json(detail) as { readonly note?: unknown } | undefined;
  return typeof words?.note === 'string' ? words.note : '';
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
    const signers = new Signers(connection);
    for (const row of rowsOfLog(connection)) {
      if (seq === chain.events) break;
      const reason = signers.fault(row) ?? faultBeside(connection, row);
      if (reason !== undefined) return { ok: false, events: seq, head, firstBad: { seq: row.seq, reason } };
      seq++;
      head = row.hash.toString('hex');
    }
    const lodged = lodgedHeads(connection);
    const broken = lodged.filter(({ seq: at, head: hash }) => !hasHead(connection, at, hash));
    const oldest = broken.at(-1);
    const firstBad =
      chain.firstBad ??
      (oldest && {
        seq: oldest.seq,
        reason: 'the head that somebody else holds of it is another one, or it is gone',
      });
    return {
      ok: firstBad === undefined,
      events: chain.events,
      head: chain.head,
      lodged: { heads: lodged.length, broken },
      ...(firstBad !== undefined && { firstBad: { ...firstBad } }),
    };
  })();
}

function hasHead(connection: Connection, seq: number, hash: string): boolean {
  const found = connection.sql<Buffer>('SELECT hash FROM events WHERE seq = ?').pluck(true).get(seq);
  return found?.toString('hex') === hash;
}

/** Walks over changes of the key: each is named by an event of the one before, or by the event of a rebuild, which had lost it. */
class Signers {
  readonly #publicKey: Statement<{ pem: string }>;
  #expected: string | undefined;

  constructor(connection: Connection) {
    this.#publicKey = connection.sql('SELECT public_key AS pem FROM signing_keys WHERE id = ?');
  }

  fault({ keyId, body }: ChainRow): string | undefined {
    const { facts } = JSON.parse(body) as { facts?: { rebuilt?: unknown; key?: { id?: unknown } } };
    const isRebuilt = facts?.rebuilt !== undefined && facts.key?.id === keyId;
    if (this.#expected !== undefined && this.#expected !== keyId && !isRebuilt)
      return 'it is signed by a key that no event before it has named';
    const named = rotationOf(body);
    if (named !== undefined && this.#publicKey.get(named.id)?.pem !== named.publicKey)
      return 'the key that it names is not the one that is kept';
    this.#expected = named?.id ?? keyId;
    return undefined;
  }
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
