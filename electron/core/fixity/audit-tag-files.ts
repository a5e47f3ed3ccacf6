import type { AuditResult } from '../../../shared/contract/fixity.ts';
import { sameBytes } from '../../../shared/domain/bytes.ts';
import { publicId } from '../../../shared/domain/ids.ts';
import { joinRaw, pathToJson } from '../../../shared/domain/path.ts';
import type { Catalogue, LocationIdentity } from '../ports/catalogue.ts';
import type { Files } from '../ports/files.ts';
import type { KnownTagFile } from '../ports/replication.ts';
import type { DigestOutcome } from '../ports/readings.ts';
import { fileState } from './evidence.ts';

export type TagFiles = NonNullable<AuditResult['tagFiles']>;
type Outcome = TagFiles['findings'][number]['outcome'] | 'intact';

const BATCH = 64;
const LISTED = 1000;

/** Verifies what stands in bags beside their payload. It counts as no replica, and a bag is not valid without it. */
export async function auditTagFiles(
  { catalogue, files }: { readonly catalogue: Catalogue; readonly files: Files },
  location: LocationIdentity,
  signal: AbortSignal,
  found: TagFiles,
): Promise<void> {
  const all = await catalogue.reader.tagFiles(location.id);
  for (let from = 0; from < all.length && !signal.aborted; from += BATCH) {
    const batch = all.slice(from, from + BATCH);
    const outcomes = await files.digestAll(
      batch.map(({ path }) => joinRaw(location.root, path)),
      signal,
    );
    if (signal.aborted) return;
    const rows = batch.map((file, at) => ({ file, outcome: outcomeOf(file, outcomes[at]) }));
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
}

function outcomeOf(file: KnownTagFile, outcome: DigestOutcome | undefined): Outcome {
  if (outcome === undefined) return 'unreadable';
  if (outcome.status === 'read') return sameBytes(outcome.sha256, file.sha256) ? 'intact' : 'altered';
  return fileState(outcome) === 'absent' ? 'missing' : 'unreadable';
}
