import { useEffect, useMemo, useRef, type ClipboardEvent, type DragEvent, type PointerEvent } from 'react';
import type { Holding } from '../../../shared/contract/holdings.ts';
import { useTexts } from '../../ui/index.ts';
import { rowsAsPaths, rowsAsText } from './rows-as-text.ts';

const ROW = '[role=row][data-index]';

export interface RowsOut {
  readonly onPointerDown: (event: PointerEvent) => void;
  readonly onDragStart: (event: DragEvent) => void;
  readonly onCopy: (event: ClipboardEvent) => void;
}

/**
 * Rows that leave the window: dragged, they are a list of paths; copied, lines of text. All chosen ones where the row is one of
 * them, else that row. Of paths only the words are given: whoever takes them opens the files as the person that they are.
 */
export function useRowsOut(
  rowAt: (index: number) => Holding | undefined,
  chosen: readonly Holding[],
): RowsOut {
  const { t } = useTexts('holdings');
  const latest = useRef({ rowAt, chosen });
  useEffect(() => {
    latest.current = { rowAt, chosen };
  });
  return useMemo(() => {
    const taken = (target: EventTarget): readonly Holding[] => {
      const index = Number(rowOf(target)?.dataset['index']);
      const { rowAt: at, chosen: all } = latest.current;
      const row = Number.isNaN(index) ? undefined : at(index);
      return row === undefined || all.some(({ id }) => id === row.id) ? all : [row];
    };
    return {
      onPointerDown({ target, pointerType }) {
        // Only under a mouse: a finger that moves scrolls.
        const row = rowOf(target);
        if (row !== null && pointerType === 'mouse') row.draggable = true;
      },
      onDragStart(event) {
        if (rowOf(event.target) === null) return;
        const { text, uris } = rowsAsPaths(taken(event.target));
        if (text === '') {
          event.preventDefault();
          return;
        }
        event.dataTransfer.effectAllowed = 'copy';
        event.dataTransfer.setData('text/plain', text);
        event.dataTransfer.setData('text/uri-list', uris);
      },
      onCopy(event) {
        // Words that are marked, or a field, are what is meant then.
        if (!(event.target instanceof Element) || event.target.closest('[role=grid]') === null) return;
        if ((document.getSelection()?.toString() ?? '') !== '' || latest.current.chosen.length === 0) return;
        event.preventDefault();
        event.clipboardData.setData('text/plain', rowsAsText(latest.current.chosen, t));
      },
    };
  }, [t]);
}

function rowOf(target: EventTarget): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>(ROW) : null;
}
