import type { DublinCore } from './described-items.ts';
import type { AgentRecord, EntityRecord, EventRecord, FileRecord, RightsRecord } from './premis.ts';

/** An item with what it is made of, by their ids, in order. */
export interface MetsItem {
  readonly id: string;
  readonly title: string;
  readonly parts: readonly {
    readonly role: string;
    readonly representation: string;
    readonly files: readonly string[];
  }[];
}

/** How METS is written, in the order of its sections: descriptions, administration (techMD, rightsMD, digiprovMD), files, structure. */
export interface MetsForm {
  (scheme: string): {
    head(of: {
      readonly objectId: string;
      readonly label: string;
      readonly archive: string;
      /** RFC 3339, UTC. */
      readonly at: string;
      readonly comment: readonly string[];
    }): string;
    description(id: string, record: DublinCore): string;
    /** What stands before the administrative metadata. */
    readonly administration: string;
    file(record: FileRecord): string;
    entity(record: EntityRecord): string;
    rights(record: RightsRecord): string;
    event(record: EventRecord): string;
    agent(record: AgentRecord): string;
    /** What stands before the list of files. */
    readonly files: string;
    fileEntry(record: FileRecord): string;
    /** What stands before the items. */
    readonly structure: string;
    item(item: MetsItem): string;
    /** Files that no item is made of. */
    loose(files: readonly string[]): string;
    readonly foot: string;
  };
}
