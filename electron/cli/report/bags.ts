import type { BagFindingRow, BagReportRow, BagValidationResult } from '../../../shared/contract/packaging.ts';
import type { BagVerdict } from '../../../shared/domain/bag-findings.ts';
import { EXIT } from '../errors.ts';
import { count, counted } from '../format/numbers.ts';
import { clean, listWords } from '../format/text.ts';
import type { Output } from '../output.ts';
import { filesAndBytes } from './problems.ts';

const SHOWN = 20;

export const VERDICT_WORDS: Readonly<Record<BagVerdict, string>> = {
  valid: 'valid',
  valid_with_warnings: 'valid, with warnings',
  complete: 'complete and well-formed; the payload was not read',
  incomplete: 'not valid: incomplete',
  undetermined: 'not known to be valid: not all of it could be read and compared',
  invalid: 'not valid',
};

/** A bag with its findings below it, the worst first. */
export function showBags(output: Output, { bags }: BagValidationResult): number {
  for (const [at, bag] of bags.entries()) {
    if (at > 0) output.lines('');
    showBag(output, bag);
  }
  return bags.every(({ verdict, profile }) => isSound(verdict) && profile?.isMet !== false)
    ? EXIT.done
    : EXIT.attention;
}

function showBag(output: Output, bag: BagReportRow): void {
  const verdict = output.style(VERDICT_WORDS[bag.verdict], isSound(bag.verdict) ? 'strong' : 'finding');
  output.lines(`${clean(bag.path.display)}: ${verdict}.`, `  ${holds(bag)}`);
  if (bag.profile !== undefined) {
    const { identifier, isMet } = bag.profile;
    output.lines(`  It is ${isMet ? '' : 'not '}what the profile ${clean(identifier)} asks.`);
  }
  for (const finding of bag.findings.slice(0, SHOWN)) output.lines(...findingLines(output, finding));
  if (bag.findingsTotal > SHOWN) output.lines(`  … and ${count(bag.findingsTotal - SHOWN)} more: --json`);
}

function holds({ form, version, files, bytes, verified, algorithms }: BagReportRow): string {
  const declared = version === undefined ? 'Undeclared' : `BagIt ${clean(version)}`;
  const what = form === 'folder' ? declared : `${declared} in ${form}`;
  const read =
    verified > 0 ? `; ${counted(verified, 'file')} read here and equal to ${listWords(algorithms)}` : '';
  return `${what}: ${filesAndBytes(files, bytes)} in data/${clean(read)}.`;
}

export function findingLines(output: Output, { severity, rule, file, message }: BagFindingRow): string[] {
  const name = file === undefined ? '' : ` ${clean(file.display)}`;
  const told = output.style(severity, severity === 'warning' ? 'due' : 'finding');
  return [`  ${told}${name}`, `      ${clean(message)} (${rule})`];
}

function isSound(verdict: BagVerdict): boolean {
  return verdict === 'valid' || verdict === 'valid_with_warnings' || verdict === 'complete';
}
