import type { ItemWriter } from '../../../core/ports/arranging.ts';
import type { CollectionWriter } from '../../../core/ports/collecting.ts';
import { mergeItems, moveParts, orderParts, setRole, splitItem } from './arrange-items.ts';
import { addCollection, assignAccession, moveCollection, renameCollection } from './collections.ts';
import type { WriterContext } from './context.ts';
import { regroup } from './regroup.ts';
import { relate, unrelate } from './relations.ts';

type Ports = CollectionWriter & ItemWriter;
type Methods = {
  [Name in keyof Ports]: (...args: Parameters<Ports[Name]>) => Awaited<ReturnType<Ports[Name]>>;
};

/** Collections, and structure made by people: each call a transaction of its own. */
export function structureMethods(context: WriterContext): Methods {
  const alone =
    <Args extends unknown[], Value>(work: (context: WriterContext, ...args: Args) => Value) =>
    (...args: Args): Value =>
      context.transactions.single(() => work(context, ...args));
  return {
    addCollection: alone(addCollection),
    renameCollection: alone(renameCollection),
    moveCollection: alone(moveCollection),
    assignAccession: alone(assignAccession),
    splitItem: alone(splitItem),
    mergeItems: alone(mergeItems),
    moveParts: alone(moveParts),
    orderParts: alone(orderParts),
    setRole: alone(setRole),
    relate: alone(relate),
    unrelate: alone(unrelate),
    regroup: alone(regroup),
  };
}
