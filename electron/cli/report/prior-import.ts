/** What somebody's older manifest says of what is in custody, for a person. */
import type { PriorImport } from '../../../shared/contract/manifests.ts';
import { EXIT } from '../errors.ts';
import { counted } from '../format/numbers.ts';
import { clean } from '../format/text.ts';
import type { Output } from '../output.ts';
import { isRefused, showRecorded, showUnlike, showWrongLines } from './manifest-compared.ts';

/** @returns the exit code */
export function showPriorImport(output: Output, result: PriorImport): number {
  const { location, by, on, lines, matched, dialects, tool, characterSet, event, findings } = result;
  showWrongLines(output, result);
  if (isRefused(result)) return EXIT.usage;
  const made = [dialects.join(' and '), ...(tool === undefined ? [] : [`by ${tool}`]), characterSet];
  output.lines(
    `${clean(location.name)} (${location.id}), as ${clean(by)} wrote it down on ${on}: ${counted(matched, 'file')} named in ${counted(lines, 'line')} (${made.join(', ')}).`,
    ...counts(result).map((line) => `  ${line}`),
  );
  showUnlike(
    output,
    result,
    'Not what it was',
    (found, expected) => `was ${found}, recorded here is ${expected}`,
  );
  showRecorded(
    output,
    result,
    `Recorded as ${event ?? ''}: a prior baseline. It says what these files were, and verifies no copy of today.`,
  );
  if (findings > 0) output.lines(`${counted(findings, 'finding')} to decide on: holdfast findings list`);
  return result.differing + result.wrongLines + result.unmatched > 0 ? EXIT.attention : EXIT.done;
}

function counts(result: PriorImport): string[] {
  const { agreeing, differing, notComparable, repeated, unmatched, on } = result;
  return [
    ...(agreeing > 0
      ? [`${counted(agreeing, 'file')} as recorded: known to be what they are since ${on}`]
      : []),
    ...(differing > 0 ? [`${counted(differing, 'file')} not as recorded`] : []),
    ...(notComparable > 0
      ? [`${counted(notComparable, 'file')} not comparable: the catalogue holds no such digest of them`]
      : []),
    ...(repeated > 0 ? [`${counted(repeated, 'line')} said twice`] : []),
    ...(unmatched > 0 ? [`${counted(unmatched, 'line')} of nothing that is in custody there`] : []),
  ];
}
