import type { AuditResult } from '../../../shared/contract/fixity.ts';
import { sameBytes } from '../../../shared/domain/bytes.ts';
import { publicId } from '../../../shared/domain/ids.ts';
import { joinRaw, pathToJson } from '../../../shared/domain/path.ts';
import type { Catalogue, LocationIdentity } from '../ports/catalogue.ts';
import type { Files } from '../ports/files.ts';
import type { KnownTagFile } from '../ports/replication.ts';
import type { DigestOutcome } from '../ports/readings.ts';
import { confirm, type Unreachable } from './confirm-gone.ts';
import { fileState } from './evidence.ts';

export type TagFiles = NonNullable<AuditResult['tagFiles']>;
type Outcome = TagFiles['findings'][number]['outcome'] | 'intact';

const BATCH = 64;
const LISTED = 1000;

/**
 * Verifies what stands in bags beside their payload. It counts as no replica, and a bag is not valid without it.
 * @returns why the location was given up, where it went away meanwhile
 */
export async function auditTagFiles(
  { catalogue, files }: { readonly catalogue: Catalogue; readonly files: Files },
  location: LocationIdentity,
  signal: AbortSignal,
  found: TagFiles,
): Promise<Unreachable | undefined> {
  const all = await catalogue.reader.tagFiles(location.id);
  for (let from = 0; from < all.length && !signal.aborted; from += BATCH) {
    const batch = all
      .slice(from, from + BATCH)
      .map((file) => ({ file, path: joinRaw(location.root, file.path) }));
    const outcomes = await files.digestAll(
      batch.map(({ path }) => path),
      signal,
    );
    const confirmed = signal.aborted ? [] : await confirm(files, location, batch, outcomes, signal);
    if (signal.aborted) return undefined;
    if (!Array.isArray(confirmed)) return confirmed;
    const rows = confirmed.map(({ check: { file }, outcome }) => ({
      file,
      outcome: outcomeOf(file, outcome),
    }));
    await catalogue.writer.recordTagFiles(
      rows.map(({ file, outcome }) => ({ bagId: file.bagId, name: file.name, outcome })),
    );
    for (const { file, outcome } of rows) {
      if (outcome === 'intact') {
        found.intact += 1;
        continue;
      }
      found.findingsTotal += 1;
      if (found.findings.length < LISTED)
        found.findings.push({
          path: pathToJson(joinRaw(location.root, file.path)),
          location: publicId('location', location.id),
          outcome,
        });
    }
  }
  return undefined;
}

function outcomeOf(file: KnownTagFile, outcome: DigestOutcome): Outcome {
  if (outcome.status === 'read') return sameBytes(outcome.sha256, file.sha256) ? 'intact' : 'altered';
  return fileState(outcome) === 'absent' ? 'missing' : 'unreadable';
}
