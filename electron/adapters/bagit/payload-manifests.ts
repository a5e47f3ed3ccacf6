/** What payload manifests and fetch.txt say, entered into the table of payload paths. */
import type { BagFindingContext } from '../../../shared/domain/bag-finding.ts';
import { refusedPath } from '../../../shared/domain/manifest-path.ts';
import { type RawPath, utf8Path } from '../../../shared/domain/path.ts';
import {
  BAG_ALGORITHMS,
  type BagAlgorithm,
  FETCH_TXT,
  manifestName,
  PAYLOAD,
  payloadManifest,
} from './bag-files.ts';
import { type BagReading, linesOf, type ReadableLine } from './bag-reading.ts';
import { FindingList } from './finding-list.ts';
import { isDigest, readFetchLine, readManifestLine } from './manifest-lines.ts';
import { type PayloadTable, SEEN } from './payload-table.ts';
import type { BagSurvey } from './survey-bag.ts';

/** As many as fit the bits of an entry. */
const MOST_MANIFESTS = 16;

export interface Manifest {
  readonly file: string;
  /** As its name has it, in lower case and without punctuation. */
  readonly algorithm: string;
  /** Where digests of it can be made. */
  readonly known?: BagAlgorithm;
}

/** The manifests of a bag that will be read; what is wrong with their names is a finding. */
export function chooseManifests(
  { findings }: BagReading,
  { tagFiles }: Pick<BagSurvey, 'tagFiles'>,
  of: 'payload' | 'tags',
): Manifest[] {
  const chosen = new Map<string, Manifest>();
  const named = [...tagFiles.keys()].sort().flatMap((file) => {
    const name = manifestName(file);
    if (name?.of !== of) return [];
    const algorithm = name.algorithm.toLowerCase().replace(/[^a-z0-9]/g, '');
    const expected = of === 'tags' ? `tag${payloadManifest(algorithm)}` : payloadManifest(algorithm);
    return [{ file, algorithm, expected }];
  });
  // Where there are two, the one with the right name is read.
  named.sort((a, b) => Number(b.file === b.expected) - Number(a.file === a.expected));
  for (const { file, algorithm, expected } of named) {
    if (file !== expected) findings.add('BAG-MANIFEST-NAME', file, { expected });
    const known = BAG_ALGORITHMS.find((each) => each === algorithm);
    if (chosen.has(algorithm)) findings.add('BAG-MANIFEST-TWICE', file, { detail: algorithm });
    else if (chosen.size === MOST_MANIFESTS)
      findings.add('BAG-TOO-LARGE', file, { detail: 'there are too many manifests' });
    else {
      chosen.set(algorithm, { file, algorithm, ...(known === undefined ? {} : { known }) });
      if (known === undefined) findings.add('BAG-ALGORITHM-UNKNOWN', file, { detail: algorithm });
      else if (known === 'md5' || known === 'sha1')
        findings.add('BAG-WEAK-ALGORITHM', file, { detail: known === 'md5' ? 'MD5' : 'SHA-1' });
    }
  }
  return [...chosen.values()];
}

/**
 * Reads every payload manifest; a path that is listed and not there is found here, by its name.
 * @param columns the known algorithms, in the order of the table's columns
 */
export async function readPayloadManifests(
  reading: BagReading,
  manifests: readonly Manifest[],
  columns: readonly BagAlgorithm[],
  table: PayloadTable,
  mayBeThere: BagSurvey['mayBeThere'],
): Promise<void> {
  const { findings } = reading;
  for (const [bit, { file, known }] of manifests.entries()) {
    for await (const line of linesOf(reading, file)) {
      const at: BagFindingContext = { in: file, line: line.number };
      const read = readEntry(reading, file, line, known);
      if (read === undefined) continue;
      if (!read.path.startsWith(PAYLOAD)) {
        findings.add('BAG-PATH-OUTSIDE-PAYLOAD', read.path, at);
        continue;
      }
      let path = utf8Path(read.path);
      let found = table.find(path);
      if (found === undefined && read.written !== read.path) {
        // Some tools do not encode percent signs; only the disk can tell.
        const written = utf8Path(read.written);
        found = table.find(written);
        if (found !== undefined) {
          findings.add('BAG-PERCENT-NOT-ENCODED', written, at);
          path = written;
        }
      }
      if (found === undefined && table.isFull) {
        findings.add('BAG-TOO-LARGE', file, { detail: 'it lists more files than can be compared at once' });
        break;
      }
      const isNew = found === undefined;
      const { entry, isExact } = found ?? { entry: addMissing(reading, table, path), isExact: true };
      if ((table.listedIn(entry) & (1 << bit)) !== 0) {
        const isTwin = !isExact || table.isSeen(entry, SEEN.otherForm);
        findings.add(isTwin ? 'BAG-NORMALISATION-TWIN' : 'BAG-LISTED-TWICE', path, at);
        continue;
      }
      if (!isExact) {
        findings.add('BAG-NORMALISATION-DIFFERS', path, at);
        table.see(entry, SEEN.otherForm);
      }
      table.list(entry, bit);
      if (known !== undefined) table.expect(entry, columns.indexOf(known), Buffer.from(read.hex, 'hex'));
      // Told once, by the first manifest that lists it; what is to be fetched was entered before.
      if (isNew && !mayBeThere(path)) findings.add('BAG-MISSING', path, { in: file });
    }
  }
}

