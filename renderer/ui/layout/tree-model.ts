/** A tree as the rows that are seen, and what a key does to it. */

export interface TreeNode {
  readonly id: string;
  readonly label: string;
  readonly count?: number | undefined;
  readonly children?: readonly TreeNode[] | undefined;
}

export interface TreeRow {
  readonly node: TreeNode;
  /** 1 at the top. */
  readonly level: number;
  readonly parent: string | undefined;
  readonly position: number;
  readonly siblings: number;
  readonly isBranch: boolean;
  readonly isOpen: boolean;
}

export function visibleRows(nodes: readonly TreeNode[], open: ReadonlySet<string>): TreeRow[] {
  const rows: TreeRow[] = [];
  const add = (siblings: readonly TreeNode[], level: number, parent: string | undefined): void => {
    siblings.forEach((node, at) => {
      const isBranch = (node.children?.length ?? 0) > 0;
      const isOpen = isBranch && open.has(node.id);
      rows.push({ node, level, parent, position: at + 1, siblings: siblings.length, isBranch, isOpen });
      if (isOpen) add(node.children ?? [], level + 1, node.id);
    });
  };
  add(nodes, 1, undefined);
  return rows;
}

/** Nodes that stand above another, the nearest first; empty where it is at the top or unknown. */
export function ancestorsOf(nodes: readonly TreeNode[], id: string): readonly string[] {
  for (const node of nodes) {
    if (node.id === id) return [];
    const children = node.children ?? [];
    if (children.some((child) => child.id === id)) return [node.id];
    const below = ancestorsOf(children, id);
    if (below.length > 0) return [...below, node.id];
  }
  return [];
}

export type TreeMove =
  { readonly to: number } | { readonly open: string } | { readonly close: string } | undefined;

/** What an arrow key does on a row (WAI-ARIA authoring practices, tree view). */
export function treeMove(rows: readonly TreeRow[], at: number, key: string): TreeMove {
  const row = rows[at];
  const last = rows.length - 1;
  switch (key) {
    case 'ArrowDown':
    case 'j':
      return { to: Math.min(last, at + 1) };
    case 'ArrowUp':
    case 'k':
      return { to: Math.max(0, at - 1) };
    case 'Home':
      return { to: 0 };
    case 'End':
      return { to: last };
    case 'ArrowRight':
      if (row?.isBranch !== true) return undefined;
      return row.isOpen ? { to: at + 1 } : { open: row.node.id };
    case 'ArrowLeft': {
      if (row?.isOpen === true) return { close: row.node.id };
      const parent = rows.findIndex((each) => each.node.id === row?.parent);
      return parent < 0 ? undefined : { to: parent };
    }
    default:
      return undefined;
  }
}
