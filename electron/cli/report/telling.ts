/** Whom runs are told, and what they were told. */
import type { TellingSettings } from '../../../shared/contract/telling.ts';
import { facts } from '../format/table.ts';
import { clean } from '../format/text.ts';
import type { Client } from '../host-port.ts';
import type { Output } from '../output.ts';

export function showTelling(output: Output, telling: TellingSettings): void {
  const { mailTo, mailFrom, smtp, quietWhenWell, passwordFrom } = telling;
  output.lines(
    ...facts([
      ['Told by mail', mailTo.length === 0 ? 'nobody' : clean(mailTo.join(', '))],
      ['From', clean(mailFrom ?? mailTo[0] ?? '')],
      ['Mail server', clean(smtp ?? 'none')],
      ['Password', PASSWORDS[passwordFrom ?? 'none']],
      ['When all is well', quietWhenWell ? 'nothing is sent' : 'it is told too'],
    ]),
  );
}

const PASSWORDS = {
  environment: 'from HOLDFAST_SMTP_PASSWORD',
  preferences: 'kept for this user',
  none: 'none is known',
} as const;

type Told = Awaited<ReturnType<Client['telling']['tellRuns']>>['rows'][number];

/** Who was told, and what could not be sent. */
export function noteTold(output: Output, rows: readonly Told[]): void {
  for (const { sentTo, warning } of rows) {
    if (warning !== undefined) output.note(clean(warning));
    else if (sentTo.length > 0) output.note(`Told by mail: ${clean(sentTo.join(', '))}.`);
  }
}
