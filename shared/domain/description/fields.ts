/**
 * The closed list of what can be said of a collection, an accession, an item or a part, after IASA's cataloguing rules and
 * Dublin Core. A value is a text, a list of texts, or a list of contributors; several values of a field are one value of it,
 * so that an edit says the whole field.
 */
import type { IdentifierScheme } from './identifiers.ts';

/** What takes a description. */
export const DESCRIBED_ENTITIES = ['collection', 'accession', 'item', 'part'] as const;
export type DescribedEntity = (typeof DESCRIBED_ENTITIES)[number];

export interface Contributor {
  readonly name: string;
  /** In lower case: performer, composer, speaker, recordist, … */
  readonly role: string;
}

/** Of `text` and `note` a text, of `contributors` a list of them, of all others a list of texts. */
export type FieldValue = string | readonly string[] | readonly Contributor[];

export type FieldKind = 'text' | 'note' | 'date' | 'list' | 'languages' | 'contributors' | 'identifiers';

export interface Field {
  readonly kind: FieldKind;
  /** As people read it. */
  readonly label: string;
  /** Characters that a text, or each text of a list, takes. */
  readonly most: number;
  readonly entities: readonly DescribedEntity[];
  /** Of identifiers: what they are in the table of identifiers, and how they are checked. */
  readonly scheme?: IdentifierScheme;
}

const ALL = DESCRIBED_ENTITIES;
const HOLDINGS = ['accession', 'item', 'part'] as const;
const WORKS = ['item', 'part'] as const;
const RELEASES = ['item'] as const;
const RECORDINGS = ['part', 'item'] as const;

const LINE = 1_000;
const NOTE = 20_000;

function identifier(
  label: string,
  scheme: IdentifierScheme,
  entities: readonly DescribedEntity[],
): Field & { readonly scheme: IdentifierScheme } {
  return { kind: 'identifiers', label, most: 200, entities, scheme };
}

const FIELDS = {
  title: { kind: 'text', label: 'Title', most: LINE, entities: ALL },
  'alternative-title': { kind: 'list', label: 'Alternative titles', most: LINE, entities: ALL },
  contributor: { kind: 'contributors', label: 'Contributors', most: 300, entities: ALL },
  date: { kind: 'date', label: 'Date', most: 200, entities: ALL },
  place: { kind: 'list', label: 'Places', most: LINE, entities: ALL },
  language: { kind: 'languages', label: 'Languages', most: 100, entities: ALL },
  genre: { kind: 'list', label: 'Genres', most: LINE, entities: ALL },
  carrier: { kind: 'list', label: 'Carriers', most: LINE, entities: HOLDINGS },
  'recording-note': { kind: 'note', label: 'Recording notes', most: NOTE, entities: HOLDINGS },
  subject: { kind: 'list', label: 'Subjects', most: LINE, entities: ALL },
  'content-note': { kind: 'note', label: 'Content note', most: NOTE, entities: ALL },
  'condition-note': { kind: 'note', label: 'Condition note', most: NOTE, entities: HOLDINGS },
  isrc: identifier('ISRC', 'isrc', RECORDINGS),
  iswc: identifier('ISWC', 'iswc', WORKS),
  barcode: identifier('Barcode (EAN, UPC)', 'barcode', RELEASES),
  'catalogue-number': identifier('Catalogue number', 'catalognumber', RELEASES),
  isni: identifier('ISNI of a name', 'isni', ALL),
  'mbid-recording': identifier('MusicBrainz recording', 'mbid-recording', RECORDINGS),
  'mbid-release': identifier('MusicBrainz release', 'mbid-release', RELEASES),
  'mbid-release-group': identifier('MusicBrainz release group', 'mbid-release-group', RELEASES),
  'mbid-work': identifier('MusicBrainz work', 'mbid-work', WORKS),
  'mbid-artist': identifier('MusicBrainz artist', 'mbid-artist', WORKS),
  'shelf-mark': identifier('Shelf mark', 'shelf-mark', ALL),
  'finding-aid': identifier('Finding-aid reference', 'finding-aid', ALL),
  ark: identifier('ARK', 'ark', ALL),
  'local-id': identifier('Local identifier', 'local-id', ALL),
} as const satisfies Readonly<Record<string, Field>>;

export type FieldName = keyof typeof FIELDS;

export const FIELD_NAMES = Object.keys(FIELDS) as FieldName[];

export function fieldOf(name: FieldName): Field {
  return FIELDS[name];
}

/** Values that a field of several takes. */
export const MOST_VALUES = 200;

/** The field that a person means by a word, in any case, with spaces or underscores for hyphens; undefined for none. */
export function parseFieldName(text: string): FieldName | undefined {
  const name = text
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, '-');
  return Object.hasOwn(FIELDS, name) ? (name as FieldName) : undefined;
}

export function takes(entity: DescribedEntity, name: FieldName): boolean {
  return fieldOf(name).entities.includes(entity);
}

/** The name of a field that is nearest to a mistyped one, where one is near. */
export function nearestFieldName(text: string): FieldName | undefined {
  const typed = text.trim().toLowerCase().slice(0, 40);
  let best: { name: FieldName; distance: number } | undefined;
  for (const name of FIELD_NAMES) {
    const apart = distance(typed, name);
    if (apart <= Math.max(1, Math.floor(name.length / 4)) && (best === undefined || apart < best.distance))
      best = { name, distance: apart };
  }
  return best?.name;
}

/** Levenshtein's, by rows. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next.push(
        Math.min(
          (row[j] ?? 0) + 1,
          (next[j - 1] ?? 0) + 1,
          (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1),
        ),
      );
    row = next;
  }
  return row[b.length] ?? 0;
}
