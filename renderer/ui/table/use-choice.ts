import { useEffect, useRef, useState } from 'react';
import type { Choice, KeyAt } from './choosing.ts';
import type { DataTableProps } from './props.ts';

const NONE: ReadonlySet<string> = new Set();
const NOWHERE = { active: -1, anchor: -1 };
/** Rows looked through for a key that was given from outside. */
const SOUGHT = 100_000;

export interface ChoiceState extends Choice {
  readonly keyAt: KeyAt;
  readonly canChoose: boolean;
  /** Takes what a key or a click came to, tells of what changed, and brings the row in focus into sight. */
  readonly take: (next: Choice) => void;
  /** Chooses these rows and leaves the focus where it is. */
  readonly choose: (chosen: ReadonlySet<string>) => void;
}

/** The row in focus and the chosen rows: the former is the table's, unless `focusedKey` says otherwise. */
export function useChoice<Row>(
  props: DataTableProps<Row>,
  reveal: (index: number) => void,
  onChosen: (count: number) => void,
): ChoiceState {
  const { listKey, rowCount, rowAt, rowKey, focusedKey, onFocusRow, onSelectionChange } = props;
  const [kept, setPlace] = useState({ ...NOWHERE, of: listKey });
  const place = kept.of === listKey ? kept : NOWHERE;
  const chosen = props.selection ?? NONE;
  const keyAt: KeyAt = (index) => {
    const row = index >= 0 && index < rowCount ? rowAt(index) : undefined;
    return row === undefined ? undefined : rowKey(row);
  };

  // A row that was not loaded when the focus came to it is told of when it is.
  const awaited = useRef<number>(undefined);
  useEffect(() => {
    awaited.current = undefined;
  }, [listKey]);
  useEffect(() => {
    const row = awaited.current === undefined ? undefined : rowAt(awaited.current);
    if (row === undefined) return;
    awaited.current = undefined;
    onFocusRow?.(row);
  });

  const soughtFor = useRef<string>(undefined);
  useEffect(() => {
    if (focusedKey === undefined) {
      soughtFor.current = undefined;
      return;
    }
    if (awaited.current !== undefined || keyAt(place.active) === focusedKey) {
      soughtFor.current = focusedKey;
      return;
    }
    const most = Math.min(rowCount, SOUGHT);
    for (let index = 0; index < most; index++) {
      if (keyAt(index) !== focusedKey) continue;
      setPlace({ active: index, anchor: index, of: listKey });
      if (soughtFor.current !== focusedKey) reveal(index);
      soughtFor.current = focusedKey;
      return;
    }
    // `keyAt` and `reveal` follow from what is listed.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [focusedKey, listKey, rowAt, rowCount]);

  const active = place.active < rowCount ? place.active : -1;
  const choose = (next: ReadonlySet<string>): void => {
    if (next === chosen || onSelectionChange === undefined) return;
    onSelectionChange(next);
    onChosen(next.size);
  };
  const take = (next: Choice): void => {
    if (next.active !== place.active || next.anchor !== place.anchor)
      setPlace({ active: next.active, anchor: next.anchor, of: listKey });
    choose(next.chosen);
    if (next.active < 0) return;
    reveal(next.active);
    const row = rowAt(next.active);
    if (row === undefined) awaited.current = next.active;
    else {
      awaited.current = undefined;
      if (rowKey(row) !== focusedKey) onFocusRow?.(row);
    }
  };
  return {
    active,
    anchor: place.anchor,
    chosen,
    keyAt,
    canChoose: onSelectionChange !== undefined,
    take,
    choose,
  };
}
