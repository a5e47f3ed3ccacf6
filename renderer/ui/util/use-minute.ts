import { useSyncExternalStore } from 'react';

const EVERY = 60_000;

let minute = 0;
let timer: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    minute += 1;
    for (const each of listeners) each();
  }, EVERY);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** Draws the component anew each minute, by one clock for all: `2 minutes ago` must not stand there for an hour. */
export function useMinute(): void {
  useSyncExternalStore(subscribe, () => minute);
}
