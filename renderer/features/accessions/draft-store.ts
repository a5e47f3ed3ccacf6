import { useCallback, useSyncExternalStore } from 'react';
import { EMPTY_DRAFT, readDraft, type Draft } from './draft.ts';

/** A draft that was changed, or a rule that makes the next of the last. */
export type DraftChange = Partial<Draft> | ((draft: Draft) => Draft);

/**
 * The drafts of this window: a new one, and one for each appraisal or accession that is taken up. They are kept outside the
 * page, so that going back, a reload and a lost connection lose nothing that was typed; they end with the window, since
 * they may name donors.
 */
const PREFIX = 'holdfast.accession-draft.';
const drafts = new Map<string, Draft>();
const listeners = new Set<() => void>();

export function useDraft(key: string): [Draft, (change: DraftChange) => void] {
  const current = useSyncExternalStore(subscribe, () => draftAt(key));
  const change = useCallback(
    (wanted: DraftChange) => {
      changeDraft(key, wanted);
    },
    [key],
  );
  return [current, change];
}

function changeDraft(key: string, change: DraftChange): void {
  const before = draftAt(key);
  const after = typeof change === 'function' ? change(before) : { ...before, ...change };
  drafts.set(key, after);
  try {
    sessionStorage.setItem(PREFIX + key, JSON.stringify(after));
  } catch {
    // Full, or forbidden by the browser: the draft lives as long as the page.
  }
  for (const listener of listeners) listener();
}

export function forgetDraft(key: string): void {
  changeDraft(key, EMPTY_DRAFT);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function draftAt(key: string): Draft {
  const known = drafts.get(key);
  if (known !== undefined) return known;
  const read = load(key);
  drafts.set(key, read);
  return read;
}

function load(key: string): Draft {
  try {
    return readDraft(JSON.parse(sessionStorage.getItem(PREFIX + key) ?? 'null'));
  } catch {
    return EMPTY_DRAFT;
  }
}
