/** Which media are to come back, and by when. */

/** What is known of a medium on a shelf. Dates are ISO 8601, of days. */
export interface OnShelf {
  readonly recallBy?: string | undefined;
  readonly loan?: { readonly to: string; readonly expectedBack?: string | undefined } | undefined;
}

export interface Recall {
  /** `lent`: somebody has it. `recall`: it is to be read again by then. */
  readonly why: 'lent' | 'recall';
  readonly due?: string;
  readonly isPast: boolean;
}

/**
 * The reasons to fetch one: it is lent, whenever it is expected back, or it is to be read again. What has no date is never past.
 * @param today ISO 8601 date; what is due today is not past
 */
export function recallsOf({ recallBy, loan }: OnShelf, today: string): Recall[] {
  const recalls: Recall[] = [];
  if (loan !== undefined) recalls.push(recall('lent', loan.expectedBack, today));
  if (recallBy !== undefined) recalls.push(recall('recall', recallBy, today));
  return recalls;
}

/** The earliest first; what has no date comes last. */
export function byDueDate(a: Recall, b: Recall): number {
  const [first, second] = [a.due ?? '~', b.due ?? '~'];
  return first < second ? -1 : first > second ? 1 : 0;
}

function recall(why: Recall['why'], due: string | undefined, today: string): Recall {
  return { why, ...(due === undefined ? {} : { due }), isPast: due !== undefined && due < today };
}
