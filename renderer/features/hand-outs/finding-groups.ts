/** Findings of a bag as a person goes through them: what is damaged or lacking first, one explanation for all that are alike. */
import type { BagFindingRow, BagReportRow } from '../../../shared/contract/packaging.ts';
import { BAG_SEVERITIES } from '../../../shared/domain/bag-finding.ts';
import { bagFindingMessage, isBagFindingCode } from '../../../shared/domain/bag-findings.ts';

export interface FindingGroup extends Pick<BagFindingRow, 'code' | 'severity' | 'rule'> {
  /** What is so, of all of them. */
  readonly message: string;
  /** How many there are; not all of them need be listed. */
  readonly count: number;
  readonly rows: readonly {
    readonly file: BagFindingRow['file'];
    /** What is so of this one alone; absent where `message` says all of it. */
    readonly message?: string;
  }[];
}

/** What it is about the bytes themselves: whoever received a bag asks for these files again. */
const OF_CONTENT = [
  'BAG-DIGEST-MISMATCH',
  'BAG-MANIFESTS-DISAGREE',
  'BAG-MISSING',
  'BAG-TAG-DIGEST-MISMATCH',
  'BAG-TAG-FILE-MISSING',
  'BAG-SERIAL-BROKEN',
  'BAG-UNREADABLE',
  'BAG-NOT-FETCHED',
  'BAG-UNLISTED',
];

export function findingGroups({
  findings,
  counts,
}: Pick<BagReportRow, 'findings' | 'counts'>): FindingGroup[] {
  const groups = [...Map.groupBy(findings, ({ code }) => code)].flatMap(([code, rows]) => {
    const [first] = rows;
    if (first === undefined) return [];
    const isOne = rows.every(({ message }) => message === first.message);
    const common = isOne || !isBagFindingCode(code) ? first.message : bagFindingMessage(code);
    return {
      code,
      severity: first.severity,
      rule: first.rule,
      message: common,
      count: Math.max(counts[code] ?? 0, rows.length),
      rows: rows.map(({ file, message }) => ({ file, ...(message === common ? {} : { message }) })),
    };
  });
  return groups.sort((a, b) => gravity(a) - gravity(b));
}

/** The lower, the sooner it is told. */
function gravity({ code, severity }: FindingGroup): number {
  const ofContent = OF_CONTENT.indexOf(code);
  return ofContent >= 0 ? ofContent : OF_CONTENT.length + BAG_SEVERITIES.indexOf(severity);
}
