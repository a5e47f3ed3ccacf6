import { join } from 'node:path';
import type { MailPassword } from '../../core/ports/telling.ts';
import { StateFile } from './state-file.ts';

const VARIABLE = 'HOLDFAST_SMTP_PASSWORD';
const KEY = 'smtpPassword';

/** In a file of the user's that nobody else may read, apart from what screens can ask for; the environment goes before it. */
export function mailPassword(stateFolder: string, archiveId: string): MailPassword {
  const secrets = new StateFile(join(stateFolder, 'secrets', `${archiveId}.json`));
  return {
    async get() {
      const given = process.env[VARIABLE];
      if (given !== undefined && given !== '') return { password: given, from: 'environment' };
      const { [KEY]: password } = await secrets.read();
      return typeof password === 'string' ? { password, from: 'preferences' } : undefined;
    },
    set: (password) =>
      secrets.change(({ [KEY]: _, ...others }) =>
        password === undefined ? others : { ...others, [KEY]: password },
      ),
  };
}
