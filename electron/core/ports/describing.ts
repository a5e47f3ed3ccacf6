import type { Description, EditSummary } from '../../../shared/contract/description.ts';
import type { DescribedEntity, FieldName } from '../../../shared/domain/description/fields.ts';
import type { RawPath } from '../../../shared/domain/path.ts';
import type { ActingAgent, Page, PageRequest } from './common.ts';
import type { TableRow } from './tables.ts';

/** A thing that takes a description. */
export interface Describable {
  readonly entity: DescribedEntity;
  readonly id: number;
}

/** What somebody wrote into one field and what stands there now. */
export interface StandingValue {
  readonly field: FieldName;
  /** Canonical JSON of the whole field, `null` where it was cleared. */
  readonly value: string;
  /** The row of descriptions that holds it. */
  readonly version: number;
}

/** One thing with what was written of it; what a CSV compares with. */
export interface Standing extends Describable {
  readonly values: readonly StandingValue[];
  /** Where it was asked for. */
  readonly file?: FileWords;
}

/** What the file says: of an item, what its files agree on. */
export interface FileWords {
  readonly title: string;
  readonly creator: string;
  readonly date: string;
}

/** One thing with what tells a person which one it is. */
export interface DescribedRow extends Standing {
  /** Of a collection its path of names, of an accession that of the collection that it is in; empty for others. */
  readonly collection: string;
  readonly accession: string;
  /** Public id of the item that it is a part of; empty for others. */
  readonly item: string;
  readonly path: string;
  readonly file: FileWords;
}

/**
 * What is to be described. `of` narrows it: an accession is among what it holds, and a collection with those below it; a search
 * finds items and parts alone.
 */
export type Scope =
  | { readonly ids: readonly Describable[] }
  | ({ readonly of: readonly DescribedEntity[] } & (
      | { readonly all: true }
      | { readonly accessionId: number }
      | { readonly collectionId: number }
      | { readonly search: string }
    ));

/** One change of one field. */
export interface DraftChange extends Describable {
  readonly field: FieldName;
  /** As `StandingValue.value`. */
  readonly value: string;
  /** The row that it was made on, 0 for none; undefined takes whatever stands. */
  readonly version?: number | undefined;
}

export interface NewEdit {
  readonly kind: 'edit' | 'replace' | 'import';
  /** A sentence for people. */
  readonly note: string;
  /** Wrong rows that were passed over on request. */
  readonly waived?: number;
  readonly agent: ActingAgent;
}

/** An edit as it was made; `edit` is null where everything stood as it was wanted. */
export interface EditMade {
  readonly edit: number | null;
  readonly total: number;
  readonly entities: number;
}

/** One change of an edit; values as in `StandingValue`. */
export interface MadeChange extends Describable {
  readonly field: FieldName;
  readonly from: string;
  readonly to: string;
}

export interface DescriptionReader {
  /** @throws nothing for what is not there: undefined. */
  description(of: Describable, history: boolean): Promise<Description | undefined>;
  /** In the order given; those that are not there are left out. */
  standing(of: readonly Describable[], withFile?: boolean): Promise<Standing[]>;
  /** The same with what people need to know them by. */
  describedRows(of: readonly Describable[]): Promise<DescribedRow[]>;
  /**
   * What a scope holds, a slice at a time: collections, accessions, then items, each before its parts; ids as they are named.
   * @param after the last of the slice before
   * @throws HoldfastError BAD_INPUT for a search that is too broad to be wholly answered.
   */
  scope(scope: Scope, after: Describable | undefined, limit: number): Promise<Describable[]>;
  edits(page: PageRequest): Promise<Page<EditSummary>>;
  /** The changes of an edit in their order, up to so many. */
  changesOf(editId: number, limit: number): Promise<MadeChange[]>;
}

/**
 * Each edit is one transaction with one `metadata modification` event.
 * @throws HoldfastError EDIT_CONFLICT where other values stand than the edit was made on; it tells which. Nothing is done then.
 */
export interface DescriptionWriter {
  describe(edit: NewEdit, changes: readonly DraftChange[]): Promise<EditMade>;
  /** Collects the changes of an edit that is too large to be held at once. Forgotten when the process ends. */
  openDraft(): Promise<number>;
  addToDraft(draft: number, changes: readonly DraftChange[]): Promise<void>;
  dropDraft(draft: number): Promise<void>;
  /** Makes the edit that a draft holds, and drops it. */
  describeDraft(edit: NewEdit, draft: number): Promise<EditMade>;
  /** @throws HoldfastError NOT_FOUND; EDIT_CONFLICT names what has changed since. */
  undoEdit(editId: number, agent: ActingAgent): Promise<EditMade>;
}

/** A CSV that is being read, a record at a time. */
export interface OpenTable {
  /** WHATWG name. */
  readonly encoding: string;
  readonly separator: string;
  readonly header: readonly string[];
  /** In slices, so that a file of any length is read in the same memory. @throws HoldfastError BAD_INPUT */
  readonly slices: AsyncIterable<readonly TableRow[]>;
}

/** Files in which descriptions go to a spreadsheet and come back. */
export interface DescriptionFiles {
  /** @throws HoldfastError BAD_INPUT where there is no such file, or it is no table: the message says where and why. */
  open(path: RawPath, how: { readonly encoding?: string; readonly separator?: string }): Promise<OpenTable>;
  /**
   * Writes a file that is whole or not there.
   * @throws HoldfastError BAD_INPUT where one is there already, or its folder is not; DISK_FULL
   */
  write(
    path: RawPath,
    separator: string,
    slices: AsyncIterable<readonly (readonly string[])[]>,
  ): Promise<void>;
}
