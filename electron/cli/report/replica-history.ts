import type { ReplicaHistory, ReplicaStep } from '../../../shared/contract/replica-history.ts';
import { moment } from '../format/numbers.ts';
import { facts } from '../format/table.ts';
import { clean } from '../format/text.ts';
import type { Output } from '../output.ts';
import { outcomeText } from './words.ts';

/** What happened to one copy, newest first. */
export function showHistory(output: Output, { rows, isWhole }: ReplicaHistory): void {
  output.lines('', output.heading('History'));
  output.lines(
    ...facts(
      rows.map((step) => [moment(step.at), stepText(step)]),
      '  ',
    ),
  );
  if (!isWhole) output.lines('  Older checks are not looked for: the runs of this archive are large.');
}

function stepText({ what, outcome = '', id = '', as = '', by, reason }: ReplicaStep): string {
  const who = by === undefined ? '' : ` by ${clean(by)}`;
  const why = reason === undefined ? '' : `: ${clean(reason)}`;
  switch (what) {
    case 'custody':
      return `taken into custody as accession ${clean(as)}`;
    case 'copied':
      return 'copied here, read back and compared';
    case 'repackaged':
      return 'copied into a bag that succeeds the one before, read back and compared';
    case 'check':
      return `${outcomeText(outcome)}${id === '' ? '' : ` (${id})`}`;
    case 'finding':
      return `found ${outcomeText(outcome)} (${id})`;
    case 'resolved':
      return `${id} resolved${who}, as ${as}${why}`;
    case 'set aside':
      return `the damaged file was set aside (${id})`;
    case 'left quarantine':
      return `the damaged file left quarantine (${id})`;
    case 'attested':
      return `attested elsewhere${who}: ${outcome === 'attested' ? 'as recorded' : 'not as recorded'}; not read here`;
  }
}
