/** What somebody else's manifest says of a location, for a person. */
import type { Attestation } from '../../../shared/contract/attesting.ts';
import { EXIT } from '../errors.ts';
import { count, counted } from '../format/numbers.ts';
import { clean } from '../format/text.ts';
import type { Output } from '../output.ts';
import { isRefused, showRecorded, showUnlike, showWrongLines } from './manifest-compared.ts';

/** @returns the exit code */
export function showAttestation(output: Output, result: Attestation): number {
  const { location, by, on, event, findings } = result;
  showWrongLines(output, result);
  if (isRefused(result)) return EXIT.usage;
  output.lines(
    `${clean(location.name)} (${location.id}), as ${clean(by)} says of ${on}: ${counted(result.matched, 'copy', 'copies')} of ${count(result.replicas)} named in ${counted(result.lines, 'line')}.`,
    ...counts(result).map((line) => `  ${line}`),
  );
  showUnlike(output, result, 'Not as recorded', (found, expected) => `${found}, not ${expected}`);
  showRecorded(
    output,
    result,
    `Recorded as ${event ?? ''}. Nothing was read here: these copies are attested, not verified, and come due as before.`,
  );
  if (findings > 0) output.lines(`${counted(findings, 'finding')} to decide on: holdfast findings list`);
  return result.differing + findings + result.wrongLines > 0 ? EXIT.attention : EXIT.done;
}

function counts(result: Attestation): string[] {
  const copies = (number: number): string => counted(number, 'copy', 'copies');
  const { attested, differing, readSince, notComparable, alreadyRecorded, notNamed, unmatched, repeated } =
    result;
  return [
    ...(attested > 0 ? [`${copies(attested)} as recorded`] : []),
    ...(differing > 0 ? [`${copies(differing)} not as recorded`] : []),
    ...(readSince > 0
      ? [
          `${count(readSince)} of these read here since and found intact: no finding for ${readSince === 1 ? 'it' : 'them'}`,
        ]
      : []),
    ...(alreadyRecorded > 0 ? [`${copies(alreadyRecorded)} recorded of this manifest before`] : []),
    ...(notComparable > 0
      ? [`${copies(notComparable)} not comparable: the catalogue holds no such digest of them`]
      : []),
    ...(notNamed > 0 ? [`${copies(notNamed)} not named by the manifest`] : []),
    ...(repeated > 0 ? [`${counted(repeated, 'line')} said twice`] : []),
    ...(unmatched > 0 ? [`${counted(unmatched, 'line')} of nothing that is in custody there`] : []),
  ];
}
