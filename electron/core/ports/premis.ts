/** Preservation metadata that is handed out: what the catalogue knows, and how a document says it (PREMIS 3.0). */
import type { EventOutcome, EventType } from '../../../shared/domain/vocabulary.ts';
import type { ManifestSelection } from './manifests.ts';

/** What a document is of, as it stood at one moment; ids in ascending order. */
export interface PremisPlan {
  /** Contents of which a replica is in custody. */
  readonly objects: Int32Array;
  readonly representations: Int32Array;
  readonly items: Int32Array;
  readonly accessions: Int32Array;
  /** Those of the accessions, with those above them. */
  readonly collections: Int32Array;
  /** Of the log: what concerns these things; of everything, all. */
  readonly events: Int32Array;
  readonly locations: readonly PremisLocation[];
  /** Runs that read or looked, with the event that closed each. Times in milliseconds since 1970. */
  readonly runs: readonly {
    readonly event: number;
    readonly openedAt: number;
    readonly closedAt: number;
    /** Absent: all locations. */
    readonly locationId?: number;
  }[];
  readonly log: { readonly events: number; readonly head: string };
}

export interface PremisLocation {
  readonly id: number;
  readonly name: string;
  readonly medium?: string;
}

/** A relation that somebody recorded, from the thing that it is listed with. */
export interface PremisRelation {
  readonly predicate: 'part of' | 'derived from' | 'documents' | 'same essence';
  readonly kind: 'item' | 'object';
  readonly id: number;
}

/** One copy; its path is relative to the root of its location, a character a byte. */
export interface PremisCopy {
  readonly accessionId: number;
  /** By which custody of it was taken. */
  readonly takenBy?: number;
  readonly locationId: number;
  readonly path: string;
  readonly outcome: string;
  /** Milliseconds since 1970. */
  readonly checkedAt?: number;
  /** What runs found of it, with the event that closed the run. */
  readonly findings: readonly { readonly event: number; readonly outcome: string }[];
}

export interface PremisFile {
  readonly id: number;
  readonly size: number;
  /** Lower-case hex by algorithm, SHA-256 first. */
  readonly digests: readonly (readonly [algorithm: string, value: string])[];
  readonly format: { readonly name: string; readonly mime: string; readonly puid: string };
  /** What is known of the sound, by name; times in milliseconds, rates in Hz and bit/s. */
  readonly technical: readonly (readonly [name: string, value: string])[];
  readonly essences: readonly (readonly [definition: string, value: string])[];
  readonly identifiers: readonly (readonly [scheme: string, value: string])[];
  /** The rights management system that it is encrypted by. */
  readonly protection?: string;
  /** In the order in which they were taken into custody. */
  readonly copies: readonly PremisCopy[];
  readonly parts: readonly { readonly representationId: number; readonly position: number }[];
  readonly relations: readonly PremisRelation[];
}

export interface PremisRepresentation {
  readonly id: number;
  readonly itemId: number;
  readonly role: string;
}

/** An item, an accession or a collection: what a person would ask for. */
export interface PremisEntity {
  readonly kind: 'item' | 'accession' | 'collection';
  readonly id: number;
  /** Its name or, of an accession, its number. */
  readonly name: string;
  readonly title: string;
  readonly creator?: string;
  readonly date?: string;
  readonly identifiers: readonly (readonly [scheme: string, value: string])[];
  /** The accession of an item, the collection of an accession, the collection above a collection. */
  readonly within?: number;
  readonly relations: readonly PremisRelation[];
}

export interface PremisEvent {
  readonly seq: number;
  readonly type: EventType;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly outcome: EventOutcome;
  readonly agentId: number;
  /** Ids, counts and algorithms, as JSON: what the log is signed over. */
  readonly facts: string;
  /** A sentence for people, that may name them; absent once it was erased. */
  readonly note?: string;
  readonly objects: readonly {
    readonly kind: 'item' | 'accession' | 'collection' | 'object';
    readonly id: number;
  }[];
}

