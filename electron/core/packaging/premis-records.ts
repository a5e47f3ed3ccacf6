import { countsAsVerified, type AuditOutcome } from '../../../shared/domain/audit-outcome.ts';
import { publicId } from '../../../shared/domain/ids.ts';
import { baseName, displayPath, rawPath, utf8Path, type RawPath } from '../../../shared/domain/path.ts';
import type { EventOutcome } from '../../../shared/domain/vocabulary.ts';
import type {
  AgentRecord,
  EntityRecord,
  EventRecord,
  FileRecord,
  PremisAgent,
  PremisCopy,
  PremisEntity,
  PremisEvent,
  PremisFile,
  PremisPlan,
  PremisRelation,
  PremisRepresentation,
  PremisRights,
  RelationRecord,
  RightsRecord,
  StorageRecord,
} from '../ports/premis.ts';
import { RunOfCheck } from './run-of-check.ts';

/** What every file that an act took into custody went through with it. */
const ON_ACCESSION = ['message digest calculation', 'format identification'] as const;

/** How much of what the catalogue knows is told. */
export interface TellingHow {
  /** Names of people and notes in their own words go with it; otherwise they stay behind. */
  readonly sensitive: boolean;
  /** Of a package: where in it each content stands, by its id. Where the archive keeps it is then not told. */
  readonly placed?: ReadonlyMap<number, readonly string[]>;
  /** Titles, creators, dates and identifiers stay behind. */
  readonly untitled?: boolean;
}

/**
 * What the catalogue knows as the objects, events, agents and rights of one PREMIS document. It remembers which events and agents
 * were named on the way: those must follow.
 */
export class PremisRecords {
  readonly #plan: PremisPlan;
  readonly #how: TellingHow;
  readonly #runs: RunOfCheck;
  readonly #locations: ReadonlyMap<number, { readonly told: string; readonly medium?: string }>;
  readonly #rights = new Map<string, string[]>();
  /** Of each event, the outcomes or kinds of work of it that files were linked to. */
  readonly #named = new Map<number, Set<string>>();
  readonly #agents = new Set<number>();

