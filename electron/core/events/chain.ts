/**
 * The log's chain. Each event holds the hash of the one before it and is signed, so that nothing in the log can be changed,
 * dropped or inserted without breaking it from there on. What a chain cannot show is that its end was cut off: that needs
 * a head lodged with somebody else.
 */
import { hash as digest, randomBytes, sign, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { EventOutcome, EventType } from '../../../shared/domain/vocabulary.ts';
import { canonicalJson } from './canonical-json.ts';
import type { Json } from './canonical-json.ts';

/** What is hashed and signed of an event: ids and commitments only, so that names and paths can lawfully be erased. */
export interface EventBody {
  /** From 1, without gaps. */
  readonly seq: number;
  readonly id: string;
  readonly type: EventType;
  /** RFC 3339, UTC. */
  readonly at: string;
  readonly agent: number;
  /** The act that this event closes, where it closes one. */
  readonly act?: string | number;
  readonly outcome: EventOutcome;
  readonly links: readonly { readonly kind: string; readonly id: number }[];
  readonly facts: Json;
  /** Hex; what `commit` gave for the details that stand in tables of their own. */
  readonly commitment?: string;
  /** Over the per-file outcomes of the act; `root` in hex. */
  readonly merkle?: { readonly root: string; readonly leaves: number };
  /** Hash of the event before this one, hex; `NO_EVENT` for the first. */
  readonly previous: string;
}

/** An event as it is kept: its canonical text, and what proves it. */
export interface SealedEvent {
  readonly body: string;
  readonly hash: Uint8Array;
  readonly signature: Uint8Array;
  readonly keyId: string;
}

/** Where a walk of the chain begins: after the event with this hash, before the event with this number. */
export interface ChainStart {
  readonly seq: number;
  /** Hex. */
  readonly previous: string;
}

export type ChainFault =
  | 'not canonical JSON'
  | 'hash does not match'
  | 'sequence is broken'
  | 'does not follow the event before'
  | 'unknown key'
  | 'signature does not match';

export interface ChainReport {
  /** Events found good, up to the first bad one. */
  readonly events: number;
  /** Hash of the last good event, hex. */
  readonly head: string;
  readonly ok: boolean;
  /** `seq` is the number that stood, or should have stood, at that place. */
  readonly firstBad?: { readonly seq: number; readonly reason: ChainFault };
}

/** Stands for the hash before the first event. */
export const NO_EVENT = '0'.repeat(64);

// Keeps the hash of an event from ever being the hash of anything else that is signed with the same key.
const DOMAIN = 'holdfast-event-1\n';

/** SHA-256 of an event's canonical text (`canonicalJson` of an `EventBody`), 32 bytes. */
export function eventHash(bodyCanonical: string): Buffer {
  return Buffer.from(digest('sha256', DOMAIN + bodyCanonical, 'binary'), 'binary');
}

/** Ed25519 signature (RFC 8032, pure) over an event's hash, 64 bytes. */
export function signEvent(privateKey: KeyObject, hash: Uint8Array): Buffer {
  return sign(null, hash, privateKey);
}

/**
 * Walks events in order and recomputes everything: canonical form, hash, number, link, signature. Stops at the first that
 * fails: what stands after a break proves nothing. One event at a time, so any length fits in memory.
 * @param keys public keys by id, retired ones too.
 */
export function verifyChain(
  events: Iterable<SealedEvent>,
  keys: ReadonlyMap<string, KeyObject>,
  start: ChainStart = { seq: 1, previous: NO_EVENT },
): ChainReport {
  let head = start.previous;
  let count = 0;
  for (const event of events) {
    const seq = start.seq + count;
    const reason = faultOf(event, seq, head, keys);
    if (reason !== undefined) return { events: count, head, ok: false, firstBad: { seq, reason } };
    head = Buffer.from(event.hash).toString('hex');
    count++;
  }
  return { events: count, head, ok: true };
}

/**
 * Commits to details without holding them: SHA-256 of a random 32-byte salt and their canonical JSON, both in hex. Salt and
 * details are kept in an erasable table; once they are erased, the commitment says nothing, not even to one who guesses.
 */
export function commit(details: Json): { salt: string; commitment: string } {
  const salt = randomBytes(32);
  return { salt: salt.toString('hex'), commitment: commitmentOf(details, salt) };
}

/** Whether kept details are the ones that were committed to. */
export function opensCommitment(details: Json, salt: string, commitment: string): boolean {
  return commitmentOf(details, Buffer.from(salt, 'hex')) === commitment;
}

function commitmentOf(details: Json, salt: Buffer): string {
  return digest('sha256', Buffer.concat([salt, Buffer.from(canonicalJson(details))]), 'hex');
}

function faultOf(
  event: SealedEvent,
  seq: number,
  previous: string,
  keys: ReadonlyMap<string, KeyObject>,
): ChainFault | undefined {
  const hash = eventHash(event.body);
  if (!hash.equals(event.hash)) return 'hash does not match';
  const body = parseCanonical(event.body);
  if (body === undefined) return 'not canonical JSON';
  if (body['seq'] !== seq) return 'sequence is broken';
  if (body['previous'] !== previous) return 'does not follow the event before';
  const key = keys.get(event.keyId);
  if (key === undefined) return 'unknown key';
  return verify(null, hash, key, event.signature) ? undefined : 'signature does not match';
}

/** Undefined for a text that is no canonical object: another spelling of the same event would be a second event. */
function parseCanonical(text: string): Readonly<Record<string, Json>> | undefined {
  try {
    if (!text.startsWith('{')) return undefined;
    const value = JSON.parse(text) as Readonly<Record<string, Json>>;
    return canonicalJson(value) === text ? value : undefined;
  } catch {
    return undefined;
  }
}
