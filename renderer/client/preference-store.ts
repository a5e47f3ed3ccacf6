export interface PreferenceParts {
  write(key: string, value: unknown): Promise<void>;
  schedule(act: () => void, ms: number): () => void;
}

const WRITE_AFTER_MS = 400;

interface Pending {
  readonly value: unknown;
  cancel: (() => void) | undefined;
}

/**
 * Values that a person has set and the host has not yet written. A screen shows them at once; a column that is dragged wider is
 * written when it rests, not sixty times a second.
 */
export class PreferenceStore {
  #parts: PreferenceParts;
  #pending = new Map<string, Pending>();
  #listeners = new Set<() => void>();

  constructor(parts: PreferenceParts) {
    this.#parts = parts;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The same object until the value changes; undefined where nothing waits to be written. */
  pending(key: string): { readonly value: unknown } | undefined {
    return this.#pending.get(key);
  }

  set(key: string, value: unknown): void {
    this.#pending.get(key)?.cancel?.();
    const entry: Pending = { value, cancel: undefined };
    entry.cancel = this.#parts.schedule(() => this.#write(key, entry), WRITE_AFTER_MS);
    this.#pending.set(key, entry);
    this.#tell();
  }

  /** Writes everything now: the window is about to go. */
  flush(): void {
    for (const [key, entry] of this.#pending) {
      if (entry.cancel === undefined) continue;
      entry.cancel();
      this.#write(key, entry);
    }
  }

  #write(key: string, entry: Pending): void {
    entry.cancel = undefined;
    const settle = () => {
      // Another value may have been set meanwhile: that one is not written yet.
      if (this.#pending.get(key) !== entry) return;
      this.#pending.delete(key);
      this.#tell();
    };
    // Refused or lost: the screen goes back to what the host knows. Nothing of the archive hangs on it.
    this.#parts.write(key, entry.value).then(settle, settle);
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}

/** What was remembered, if it is of the kind that is expected now: a newer or older version may have written another. */
export function remembered<T>(value: unknown, fallback: T): T {
  if (value === undefined || value === null) return fallback;
  if (fallback === undefined || fallback === null) return value as T;
  const isAlike = typeof value === typeof fallback && Array.isArray(value) === Array.isArray(fallback);
  return isAlike ? (value as T) : fallback;
}
