/** What stands in a bag's folder: tag files by name, the payload in its table, and what must not be there. */
import { isReservedOnWindows } from '../../../shared/domain/bag-name.ts';
import { decodeUtf8, isInside, type RawPath } from '../../../shared/domain/path.ts';
import type { BagReading } from './bag-reading.ts';
import type { PayloadTable } from './payload-table.ts';
import { SEEN } from './payload-table.ts';
import { type BagEntry, isPayload, WHOLE_BAG } from './walk-bag.ts';

/** A bag has a dozen. */
const MOST_TAG_FILES = 100_000;
/** Folders that could not be listed, by name; if there are more, nothing is called missing. */
const MOST_UNLISTED = 1000;

export interface BagSurvey {
  /** Sizes of tag files by their paths, UTF-8 ones only. */
  readonly tagFiles: ReadonlyMap<string, bigint>;
  readonly payloadFiles: number;
  readonly payloadBytes: bigint;
  /** Whether everything could be listed and counted. */
  readonly isWhole: boolean;
  /** Whether a path that was not found may be there all the same, since its folder could not be listed. */
  readonly mayBeThere: (path: Uint8Array) => boolean;
}

export async function surveyBag(reading: BagReading, table: PayloadTable): Promise<BagSurvey> {
  const { source, findings, signal } = reading;
  const tagFiles = new Map<string, bigint>();
  const unlisted: RawPath[] = [];
  let payloadFiles = 0;
  let payloadBytes = 0n;
  let isCut = false;
  for await (const entries of source.walk('bag', 'asked')) {
    if (signal.aborted) break;
    for (const entry of entries) {
      if (!noteEntry(reading, entry)) {
        if (entry.kind === 'unreadable' && unlisted.push(entry.path) > MOST_UNLISTED)
          unlisted.splice(0, unlisted.length, WHOLE_BAG);
      } else if (isPayload(entry.path)) {
        payloadFiles += 1;
        payloadBytes += entry.size;
        isCut ||= table.isFull;
        if (!isCut) addPayload(reading, table, entry);
      } else {
        const name = decodeUtf8(entry.path);
        if (name === undefined) findings.add('BAG-NAME-NOT-UTF8', entry.path);
        else if (tagFiles.size < MOST_TAG_FILES) tagFiles.set(name, entry.size);
        else isCut = true;
      }
    }
  }
  if (isCut)
    findings.add('BAG-TOO-LARGE', undefined, { detail: 'it has more files than can be compared at once' });
  return {
    tagFiles,
    payloadFiles,
    payloadBytes,
    isWhole: !isCut && unlisted.length === 0,
    mayBeThere: (path) => isCut || unlisted.some((folder) => isInside(folder, path as RawPath)),
  };
}

/** Notes what an entry is, if it is no file; false then. */
function noteEntry({ findings }: BagReading, { path, kind, detail }: BagEntry): boolean {
  const at = path.length === 0 ? undefined : path;
  switch (kind) {
    case 'file':
      return true;
    case 'folder':
      if (isPayload(path)) findings.add('BAG-EMPTY-FOLDER', at);
      return false;
    case 'symlink':
      findings.add('BAG-SYMLINK', at);
      return false;
    case 'special':
      findings.add('BAG-SPECIAL-FILE', at, { detail });
      return false;
    case 'unreadable':
      findings.add('BAG-UNREADABLE', at, { detail });
      return false;
  }
}

function addPayload({ findings }: BagReading, table: PayloadTable, { path, size }: BagEntry): void {
  const { entry, twin } = table.add(path);
  table.see(entry, SEEN.onDisk);
  table.keepSize(entry, size);
  if (twin !== undefined) findings.add(twin === 'case' ? 'BAG-CASE-TWIN' : 'BAG-NORMALISATION-TWIN', path);
  const name = decodeUtf8(path);
  if (name === undefined) {
    findings.add('BAG-NAME-NOT-UTF8', path);
    return;
  }
  if (name.includes('%')) findings.add('BAG-PERCENT-IN-NAME', path);
  const fault = windowsFault(name);
  if (fault !== undefined) findings.add('BAG-RESERVED-NAME', path, { detail: fault });
}

/** Why Windows cannot hold a path. */
function windowsFault(path: string): string | undefined {
  if (/[<>:"|?*\\\0-\x1f]/.test(path)) return 'it has one of < > : " | ? * \\ or a control character';
  for (const name of path.split('/')) {
    if (isReservedOnWindows(name)) return 'it is the name of a device';
    if (/[. ]$/.test(name)) return 'it ends in a dot or a space';
  }
  return undefined;
}
