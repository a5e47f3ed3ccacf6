/** What a file of sound proves about itself, for a person. */
import type { Evidence, Integrity } from '../../../shared/contract/integrity.ts';
import { verdictWords } from '../../../shared/domain/integrity.ts';
import { count, day, size } from '../format/numbers.ts';
import { facts } from '../format/table.ts';
import { capitalise, clean } from '../format/text.ts';
import type { Output } from '../output.ts';
import { grouped } from './status.ts';

export function showIntegrity(output: Output, integrity: Integrity): void {
  const { verdict, depth, checkedAt, proofs, lacks, problems, essence, evidence, relatives } = integrity;
  output.lines('', output.heading(`What it proves about itself, ${depth} check of ${day(checkedAt)}`));
  output.lines(
    ...facts(
      [
        ['Verdict', capitalise(verdictWords(verdict, proofs.length > 0))],
        ['Protection', clean(integrity.protection ?? '')],
        ['Proven by', clean(proofs.join('; '))],
        ['Not carried', clean(lacks.join('; '))],
        ['Essence', essence === undefined ? '' : `${grouped(essence.value)} (${clean(essence.definition)})`],
      ],
      '  ',
    ),
    ...problems.map(({ message }) => `  ${clean(message)}`),
  );
  for (const part of evidence) output.lines(...evidenceLines(part));
  if (integrity.unlisted > 0) output.lines(`  … and ${count(integrity.unlisted)} more, not listed`);
  if (relatives.length === 0) return;
  output.lines('', output.heading('The same sound in other files'));
  for (const { id, title, path, format } of relatives)
    output.lines(`  ${id}  ${clean(format)}  ${clean(path?.display ?? title)}`);
}

function evidenceLines({ kind, name, offset, length, sha256, fields = {} }: Evidence): string[] {
  return [
    `  ${capitalise(kind)} ${clean(name)}, ${size(length)} at byte ${count(offset)}, SHA-256 ${grouped(sha256)}`,
    ...facts(
      Object.entries(fields).map(([field, value]) => [clean(field), clean(String(value).trim())]),
      '      ',
    ),
  ];
}
