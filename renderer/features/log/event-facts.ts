/** The plain facts of an event, flat enough for a table, and where the things stand that it is about. */

export interface FactRow {
  /** As the chain has it: `outcomes.intact`. */
  readonly name: string;
  readonly value: string;
}

const MOST_ROWS = 60;
const MOST_TEXT = 2000;

/** One row a value; nested values have the way to them as their name. Lists of plain values are one row. */
export function factRows(facts: Readonly<Record<string, unknown>>): { rows: FactRow[]; left: number } {
  const rows: FactRow[] = [];
  let left = 0;
  const walk = (name: string, value: unknown, depth: number): void => {
    if (depth < 6 && isObject(value)) {
      for (const [key, inner] of Object.entries(value))
        walk(name === '' ? key : `${name}.${key}`, inner, depth + 1);
      return;
    }
    if (rows.length === MOST_ROWS) left++;
    else rows.push({ name, value: textOf(value) });
  };
  walk('', facts, 0);
  return { rows, left };
}

/** `bytesRead` → `bytes read`. */
export function factName(name: string): string {
  return name
    .replace(
      /([a-z0-9])([A-Z])/g,
      (_, before: string, capital: string) => `${before} ${capital.toLowerCase()}`,
    )
    .replaceAll('_', ' ')
    .split('.')
    .join(' › ');
}

/** What of the app shows a thing of this kind. */
export type Place = 'accession' | 'location' | 'holding' | 'collection' | 'job' | 'event' | 'agent';

const PLACES: ReadonlyMap<string, Place> = new Map<string, Place>([
  ['acc', 'accession'],
  ['loc', 'location'],
  ['item', 'holding'],
  ['part', 'holding'],
  ['obj', 'holding'],
  ['col', 'collection'],
  ['job', 'job'],
  ['event', 'event'],
  ['agent', 'agent'],
]);

/** Undefined for what has no page of its own. */
export function placeOf(id: string): Place | undefined {
  return PLACES.get(id.slice(0, id.lastIndexOf('-')));
}

/** The id of the event before this one in the chain. */
export function previousEvent(seq: number): string | undefined {
  return seq > 1 ? `event-${seq - 1}` : undefined;
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return '–';
  if (Array.isArray(value)) return cut(value.map(textOf).join(', '));
  return cut(typeof value === 'string' ? value : (JSON.stringify(value) ?? '–'));
}

function cut(text: string): string {
  return text.length <= MOST_TEXT ? text : `${text.slice(0, MOST_TEXT)}…`;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
