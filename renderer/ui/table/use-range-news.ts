import { useEffect, useRef } from 'react';

const EVERY = 60;

/** Tells of the rows in sight: at once when scrolling begins, and then so often that a fast thumb does not ask for every page. */
export function useRangeNews(
  first: number,
  last: number,
  onRangeChange: ((first: number, last: number) => void) | undefined,
): void {
  const listener = useRef(onRangeChange);
  useEffect(() => {
    listener.current = onRangeChange;
  });
  const told = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    if (last < first) return;
    const wait = Math.max(0, told.current + EVERY - performance.now());
    const tell = (): void => {
      told.current = performance.now();
      listener.current?.(first, last);
    };
    if (wait === 0) {
      tell();
      return;
    }
    const timer = setTimeout(tell, wait);
    return () => {
      clearTimeout(timer);
    };
  }, [first, last]);
}
