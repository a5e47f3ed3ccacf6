import { isBesideBags } from '../../../shared/domain/bag-path.ts';
import { isInside, joinRaw, type RawPath } from '../../../shared/domain/path.ts';
import type { CatalogueReader, FolderComparison, LocationIdentity } from '../ports/catalogue.ts';

type Added = FolderComparison['added'];

/** What Holdfast itself put into a location, beside the payload of the bags that are expected there. */
export interface OwnFiles {
  /** Which of the new files of a folder are a stranger's. */
  strangers(folder: FolderComparison): Promise<Added>;
}

/**
 * In a managed location tag files, what stands beside bags, and what bags hold that were succeeded: those stay as they were until a
 * person removes them, and nothing in them is expected. What else stands in them is a stranger's, as in any sealed bag.
 */
export async function ownFiles(reader: CatalogueReader, location: LocationIdentity): Promise<OwnFiles> {
  if (location.writes !== 'managed') return { strangers: ({ added }) => Promise.resolve(added) };
  const { id } = await reader.archive();
  const sealed = new Set((await reader.tagFiles(location.id)).map(({ path }) => latin1(path)));
  const superseded = await reader.supersededBags(location.id);
  // One bag at a time: a walk goes through one after the other.
  let last: { readonly bag: RawPath; readonly files: ReadonlySet<string> } | undefined;
  const filesOf = async (bag: (typeof superseded)[number]): Promise<ReadonlySet<string>> => {
    if (last?.bag !== bag.path) {
      const { files } = await reader.bagContents(bag.id);
      last = { bag: bag.path, files: new Set(files.map((path) => latin1(joinRaw(bag.path, path)))) };
    }
    return last.files;
  };
  return {
    async strangers({ folder, added }) {
      if (added.length === 0) return added;
      const bag = superseded.find(({ path }) => isInside(path, folder));
      const known = bag === undefined ? sealed : await filesOf(bag);
      return added.filter(({ name }) => {
        const path = latin1(joinRaw(folder, name));
        return !known.has(path) && !isBesideBags(path, id);
      });
    },
  };
}

function latin1(path: RawPath): string {
  return Buffer.from(path).toString('latin1');
}
