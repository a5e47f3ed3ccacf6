import type { Collection } from '../../../shared/contract/collections.ts';
import type { ActingAgent } from './common.ts';

/** Collections as they are read. Where a method takes a `word`, it is an id, a path of names, or a name that only one has. */
export interface CollectionReader {
  /** Each before what lies in it; all, or one and what lies below it. */
  collections(under?: number): Promise<Collection[]>;
  /** @throws HoldfastError NOT_FOUND, or BAD_INPUT where several are meant. */
  collectionId(word: string): Promise<number>;
  /** An accession by id or number. @throws HoldfastError NOT_FOUND */
  accessionId(word: string): Promise<number>;
}

/** Each method is one transaction with one `metadata modification` event; none where nothing changes. */
export interface CollectionWriter {
  /** @throws HoldfastError BAD_INPUT where a sibling has the name. Returns the new id. */
  addCollection(name: string, parentId: number | null, agent: ActingAgent): Promise<number>;
  renameCollection(id: number, name: string, agent: ActingAgent): Promise<void>;
  /** @throws HoldfastError BAD_INPUT where it would come to lie within itself. */
  moveCollection(id: number, parentId: number | null, agent: ActingAgent): Promise<void>;
  assignAccession(accessionId: number, collectionId: number | null, agent: ActingAgent): Promise<void>;
}