  constructor(plan: PremisPlan, rights: readonly PremisRights[], how: TellingHow) {
    this.#plan = plan;
    this.#how = how;
    this.#runs = new RunOfCheck(plan);
    this.#locations = new Map(
      plan.locations.map(({ id, name, medium }) => [
        id,
        { told: `path in ${publicId('location', id)} (${name})`, ...(medium !== undefined && { medium }) },
      ]),
    );
    for (const { id, entities } of rights)
      for (const entity of entities) {
        const key = publicId(entity.kind, entity.id);
        this.#rights.set(key, [...(this.#rights.get(key) ?? []), rightsId(id)]);
      }
  }

  /** Events to be written once all objects are, in the order of the log. */
  get events(): Int32Array {
    return Int32Array.from(new Set([...this.#plan.events, ...this.#named.keys()])).sort();
  }

  get agents(): Int32Array {
    return Int32Array.from(this.#agents).sort();
  }

  file(file: PremisFile): FileRecord {
    const [first] = file.copies;
    const parts = file.parts.filter(({ representationId }) =>
      has(this.#plan.representations, representationId),
    );
    return {
      id: publicId('object', file.id),
      identifiers: [],
      properties: [
        ...file.technical,
        ...file.essences.map(([rule, value]) => [`digest of the essence by ${rule}`, value] as const),
        ...(this.#how.untitled === true ? [] : file.identifiers),
      ],
      fixity: file.digests,
      size: file.size,
      format: file.format,
      ...(file.protection !== undefined && { inhibitor: `rights management: ${file.protection}` }),
      ...(first !== undefined && { originalName: displayPath(baseName(bytesOf(first.path))) }),
      storage: this.#storageOf(file),
      relations: [
        ...parts.map(({ representationId, position }) =>
          partOf(representationName(representationId), Math.max(0, position)),
        ),
        // What no item was made of belongs to what took it into custody.
        ...(parts.length > 0
          ? []
          : [...new Set(file.copies.map(({ accessionId }) => accessionId))].map((id) =>
              partOf(publicId('accession', id)),
            )),
        ...this.#relations(file.relations),
      ],
      events: this.#eventsOf(file.copies),
      rights: [],
    };
  }

  representation({ id, itemId, role }: PremisRepresentation): EntityRecord {
    return {
      kind: 'representation',
      id: representationName(id),
      identifiers: [],
      properties: [['role', role]],
      relations: [{ type: 'structural', subType: 'represents', to: publicId('item', itemId) }],
      events: [],
      rights: [],
    };
  }

  entity({
    kind,
    id,
    name,
    title,
    creator,
    date,
    within,
    identifiers,
    relations,
  }: PremisEntity): EntityRecord {
    const key = publicId(kind, id);
    const above = kind === 'item' ? 'accession' : 'collection';
    const isTitled = this.#how.untitled !== true;
    const told = isTitled ? identifiers : [];
    return {
      kind: 'intellectualEntity',
      id: key,
      // The number of an accession stands in the package itself; the name of a collection is a title.
      identifiers:
        name === '' || (!isTitled && kind !== 'accession') ? told : [[`${kind} number`, name], ...told],
      properties: [
        ['kind', kind],
        ...(isTitled ? [['title', title] as const] : []),
        ...(creator === undefined || !isTitled ? [] : [['creator', creator] as const]),
        ...(date === undefined || !isTitled ? [] : [['date', date] as const]),
      ],
      relations: [
        ...(within === undefined ? [] : [partOf(publicId(above, within))]),
        ...this.#relations(relations),
      ],
      events: [],
      rights: this.#rights.get(key) ?? [],
    };
  }

  /** The event as it stands in the log, and what of it concerns files one by one: an event for each outcome, or each kind of work. */
  eventRecords(event: PremisEvent): EventRecord[] {
    this.#agents.add(event.agentId);
    const id = publicId('event', event.seq);
    const at = new Date(event.at).toISOString();
    const agents = [{ id: publicId('agent', event.agentId), role: 'implementer' }];
    const whole: EventRecord = {
      id,
      type: event.type,
      at,
      details: this.#how.sensitive && event.note !== undefined ? [event.note, event.facts] : [event.facts],
      outcome: event.outcome,
      agents,
      objects: event.objects
        .filter((each) => this.#holds(each.kind, each.id))
        .map((each) => publicId(each.kind, each.id)),
    };
    const derived = [...(this.#named.get(event.seq) ?? [])].sort().map((what): EventRecord => {
      const isWork = ON_ACCESSION.find((type) => type === what);
      return {
        id: derivedId(event.seq, what),
        type: isWork ?? event.type,
        at,
        details: [`part of ${id}`],
        outcome: isWork === undefined ? outcomeOf(what) : 'success',
        ...(isWork === undefined && { outcomeNote: what.replaceAll('_', ' ') }),
        agents,
        objects: [],
      };
    });
    return [whole, ...derived];
  }

  agent({ id, kind, name, version }: PremisAgent): AgentRecord {
    const isWithheld = kind === 'person' && !this.#how.sensitive;
    return {
      id: publicId('agent', id),
      ...(!isWithheld && name !== '' && { name }),
      kind,
      ...(version !== '' && { version }),
      notes: isWithheld ? ['The archive knows this person by name, and keeps the name to itself.'] : [],
    };
  }

  rights({ id, basis, note, agentId, entities }: PremisRights): RightsRecord {
    this.#agents.add(agentId);
    return {
      id: rightsId(id),
      basis,
      notes: this.#how.sensitive && note !== '' ? [note] : [],
      objects: entities.map((entity) => publicId(entity.kind, entity.id)),
      agents: [{ id: publicId('agent', agentId), role: 'recorded by' }],
    };
  }

  #storageOf({ id, copies }: PremisFile): StorageRecord[] {
    const { placed } = this.#how;
    if (placed !== undefined)
      return (placed.get(id) ?? []).map((path) => ({
        location: 'path in this package',
        path: displayPath(utf8Path(path)),
        raw: Buffer.from(path).toString('latin1'),
      }));
    return copies.map(({ locationId, path }) => {
      const { told, medium } = this.#locations.get(locationId) ?? { told: publicId('location', locationId) };
      return {
        location: told,
        path: displayPath(bytesOf(path)),
        raw: path,
        ...(medium !== undefined && { medium }),
      };
    });
  }

  #eventsOf(copies: readonly PremisCopy[]): string[] {
    const ids = new Set<string>();
    const name = (event: number, what: string): void => {
      const named = this.#named.get(event);
      if (named === undefined) this.#named.set(event, new Set([what]));
      else named.add(what);
      ids.add(derivedId(event, what));
    };
    for (const { takenBy, locationId, checkedAt, outcome, findings } of copies) {
      if (takenBy !== undefined) for (const work of ON_ACCESSION) name(takenBy, work);
      for (const finding of findings) name(finding.event, finding.outcome);
      if (checkedAt === undefined || outcome === 'not_checked') continue;
      const run = this.#runs.eventOf(locationId, checkedAt);
      if (run !== undefined) name(run, outcome);
    }
    return [...ids];
  }

  /** Of two things of this document: what it does not hold it does not point at. */
  #relations(relations: readonly PremisRelation[]): RelationRecord[] {
    return relations
      .filter(({ kind, id }) => this.#holds(kind, id))
      .map(({ predicate, kind, id }) => ({ ...RELATIONS[predicate], to: publicId(kind, id) }));
  }

  #holds(kind: PremisEvent['objects'][number]['kind'], id: number): boolean {
    const { objects, items, accessions, collections } = this.#plan;
    return has({ object: objects, item: items, accession: accessions, collection: collections }[kind], id);
  }
}

const RELATIONS: Readonly<Record<PremisRelation['predicate'], Pick<RelationRecord, 'type' | 'subType'>>> = {
  'part of': { type: 'structural', subType: 'is part of' },
  'derived from': { type: 'derivation', subType: 'has source' },
  documents: { type: 'documentation', subType: 'documents' },
  'same essence': { type: 'logical', subType: 'same essence' },
};

function partOf(to: string, sequence?: number): RelationRecord {
  return { type: 'structural', subType: 'is part of', to, ...(sequence !== undefined && { sequence }) };
}

/** What a check found, in the words of the Library of Congress. */
function outcomeOf(word: string): EventOutcome {
  if (countsAsVerified(word as AuditOutcome)) return 'success';
  return word === 'tags_changed' || word === 'moved' ? 'warning' : 'fail';
}

function derivedId(event: number, what: string): string {
  return `${publicId('event', event)}-${what.replaceAll(/[ _]/g, '-')}`;
}

/** Representations have no id that people see elsewhere. */
export function representationName(id: number): string {
  return `representation-${String(id)}`;
}

function rightsId(id: number): string {
  return `rights-${String(id)}`;
}

function bytesOf(path: string): RawPath {
  return rawPath(Buffer.from(path, 'latin1'));
}

/** Whether a list in ascending order has it. */
function has(ids: Int32Array, id: number): boolean {
  let [low, high] = [0, ids.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ids[middle] ?? 0) < id) low = middle + 1;
    else high = middle;
  }
  return ids[low] === id;
}
