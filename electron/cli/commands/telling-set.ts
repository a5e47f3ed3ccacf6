import { readFileSync } from 'node:fs';
import type { CliCommand, Invocation } from '../command.ts';
import { EXIT, UsageError } from '../errors.ts';
import { clean } from '../format/text.ts';
import { collect } from '../options.ts';
import { showTelling } from '../report/telling.ts';
import { withHost } from '../with-host.ts';

export const tellingSet: CliCommand = {
  name: 'telling set',
  summary: 'say whom scheduled runs are told by mail',
  description:
    'Sets who gets a mail after each scheduled run, and through which server. What is not named stays as it is. The password is read from ' +
    'a file and kept for this user, or taken from HOLDFAST_SMTP_PASSWORD when a mail is sent; it never stands in the archive or ' +
    'in its log. With --quiet-when-well nothing is sent of a run after which all is well; a failure, and a run that did not happen, are always told.',
  examples: [
    {
      does: 'Two people, through a server that asks for a password',
      line: 'telling set --mail-to ada@example.org --mail-to sound@example.org --smtp smtps://ada@mail.example.org --password-file password.txt',
    },
    { does: 'Only what needs somebody', line: 'telling set --quiet-when-well' },
    { does: 'Nobody any more', line: 'telling set --mail-nobody' },
  ],
  define(command) {
    command
      .option('--mail-to <ADDRESS>', 'who is told; may be repeated, and replaces those before', collect)
      .option('--mail-nobody', 'nobody is told by mail any more')
      .option('--mail-from <ADDRESS>', 'from whom the mail comes (default: the first who is told)')
      .option(
        '--smtp <SERVER>',
        'smtp://USER@HOST:587 (STARTTLS), smtps://USER@HOST:465 (TLS) or smtp+plain://HOST:25',
      )
      .option(
        '--password-file <FILE>',
        'take the password from the first line of this file, or of /dev/stdin',
      )
      .option('--forget-password', 'forget the password that is kept for this user')
      .option('--quiet-when-well', 'send nothing when all is well')
      .option('--tell-always', 'send it when all is well, too');
  },
  run(invocation) {
    const change = { ...changeOf(invocation), ...passwordOf(invocation) };
    if (Object.keys(change).length === 0)
      throw new UsageError(
        'Say what is to change, such as --mail-to ADDRESS; holdfast telling show shows what is set.',
      );
    return withHost(invocation, 'write', async (client) => {
      const telling = await client.telling.set(change);
      invocation.output.json({ telling });
      showTelling(invocation.output, telling);
      return EXIT.done;
    });
  },
};

function changeOf({ options }: Invocation) {
  const mailTo = options.list('mailTo');
  const [mailFrom, smtp] = [options.text('mailFrom'), options.text('smtp')];
  const [isQuiet, isLoud] = [options.flag('quietWhenWell'), options.flag('tellAlways')];
  if (isQuiet && isLoud) throw new UsageError('--quiet-when-well and --tell-always are opposites.');
  if (mailTo.length > 0 && options.flag('mailNobody'))
    throw new UsageError('--mail-to and --mail-nobody are opposites.');
  return {
    ...(mailTo.length > 0 || options.flag('mailNobody') ? { mailTo } : {}),
    ...(mailFrom === undefined ? {} : { mailFrom }),
    ...(smtp === undefined ? {} : { smtp }),
    ...(isQuiet || isLoud ? { quietWhenWell: isQuiet } : {}),
  };
}

function passwordOf({ options }: Invocation): { password?: string | null } {
  if (options.flag('forgetPassword')) return { password: null };
  const file = options.text('passwordFile');
  if (file === undefined) return {};
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(
      `The password could not be read from ${clean(file)}: ${(error as NodeJS.ErrnoException).code ?? 'it failed'}.`,
    );
  }
  const [password = ''] = text.split(/\r?\n/);
  if (password === '')
    throw new UsageError(`The first line of ${clean(file)} is empty, so there is no password in it.`);
  return { password };
}
