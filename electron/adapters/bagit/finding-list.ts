import type { BagFinding } from '../../core/ports/bag-validation.ts';
import {
  type BagFindingContext,
  type BagFindingSeverity,
  BAG_SEVERITIES,
} from '../../../shared/domain/bag-finding.ts';
import { type BagFindingCode, bagFindingSeverity } from '../../../shared/domain/bag-findings.ts';
import { type RawPath, utf8Path } from '../../../shared/domain/path.ts';

/** Kept of each code: a hostile bag can have millions, and whoever reads a report needs only so many. */
const KEPT = 200;

/** What was found of one bag so far. */
export class FindingList {
  readonly counts = new Map<BagFindingCode, number>();
  readonly #kept: BagFinding[] = [];

  /** @param file below the bag; absent for the bag as a whole */
  add(code: BagFindingCode, file?: RawPath | string, context: BagFindingContext = {}): void {
    const count = (this.counts.get(code) ?? 0) + 1;
    this.counts.set(code, count);
    if (count > KEPT) return;
    const path = typeof file === 'string' ? utf8Path(file) : file;
    this.#kept.push({
      code,
      severity: bagFindingSeverity(code),
      // Copied: it may be a view of a whole chunk of a manifest.
      ...(path === undefined ? {} : { file: path.slice() as RawPath }),
      ...context,
    });
  }

  severities(): BagFindingSeverity[] {
    return Array.from(this.counts.keys(), bagFindingSeverity);
  }

  sorted(): BagFinding[] {
    const place = ({ severity }: BagFinding): number => BAG_SEVERITIES.indexOf(severity);
    const none = new Uint8Array(0);
    return this.#kept.sort(
      (a, b) =>
        place(a) - place(b) ||
        (a.code < b.code ? -1 : a.code > b.code ? 1 : 0) ||
        Buffer.compare(a.file ?? none, b.file ?? none),
    );
  }
}
