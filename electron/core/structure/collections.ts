import type { Collection } from '../../../shared/contract/collections.ts';
import { HoldfastError } from '../../../shared/domain/errors.ts';
import { publicId } from '../../../shared/domain/ids.ts';
import type { ActingAgent, Catalogue, CatalogueReader } from '../ports/catalogue.ts';

export async function listCollections(reader: CatalogueReader, under?: string): Promise<Collection[]> {
  return reader.collections(under === undefined ? undefined : await reader.collectionId(under));
}

/** @throws HoldfastError NOT_FOUND, BAD_INPUT where the word means several */
export async function findCollection(reader: CatalogueReader, word: string): Promise<Collection> {
  return collectionById(reader, await reader.collectionId(word));
}

export async function addCollection(
  { reader, writer }: Catalogue,
  wanted: { readonly name: string; readonly parent?: string | undefined },
  agent: ActingAgent,
): Promise<Collection> {
  const parent = await idOf(reader, wanted.parent);
  return collectionById(reader, await writer.addCollection(wanted.name, parent, agent));
}

export async function renameCollection(
  { reader, writer }: Catalogue,
  wanted: { readonly collection: string; readonly name: string },
  agent: ActingAgent,
): Promise<Collection> {
  const id = await reader.collectionId(wanted.collection);
  await writer.renameCollection(id, wanted.name, agent);
  return collectionById(reader, id);
}

/** Without a parent it goes to the top. */
export async function moveCollection(
  { reader, writer }: Catalogue,
  wanted: { readonly collection: string; readonly parent?: string | undefined },
  agent: ActingAgent,
): Promise<Collection> {
  const id = await reader.collectionId(wanted.collection);
  await writer.moveCollection(id, await idOf(reader, wanted.parent), agent);
  return collectionById(reader, id);
}

/** Without a collection the accession belongs to none. */
export async function assignAccession(
  { reader, writer }: Catalogue,
  wanted: { readonly accession: string; readonly collection?: string | undefined },
  agent: ActingAgent,
): Promise<{ accession: string; number: string; collection?: Collection }> {
  const id = await reader.accessionId(wanted.accession);
  const collectionId = await idOf(reader, wanted.collection);
  await writer.assignAccession(id, collectionId, agent);
  const accession = await reader.accession(id);
  if (accession === undefined)
    throw new HoldfastError('NOT_FOUND', `There is no ${publicId('accession', id)}.`);
  return {
    accession: accession.id,
    number: accession.number,
    ...(collectionId !== null && { collection: await collectionById(reader, collectionId) }),
  };
}

async function idOf(reader: CatalogueReader, word: string | undefined): Promise<number | null> {
  return word === undefined ? null : reader.collectionId(word);
}

async function collectionById(reader: CatalogueReader, id: number): Promise<Collection> {
  const [found] = await reader.collections(id);
  if (found !== undefined) return found;
  throw new HoldfastError('NOT_FOUND', `There is no collection ${publicId('collection', id)}.`);
}
