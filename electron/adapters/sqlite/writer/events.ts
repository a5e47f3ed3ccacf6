import { createPrivateKey, type KeyObject } from 'node:crypto';
import { publicId } from '../../../../shared/domain/ids.ts';
import type { EventOutcome, EventType } from '../../../../shared/domain/vocabulary.ts';
import { canonicalJson, type Json } from '../../../core/events/canonical-json.ts';
import { commit, eventHash, NO_EVENT, signEvent, type EventBody } from '../../../core/events/chain.ts';
import type { Connection } from '../connection.ts';

/** The private half of a row of signing_keys, as the thread is given it. */
export interface SigningKey {
  readonly id: string;
  /** PKCS #8, PEM. */
  readonly privateKey: string;
}

export interface NewEvent {
  readonly type: EventType;
  readonly outcome: EventOutcome;
  readonly agentId: number;
  readonly actId?: number;
  readonly links: EventBody['links'];
  /** Ids, counts and algorithms only. */
  readonly facts: Json;
  readonly merkle?: EventBody['merkle'];
  /** Names, paths and whatever may have to be erased; `note` is a sentence for people. */
  readonly details?: { readonly note: string; readonly [key: string]: Json };
}

/** Appends to the log, inside the transaction of the caller. */
export class EventLog {
  readonly #connection: Connection;
  #keyId: string;
  #key: KeyObject;

  constructor(connection: Connection, key: SigningKey) {
    this.#connection = connection;
    this.#keyId = key.id;
    this.#key = createPrivateKey(key.privateKey);
  }

  /** Of the key that signs now. */
  get keyId(): string {
    return this.#keyId;
  }

  /** Signs with another key from here on: one that an event, by now committed, has named. */
  signWith(key: SigningKey): void {
    this.#key = createPrivateKey(key.privateKey);
    this.#keyId = key.id;
  }

  /** Returns the number of the event. */
  append(event: NewEvent, at = Date.now()): number {
    const head = this.#connection
      .sql<{ seq: number; hash: Buffer }>('SELECT seq, hash FROM events ORDER BY seq DESC LIMIT 1')
      .get();
    const seq = (head?.seq ?? 0) + 1;
    const committed = event.details && commit(event.details);
    const body = canonicalJson({
      seq,
      id: publicId('event', seq),
      type: event.type,
      at: new Date(at).toISOString(),
      agent: event.agentId,
      outcome: event.outcome,
      links: event.links.map(({ kind, id }) => ({ kind, id })),
      facts: event.facts,
      previous: head?.hash.toString('hex') ?? NO_EVENT,
      ...(event.actId !== undefined && { act: event.actId }),
      ...(event.merkle !== undefined && { merkle: { ...event.merkle } }),
      ...(committed !== undefined && { commitment: committed.commitment }),
    } satisfies EventBody & { readonly [key: string]: Json });
    const hash = eventHash(body);
    this.#connection
      .sql(
        `INSERT INTO events (seq, type, at, agent_id, act_id, outcome, body, hash, signature, key_id)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        seq,
        event.type,
        at,
        event.agentId,
        event.actId ?? null,
        event.outcome,
        body,
        hash,
        signEvent(this.#key, hash),
        this.#keyId,
      );
    const link = this.#connection.sql(
      'INSERT INTO event_links (event_seq, entity, entity_id) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
    );
    for (const { kind, id } of event.links) link.run(seq, kind, id);
    if (committed !== undefined && event.details !== undefined)
      this.#connection
        .sql('INSERT INTO event_details (event_seq, salt, detail) VALUES (?, ?, ?)')
        .run(seq, Buffer.from(committed.salt, 'hex'), canonicalJson(event.details));
    return seq;
  }
}

/**
 * The row of whoever acts: the person or, where nobody is called so, the organization of that name; a name that is new is taken
 * for a person's.
 */
export function actorId(connection: Connection, name: string): number {
  const known = connection
    .sql<{ id: number }>(
      `SELECT id FROM agents WHERE kind IN ('person', 'organization') AND name = ? AND version = '' ORDER BY kind = 'organization'`,
    )
    .get(name);
  return known?.id ?? insertAgent(connection, 'person', name, '');
}

/** The row of this program in a version, made when it is new. */
export function softwareId(connection: Connection, version: string): number {
  const name = 'Holdfast';
  const found = connection
    .sql<{ id: number }>(`SELECT id FROM agents WHERE kind = 'software' AND name = ? AND version = ?`)
    .get(name, version);
  return found?.id ?? insertAgent(connection, 'software', name, version);
}

function insertAgent(
  connection: Connection,
  kind: 'person' | 'software',
  name: string,
  version: string,
): number {
  const { lastInsertRowid } = connection
    .sql('INSERT INTO agents (kind, name, version, created_at) VALUES (?, ?, ?, ?)')
    .run(kind, name, version, Date.now());
  return Number(lastInsertRowid);
}
