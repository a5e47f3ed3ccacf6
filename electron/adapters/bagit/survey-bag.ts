/** What stands in a bag's folder: tag files by name, the payload in its table, and what must not be there. */
import { isReservedOnWindows } from '../../../shared/domain/bag-name.ts';
import { decodeUtf8, isInside, type RawPath, utf8Path } from '../../../shared/domain/path.ts';
import { PAYLOAD } from './bag-files.ts';
import type { BagReading } from './bag-reading.ts';
import type { PayloadTable } from './payload-table.ts';
import { SEEN } from './payload-table.ts';
import { type BagEntry, walkBag, WHOLE_BAG } from './walk-bag.ts';

/** A bag has a dozen. */
const MOST_TAG_FILES = 100_000;
/** Folders that could not be listed, by name; if there are more, nothing is called missing. */
const MOST_UNLISTED = 1000;

const payloadPrefix = Buffer.from(PAYLOAD);

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
  const { bag, findings, signal } = reading;
  const tagFiles = new Map<string, bigint>();
  const unlisted: RawPath[] = [];
  let payloadFiles = 0;
  let payloadBytes = 0n;
  let isCut = false;
  for await (const entries of walkBag(bag, WHOLE_BAG)) {
    if (signal.aborted) break;
    for (const entry of entries) {
      if (!noteEntry(reading, entry)) {
        if (entry.kind === 'unreadable' && unlisted.push(entry.path) > MOST_UNLISTED)
          unlisted.splice(0, unlisted.length, WHOLE_BAG);
      } else if (isPayload(entry.path)) {
        payloadFiles += 1;
        payloadBytes += entry.size;
        isCut ||= table.isFull;
        if (!isCut) addPayload(reading, table, entry.path);
      } else {
        const name = decodeUtf8(entry.path);
        if (name === undefined) findings.add('name_not_utf8', entry.path);
        else if (tagFiles.size < MOST_TAG_FILES) tagFiles.set(name, entry.size);
        else isCut = true;
      }
    }
  }
  if (isCut)
    findings.add('too_large', undefined, { detail: 'it has more files than can be compared at once' });
  return {
    tagFiles,
    payloadFiles,
    payloadBytes,
    isWhole: !isCut && unlisted.length === 0,
    mayBeThere: (path) => isCut || unlisted.some((folder) => isInside(folder, path as RawPath)),
  };
}

function isPayload(path: Uint8Array): boolean {
  return payloadPrefix.every((byte, i) => path[i] === byte);
}

/** Notes what an entry is, if it is no file; false then. */
function noteEntry({ findings }: BagReading, { path, kind, detail }: BagEntry): boolean {
  const at = path.length === 0 ? undefined : path;
  switch (kind) {
    case 'file':
      return true;
    case 'folder':
      if (isPayload(path)) findings.add('empty_folder', at);
      return false;
    case 'symlink':
      findings.add('symlink', at);
      return false;
    case 'special':
      findings.add('special_file', at, { detail });
      return false;
    case 'unreadable':
      findings.add('unreadable', at, { detail });
      return false;
  }
}

function addPayload({ findings }: BagReading, table: PayloadTable, path: RawPath): void {
  const { entry, twin } = table.add(path);
  table.see(entry, SEEN.onDisk);
  if (twin !== undefined) findings.add(`${twin}_twin`, path);
  const name = decodeUtf8(path);
  if (name === undefined) {
    findings.add('name_not_utf8', path);
    return;
  }
  if (name.includes('%')) findings.add('percent_in_name', path);
  const fault = windowsFault(name);
  if (fault !== undefined) findings.add('reserved_name', path, { detail: fault });
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

export const DATA_FOLDER = utf8Path(PAYLOAD.slice(0, -1));
