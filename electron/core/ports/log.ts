import type { ArchivePolicy } from '../../../shared/contract/archive.ts';
import type { EventDetail, EventFilter } from '../../../shared/contract/events.ts';
import type { InclusionProof, LodgedHead } from '../../../shared/contract/proofs.ts';
import type { ActingAgent } from './common.ts';

/** An event with everything that proves it, for whoever checks the log elsewhere. */
export interface ProvenEvent extends EventDetail {
  /** What was hashed and signed, word for word. */
  readonly body: string;
  /** Ed25519, lower-case hex. */
  readonly signature: string;
  readonly keyId: string;
}

export interface LogReader {
  event(seq: number): Promise<EventDetail | undefined>;
  /** Of the newest outcome of a replica that an event commits to; undefined where there is none. */
  proofOf(replicaId: number, withNames: boolean): Promise<InclusionProof | undefined>;
  /** Heads of the log that others hold, newest first. */
  lodgedHeads(): Promise<LodgedHead[]>;
  /** Events after this one that pass, in the order of the log; none at its end. */
  provenEvents(filter: EventFilter, after: number, limit: number): Promise<ProvenEvent[]>;
}

/** A key that is to sign the log, both halves in PEM. */
export interface NewKey {
  readonly id: string;
  readonly publicKey: string;
  readonly privateKey: string;
}

export interface LogWriter {
  /** Enters that somebody holds a head of the log: that of the event `seq`, or the newest. */
  lodgeHead(holder: string, how: string, seq?: number): Promise<LodgedHead>;
  /** Names the next key by an event of the one that signs now, then signs with it. Returns the id of the former one. */
  rotateKey(key: NewKey, reason: string | undefined, agent: ActingAgent): Promise<string>;
}

export interface PolicyWriter {
  /** Assigns the policy as a whole, with its event. */
  assignPolicy(policy: ArchivePolicy, agent: ActingAgent): Promise<void>;
}
