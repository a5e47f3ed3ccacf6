import type { DescriptionTarget } from '../../../shared/contract/description.ts';
import { DESCRIBED_ENTITIES, type DescribedEntity } from '../../../shared/domain/description/fields.ts';
import { HoldfastError } from '../../../shared/domain/errors.ts';
import { parsePublicId } from '../../../shared/domain/ids.ts';
import type { CatalogueReader } from '../ports/catalogue.ts';
import type { Describable, Scope } from '../ports/describing.ts';

const SLICE = 1_000;

/** The thing that a public id names. @throws HoldfastError BAD_INPUT where it takes no description. */
export function describable(id: string): Describable {
  const found = describableIf(id);
  if (found !== undefined) return found;
  throw new HoldfastError(
    'BAD_INPUT',
    `${JSON.stringify(id)} takes no description. What does is an item, a part, an accession or a collection: item-12, part-3, acc-1, col-2.`,
  );
}

export function describableIf(id: string): Describable | undefined {
  const known = parsePublicId(id);
  const entity = DESCRIBED_ENTITIES.find((each) => each === known?.kind);
  return known === undefined || entity === undefined ? undefined : { entity, id: known.id };
}

/** What a target names. @throws HoldfastError NOT_FOUND for an accession or a collection that is not there. */
export async function scopeOf(
  reader: CatalogueReader,
  target: DescriptionTarget | undefined,
  of: readonly DescribedEntity[],
): Promise<Scope> {
  if (target?.ids !== undefined) return { ids: [...new Set(target.ids)].map(describable) };
  if (target?.accession !== undefined) return { of, accessionId: await reader.accessionId(target.accession) };
  if (target?.collection !== undefined)
    return { of, collectionId: await reader.collectionId(target.collection) };
  return target?.search === undefined ? { of, all: true } : { of, search: target.search };
}

/** Everything of a scope, a slice at a time. */
export async function* slicesOf(reader: CatalogueReader, scope: Scope): AsyncGenerator<Describable[]> {
  let after: Describable | undefined;
  for (;;) {
    const slice = await reader.scope(scope, after, SLICE);
    if (slice.length === 0) return;
    yield slice;
    after = slice.at(-1);
  }
}
