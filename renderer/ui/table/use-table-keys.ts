import { useState, type ClipboardEvent, type KeyboardEvent, type MouseEvent, type RefObject } from 'react';
import { useTexts } from '../i18n.ts';
import type { MenuItem } from '../overlay/menu.tsx';
import { copyText } from '../util/copy.ts';
import { isMac } from '../util/platform.ts';
import { allChosen, clicked, moved, rowAfter, toggled } from './choosing.ts';
import { asText, boundedWidth, type Column, type Widths } from './columns.ts';
import type { DataTableProps } from './props.ts';
import { HEAD, ROW } from './sizes.ts';
import type { ChoiceState } from './use-choice.ts';
import type { RowScroll } from './use-row-scroll.ts';

const NONE: ReadonlySet<string> = new Set();
const WIDER = 16;

interface Wanted<Row> {
  readonly props: DataTableProps<Row>;
  readonly choice: ChoiceState;
  readonly scroll: RowScroll;
  readonly table: RefObject<HTMLDivElement | null>;
  readonly columns: readonly Column<Row>[];
  readonly widths: Widths;
  readonly onSort: ((column: string) => void) | undefined;
  readonly onResize: (column: string, width: number) => void;
  readonly onCopied: (rows: number) => void;
}

interface OpenMenu {
  readonly at: { readonly x: number; readonly y: number };
  readonly items: readonly MenuItem[];
}

interface TableKeys {
  /** The heading in focus, where the focus is there. */
  readonly head: number | undefined;
  readonly menu: OpenMenu | undefined;
  readonly closeMenu: () => void;
  readonly handlers: {
    readonly onKeyDown: (event: KeyboardEvent) => void;
    readonly onMouseDown: (event: MouseEvent) => void;
    readonly onClick: (event: MouseEvent) => void;
    readonly onDoubleClick: (event: MouseEvent) => void;
    readonly onContextMenu: (event: MouseEvent) => void;
    readonly onCopy: (event: ClipboardEvent) => void;
  };
}

