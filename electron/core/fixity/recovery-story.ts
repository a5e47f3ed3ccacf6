import { publicId } from '../../../shared/domain/ids.ts';
import {
  baseName,
  displayPath,
  joinRaw,
  parentOf,
  utf8Path,
  type RawPath,
} from '../../../shared/domain/path.ts';
import { outcomeWords, type LocationOutcome } from '../../../shared/domain/audit-outcome.ts';
import type { FindingAtHand } from '../ports/deciding.ts';
import type { FileStamp } from '../ports/readings.ts';
import { hex } from './evidence.ts';

/** What stands beside a damaged file that was set aside, for whoever finds it without Holdfast. */
export function storyOf(
  finding: FindingAtHand,
  about: {
    readonly stamp: FileStamp;
    readonly sha256?: Uint8Array;
    readonly from: RawPath | undefined;
    readonly agent: string;
    /** When, in milliseconds since 1970; by default now. */
    readonly at?: number;
  },
): string {
  const { stamp, sha256, from, agent, at = Date.now() } = about;
  return `This file was damaged and has been set aside by Holdfast. Nothing of it was changed.

It stood at:    ${displayPath(finding.path)}
Set aside:      ${new Date(at).toISOString()}, by ${displayPath(new TextEncoder().encode(agent.replaceAll('\\0', '')) as RawPath)}
Finding:        ${publicId('finding', finding.id)} (${outcomeWords(finding.outcome as LocationOutcome)})
Copy:           ${publicId('replica', finding.replicaId)} of ${publicId('object', finding.objectId)}

Expected:       ${String(finding.size)} bytes, SHA-256 ${hex(finding.sha256)}
It holds:       ${String(stamp.size)} bytes, ${sha256 === undefined ? 'which cannot be read to their end' : `SHA-256 ${hex(sha256)}`}
Its last change as the file system says it: ${new Date(Number(stamp.mtimeNs / 1_000_000n)).toISOString()}

In its place a good copy was put${
    from === undefined
      ? ''
      : `, which was read from
                ${displayPath(from)}
and compared with the expected SHA-256 while it was copied and once more when it was read back`
  }.

It may be removed once nobody needs it as evidence of what happened to it.
`;
}

/** Where the story of a file in quarantine stands: beside the folder that the file has to itself. */
export function storyBeside(aside: RawPath): RawPath {
  const folder = parentOf(aside);
  return joinRaw(parentOf(folder), utf8Path(`${displayPath(baseName(folder))}.txt`));
}
