import { useCallback, useLayoutEffect, useRef } from 'react';

/** A handler that stays the same function from one rendering to the next and does what the latest one says. Not to be called while rendering. */
export function useEvent<Args extends readonly unknown[], Result>(
  handler: (...args: Args) => Result,
): (...args: Args) => Result {
  const latest = useRef(handler);
  useLayoutEffect(() => {
    latest.current = handler;
  });
  return useCallback((...args: Args) => latest.current(...args), []);
}
