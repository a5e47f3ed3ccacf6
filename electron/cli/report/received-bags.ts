/** What was handed over as a bag, and what its manifests say of what is now in custody, for a person. */
import type { AccessionResult, ReceivedBag, ReceivedManifest } from '../../../shared/contract/accession.ts';
import { shortDigest } from '../../../shared/domain/finding-evidence.ts';
import { count, counted, moment } from '../format/numbers.ts';
import { clean } from '../format/text.ts';
import type { Output } from '../output.ts';
import { findingLines, VERDICT_WORDS } from './bags.ts';
import { showSome } from './manifest-compared.ts';

const SHOWN = 5;

export function showReceivedBags(output: Output, bags: AccessionResult['receivedBags'] = []): void {
  for (const bag of bags) showReceivedBag(output, bag);
}

/** What a person must look at: of manifests that were not taken in before, for then it was told, and is a finding. */
export function unlikeBags({ receivedBags = [] }: Pick<AccessionResult, 'receivedBags'>): number {
  return receivedBags
    .flatMap(({ manifests }) => manifests)
    .filter(({ before }) => before === undefined)
    .reduce(
      (sum, { differing, absent, notTaken }) =>
        sum + differing + absent + (notTaken === 'unreadable' ? 1 : 0),
      0,
    );
}

function showReceivedBag(output: Output, bag: ReceivedBag): void {
  const { path, version, verdict, findings, findingsTotal, by, on, agreeing, differing, manifests } = bag;
  const declared = version === undefined ? 'a bag' : `a bag of BagIt ${clean(version)}`;
  output.lines('', `${clean(path.display)} came as ${declared}: ${VERDICT_WORDS[verdict]} before.`);
  for (const finding of findings.slice(0, SHOWN)) output.lines(...findingLines(output, finding));
  if (findingsTotal > SHOWN) output.lines(`  … and ${count(findingsTotal - SHOWN)} more: --json`);
  if (agreeing > 0)
    output.lines(
      `  ${counted(agreeing, 'file')} as ${clean(by)} wrote down: a prior baseline of ${on}. Their past reaches back to that day.`,
    );
  if (differing > 0)
    output.lines(
      `  ${output.style(`${counted(differing, 'file')} not as ${clean(by)} wrote down on ${on}`, 'finding')}: holdfast findings list`,
    );
  for (const manifest of manifests) showManifest(output, manifest);
}

function showManifest(output: Output, manifest: ReceivedManifest): void {
  output.lines(`  manifest-${clean(manifest.algorithm)}.txt: ${told(manifest)}.`);
  const { differing, differences, absent, absentLines } = manifest;
  showSome(
    output,
    differences.map(
      ({ path, expected, found }) =>
        `  ${clean(path.display)}: was ${shortDigest(found)}, recorded here is ${shortDigest(expected)}`,
    ),
    differing,
  );
  showSome(
    output,
    absentLines.map(({ line, path }) => `  Line ${count(line)}: ${clean(path)}`),
    absent,
  );
}

function told(manifest: ReceivedManifest): string {
  const { notTaken, agreeing, differing, notComparable, absent, before, event, lines } = manifest;
  if (notTaken === 'algorithm') return 'not compared, for nothing is digested so here';
  if (notTaken === 'unreadable')
    return 'not compared, for it could not be read any more; run the accession again once it can';
  const parts = [
    ...(agreeing > 0 ? [`${count(agreeing)} as recorded`] : []),
    ...(differing > 0 ? [`${count(differing)} not as recorded`] : []),
    ...(notComparable > 0 ? [`${count(notComparable)} without such a digest in the catalogue`] : []),
    ...(absent > 0 ? [`${count(absent)} of nothing that is in custody`] : []),
    ...(before === undefined ? [] : [`taken in already as ${before.event} on ${moment(before.at)}`]),
    ...(event === undefined ? [] : [`recorded as ${event}`]),
  ];
  return `${counted(lines, 'line')}${parts.length === 0 ? '' : `, ${parts.join(', ')}`}`;
}