export interface PremisAgent {
  readonly id: number;
  readonly kind: string;
  readonly name: string;
  readonly version: string;
}

export interface PremisRights {
  readonly id: number;
  readonly basis: 'copyright' | 'license' | 'statute' | 'other';
  readonly note: string;
  readonly agentId: number;
  readonly entities: readonly { readonly kind: PremisEntity['kind']; readonly id: number }[];
}

export interface PremisReader {
  /**
   * Of what is in sealed custody, and nothing else.
   * @throws HoldfastError BAD_INPUT for a search that cannot be sure of finding all
   */
  premisPlan(selection: ManifestSelection): Promise<PremisPlan>;
  /** In their order, as all that follow; what has left custody since is left out. @param accessions whose copies are told */
  premisFiles(objects: Int32Array, accessions: Int32Array): Promise<PremisFile[]>;
  premisRepresentations(ids: Int32Array): Promise<PremisRepresentation[]>;
  premisEntities(kind: PremisEntity['kind'], ids: Int32Array): Promise<PremisEntity[]>;
  premisEvents(seqs: Int32Array): Promise<PremisEvent[]>;
  premisAgents(ids: Int32Array): Promise<PremisAgent[]>;
  /** Statements with a basis: where none was documented there is nothing to state. */
  premisRights(items: Int32Array, accessions: Int32Array, collections: Int32Array): Promise<PremisRights[]>;
}

/** Text that is known to hold nothing that XML forbids, such as a path made safe to show. */
export interface StorageRecord {
  readonly location: string;
  readonly path: string;
  /** The path as it is, a character a byte. */
  readonly raw: string;
  readonly medium?: string;
}

export interface RelationRecord {
  readonly type: 'structural' | 'derivation' | 'logical' | 'documentation';
  readonly subType: string;
  readonly to: string;
  readonly sequence?: number;
}

interface ObjectRecord {
  readonly id: string;
  readonly identifiers: readonly (readonly [type: string, value: string])[];
  /** Significant properties, by name. */
  readonly properties: readonly (readonly [type: string, value: string])[];
  readonly originalName?: string;
  readonly relations: readonly RelationRecord[];
  readonly events: readonly string[];
  readonly rights: readonly string[];
}

export interface FileRecord extends ObjectRecord {
  readonly fixity: readonly (readonly [algorithm: string, value: string])[];
  /** Bytes. */
  readonly size: number;
  readonly format: { readonly name: string; readonly mime: string; readonly puid: string };
  readonly inhibitor?: string;
  readonly storage: readonly StorageRecord[];
}

export interface EntityRecord extends ObjectRecord {
  readonly kind: 'intellectualEntity' | 'representation';
}

export interface EventRecord {
  readonly id: string;
  readonly type: EventType;
  /** RFC 3339, UTC. */
  readonly at: string;
  readonly details: readonly string[];
  readonly outcome: EventOutcome;
  /** Holdfast's own word, where there is one. */
  readonly outcomeNote?: string;
  readonly agents: readonly { readonly id: string; readonly role: string }[];
  readonly objects: readonly string[];
}

export interface AgentRecord {
  readonly id: string;
  readonly name?: string;
  readonly kind: string;
  readonly version?: string;
  readonly notes: readonly string[];
}

export interface RightsRecord {
  readonly id: string;
  readonly basis: PremisRights['basis'];
  readonly notes: readonly string[];
  readonly objects: readonly string[];
  readonly agents: readonly { readonly id: string; readonly role: string }[];
}

/** How PREMIS is written: one element at a time, whole, in the order of the schema: objects, events, agents, rights. */
export interface PremisForm {
  /** @param scheme what identifiers of this document are told apart by from those of others */
  (scheme: string): {
    /** Everything before the first object. @param comment lines for people */
    readonly head: (comment: readonly string[]) => string;
    readonly foot: string;
    file(record: FileRecord): string;
    entity(record: EntityRecord): string;
    event(record: EventRecord): string;
    agent(record: AgentRecord): string;
    rights(record: RightsRecord): string;
  };
}
