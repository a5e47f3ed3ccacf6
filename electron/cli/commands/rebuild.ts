import { resolve } from 'node:path';
import type { AuditResult } from '../../../shared/contract/fixity.ts';
import type { CliCommand, Invocation } from '../command.ts';
import { Interrupted, UsageError } from '../errors.ts';
import { runJob } from '../follow-job.ts';
import { collect } from '../options.ts';
import { pathFromBase64, pathFromWord } from '../paths.ts';
import { progressView } from '../progress.ts';
import { showRebuild } from '../report/rebuild.ts';
import { showAudit } from '../report/results.ts';
import { archiveWord, withHostAt } from '../with-host.ts';

export const rebuild: CliCommand = {
  name: 'rebuild',
  summary: 'make a new catalogue from what locations hold',
  description:
    'Makes an archive in DIR from one or more managed locations, when the archive’s own folder is lost: the newest snapshot of ' +
    'the catalogue that is whole, then what supplements and bags know beyond it. Recordings are not read, only looked for, and ' +
    'count as not checked until an audit; --verify runs that audit. What does not agree is told, and exits 1. The locations are ' +
    'not changed. The log goes on with a new key, whose first event cites the head of the old one.',
  examples: [
    { does: 'From one disk', line: 'rebuild ~/archives/radio --from /media/vault' },
    {
      does: 'From two, with an audit of everything they hold',
      line: 'rebuild ~/archives/radio --from /media/vault /mnt/nas/vault --verify',
    },
    {
      does: 'From a disk that is mounted elsewhere now',
      line: 'rebuild ~/archives/radio --from /media/new/vault --moved',
    },
  ],
  define(command) {
    command
      .argument('<DIR>', 'the folder to make')
      .option('--from <PATH...>', 'roots of managed locations (required)', collect)
      .option(
        '--path-base64 <B64>',
        'such a path as base64 of its bytes, for names that are not UTF-8',
        collect,
      )
      .option('--archive-id <UUID>', 'which archive, where the locations hold several')
      .option('--moved', 'locations that stand elsewhere than before were moved there, not copied')
      .option('--verify', 'verify every copy by reading it, when the catalogue stands');
  },
  async run(invocation) {
    const { words, options, output, agent } = invocation;
    const [word = ''] = words;
    const dir = resolve(archiveWord(word));
    const from = [
      ...options.list('from').map(pathFromWord),
      ...options.list('pathBase64').map(pathFromBase64),
    ];
    if (from.length === 0)
      throw new UsageError('A rebuild needs a managed location to rebuild from: --from PATH.');
    const archiveId = options.text('archiveId')?.toLowerCase();
    const { rebuildArchive } = await invocation.loadHost();
    const rebuilt = await stoppable(invocation, (signal, onProgress) =>
      rebuildArchive({
        dir,
        from,
        agent,
        ...(archiveId === undefined ? {} : { archiveId }),
        moved: options.flag('moved'),
        signal,
        onProgress,
      }),
    );
    const verified = options.flag('verify')
      ? await withHostAt(
          invocation,
          dir,
          'write',
          async (client) =>
            (await runJob(invocation, client, () => client.fixity.audit({}))).result as AuditResult,
          { read: 'all' },
        )
      : undefined;
    output.json({ ...rebuilt, ...(verified === undefined ? {} : { audit: verified }) });
    const exit = showRebuild(output, rebuilt);
    return verified === undefined ? exit : Math.max(exit, showAudit(output, verified));
  },
};

type Progress = Parameters<ReturnType<typeof progressView>['show']>[0];

async function stoppable<T>(
  { io, output, interrupts }: Invocation,
  act: (signal: AbortSignal, onProgress: (progress: Progress) => void) => Promise<T>,
): Promise<T> {
  const view = progressView(io, output.form, output.quiet);
  const controller = new AbortController();
  const leave = interrupts.during(() => {
    view.note('Stopping cleanly; Ctrl-C again stops at once.');
    controller.abort(new Interrupted('Stopped; nothing was made. Run the same command again to begin anew.'));
  });
  try {
    return await act(controller.signal, (progress) => view.show(progress));
  } finally {
    view.end();
    leave();
  }
}
