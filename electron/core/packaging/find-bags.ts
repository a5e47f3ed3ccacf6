import type { BagForm } from '../../../shared/domain/bag-findings.ts';
import type { PathValue } from '../../../shared/contract/common.ts';
import { pathFromJson, type RawPath } from '../../../shared/domain/path.ts';
import { identifyRoots } from '../accession/plan-accession.ts';
import type { SerialisedBags } from '../ports/bag-validation.ts';
import type { Files } from '../ports/files.ts';

export interface FoundBag {
  /** Absolute. */
  readonly path: RawPath;
  readonly form: BagForm;
}

/**
 * What bags are to be judged, in the order in which they were named.
 * @throws HoldfastError FOLDER_NOT_FOUND, NOT_A_FOLDER, FOLDER_UNREADABLE, LOCATIONS_OVERLAP
 */
export async function findBags(
  { files, serialisedBags }: { readonly files: Files; readonly serialisedBags: SerialisedBags },
  paths: readonly PathValue[],
): Promise<FoundBag[]> {
  const forms = await Promise.all(paths.map((path) => serialisedBags.formOf(pathFromJson(path))));
  const folders = await identifyRoots(
    files,
    paths.filter((_, at) => forms[at] === undefined),
  );
  const rest = folders.values();
  return forms.map((form, at) => {
    const path = paths[at] as PathValue;
    if (form !== undefined) return { path: pathFromJson(path), form };
    return { path: (rest.next().value as (typeof folders)[number]).path, form: 'folder' };
  });
}
