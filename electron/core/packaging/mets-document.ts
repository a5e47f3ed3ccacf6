import { oneLine } from '../hand-outs/page.ts';
import type { CatalogueReader } from '../ports/catalogue.ts';
import type { MetsForm, MetsItem } from '../ports/mets.ts';
import { dublinCoreOf } from './described-records.ts';
import { premisScheme, type PremisCounts, type PremisDocument, type PremisWish } from './premis-document.ts';
import { PremisRecords, representationName } from './premis-records.ts';
import { publicId } from '../../../shared/domain/ids.ts';
import { inSlices, Utf8Blocks } from './slices.ts';

/** One item's files are known only once all of them were read: so many are kept for the structural map at most. */
export const MOST_FILES = 100_000;

/**
 * METS 1.12 of what is in sealed custody: Dublin Core of items, PREMIS of everything, files with digest and size, and how items are
 * made of them. For packages and collections of up to `MOST_FILES` contents: the map at its end is held in memory.
 * @throws HoldfastError BAD_INPUT for a search that cannot be sure of finding all
 */
export async function metsDocument(
  reader: CatalogueReader,
  form: MetsForm,
  wish: PremisWish,
): Promise<PremisDocument> {
  const plan = await reader.premisPlan(wish.selection);
  const counts = { files: 0, bytes: 0, representations: 0, entities: 0, events: 0, agents: 0, rights: 0 };
  return { plan, counts, pieces: () => pieces(reader, form, wish, plan, counts) };
}

async function* pieces(
  reader: CatalogueReader,
  form: MetsForm,
  wish: PremisWish,
  plan: PremisDocument['plan'],
  counts: PremisCounts,
): AsyncGenerator<Uint8Array> {
  const archive = await reader.archive();
  const rights = await reader.premisRights(plan.items, plan.accessions, plan.collections);
  const records = new PremisRecords(plan, rights, wish);
  const mets = form(premisScheme(archive.id));
  const map = new StructuralMap();
  const out = new Utf8Blocks();
  const of = wish.of === '' ? 'everything' : oneLine(wish.of);
  const who = wish.sensitive ? ` by ${oneLine(wish.agent)}` : '';
  yield* out.add(
    mets.head({
      objectId: `urn:uuid:${archive.id}`,
      label: `${of}, from the archive "${archive.name}"`,
      archive: archive.name,
      at: wish.at,
      comment: [
        `METS 1.12 of ${of}, from the archive "${oneLine(archive.name)}" (${archive.id})`,
        `Handed out${who} on ${wish.at}; head of the log: event ${plan.log.events}, ${plan.log.head}`,
      ],
    }),
  );
  for await (const slice of inSlices(plan.items, (ids) => reader.describedItems(ids)))
    for (const item of slice)
      yield* out.add(mets.description(publicId('item', item.id), dublinCoreOf(item, archive)));
  yield* out.add(mets.administration);
  for (const kind of ['collection', 'accession', 'item'] as const) {
    const ids = { collection: plan.collections, accession: plan.accessions, item: plan.items }[kind];
    for await (const slice of inSlices(ids, (some) => reader.premisEntities(kind, some))) {
      counts.entities += slice.length;
      for (const entity of slice) {
        if (kind === 'item') map.item(entity.id, entity.title);
        yield* out.add(mets.entity(records.entity(entity)));
      }
    }
  }
  for await (const slice of inSlices(plan.representations, (some) => reader.premisRepresentations(some))) {
    counts.representations += slice.length;
    for (const one of slice) {
      map.representation(one.id, one.itemId, one.role);
      yield* out.add(mets.entity(records.representation(one)));
    }
  }
  for await (const slice of inSlices(plan.objects, (some) => reader.premisFiles(some, plan.accessions))) {
    counts.files += slice.length;
    for (const file of slice) {
      counts.bytes += file.size;
      map.file(file.id, file.parts);
      yield* out.add(mets.file(records.file(file)));
    }
  }
  counts.rights = rights.length;
  for (const statement of rights) yield* out.add(mets.rights(records.rights(statement)));
  for await (const slice of inSlices(records.events, (some) => reader.premisEvents(some)))
    for (const event of slice)
      for (const record of records.eventRecords(event)) {
        counts.events += 1;
        yield* out.add(mets.event(record));
      }
  const agents = await reader.premisAgents(records.agents);
  counts.agents = agents.length;
  for (const agent of agents) yield* out.add(mets.agent(records.agent(agent)));
  yield* out.add(mets.files);
  for await (const slice of inSlices(plan.objects, (some) => reader.premisFiles(some, plan.accessions)))
    for (const file of slice) if (map.has(file.id)) yield* out.add(mets.fileEntry(records.file(file)));
  yield* out.add(mets.structure);
  for (const item of map.items()) yield* out.add(mets.item(item));
  yield* out.add(mets.loose(map.loose));
  yield* out.add(mets.foot);
  yield* out.rest();
}

/** What items are made of, as it is told file by file. */
class StructuralMap {
  readonly loose: string[] = [];
  readonly #titles = new Map<number, string>();
  readonly #ofItem = new Map<number, number[]>();
  readonly #roles = new Map<number, string>();
  readonly #files = new Map<number, { readonly id: number; readonly position: number }[]>();
  readonly #seen = new Set<number>();

  item(id: number, title: string): void {
    this.#titles.set(id, title);
  }

  representation(id: number, itemId: number, role: string): void {
    this.#roles.set(id, role);
    this.#ofItem.set(itemId, [...(this.#ofItem.get(itemId) ?? []), id]);
  }

  file(id: number, parts: readonly { readonly representationId: number; readonly position: number }[]): void {
    this.#seen.add(id);
    const among = parts.filter(({ representationId }) => this.#roles.has(representationId));
    for (const { representationId, position } of among) {
      const files = this.#files.get(representationId) ?? [];
      files.push({ id, position });
      this.#files.set(representationId, files);
    }
    if (among.length === 0) this.loose.push(publicId('object', id));
  }

  /** Told before: what left custody while the document was written has no entry, and what came has none either. */
  has(id: number): boolean {
    return this.#seen.has(id);
  }

  *items(): Generator<MetsItem> {
    for (const [id, title] of this.#titles)
      yield {
        id: publicId('item', id),
        title,
        parts: (this.#ofItem.get(id) ?? []).map((representation) => ({
          role: this.#roles.get(representation) ?? '',
          representation: representationName(representation),
          files: (this.#files.get(representation) ?? [])
            .sort((a, b) => a.position - b.position)
            .map((file) => publicId('object', file.id)),
        })),
      };
  }
}
