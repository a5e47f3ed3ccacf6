/** Relations as they are typed and told. */
import type { Relation } from '../../shared/contract/items.ts';
import { parsePredicate } from '../../shared/domain/structure-terms.ts';
import { RELATION_PREDICATES } from '../../shared/domain/vocabulary.ts';
import { UsageError } from './errors.ts';
import { textOf } from './options.ts';
import type { Output } from './output.ts';

export function relationFrom(words: readonly string[]): Relation {
  const [subject = '', predicate = '', object = ''] = words.map((word) => textOf(word, 'A relation'));
  const known = parsePredicate(predicate);
  if (known === undefined)
    throw new UsageError(`"${predicate}" is no relation. There are: ${RELATION_PREDICATES.join(', ')}.`);
  return { subject, predicate: known, object };
}

export function showRelation(
  output: Output,
  { relation, changed }: { readonly relation: Relation; readonly changed: boolean },
  done: string,
  notDone: string,
): void {
  const { subject, predicate, object } = relation;
  output.lines(`${changed ? done : notDone}: ${subject} ${predicate} ${object}`);
}
