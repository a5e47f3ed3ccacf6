import { HoldfastError } from '../../../shared/domain/errors.ts';
import { parsePublicId } from '../../../shared/domain/ids.ts';
import type { CatalogueReader } from '../ports/catalogue.ts';
import { MANIFESTED_KINDS, type ManifestedThing, type ManifestSelection } from '../ports/manifests.ts';

/** What a hand-out is asked to be of; nothing of it is everything. */
export interface WishedSelection {
  readonly ids?: readonly string[] | undefined;
  readonly accession?: string | undefined;
  readonly collection?: string | undefined;
  readonly search?: string | undefined;
}

export interface ChosenSelection {
  readonly selection: ManifestSelection;
  /** For people; empty of everything. */
  readonly of: string;
}

/** @throws HoldfastError NOT_FOUND for what is not there; BAD_INPUT for an id that names no files */
export async function selectionOf(
  reader: CatalogueReader,
  { ids, accession, collection, search }: WishedSelection,
): Promise<ChosenSelection> {
  const one = (kind: ManifestedThing['kind'], id: number) => ({ things: [{ kind, id }] });
  if (ids !== undefined) {
    const things = [...new Set(ids)].map(thingOf);
    return { selection: { things }, of: ids.length <= 5 ? ids.join(', ') : `${ids.length} named things` };
  }
  if (accession !== undefined)
    return {
      selection: one('accession', await reader.accessionId(accession)),
      of: `accession ${accession}`,
    };
  if (collection !== undefined)
    return {
      selection: one('collection', await reader.collectionId(collection)),
      of: `collection "${collection}"`,
    };
  if (search !== undefined) return { selection: { search }, of: `what a search for "${search}" finds` };
  return { selection: { all: true }, of: '' };
}

/** What a file of it is called, for whoever finds it: `manifest-2026-0012`. */
export function fileStem(
  what: string,
  { accession, collection, search, ids }: WishedSelection,
  otherwise: string,
): string {
  const of = accession ?? collection ?? (search === undefined ? ids?.[0] : `search ${search}`) ?? otherwise;
  return `${what}-${of.replace(/[^\p{L}\p{N}._-]+/gu, '-').slice(0, 60)}`;
}

/** The refusal of a hand-out. */
export function refused(message: string): HoldfastError {
  return new HoldfastError('BAD_INPUT', `${message} Nothing was written.`);
}

function thingOf(id: string): ManifestedThing {
  const known = parsePublicId(id);
  const kind = MANIFESTED_KINDS.find((each) => each === known?.kind);
  if (known !== undefined && kind !== undefined) return { kind, id: known.id };
  throw refused(
    `${JSON.stringify(id)} names no files. What does is a collection, an accession, an item, a part, a content or a replica: col-2, acc-1, item-12, part-3, obj-5, rep-4.`,
  );
}
