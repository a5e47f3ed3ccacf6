/** How the list looks and what is remembered of it: columns, widths, saved views. Read back with care: it is JSON from a file. */
import { holdingsSearch, without, type HoldingsSearch } from './holdings-search.ts';

/** Every column, in their order; `title` is always shown. */
export const COLUMN_IDS = [
  'title',
  'artist',
  'album',
  'date',
  'role',
  'kind',
  'format',
  'duration',
  'size',
  'replicas',
  'outcome',
  'verified',
  'accession',
  'path',
  'id',
] as const;
export type ColumnId = (typeof COLUMN_IDS)[number];

export interface ColumnsShown {
  readonly hidden: readonly string[];
  readonly widths: Readonly<Record<string, number>>;
}

export const COLUMNS_KEY = 'columns.holdings';
export const VIEWS_KEY = 'views.holdings';

export const DEFAULT_COLUMNS: ColumnsShown = {
  hidden: ['date', 'kind', 'replicas', 'outcome', 'path', 'id'],
  widths: {},
};

export interface SavedView {
  readonly name: string;
  readonly search: HoldingsSearch;
  readonly columns: ColumnsShown;
}

const MOST_VIEWS = 50;
const LONGEST_NAME = 100;

export function readColumns(kept: unknown): ColumnsShown {
  if (typeof kept !== 'object' || kept === null) return DEFAULT_COLUMNS;
  const { hidden, widths } = kept as Record<string, unknown>;
  return {
    hidden: Array.isArray(hidden)
      ? COLUMN_IDS.filter((id) => id !== 'title' && hidden.includes(id))
      : DEFAULT_COLUMNS.hidden,
    widths: Object.fromEntries(
      Object.entries(typeof widths === 'object' && widths !== null ? widths : {}).filter(
        (entry): entry is [string, number] =>
          (COLUMN_IDS as readonly string[]).includes(entry[0]) &&
          typeof entry[1] === 'number' &&
          entry[1] >= 24 &&
          entry[1] <= 4000,
      ),
    ),
  };
}

export function readViews(kept: unknown): SavedView[] {
  if (!Array.isArray(kept)) return [];
  return kept.slice(0, MOST_VIEWS).flatMap((view: unknown) => {
    if (typeof view !== 'object' || view === null) return [];
    const { name, search, columns } = view as Record<string, unknown>;
    if (typeof name !== 'string' || name.trim() === '') return [];
    const said = typeof search === 'object' && search !== null ? search : {};
    return [
      {
        name: name.slice(0, LONGEST_NAME),
        search: without(holdingsSearch(said as Record<string, unknown>), 'open'),
        columns: readColumns(columns),
      },
    ];
  });
}

/** A view of the same name is replaced where it stands. */
export function withView(views: readonly SavedView[], view: SavedView): SavedView[] {
  const name = view.name.trim().slice(0, LONGEST_NAME);
  const kept = { ...view, name, search: without(view.search, 'open') };
  const at = views.findIndex((each) => each.name === name);
  return at === -1 ? [...views, kept].slice(-MOST_VIEWS) : views.with(at, kept);
}

export function withoutView(views: readonly SavedView[], name: string): SavedView[] {
  return views.filter((view) => view.name !== name);
}

/** The view that is shown as it was saved, whatever stands open beside it. */
export function viewShown(views: readonly SavedView[], search: HoldingsSearch): SavedView | undefined {
  const shown = keyOf(search);
  return views.find((view) => keyOf(view.search) === shown);
}

function keyOf(search: HoldingsSearch): string {
  return JSON.stringify(Object.entries(without(search, 'open')).sort(([a], [b]) => (a < b ? -1 : 1)));
}
