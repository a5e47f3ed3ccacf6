/** Short notes on what was just done. A plain list with listeners, so that anything may tell without a context around it. */

export interface ToastAction {
  readonly label: string;
  readonly onPress: () => void;
}

export interface ToastNote {
  readonly id: number;
  readonly text: string;
  readonly action?: ToastAction | undefined;
}

const MOST = 4;

let notes: readonly ToastNote[] = [];
let last = 0;
const listeners = new Set<() => void>();

function set(next: readonly ToastNote[]): void {
  notes = next;
  for (const listener of listeners) listener();
}

export function readNotes(): readonly ToastNote[] {
  return notes;
}

export function onNotes(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

/** The same text twice is one note, which begins anew. */
export function tell(text: string, options: { readonly action?: ToastAction | undefined } = {}): void {
  last += 1;
  const rest = notes.filter((note) => note.text !== text);
  set([...rest, { id: last, text, action: options.action }].slice(-MOST));
}

export function dismiss(id: number): void {
  set(notes.filter((note) => note.id !== id));
}
