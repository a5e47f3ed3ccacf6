/** The form of a new location: what was typed, and what is asked of the host. */
import type { PathValue } from '../../../shared/contract/common.ts';
import type { NewLocation, NewOfflineLocation } from '../../../shared/contract/locations.ts';
import { EMPTY_SHELF, shelfFactsOf, type ShelfDraft } from './shelf.ts';

export interface LocationDraft {
  readonly path: PathValue;
  /** What a person typed; empty means: the folder's own name. */
  readonly name: string;
  /** `offline`: it is not connected, and lies on a shelf. */
  readonly writes: NewLocation['writes'] | 'offline';
  readonly copied: boolean;
  readonly site: string;
  readonly medium: string;
  readonly failureGroup: string;
  readonly shelf: ShelfDraft;
}

export const EMPTY_DRAFT: LocationDraft = {
  path: { display: '' },
  name: '',
  writes: 'recover',
  copied: false,
  site: '',
  medium: '',
  failureGroup: '',
  shelf: EMPTY_SHELF,
};

export function folderName(path: PathValue): string {
  return path.display.split(/[\\/]/).findLast((part) => part !== '') ?? '';
}

function nameOf(draft: LocationDraft): string {
  return draft.name.trim() === '' ? folderName(draft.path) : draft.name.trim();
}

/** Of a folder; undefined while it lacks one, or a name. */
export function inputOf(draft: LocationDraft): NewLocation | undefined {
  const name = nameOf(draft);
  if (draft.writes === 'offline') return undefined;
  if (draft.path.display.trim() === '' || name === '') return undefined;
  return {
    path: draft.path,
    name,
    writes: draft.writes,
    copied: draft.writes === 'managed' && draft.copied,
    ...said('site', draft.site),
    ...said('medium', draft.medium),
    ...said('failureGroup', draft.failureGroup),
  };
}

/** The same of a medium that is not connected. */
export function offlineInputOf(draft: LocationDraft): NewOfflineLocation | undefined {
  const name = draft.name.trim();
  if (draft.writes !== 'offline' || name === '') return undefined;
  return {
    name,
    ...said('site', draft.site),
    ...said('medium', draft.medium),
    ...said('failureGroup', draft.failureGroup),
    ...shelfFactsOf(draft.shelf),
  };
}

/** Empty is unknown, and unknown is not recorded as a name. */
function said<Key extends string>(key: Key, value: string): { [K in Key]?: string } {
  const text = value.trim();
  return (text === '' ? {} : { [key]: text }) as { [K in Key]?: string };
}
