import type { DigestOutcome, FailedReading } from '../../core/ports/readings.ts';
import type { RawPath } from '../../../shared/domain/path.ts';
import type { FurtherDigest } from '../../../shared/domain/vocabulary.ts';
import type { BagAlgorithm } from './bag-files.ts';
import type { FindingList } from './finding-list.ts';

/** What must be asked for: SHA-256 always comes. */
export function furtherOf(algorithms: Iterable<BagAlgorithm | undefined>): FurtherDigest[] {
  return [...algorithms].filter((each) => each !== undefined && each !== 'sha256');
}

export function digestOf(
  outcome: Extract<DigestOutcome, { status: 'read' }>,
  algorithm: BagAlgorithm,
): Uint8Array | undefined {
  if (algorithm === 'sha256') return outcome.sha256;
  return outcome.digests?.find((digest) => digest.algorithm === algorithm)?.value;
}

/** A file that could not be read is not a file that differs. */
export function addFailure(findings: FindingList, file: RawPath, { problem, offset }: FailedReading): void {
  switch (problem.code) {
    case 'changed_while_read':
    case 'vanished':
      findings.add('BAG-CHANGED-WHILE-CHECKED', file);
      return;
    case 'symlink_not_followed':
      findings.add('BAG-SYMLINK', file);
      return;
    default: {
      const where = offset === undefined ? '' : ` at byte ${offset}`;
      findings.add('BAG-UNREADABLE', file, { detail: `${problem.errno ?? problem.code}${where}` });
    }
  }
}