function addMissing({ findings }: BagReading, table: PayloadTable, path: RawPath): number {
  const { entry, twin } = table.add(path);
  if (twin === 'case') findings.add('BAG-CASE-TWIN', path);
  return entry;
}

/** A manifest's line whose form, digest and path are as they must be; anything else becomes a finding. */
export function readEntry(
  { findings, isStrict }: BagReading,
  file: string,
  { text, number }: ReadableLine,
  algorithm: BagAlgorithm | undefined,
): { readonly hex: string; readonly written: string; readonly path: string } | undefined {
  const at: BagFindingContext = { in: file, line: number };
  if (text.trim() === '' || text.startsWith('#')) {
    const detail = text.startsWith('#') ? 'a comment' : 'an empty line';
    findings.add('BAG-MANIFEST-DIALECT', file, { ...at, detail });
    return undefined;
  }
  const read = readManifestLine(text);
  if (read === undefined) {
    findings.add('BAG-MANIFEST-LINE', file, at);
    return undefined;
  }
  if (!isDigest(read.hex, algorithm)) {
    findings.add('BAG-DIGEST-MALFORMED', file, { ...at, expected: algorithm });
    return undefined;
  }
  const reason = refusedPath(read.path);
  if (reason !== undefined) {
    findings.add('BAG-PATH-REFUSED', file, { ...at, detail: reason });
    return undefined;
  }
  if (read.dialect !== undefined) findings.add('BAG-MANIFEST-DIALECT', file, { ...at, detail: read.dialect });
  if (isStrict && /%(?!0[AD]|25)/i.test(read.written)) findings.add('BAG-PERCENT-NOT-ENCODED', read.path, at);
  return read;
}

/** Enters what is to be fetched. Nothing is: the report says what is not here. */
export async function readFetch(reading: BagReading, table: PayloadTable): Promise<void> {
  const { findings } = reading;
  for await (const { text, number } of linesOf(reading, FETCH_TXT)) {
    const at: BagFindingContext = { in: FETCH_TXT, line: number };
    if (text.trim() === '') continue;
    const read = readFetchLine(text);
    const reason = read && refusedPath(read.path);
    if (read === undefined) findings.add('BAG-FETCH-LINE', FETCH_TXT, at);
    else if (reason !== undefined) findings.add('BAG-PATH-REFUSED', FETCH_TXT, { ...at, detail: reason });
    else if (!read.path.startsWith(PAYLOAD)) findings.add('BAG-PATH-OUTSIDE-PAYLOAD', read.path, at);
    else if (table.isFull) {
      findings.add('BAG-TOO-LARGE', FETCH_TXT, {
        detail: 'it lists more files than can be compared at once',
      });
      return;
    } else {
      const path = utf8Path(read.path);
      const entry = table.find(path)?.entry ?? addMissing(reading, table, path);
      if (table.isSeen(entry, SEEN.toFetch)) findings.add('BAG-LISTED-TWICE', path, at);
      table.see(entry, SEEN.toFetch);
    }
  }
}

/** What fetch.txt names, once the manifests are read: is it here, and listed? Returns how many are not here. */
export async function checkFetched(
  reading: BagReading,
  table: PayloadTable,
  everyManifest: number,
): Promise<number> {
  const { findings } = reading;
  let lacking = 0;
  for await (const { text } of linesOf({ ...reading, findings: new FindingList() }, FETCH_TXT)) {
    const path = readFetchLine(text)?.path;
    if (path === undefined || refusedPath(path) !== undefined) continue;
    const raw = utf8Path(path);
    const entry = table.find(raw)?.entry;
    if (entry === undefined || !table.isSeen(entry, SEEN.toFetch)) continue;
    const listedIn = table.listedIn(entry);
    if (listedIn === 0 || (reading.isStrict && listedIn !== everyManifest))
      findings.add('BAG-FETCH-UNLISTED', raw);
    if (table.isSeen(entry, SEEN.onDisk)) continue;
    lacking += 1;
    findings.add('BAG-NOT-FETCHED', raw);
  }
  return lacking;
}
