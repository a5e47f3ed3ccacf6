import type { DeletionPreview, DeletionResult, PendingDeletion } from '../../../shared/contract/custody.ts';
import type { CliCommand, Invocation } from '../command.ts';
import { EXIT, UsageError } from '../errors.ts';
import { runJob } from '../follow-job.ts';
import { clean } from '../format/text.ts';
import type { Client } from '../host-port.ts';
import { textOf } from '../options.ts';
import { showDeletion, showPending, showPreview, showSuperseded } from '../report/deletion.ts';
import { withHost } from '../with-host.ts';

const NOTHING = 'Nothing was deleted.';

export const deleteCommand: CliCommand = {
  name: 'delete',
  summary: 'remove the bytes of a deaccessioned accession, or bags that others succeeded',
  description:
    'Removes the bags of an accession from managed locations, after its deaccession and by two named agents. Shows first what ' +
    'would be removed and what stays; files in places that are not Holdfast’s are left. A place that cannot be reached, or ' +
    'holds what the catalogue does not know, stays pending: run it again to go on there, without the reason and the second ' +
    'agent. A certificate is written into the archive’s exports. With --superseded the accession stays in custody, and only those of its ' +
    'bags go that another bag succeeded, when a change in them was accepted: each where every file of its successor was read in that ' +
    'location and found intact, and nothing stands in it that is not known of it.',
  examples: [
    { does: 'What would be removed, and what stays', line: 'delete 2026-0012 --dry-run' },
    {
      does: 'Remove it',
      line: 'delete 2026-0012 --reason "Returned to the donor" --agent "A. Novak" --second-agent "J. Miller"',
    },
    {
      does: 'What bags that others succeeded take up, and which may go',
      line: 'delete 2026-0012 --superseded --dry-run',
    },
    { does: 'What waits for a place', line: 'delete --pending' },
  ],
  define(command) {
    command
      .argument('[ACCESSION]', 'its number or id')
      .option('--reason <TEXT>', 'why its bytes are removed')
      .option('--second-agent <NAME>', 'who stands for it beside --agent')
      .option('--dry-run', 'show what would be done, and do nothing')
      .option('--yes', 'do not ask')
      .option('--superseded', 'only its bags that others succeeded; it stays in custody')
      .option('--pending', 'list deletions that wait for a place')
      .option('--certificate', 'write the certificate again');
  },
  run: (invocation) => {
    const { words, options } = invocation;
    const superseded = options.flag('superseded');
    if (superseded && (options.flag('pending') || options.flag('certificate')))
      throw new UsageError(`--superseded goes with --dry-run or with a deletion. ${NOTHING}`);
    if (options.flag('pending')) {
      if (words.length > 0) throw new UsageError('--pending lists all that wait; it takes no accession.');
      return withHost(invocation, 'read', (client) => listPending(invocation, client));
    }
    const [word] = words;
    if (word === undefined)
      throw new UsageError(
        `Name the accession by its number or id, or list what waits: --pending. ${NOTHING}`,
      );
    const accession = textOf(word, 'The accession');
    if (options.flag('certificate'))
      return withHost(invocation, 'read', (client) => certify(invocation, client, accession));
    if (options.flag('dryRun'))
      return withHost(invocation, 'read', async (client) => {
        await preview(invocation, client, accession);
        return EXIT.done;
      });
    if (options.text('agent') === undefined)
      throw new UsageError(
        `A deletion is done by two named agents: --agent NAME --second-agent NAME. ${NOTHING}`,
      );
    if (!options.flag('yes') && !mayAsk(invocation))
      throw new UsageError(`Nobody can be asked here: look at --dry-run, then add --yes. ${NOTHING}`);
    return withHost(invocation, 'write', (client) => remove(invocation, client, accession));
  },
};

function mayAsk({ io, output }: Invocation): boolean {
  return io.inIsTerminal && io.errIsTerminal && output.form === 'human';
}

async function preview(
  { output, options }: Invocation,
  client: Client,
  accession: string,
): Promise<Pick<DeletionPreview, 'accession'>> {
  if (options.flag('superseded')) {
    const found = await client.custody.previewSuperseded({ accession });
    output.json({ dryRun: true, ...found });
    showSuperseded(output, found);
    return found;
  }
  const found = await client.custody.previewDeletion({ accession });
  output.json({ dryRun: true, ...found });
  showPreview(output, found);
  return found;
}

async function remove(invocation: Invocation, client: Client, accession: string): Promise<number> {
  const { options, output, io } = invocation;
  if (!options.flag('yes')) {
    const { number } = (await preview(invocation, client, accession)).accession;
    const answer = await io.ask(
      `Type ${clean(number)} to remove what is to be removed; anything else ends here: `,
    );
    if (answer.trim() !== number) throw new UsageError(`${NOTHING} Nothing was recorded.`);
  }
  const [reason, secondAgent] = [options.text('reason'), options.text('secondAgent')];
  const wanted = {
    accession,
    ...(reason === undefined ? {} : { reason }),
    ...(secondAgent === undefined ? {} : { secondAgent }),
  };
  const job = await runJob(invocation, client, () =>
    options.flag('superseded') ? client.custody.deleteSuperseded(wanted) : client.custody.delete(wanted),
  );
  const result = job.result as DeletionResult;
  output.json({ ...result, job: job.id });
  return showDeletion(output, result);
}

async function certify({ output }: Invocation, client: Client, accession: string): Promise<number> {
  const { html, text } = await client.custody.certificate({ accession });
  output.json({ html, text });
  output.lines(`Written: ${clean(html.display)}`, `         ${clean(text.display)}`);
  return EXIT.done;
}

async function listPending({ output }: Invocation, client: Client): Promise<number> {
  const rows: PendingDeletion[] = [];
  let cursor: string | undefined;
  do {
    const page = await client.custody.pending({ limit: 1000, ...(cursor === undefined ? {} : { cursor }) });
    rows.push(...page.rows);
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  output.json({ rows, next: null });
  return showPending(output, rows);
}
