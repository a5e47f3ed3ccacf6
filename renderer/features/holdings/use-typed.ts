import { useCallback, useEffect, useRef, useState } from 'react';

/** Keys that follow each other faster are one question. */
const REST_MS = 80;

/**
 * What is typed into a field and told on: at once after a rest, so that an answer waits for nothing, and while keys follow fast,
 * when they rest. What the address says meanwhile (back, a saved view) is taken
 * over where it is not what was told last.
 */
export function useTyped(
  said: string,
  onRest: (text: string) => void,
): [string, (text: string, isTold?: boolean) => void] {
  const [typed, setTyped] = useState(said);
  const told = useRef(said);
  const pressedAt = useRef(Number.NEGATIVE_INFINITY);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const latest = useRef(onRest);
  useEffect(() => {
    latest.current = onRest;
  });
  useEffect(() => {
    if (said === told.current.trim() || said === told.current) return;
    clearTimeout(timer.current);
    told.current = said;
    setTyped(said);
  }, [said]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const type = useCallback((text: string, isTold = false) => {
    setTyped(text);
    clearTimeout(timer.current);
    if (isTold) {
      told.current = text;
      return;
    }
    const tell = (): void => {
      told.current = text;
      latest.current(text);
    };
    const now = performance.now();
    const rested = now - pressedAt.current >= REST_MS;
    pressedAt.current = now;
    if (rested) tell();
    else timer.current = setTimeout(tell, REST_MS);
  }, []);
  return [typed, type];
}
