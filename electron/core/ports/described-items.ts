/** What is said of items, for records that other systems take in. */
import type { FieldName, FieldValue } from '../../../shared/domain/description/fields.ts';

export interface DescribedItem {
  readonly id: number;
  /** Number of the accession that it belongs to. */
  readonly accession: string;
  /** Path of names of the collection; empty for none. */
  readonly collection: string;
  /** What stands, whoever said it: an archivist, an import, the file. */
  readonly fields: readonly { readonly field: FieldName; readonly value: FieldValue }[];
  /** Of its parts, each once. */
  readonly formats: readonly { readonly name: string; readonly mime: string; readonly puid: string }[];
  /** Bytes of its parts, each once. */
  readonly bytes: number;
  /** Of all its parts; 0 where nothing of it is sound. */
  readonly durationMs: number;
  /** Rights bases that are documented of it or its accession. */
  readonly rights: readonly string[];
}

export interface DescribedItemReader {
  /** In their order. */
  describedItems(items: Int32Array): Promise<DescribedItem[]>;
}

/** The fifteen elements of Dublin Core (ISO 15836-1), in their usual order; each may have several values. */
export const DUBLIN_CORE = [
  'title',
  'creator',
  'subject',
  'description',
  'publisher',
  'contributor',
  'date',
  'type',
  'format',
  'identifier',
  'source',
  'language',
  'relation',
  'coverage',
  'rights',
] as const;

export type DublinCore = Readonly<Partial<Record<(typeof DUBLIN_CORE)[number], readonly string[]>>>;

/** One form in which descriptions are written, an item at a time. */
export interface DescriptionForm<Record> {
  readonly extension: string;
  head(comment: readonly string[]): string;
  item(record: Record): string;
  readonly foot: string;
}

/** An item as EBUCore has it. */
export interface EbuCoreRecord {
  readonly id: string;
  readonly title: string;
  readonly alternativeTitles: readonly string[];
  readonly creators: readonly { readonly name: string; readonly role: string }[];
  readonly contributors: readonly { readonly name: string; readonly role: string }[];
  readonly subjects: readonly string[];
  readonly genres: readonly string[];
  readonly descriptions: readonly string[];
  readonly dates: readonly string[];
  readonly places: readonly string[];
  readonly languages: readonly string[];
  readonly identifiers: readonly (readonly [scheme: string, value: string])[];
  readonly formats: DescribedItem['formats'];
  readonly bytes: number;
  /** ISO 8601; absent where nothing of it is sound. */
  readonly duration?: string;
  readonly rights: readonly string[];
}
