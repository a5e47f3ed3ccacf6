import type { ItemReader } from '../../../core/ports/arranging.ts';
import type { CollectionReader } from '../../../core/ports/collecting.ts';
import { requireCollection } from '../collection-names.ts';
import type { Connection } from '../connection.ts';
import { previewRegrouping } from '../regrouping.ts';
import { accessionMeant, collectionTree } from './collections.ts';
import { item, itemsPage } from './items.ts';
import { tracksOf } from './tracks.ts';

type Ports = CollectionReader & ItemReader;
type Methods = {
  [Name in keyof Ports]: (...args: Parameters<Ports[Name]>) => Awaited<ReturnType<Ports[Name]>>;
};

/** Collections, and what items are made of. */
export function structureReading(connection: Connection): Methods {
  return {
    collections: (under) => collectionTree(connection, under),
    collectionId: (word) => requireCollection(connection, word),
    accessionId: (word) => accessionMeant(connection, word),
    items: (of, page) => itemsPage(connection, of, page),
    item: (id) => item(connection, id),
    tracks: (of) => tracksOf(connection, of),
    previewRegrouping: (accessionId, how) => previewRegrouping(connection, accessionId, how),
  };
}
