/** Media that are not connected, in words. Dates are ISO 8601, of days. */
import type { Location, Loan, Shelf } from '../../../shared/contract/locations.ts';
import { recallsOf, type Recall } from '../../../shared/domain/recall.ts';
import { formatDate, plainVisible, type Texts } from '../../ui/index.ts';

/** A location that is not connected, as planned. */
export type OfflineLocation = Location & { readonly offline: Shelf };

export function isOffline(location: Location): location is OfflineLocation {
  return location.offline !== undefined;
}

/** What it is as an object: `tape, LTO-8`; undefined where nobody said. */
export function mediumWords({ medium, offline }: Location): string | undefined {
  const parts = [medium, offline?.generation].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : parts.map((part) => plainVisible(part, 80)).join(', ');
}

/** Who has it, since when, until when. */
export function loanWords({ to, outAt, expectedBack }: Loan, t: Texts): string {
  const words = { to: plainVisible(to, 80), since: formatDate(outAt) };
  return expectedBack === undefined
    ? t('loan.out', words)
    : t('loan.outUntil', { ...words, until: formatDate(expectedBack) });
}

/** The host counts days by UTC, and so does a screen beside it. */
function todayOf(now: number): string {
  return new Date(now).toISOString().slice(0, 10);
}

/** What of it is past its date. */
export function pastOf(shelf: Shelf, now = Date.now()): readonly Recall[] {
  return recallsOf(shelf, todayOf(now)).filter(({ isPast }) => isPast);
}

/** Those that a person must fetch first stand first, then by name. */
export function byUrgency(a: OfflineLocation, b: OfflineLocation): number {
  const [first, second] = [dueOf(a.offline), dueOf(b.offline)];
  return first < second ? -1 : first > second ? 1 : a.name.localeCompare(b.name);
}

function dueOf({ recallBy, loan }: Shelf): string {
  const dates = [recallBy, loan?.expectedBack].filter((date) => date !== undefined);
  return dates.length === 0 ? '~' : dates.reduce((a, b) => (a < b ? a : b));
}

export interface ShelfDraft {
  readonly barcode: string;
  readonly shelf: string;
  readonly generation: string;
  readonly recallBy: string;
}

export const EMPTY_SHELF: ShelfDraft = { barcode: '', shelf: '', generation: '', recallBy: '' };

export function shelfDraftOf(shelf: Shelf | undefined): ShelfDraft {
  return {
    barcode: shelf?.barcode ?? '',
    shelf: shelf?.shelf ?? '',
    generation: shelf?.generation ?? '',
    recallBy: shelf?.recallBy ?? '',
  };
}

const NAMES = ['barcode', 'shelf', 'generation', 'recallBy'] as const;

/** What was said of it; an empty field says nothing. */
export function shelfFactsOf(draft: ShelfDraft): Partial<Record<(typeof NAMES)[number], string>> {
  return Object.fromEntries(
    NAMES.map((name) => [name, draft[name].trim()] as const).filter(([, text]) => text !== ''),
  );
}

/** What changed of it; null takes a fact away. */
export function shelfChangeOf(
  draft: ShelfDraft,
  before: Shelf | undefined,
): Partial<Record<(typeof NAMES)[number], string | null>> {
  const was = shelfDraftOf(before);
  return Object.fromEntries(
    NAMES.map((name) => [name, draft[name].trim()] as const)
      .filter(([name, text]) => text !== was[name])
      .map(([name, text]) => [name, text === '' ? null : text]),
  );
}
