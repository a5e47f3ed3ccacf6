import type { TellingSettings } from '../../../shared/contract/telling.ts';
import { HoldfastError } from '../../../shared/domain/errors.ts';
import { isMailAddress, readSmtp, smtpAddress, type Telling } from '../../../shared/domain/telling.ts';
import type { ActingAgent, Catalogue, CatalogueReader } from '../ports/catalogue.ts';
import type { MailPassword } from '../ports/telling.ts';

/** What is to change; null takes away. */
export interface TellingChange {
  readonly mailTo?: readonly string[] | undefined;
  readonly mailFrom?: string | null | undefined;
  readonly smtp?: string | null | undefined;
  readonly quietWhenWell?: boolean | undefined;
  readonly password?: string | null | undefined;
}

export async function tellingSettings(
  reader: CatalogueReader,
  password: MailPassword,
): Promise<TellingSettings> {
  const { mailTo, mailFrom, smtp, quietWhenWell } = await reader.telling();
  const known = await password.get();
  return {
    mailTo: [...mailTo],
    ...(mailFrom === undefined ? {} : { mailFrom }),
    ...(smtp === undefined ? {} : { smtp: smtpAddress(smtp) }),
    quietWhenWell,
    ...(known === undefined ? {} : { passwordFrom: known.from }),
  };
}

/** @throws HoldfastError BAD_INPUT for what is no address */
export async function changeTelling(
  { reader, writer }: Catalogue,
  password: MailPassword,
  change: TellingChange,
  agent: ActingAgent,
): Promise<TellingSettings> {
  const before = await reader.telling();
  const mailFrom = change.mailFrom === undefined ? before.mailFrom : (change.mailFrom ?? undefined);
  const smtp =
    change.smtp === undefined ? before.smtp : change.smtp === null ? undefined : readSmtp(change.smtp);
  const after: Telling = {
    mailTo: [...new Set(change.mailTo ?? before.mailTo)],
    ...(mailFrom === undefined ? {} : { mailFrom }),
    ...(smtp === undefined ? {} : { smtp }),
    quietWhenWell: change.quietWhenWell ?? before.quietWhenWell,
  };
  for (const address of [...after.mailTo, ...(mailFrom === undefined ? [] : [mailFrom])])
    if (!isMailAddress(address))
      throw new HoldfastError(
        'BAD_INPUT',
        `"${address}" is no mail address; one is written ada@example.org.`,
      );
  await writer.setTelling(after, agent);
  if (change.password !== undefined) await password.set(change.password ?? undefined);
  return tellingSettings(reader, password);
}
