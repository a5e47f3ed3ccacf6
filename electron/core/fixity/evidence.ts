import type { CheckEvidence } from '../../../shared/domain/audit-outcome.ts';
import type { DigestOutcome } from '../ports/readings.ts';

/** What a reading says about the file at the path. */
export function fileState(outcome: DigestOutcome): CheckEvidence['file'] {
  if (outcome.status === 'read') return 'present';
  switch (outcome.problem.code) {
    case 'not_found':
    case 'vanished':
      return 'absent';
    case 'special_file':
    case 'symlink_not_followed':
    case 'loop':
      return 'not-a-file';
    default:
      return 'unreadable';
  }
}

export function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
}
