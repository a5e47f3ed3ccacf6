import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState, type RefObject } from 'react';
import { flushSync } from 'react-dom';
import { HEAD, ROW } from './sizes.ts';
import {
  isStuck,
  mostOffset,
  offsetShowing,
  rowsAround,
  scrolledTo,
  scrollSpace,
  topAt,
  type RowRange,
  type ScrollPlace,
} from './scroll-space.ts';

const STEP = 4;
/** Rows are placed from the start of their block, since large offsets blur. */
const BLOCK = 4_096;
const REST = 120;

export interface RowScroll {
  readonly range: RowRange;
  /** The row from which `top` of the others is counted. */
  readonly origin: number;
  /** Pixels of the scrolled space. */
  readonly height: number;
  /** Pixels of rows seen. */
  readonly viewport: number;
  readonly reveal: (index: number) => void;
  readonly toStart: () => void;
  /** Where a row stands within the window of rows, in pixels from its top. */
  readonly topOf: (index: number) => number;
}

/** Which rows are drawn and where; scrolling draws only rows that come into sight, and moves the others as one layer. */
export function useRowScroll(
  scroller: RefObject<HTMLDivElement | null>,
  layer: RefObject<HTMLDivElement | null>,
  rowCount: number,
): RowScroll {
  const [viewport, setViewport] = useState(0);
  const space = useMemo(() => scrollSpace(rowCount, ROW, viewport), [rowCount, viewport]);
  const place = useRef<ScrollPlace>({ top: 0, offset: 0 });
  const [drawn, setDrawn] = useState<RowRange>({ first: 0, end: 0 });
  const range = useMemo(
    () => ({ first: Math.min(drawn.first, rowCount), end: Math.min(drawn.end, rowCount) }),
    [drawn, rowCount],
  );
  const drawnNow = useRef(drawn);
  useLayoutEffect(() => {
    drawnNow.current = drawn;
  }, [drawn]);

  const paint = useCallback(
    (isSync: boolean) => {
      const { offset } = place.current;
      const wanted = rowsAround(space, offset, ROW, STEP);
      const now = drawnNow.current;
      if (wanted.first !== now.first || wanted.end !== now.end) {
        const draw = (): void => {
          setDrawn(wanted);
        };
        // Within the frame of the scroll event: a frame later the rows would come in white.
        if (isSync) flushSync(draw);
        else draw();
      }
      const pixel = globalThis.devicePixelRatio || 1;
      const y = originOf(wanted) * ROW - Math.round(offset * pixel) / pixel;
      if (layer.current !== null) layer.current.style.transform = `translate3d(0, ${y}px, 0)`;
    },
    [layer, space],
  );

  const goTo = useCallback(
    (offset: number, isSync: boolean) => {
      const element = scroller.current;
      if (element === null) return;
      // To write and read it lays the page out at once, which is worth a whole frame where nothing moves.
      const top = topAt(space, offset);
      if (top !== place.current.top) element.scrollTop = top;
      place.current = { top: top === place.current.top ? top : element.scrollTop, offset };
      paint(isSync);
    },
    [paint, scroller, space],
  );

  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const measure = (): void => {
      setViewport(Math.max(0, element.clientHeight - HEAD));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => {
      observer.disconnect();
    };
  }, [scroller]);

  // Another number of rows, or another height: the rows stay where they are as far as they still exist.
  useLayoutEffect(() => {
    goTo(Math.min(place.current.offset, mostOffset(space)), false);
  }, [goTo, space]);

  useEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    let rest: ReturnType<typeof setTimeout> | undefined;
    const settle = (): void => {
      goTo(place.current.offset, false);
    };
    const hear = (): void => {
      const top = element.scrollTop;
      if (top === place.current.top) return;
      place.current = scrolledTo(space, place.current, top);
      paint(true);
      if (space.height === space.total) return;
      if (isStuck(space, place.current)) settle();
      clearTimeout(rest);
      rest = setTimeout(settle, REST);
    };
    element.addEventListener('scroll', hear, { passive: true });
    return () => {
      clearTimeout(rest);
      element.removeEventListener('scroll', hear);
    };
  }, [goTo, paint, scroller, space]);

  const reveal = useCallback(
    (index: number) => {
      goTo(offsetShowing(space, place.current.offset, index, ROW), false);
    },
    [goTo, space],
  );
  const toStart = useCallback(() => {
    goTo(0, false);
  }, [goTo]);
  const topOf = useCallback((index: number) => index * ROW - place.current.offset, []);
  return { range, origin: originOf(drawn), height: space.height, viewport, reveal, toStart, topOf };
}

function originOf(range: RowRange): number {
  return Math.floor(range.first / BLOCK) * BLOCK;
}
