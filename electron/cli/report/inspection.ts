import type { InspectedFile } from '../../../shared/contract/inspection.ts';
import { verdictWords } from '../../../shared/domain/integrity.ts';
import { count, counted, length, size } from '../format/numbers.ts';
import { facts } from '../format/table.ts';
import { clean } from '../format/text.ts';
import type { Output } from '../output.ts';

const mostText = 300;

/** One file as a block: what it is, what it proves, its digests, its evidence, and what is wrong with it. */
export function showInspected(output: Output, file: InspectedFile): void {
  output.lines(output.heading(clean(file.path.display)), ...facts(pairs(output, file), '  '));
  for (const part of file.evidence) {
    output.lines(`  ${part.kind} ${clean(part.id)}, ${size(part.length)} at byte ${count(part.offset)}`);
    const fields = Object.entries(part.fields ?? {}).map(([name, value]): [string, string] => [
      name,
      clean(String(value)),
    ]);
    output.lines(...facts(fields, '    '));
    if (part.text !== undefined) output.lines(`    ${clean(part.text.slice(0, mostText))}`);
  }
  for (const { severity, message } of file.problems) {
    const word = severity === 'advisory' ? 'Note:' : output.style('Problem:', 'finding');
    output.lines(`  ${word} ${clean(message)}`);
  }
  if (file.unlisted > 0)
    output.lines(`  … and ${counted(file.unlisted, 'more part or problem', 'more parts and problems')}`);
  output.lines('');
}

/** Whether a person should look at it; advisories do not ask for that. */
export function needsAttention({ problems }: InspectedFile): boolean {
  return problems.some(({ severity }) => severity !== 'advisory');
}

function pairs(output: Output, file: InspectedFile): [string, string][] {
  const { format, essence, verdict, proofs, lacks, digests, bytes } = file;
  const rows: [string, string][] = [];
  if (format !== null) {
    const puid = format.puid === '' ? 'no PRONOM identifier' : format.puid;
    rows.push(['Format', clean(`${format.name} (${puid}), by its signature`)]);
  }
  if (bytes !== null) rows.push(['Size', size(bytes)]);
  const sound = soundOf(file);
  if (sound !== '') rows.push(['Sound', clean(sound)]);
  if (verdict !== null) {
    const words = verdictWords(verdict, proofs.length > 0);
    const isCalm = verdict === 'intact' || verdict === 'unverifiable' || verdict === 'decoder_limitation';
    rows.push(['Verdict', isCalm ? words : output.style(words, 'finding')]);
  }
  for (const proof of proofs) rows.push(['Proven by', clean(proof)]);
  for (const lack of lacks) rows.push(['Not there', clean(lack)]);
  for (const [algorithm, value] of Object.entries(digests)) rows.push([algorithm.toUpperCase(), value]);
  if (essence !== null) rows.push(['Essence', `${essence.sha256} (${essence.definition})`]);
  return rows;
}

function soundOf({ technical }: InspectedFile): string {
  const { codec, sampleRate, channels, bitDepth, durationMs } = technical;
  return [
    codec,
    sampleRate === undefined ? undefined : `${count(sampleRate)} Hz`,
    channels === undefined ? undefined : counted(channels, 'channel'),
    bitDepth === undefined ? undefined : `${bitDepth} bit`,
    durationMs === undefined ? undefined : length(durationMs),
  ]
    .filter((part) => part !== undefined && part !== '')
    .join(', ');
}
