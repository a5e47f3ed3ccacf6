import type { Item, RegroupInput, RegroupResult, Track } from '../../../shared/contract/items.ts';
import type { PathJson } from '../../../shared/domain/path.ts';
import type { RelationPredicate, RepresentationRole } from '../../../shared/domain/vocabulary.ts';
import type { ActingAgent, Page, PageRequest } from './common.ts';

/** One end of a relation. A part stands for its content. */
export interface RelationEnd {
  readonly kind: 'item' | 'object' | 'part';
  readonly id: number;
}

export interface WantedRelation {
  readonly subject: RelationEnd;
  readonly predicate: RelationPredicate;
  readonly object: RelationEnd;
}

/** As it stands recorded. */
export interface RecordedRelation extends WantedRelation {
  readonly subject: RelationEnd & { readonly kind: 'item' | 'object' };
  readonly object: RelationEnd & { readonly kind: 'item' | 'object' };
}

/** A row of a table that says where a file belongs. */
export interface RegroupRow {
  /** As a spreadsheet counts: the header is row 1. */
  readonly row: number;
  /** Absolute, or relative to the accession's folder. */
  readonly path: PathJson;
  /** A name, the same for all files of one item; or the id of an item of the accession. */
  readonly item: string;
  readonly role: string;
  readonly position: string;
  readonly title: string;
}

/** How an accession is to be regrouped: by its rows where there are any. */
export interface Regrouping extends Pick<RegroupInput, 'by' | 'rules' | 'arranged' | 'skipBad'> {
  readonly rows?: readonly RegroupRow[];
}

export interface ItemReader {
  /** In the order of accessions and folders. */
  items(
    of: { readonly accessionId?: number; readonly collectionId?: number },
    page: PageRequest,
  ): Promise<Page<Item>>;
  item(id: number): Promise<Item | undefined>;
  tracks(of: { readonly kind: 'item' | 'part'; readonly id: number }): Promise<Track[]>;
  /** What a regrouping would make; nothing is changed. */
  previewRegrouping(accessionId: number, how: Regrouping): Promise<RegroupResult>;
}

/**
 * Structure made by people. Each method is one transaction with one `metadata modification` event, none where nothing
 * changes; facts, sums and counters of every item that it touches are kept.
 * @throws HoldfastError NOT_FOUND, BAD_INPUT; nothing was changed then.
 */
export interface ItemWriter {
  /** Returns the id of the new item. */
  splitItem(
    itemId: number,
    partIds: readonly number[],
    title: string | undefined,
    agent: ActingAgent,
  ): Promise<number>;
  mergeItems(intoId: number, itemIds: readonly number[], agent: ActingAgent): Promise<void>;
  moveParts(partIds: readonly number[], itemId: number, agent: ActingAgent): Promise<void>;
  orderParts(itemId: number, partIds: readonly number[], agent: ActingAgent): Promise<void>;
  /** Returns the item. */
  setRole(
    of: { readonly kind: 'item' | 'part'; readonly id: number },
    role: RepresentationRole,
    agent: ActingAgent,
  ): Promise<number>;
  /** Returns the relation as it is recorded, and whether it was new. */
  relate(
    wanted: WantedRelation,
    agent: ActingAgent,
  ): Promise<{ relation: RecordedRelation; changed: boolean }>;
  unrelate(
    wanted: WantedRelation,
    agent: ActingAgent,
  ): Promise<{ relation: RecordedRelation; changed: boolean }>;
  regroup(accessionId: number, how: Regrouping, agent: ActingAgent): Promise<RegroupResult>;
}
