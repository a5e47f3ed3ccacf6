import { ChevronDown, ChevronRight } from 'lucide-react';
import { memo, useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { formatCount } from '../format/numbers.ts';
import { plainVisible } from '../text/visible.ts';
import { cx } from '../util/cx.ts';
import css from './tree-list.module.css';
import { ancestorsOf, treeMove, visibleRows, type TreeNode, type TreeRow } from './tree-model.ts';

export interface TreeListProps {
  readonly label: string;
  readonly nodes: readonly TreeNode[];
  readonly selected?: string | undefined;
  readonly onSelect: (id: string) => void;
}

function Tree({ label, nodes, selected, onSelect }: TreeListProps): ReactNode {
  const id = useId();
  const root = useRef<HTMLDivElement>(null);
  const [toggled, setToggled] = useState<ReadonlyMap<string, boolean>>(new Map());
  const [active, setActive] = useState<string>();
  const above = selected === undefined ? [] : ancestorsOf(nodes, selected);
  const open = new Set(nodes.length <= 12 ? nodes.map((node) => node.id) : []);
  for (const each of above) open.add(each);
  for (const [each, isOpen] of toggled)
    if (isOpen) open.add(each);
    else open.delete(each);
  const rows = visibleRows(nodes, open);
  const current = Math.max(
    0,
    rows.findIndex((row) => row.node.id === (active ?? selected)),
  );

  const toggle = (node: string, isOpen: boolean): void => {
    setToggled(new Map(toggled).set(node, isOpen));
  };
  const press = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      const row = rows[current];
      if (row !== undefined) onSelect(row.node.id);
      return;
    }
    const move = treeMove(rows, current, event.key);
    if (move === undefined) return;
    event.preventDefault();
    if ('open' in move) toggle(move.open, true);
    else if ('close' in move) toggle(move.close, false);
    else {
      setActive(rows[move.to]?.node.id);
      root.current?.querySelector(`[data-at="${move.to}"]`)?.scrollIntoView({ block: 'nearest' });
    }
  };

  return (
    <div
      ref={root}
      role="tree"
      aria-label={label}
      tabIndex={0}
      className={css.tree}
      onKeyDown={press}
      {...(rows.length > 0 ? { 'aria-activedescendant': `${id}-${current}` } : {})}
    >
      {rows.map((row, at) => (
        <Row
          key={row.node.id}
          id={`${id}-${at}`}
          at={at}
          row={row}
          isActive={at === current}
          isSelected={row.node.id === selected}
          onToggle={toggle}
          onSelect={(node) => {
            setActive(node);
            onSelect(node);
          }}
        />
      ))}
    </div>
  );
}

/** A tree of which one node is chosen. Branches are open to begin with where they are few. Drawn anew only for other properties. */
export const TreeList = memo(Tree);

interface RowProps {
  readonly id: string;
  readonly at: number;
  readonly row: TreeRow;
  readonly isActive: boolean;
  readonly isSelected: boolean;
  readonly onToggle: (id: string, isOpen: boolean) => void;
  readonly onSelect: (id: string) => void;
}

function Row({ id, at, row, isActive, isSelected, onToggle, onSelect }: RowProps): ReactNode {
  const { node, level, isBranch, isOpen } = row;
  const Chevron = isOpen ? ChevronDown : ChevronRight;
  const label = plainVisible(node.label, 300);
  return (
    <div
      id={id}
      data-at={at}
      role="treeitem"
      className={cx(css.row, isActive && css.active, isSelected && css.selected)}
      style={{ paddingInlineStart: (level - 1) * 16 }}
      aria-level={level}
      aria-posinset={row.position}
      aria-setsize={row.siblings}
      aria-selected={isSelected}
      {...(isBranch ? { 'aria-expanded': isOpen } : {})}
      title={label}
      onClick={() => {
        onSelect(node.id);
      }}
    >
      <span
        className={css.chevron}
        aria-hidden="true"
        onClick={(event) => {
          if (!isBranch) return;
          event.stopPropagation();
          onToggle(node.id, !isOpen);
        }}
      >
        {isBranch && <Chevron size={14} strokeWidth={1.75} />}
      </span>
      <bdi className={css.label}>{label}</bdi>
      {node.count !== undefined && <span className={css.count}>{formatCount(node.count)}</span>}
    </div>
  );
}
