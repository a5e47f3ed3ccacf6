/** What keys and clicks do to the row in focus and to the set of chosen rows. */

export interface Choice {
  /** The row in focus; -1 before anything was. */
  readonly active: number;
  /** Where a range begins. */
  readonly anchor: number;
  readonly chosen: ReadonlySet<string>;
}

/** The key of a row, undefined where it is not loaded. */
export type KeyAt = (index: number) => string | undefined;

const NONE: ReadonlySet<string> = new Set();

function range(from: number, to: number, keyAt: KeyAt): ReadonlySet<string> {
  const keys = new Set<string>();
  for (let index = Math.min(from, to); index <= Math.max(from, to); index++) {
    const key = keyAt(index);
    if (key !== undefined) keys.add(key);
  }
  return keys;
}

/** Moves the focus; with `extend` everything from where the range began is chosen, and without it what was chosen stays. */
export function moved(choice: Choice, to: number, extend: boolean, keyAt: KeyAt): Choice {
  if (!extend) return { ...choice, active: to, anchor: to };
  const anchor = choice.anchor < 0 ? Math.max(0, choice.active) : choice.anchor;
  return { active: to, anchor, chosen: range(anchor, to, keyAt) };
}

/** Takes the row in, or out again. */
export function toggled(choice: Choice, index: number, keyAt: KeyAt): Choice {
  const key = keyAt(index);
  if (key === undefined) return choice;
  const chosen = new Set(choice.chosen);
  if (!chosen.delete(key)) chosen.add(key);
  return { active: index, anchor: index, chosen };
}

/** A click: alone it looks at a row and lets go of what was chosen; with Ctrl or ⌘ it takes in or out; with Shift a range. */
export function clicked(
  choice: Choice,
  index: number,
  held: { readonly toggle: boolean; readonly range: boolean },
  keyAt: KeyAt,
): Choice {
  if (held.range) return moved(choice, index, true, keyAt);
  if (!held.toggle)
    return { active: index, anchor: index, chosen: choice.chosen.size === 0 ? choice.chosen : NONE };
  // The row that was looked at joins in: people mean "this one and that one".
  const before = choice.chosen.size === 0 && choice.active !== index ? keyAt(choice.active) : undefined;
  return toggled(before === undefined ? choice : { ...choice, chosen: new Set([before]) }, index, keyAt);
}

/** Everything that is loaded. */
export function allChosen(rowCount: number, keyAt: KeyAt): ReadonlySet<string> {
  return rowCount === 0 ? NONE : range(0, rowCount - 1, keyAt);
}

/** The row that a key leads to, undefined for a key that leads nowhere. `page` is how many rows are seen at once. */
export function rowAfter(key: string, active: number, rowCount: number, page: number): number | undefined {
  const last = rowCount - 1;
  if (last < 0) return undefined;
  const step = Math.max(1, page - 1);
  switch (key) {
    case 'ArrowDown':
    case 'j':
      return Math.min(last, active + 1);
    case 'ArrowUp':
    case 'k':
      return Math.max(0, active - 1);
    case 'PageDown':
      return Math.min(last, Math.max(0, active) + step);
    case 'PageUp':
      return Math.max(0, active - step);
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return undefined;
  }
}
