import type { Item, Relation, Track } from '../../../shared/contract/items.ts';
import { HoldfastError } from '../../../shared/domain/errors.ts';
import { ENTITY_PREFIXES, parsePublicId, publicId, type EntityKind } from '../../../shared/domain/ids.ts';
import type { RepresentationRole } from '../../../shared/domain/vocabulary.ts';
import type { RecordedRelation, WantedRelation } from '../ports/arranging.ts';
import type { ActingAgent, Catalogue, CatalogueReader, Page, PageRequest } from '../ports/catalogue.ts';

export async function listItems(
  reader: CatalogueReader,
  of: { readonly accession?: string | undefined; readonly collection?: string | undefined },
  page: PageRequest,
): Promise<Page<Item>> {
  return reader.items(
    {
      ...(of.accession !== undefined && { accessionId: await reader.accessionId(of.accession) }),
      ...(of.collection !== undefined && { collectionId: await reader.collectionId(of.collection) }),
    },
    page,
  );
}

/** Takes parts out of an item into a new one; the title that it is given is described, with an event of its own. */
export async function splitItem(
  { reader, writer }: Catalogue,
  wanted: { readonly item: string; readonly parts: readonly string[]; readonly title?: string | undefined },
  agent: ActingAgent,
): Promise<{ item: Item; from: Item }> {
  const from = idOf(['item'], wanted.item).id;
  const made = await writer.splitItem(from, partIds(wanted.parts), wanted.title, agent);
  if (wanted.title !== undefined)
    await writer.describe({ kind: 'edit', note: `Title of ${publicId('item', made)}`, agent }, [
      { entity: 'item', id: made, field: 'title', value: JSON.stringify(wanted.title) },
    ]);
  return { item: await itemOf(reader, made), from: await itemOf(reader, from) };
}

export async function mergeItems(
  { reader, writer }: Catalogue,
  wanted: { readonly into: string; readonly items: readonly string[] },
  agent: ActingAgent,
): Promise<Item> {
  const into = idOf(['item'], wanted.into).id;
  const items = wanted.items.map((id) => idOf(['item'], id).id);
  await writer.mergeItems(into, items, agent);
  return itemOf(reader, into);
}

export async function moveParts(
  { reader, writer }: Catalogue,
  wanted: { readonly parts: readonly string[]; readonly to: string },
  agent: ActingAgent,
): Promise<Item> {
  const to = idOf(['item'], wanted.to).id;
  await writer.moveParts(partIds(wanted.parts), to, agent);
  return itemOf(reader, to);
}

export async function orderParts(
  { reader, writer }: Catalogue,
  wanted: { readonly item: string; readonly parts: readonly string[] },
  agent: ActingAgent,
): Promise<Item> {
  const { id } = idOf(['item'], wanted.item);
  await writer.orderParts(id, partIds(wanted.parts), agent);
  return itemOf(reader, id);
}

/** Of a part, or of the recordings of an item. */
export async function setRole(
  { reader, writer }: Catalogue,
  wanted: { readonly id: string; readonly role: RepresentationRole },
  agent: ActingAgent,
): Promise<Item> {
  return itemOf(reader, await writer.setRole(idOf(['item', 'part'], wanted.id), wanted.role, agent));
}

export async function relate(
  { writer }: Catalogue,
  how: 'relate' | 'unrelate',
  { subject, predicate, object }: Relation,
  agent: ActingAgent,
): Promise<{ relation: Relation; changed: boolean }> {
  const kinds = ['item', 'object', 'part'] as const;
  const wanted: WantedRelation = { subject: idOf(kinds, subject), predicate, object: idOf(kinds, object) };
  const { relation, changed } = await writer[how](wanted, agent);
  return { relation: said(relation), changed };
}

export function tracksOf(reader: CatalogueReader, id: string): Promise<Track[]> {
  return reader.tracks(idOf(['item', 'part'], id));
}

function said({ subject, predicate, object }: RecordedRelation): Relation {
  return { subject: publicId(subject.kind, subject.id), predicate, object: publicId(object.kind, object.id) };
}

function partIds(ids: readonly string[]): number[] {
  return ids.map((id) => idOf(['part'], id).id);
}

/** @throws HoldfastError BAD_INPUT for an id of another kind */
function idOf<Kind extends EntityKind>(kinds: readonly Kind[], text: string): { kind: Kind; id: number } {
  const parsed = parsePublicId(text);
  const kind = kinds.find((known) => known === parsed?.kind);
  if (parsed !== undefined && kind !== undefined) return { kind, id: parsed.id };
  const like = kinds.map((known) => `${ENTITY_PREFIXES[known]}-12`).join(' or ');
  throw new HoldfastError('BAD_INPUT', `"${text}" is not what is asked for here: an id such as ${like}.`);
}

async function itemOf(reader: CatalogueReader, id: number): Promise<Item> {
  const item = await reader.item(id);
  if (item !== undefined) return item;
  throw new HoldfastError('NOT_FOUND', `There is no item ${publicId('item', id)} in this archive.`);
}
