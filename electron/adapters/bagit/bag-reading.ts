/** What the parts of a validation have in common: the bag, how it is to be read, what was found. */
import { utf8Path } from '../../../shared/domain/path.ts';
import type { BagSource } from './bag-source.ts';
import type { FindingList } from './finding-list.ts';
import type { TagEncoding, TagLine } from './tag-lines.ts';
import { codeOf } from './walk-bag.ts';

export interface BagReading {
  readonly source: BagSource;
  /** Whether it is judged by version 1.0. */
  readonly isStrict: boolean;
  readonly encoding: TagEncoding;
  readonly findings: FindingList;
  readonly signal: AbortSignal;
}

export type ReadableLine = Extract<TagLine, { readonly text: string }>;

/** The lines of a tag file; what cannot be read of it becomes a finding. Ends early when aborted. */
export async function* linesOf(reading: BagReading, file: string): AsyncGenerator<ReadableLine, void> {
  const { source, findings, encoding, signal } = reading;
  let open;
  try {
    open = await source.openTagFile(utf8Path(file), encoding);
  } catch (error) {
    findings.add('BAG-UNREADABLE', file, { detail: codeOf(error) });
    return;
  }
  try {
    for await (const line of open.lines()) {
      if (signal.aborted) return;
      if ('text' in line) yield line;
      else if (line.fault === 'encoding')
        findings.add('BAG-TAG-FILE-ENCODING', file, {
          in: file,
          line: line.number,
          expected: encoding.label,
        });
      else findings.add('BAG-TOO-LARGE', file, { detail: `line ${line.number} is longer than any path` });
    }
  } catch (error) {
    findings.add('BAG-UNREADABLE', file, { detail: codeOf(error) });
  } finally {
    await open.close();
  }
  if (open.hasByteOrderMark) findings.add('BAG-BYTE-ORDER-MARK', file);
}
