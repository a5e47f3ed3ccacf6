/** The tree beside the list: collections, what lies in them, and the accessions that came into each. */
import type { Accession } from '../../../shared/contract/accession.ts';
import type { Collection } from '../../../shared/contract/collections.ts';
import type { HoldingsSearch } from './holdings-search.ts';

const ALL = 'all';
const IN_NONE = 'in-none';

export interface TreeNode {
  readonly id: string;
  readonly label: string;
  readonly count?: number;
  readonly children?: TreeNode[];
}

interface Labels {
  readonly all: string;
  /** Accessions that belong to no collection. */
  readonly inNone: string;
  readonly accession: (accession: Accession) => string;
}

/** `accessions` newest first, as the contract lists them. */
export function collectionNodes(
  collections: readonly Collection[],
  accessions: readonly Accession[],
  total: number | undefined,
  labels: Labels,
): TreeNode[] {
  const inCustody = accessions.filter(({ deaccession }) => deaccession === undefined);
  const accessionNode = (accession: Accession): TreeNode => ({
    id: accession.id,
    label: labels.accession(accession),
  });
  const byPath = Map.groupBy(inCustody, ({ collection }) => collection ?? '');
  const byParent = Map.groupBy(collections, ({ parent }) => parent ?? '');
  const childrenOf = (parent: string): TreeNode[] => (byParent.get(parent) ?? []).map(collectionNode);
  function collectionNode({ id, name, path, totals }: Collection): TreeNode {
    const children = [...childrenOf(id), ...(byPath.get(path) ?? []).map(accessionNode)];
    return { id, label: name, count: totals.items, ...(children.length > 0 && { children }) };
  }
  const loose = (byPath.get('') ?? []).map(accessionNode);
  const top = childrenOf('');
  return [
    { id: ALL, label: labels.all, ...(total !== undefined && { count: total }) },
    ...top,
    // Without collections the accessions stand at the top: a branch for all of them would only be in the way.
    ...(loose.length === 0
      ? []
      : top.length === 0
        ? loose
        : [{ id: IN_NONE, label: labels.inNone, children: loose }]),
  ];
}

/** The node that the filters stand on. */
export function selectedNode({ collection, accession }: HoldingsSearch): string {
  return accession ?? collection ?? ALL;
}

/** What choosing a node filters by; undefined for a branch that is only a heading. */
export function filterOfNode(
  id: string,
): { readonly collection: string | undefined; readonly accession: string | undefined } | undefined {
  if (id === IN_NONE) return undefined;
  if (id === ALL) return { collection: undefined, accession: undefined };
  return id.startsWith('acc-')
    ? { collection: undefined, accession: id }
    : { collection: id, accession: undefined };
}
