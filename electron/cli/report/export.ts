/** A file of records that was written, for a person. */
import type { ExportResult } from '../../../shared/contract/exports.ts';
import { RECORD_FORM_NAMES } from '../../../shared/domain/record-forms.ts';
import { EXIT } from '../errors.ts';
import { count, size } from '../format/numbers.ts';
import { clean } from '../format/text.ts';
import type { Output } from '../output.ts';

export function showExport(output: Output, result: ExportResult): number {
  const { path, form, counts, sensitive, sha256, archive, event, agent, log } = result;
  const { bytes, ...things } = counts;
  const held = Object.entries(things).map(([name, number]) => `${count(number)} ${name}`);
  output.lines(
    `${clean(path.display)}: ${RECORD_FORM_NAMES[form]} of ${held.join(', ')}${bytes === undefined ? '' : `, ${size(bytes)} of recordings`}.`,
    `Its SHA-256: ${sha256}`,
    `Handed out by ${clean(agent)} for "${clean(archive)}" as ${event}; head of the log before: event ${count(log.events)}, ${log.head}`,
    sensitive
      ? 'It holds names of people, and notes in their own words: give it only to those who may know them.'
      : 'Names of people, and notes in their own words, stayed behind.',
  );
  return EXIT.done;
}
