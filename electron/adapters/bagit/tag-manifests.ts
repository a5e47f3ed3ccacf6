/** Tag manifests (§2.2.1): every tag file that they list is read and compared, in every mode. */
import { utf8Path } from '../../../shared/domain/path.ts';
import { manifestName, PAYLOAD } from './bag-files.ts';
import { type BagReading, linesOf } from './bag-reading.ts';
import { addFailure, digestOf, furtherOf } from './digests.ts';
import { type Manifest, readEntry } from './payload-manifests.ts';
import type { BagSurvey } from './survey-bag.ts';

/** A bag has a dozen tag files. */
const MOST_ENTRIES = 200_000;
const BATCH = 64;

interface Listed {
  readonly manifest: Manifest;
  readonly hex: string;
}

export async function checkTagFiles(
  reading: BagReading,
  manifests: readonly Manifest[],
  survey: BagSurvey,
): Promise<void> {
  const listed = new Map<string, Listed[]>();
  const names = namesByComposed(survey.tagFiles.keys());
  for (const manifest of manifests) {
    const here = await readTagManifest(reading, manifest, names, survey, listed);
    if (here === undefined) continue;
    for (const file of survey.tagFiles.keys()) {
      const kind = manifestName(file);
      if (here.has(file) || kind?.of === 'tags') continue;
      const isOmission = reading.isStrict && kind?.of === 'payload';
      reading.findings.add(isOmission ? 'BAG-TAG-MANIFEST-OMITS' : 'BAG-TAG-FILE-UNLISTED', file, {
        in: manifest.file,
      });
    }
  }
  const files = [...listed];
  for (let from = 0; from < files.length && !reading.signal.aborted; from += BATCH)
    await compare(reading, files.slice(from, from + BATCH));
}

/** The tag files that a manifest lists; undefined where it was not read to its end. */
async function readTagManifest(
  reading: BagReading,
  manifest: Manifest,
  names: ReadonlyMap<string, string>,
  survey: BagSurvey,
  listed: Map<string, Listed[]>,
): Promise<Set<string> | undefined> {
  const { findings } = reading;
  const { file, known } = manifest;
  const here = new Set<string>();
  for await (const line of linesOf(reading, file)) {
    const at = { in: file, line: line.number };
    const read = readEntry(reading, file, line, known);
    if (read === undefined) continue;
    if (here.size >= MOST_ENTRIES) {
      findings.add('BAG-TOO-LARGE', file, { detail: 'it lists more tag files than can be compared at once' });
      return undefined;
    }
    if (read.path.startsWith(PAYLOAD))
      findings.add('BAG-PATH-REFUSED', file, { ...at, detail: 'a tag manifest lists no payload' });
    else if (manifestName(read.path)?.of === 'tags') findings.add('BAG-TAG-MANIFEST-LISTS-ITSELF', file, at);
    else {
      const name = survey.tagFiles.has(read.path) ? read.path : names.get(read.path.normalize('NFC'));
      const path = utf8Path(read.path);
      if (here.has(name ?? read.path)) findings.add('BAG-LISTED-TWICE', path, at);
      else if (name === undefined) {
        if (!survey.mayBeThere(path)) findings.add('BAG-TAG-FILE-MISSING', path, { in: file });
      } else {
        if (name !== read.path) findings.add('BAG-NORMALISATION-DIFFERS', path, at);
        listed.set(name, [...(listed.get(name) ?? []), { manifest, hex: read.hex }]);
      }
      here.add(name ?? read.path);
    }
  }
  return here;
}

async function compare(
  reading: BagReading,
  files: readonly (readonly [string, readonly Listed[]])[],
): Promise<void> {
  const { findings, source } = reading;
  const algorithms = new Set(files.flatMap(([, entries]) => entries.map(({ manifest }) => manifest.known)));
  const outcomes = await source.digest(
    files.map(([file]) => utf8Path(file)),
    furtherOf(algorithms),
  );
  outcomes.forEach((outcome, i) => {
    const [file, entries] = files[i] ?? ['', []];
    if (outcome.status === 'failed') {
      addFailure(findings, utf8Path(file), outcome);
      return;
    }
    for (const { manifest, hex } of entries) {
      const made = manifest.known && digestOf(outcome, manifest.known);
      if (made !== undefined && Buffer.from(made).toString('hex') !== hex)
        findings.add('BAG-TAG-DIGEST-MISMATCH', file, { in: manifest.file });
    }
  });
}

function namesByComposed(files: Iterable<string>): Map<string, string> {
  const names = new Map<string, string>();
  for (const file of files) names.set(file.normalize('NFC'), file);
  return names;
}
