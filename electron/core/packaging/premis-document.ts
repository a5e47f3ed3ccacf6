import { oneLine } from '../hand-outs/page.ts';
import type { CatalogueReader } from '../ports/catalogue.ts';
import type { ManifestSelection } from '../ports/manifests.ts';
import type { PremisForm, PremisPlan } from '../ports/premis.ts';
import { PremisRecords, type TellingHow } from './premis-records.ts';
import { inSlices, Utf8Blocks } from './slices.ts';

export interface PremisWish extends TellingHow {
  readonly selection: ManifestSelection;
  /** What it is of, for people. */
  readonly of: string;
  /** Who hands it out. */
  readonly agent: string;
  /** RFC 3339, UTC. */
  readonly at: string;
}

export interface PremisCounts {
  /** Contents; their bytes, each once. */
  files: number;
  bytes: number;
  representations: number;
  /** Items, accessions and collections. */
  entities: number;
  events: number;
  agents: number;
  rights: number;
}

/** One PREMIS document of what is kept. Its memory is bounded by ids (four bytes each) and one slice of what they name. */
export interface PremisDocument {
  readonly plan: PremisPlan;
  /** Up to what was written. */
  readonly counts: PremisCounts;
  /** The document, UTF-8; to be read once. Nothing is written in between: what leaves custody meanwhile is left out. */
  pieces(): AsyncGenerator<Uint8Array>;
}

/**
 * PREMIS 3.0 of what is in sealed custody: files with their digests, formats and copies, representations, items, accessions and
 * collections, the events that concern them, agents and rights with a basis.
 * @param form how PREMIS is written; the host has it
 * @throws HoldfastError BAD_INPUT for a search that cannot be sure of finding all
 */
export async function premisDocument(
  reader: CatalogueReader,
  form: PremisForm,
  wish: PremisWish,
): Promise<PremisDocument> {
  const plan = await reader.premisPlan(wish.selection);
  const counts = { files: 0, bytes: 0, representations: 0, entities: 0, events: 0, agents: 0, rights: 0 };
  return { plan, counts, pieces: () => pieces(reader, form, wish, plan, counts) };
}

async function* pieces(
  reader: CatalogueReader,
  form: PremisForm,
  wish: PremisWish,
  plan: PremisPlan,
  counts: PremisCounts,
): AsyncGenerator<Uint8Array> {
  const archive = await reader.archive();
  const rights = await reader.premisRights(plan.items, plan.accessions, plan.collections);
  const records = new PremisRecords(plan, rights, wish);
  const xml = form(premisScheme(archive.id));
  const out = new Utf8Blocks();
  const who = wish.sensitive ? ` by ${oneLine(wish.agent)}` : '';
  yield* out.add(
    xml.head([
      `PREMIS 3.0 of ${wish.of === '' ? 'everything' : oneLine(wish.of)}, from the archive "${oneLine(archive.name)}" (${archive.id})`,
      `Handed out${who} on ${wish.at}; head of the log: event ${plan.log.events}, ${plan.log.head}`,
    ]),
  );
  for (const kind of ['collection', 'accession', 'item'] as const) {
    const ids = { collection: plan.collections, accession: plan.accessions, item: plan.items }[kind];
    for await (const slice of inSlices(ids, (some) => reader.premisEntities(kind, some))) {
      counts.entities += slice.length;
      for (const entity of slice) yield* out.add(xml.entity(records.entity(entity)));
    }
  }
  for await (const slice of inSlices(plan.representations, (some) => reader.premisRepresentations(some))) {
    counts.representations += slice.length;
    for (const one of slice) yield* out.add(xml.entity(records.representation(one)));
  }
  for await (const slice of inSlices(plan.objects, (some) => reader.premisFiles(some, plan.accessions))) {
    counts.files += slice.length;
    for (const file of slice) {
      counts.bytes += file.size;
      yield* out.add(xml.file(records.file(file)));
    }
  }
  for await (const slice of inSlices(records.events, (some) => reader.premisEvents(some)))
    for (const event of slice)
      for (const record of records.eventRecords(event)) {
        counts.events += 1;
        yield* out.add(xml.event(record));
      }
  const statements = rights.map((statement) => records.rights(statement));
  const agents = await reader.premisAgents(records.agents);
  counts.agents = agents.length + 1;
  yield* out.add(
    xml.agent({
      id: 'archive',
      name: archive.name,
      kind: 'organization',
      notes: [
        `Handed out on ${wish.at}; head of the log of events: event ${plan.log.events}, SHA-256 ${plan.log.head}`,
      ],
    }),
  );
  for (const agent of agents) yield* out.add(xml.agent(records.agent(agent)));
  counts.rights = statements.length;
  for (const statement of statements) yield* out.add(xml.rights(statement));
  yield* out.add(xml.foot);
  yield* out.rest();
}

/** What identifiers are told apart by: ids are unique within an archive, and the archive's own in the world. */
export function premisScheme(archiveId: string): string {
  return `Holdfast archive ${archiveId}`;
}
