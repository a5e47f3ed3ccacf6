/** What is known of a location, as a person changes it. */
import type { Location, LocationChange } from '../../../shared/contract/locations.ts';
import type { PlaceDraft } from './place-fields.tsx';

export interface EditDraft extends PlaceDraft {
  readonly name: string;
  readonly writes: Location['writes'];
  /** `auto`, or how many files are read at once. */
  readonly readers: string;
}

/** How many may be read at once. */
export const READERS = Array.from({ length: 16 }, (_, at) => String(at + 1));

export function editDraftOf(location: Location): EditDraft {
  const { name, site = '', medium = '', failureGroup = '', writes, readers } = location;
  return {
    name,
    site,
    medium,
    failureGroup,
    writes,
    readers: readers === undefined ? 'auto' : String(readers),
  };
}

/** A managed location stays one, and what never was connected has no folder. */
export function hasWritesToChoose({ writes, root }: Location): boolean {
  return writes !== 'managed' && root.display !== '';
}

const PLACE = ['site', 'medium', 'failureGroup'] as const;

/** What of it became another; undefined while its name is empty. */
export function editChangeOf(draft: EditDraft, before: Location): LocationChange | undefined {
  const was = editDraftOf(before);
  const name = draft.name.trim();
  if (name === '') return undefined;
  const place = PLACE.map((fact) => [fact, draft[fact].trim()] as const)
    .filter(([fact, text]) => text !== was[fact])
    .map(([fact, text]) => [fact, text === '' ? null : text] as const);
  return {
    ...(name === was.name ? {} : { name }),
    ...Object.fromEntries(place),
    ...(draft.writes === was.writes || draft.writes === 'managed' ? {} : { writes: draft.writes }),
    ...(draft.readers === was.readers
      ? {}
      : { readers: draft.readers === 'auto' ? 'auto' : Number(draft.readers) }),
  };
}
