import { HoldfastError } from '../../../shared/domain/errors.ts';
import { parsePublicId } from '../../../shared/domain/ids.ts';
import type { CatalogueReader } from '../ports/catalogue.ts';
import { MANIFESTED_KINDS, type ManifestedThing, type NamedSelection } from '../ports/manifests.ts';

/** What a person chooses to hand out: one of these. */
export interface Chosen {
  readonly ids?: readonly string[] | undefined;
  readonly accession?: string | undefined;
  readonly collection?: string | undefined;
  readonly search?: string | undefined;
}

/**
 * What is chosen, and how people call it; undefined where nothing is.
 * @throws HoldfastError NOT_FOUND for what is not there; BAD_INPUT for an id that names no files
 */
export async function selectionOf(
  reader: CatalogueReader,
  { ids, accession, collection, search }: Chosen,
): Promise<{ readonly selection: NamedSelection; readonly of: string } | undefined> {
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
  return search === undefined
    ? undefined
    : { selection: { search }, of: `what a search for "${search}" finds` };
}

function thingOf(id: string): ManifestedThing {
  const known = parsePublicId(id);
  const kind = MANIFESTED_KINDS.find((each) => each === known?.kind);
  if (known !== undefined && kind !== undefined) return { kind, id: known.id };
  throw new HoldfastError(
    'BAD_INPUT',
    `${JSON.stringify(id)} names no files. What does is a collection, an accession, an item, a part or a replica: col-2, acc-1, item-12, part-3, rep-4. ` +
      'Nothing was written.',
  );
}