/** What keys, clicks and the clipboard do in a table. */
export function useTableKeys<Row>(wanted: Wanted<Row>): TableKeys {
  const { props, choice, scroll, table, columns, widths, onSort, onResize, onCopied } = wanted;
  const { rowCount, rowAt, rowKey, onOpen, onFocusRow, contextMenu } = props;
  const { active, chosen, keyAt, canChoose, take, choose } = choice;
  const { t } = useTexts('ui');
  const [head, setHead] = useState<number>();
  const [menu, setMenu] = useState<OpenMenu>();

  const open = (index: number): void => {
    const row = index < 0 ? undefined : rowAt(index);
    if (row !== undefined) onOpen?.(row);
  };
  /** The chosen rows that are loaded; where none is chosen, the one given. */
  const rowsMeant = (row: Row | undefined): readonly Row[] => {
    const rows: Row[] = [];
    for (let index = 0; index < rowCount && rows.length < chosen.size; index++) {
      const each = rowAt(index);
      if (each !== undefined && chosen.has(rowKey(each))) rows.push(each);
    }
    return rows.length === 0 && row !== undefined ? [row] : rows;
  };
  /** What every table can do, where its feature says nothing of its own. */
  const usualMenu = (row: Row): readonly MenuItem[] => [
    ...(onOpen === undefined ? [] : [{ id: 'open', label: t('table.open'), onAction: () => onOpen(row) }]),
    {
      id: 'copy',
      label: t('table.copy'),
      onAction: () => {
        const rows = rowsMeant(row);
        if (copyText(asText(columns, rows))) onCopied(rows.length);
      },
    },
  ];
  const openMenu = (index: number, at: OpenMenu['at']): boolean => {
    const row = index < 0 ? undefined : rowAt(index);
    const items = row === undefined ? [] : (contextMenu ?? usualMenu)(row);
    if (items.length > 0) setMenu({ at, items });
    return items.length > 0;
  };
  const openMenuByKey = (): void => {
    const box = table.current?.getBoundingClientRect();
    if (box === undefined || active < 0) return;
    scroll.reveal(active);
    openMenu(active, { x: box.left + 24, y: box.top + HEAD + scroll.topOf(active) + ROW });
  };

  /** Whether the key was of use among the headings. */
  const pressHead = (event: KeyboardEvent, at: number): boolean => {
    const column = columns[at];
    const by = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : 0;
    if (by !== 0 && event.shiftKey && column !== undefined) {
      const width =
        widths[column.id] ??
        table.current?.querySelectorAll<HTMLElement>('[role=columnheader]')[at]?.offsetWidth;
      onResize(column.id, boundedWidth(column, (width ?? column.width) + by * WIDER));
    } else if (by !== 0) setHead(Math.min(columns.length - 1, Math.max(0, at + by)));
    else if (event.key === 'Enter' || event.key === ' ') {
      if (column?.isSortable === true) onSort?.(column.id);
    } else if (event.key === 'ArrowDown' || event.key === 'j') {
      setHead(undefined);
      if (rowCount > 0) take(moved(choice, Math.max(0, active), false, keyAt));
    } else if (event.key === 'Escape') setHead(undefined);
    else return false;
    return true;
  };

  /** Whether the key was of use among the rows. */
  const pressRow = (event: KeyboardEvent): boolean => {
    const mod = isMac ? event.metaKey : event.ctrlKey;
    if (mod && event.key.toLowerCase() === 'a' && canChoose) choose(allChosen(rowCount, keyAt));
    else if ((event.shiftKey && event.key === 'F10') || event.key === 'ContextMenu') openMenuByKey();
    else if (event.key === 'Escape' && chosen.size > 0) choose(NONE);
    else if (event.altKey || (mod && !['Home', 'End'].includes(event.key))) return false;
    else if (event.key === 'ArrowUp' && active <= 0 && !event.shiftKey) setHead(0);
    else if (event.key === 'Enter' && onOpen !== undefined) open(active);
    else if (event.key === ' ') {
      if (canChoose && active >= 0)
        take(event.shiftKey ? moved(choice, active, true, keyAt) : toggled(choice, active, keyAt));
    } else {
      const to = rowAfter(event.key, active, rowCount, Math.floor(scroll.viewport / ROW));
      if (to === undefined) return false;
      take(moved(choice, to, event.shiftKey && canChoose, keyAt));
    }
    return true;
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget || event.defaultPrevented) return;
    const isUsed = head === undefined ? pressRow(event) : pressHead(event, head);
    if (isUsed) event.preventDefault();
  };

  const onMouseDown = (event: MouseEvent): void => {
    if (head !== undefined) setHead(undefined);
    // Shift would mark text from the last click to here.
    if (event.shiftKey && indexOf(event) !== undefined) {
      event.preventDefault();
      table.current?.focus({ preventScroll: true });
    }
  };

  const onClick = (event: MouseEvent): void => {
    const index = indexOf(event);
    if (index === undefined || isOwn(event)) return;
    const held = {
      toggle: canChoose && (isMac ? event.metaKey : event.ctrlKey),
      range: canChoose && event.shiftKey,
    };
    take(clicked(choice, index, held, keyAt));
    if (onFocusRow === undefined && !held.toggle && !held.range && !isMarkingText()) open(index);
  };

  const onDoubleClick = (event: MouseEvent): void => {
    const index = indexOf(event);
    if (index !== undefined && !isOwn(event) && onFocusRow !== undefined) open(index);
  };

  const onContextMenu = (event: MouseEvent): void => {
    const index = indexOf(event);
    if (index === undefined) return;
    const key = keyAt(index);
    const isAmongChosen = key !== undefined && chosen.has(key);
    take(
      isAmongChosen
        ? { ...choice, active: index }
        : clicked(choice, index, { toggle: false, range: false }, keyAt),
    );
    if (openMenu(index, { x: event.clientX, y: event.clientY })) event.preventDefault();
  };

  const onCopy = (event: ClipboardEvent): void => {
    if (isMarkingText()) return;
    const rows = rowsMeant(active < 0 ? undefined : rowAt(active));
    if (rows.length === 0) return;
    event.preventDefault();
    event.clipboardData.setData('text/plain', asText(columns, rows));
    onCopied(rows.length);
  };

  return {
    head,
    menu,
    closeMenu: () => {
      setMenu(undefined);
    },
    handlers: { onKeyDown, onMouseDown, onClick, onDoubleClick, onContextMenu, onCopy },
  };
}

function indexOf(event: MouseEvent): number | undefined {
  const row = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-index]') : null;
  return row?.dataset['index'] === undefined ? undefined : Number(row.dataset['index']);
}

/** A link or button in a cell keeps its click. */
function isOwn(event: MouseEvent): boolean {
  return event.target instanceof Element && event.target.closest('a, button, input') !== null;
}

function isMarkingText(): boolean {
  return getSelection()?.isCollapsed === false;
}
