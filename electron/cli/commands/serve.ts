import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { CliCommand, Invocation } from '../command.ts';
import { EXIT, hasCode } from '../errors.ts';
import { clean } from '../format/text.ts';
import type { Output } from '../output.ts';
import { packageRoot } from '../package-root.ts';
import { archiveDir } from '../with-host.ts';

/** What opens an address in the person's browser, where that is not xdg-open. */
const OPENERS: Partial<Record<NodeJS.Platform, readonly [program: string, args: readonly string[]]>> = {
  darwin: ['open', []],
  win32: ['rundll32', ['url.dll,FileProtocolHandler']],
};

export const serve: CliCommand = {
  name: 'serve',
  summary: 'open the screens in a browser on this machine',
  description:
    'Serves the archive to a browser on this machine, and to nobody else, until Ctrl-C. Prints a link that works once; whoever ' +
    'opens it is known to this server until it ends. Run again for the same archive, it prints a fresh link of the server that ' +
    'runs. Other commands work meanwhile: they are carried out by this one. Jobs are paused when it ends and can be resumed.',
  examples: [
    { does: 'In your browser', line: 'serve --open' },
    {
      does: 'From a server without a screen: there, then on your own machine',
      line: 'serve --port 8190   # ssh -L 8190:127.0.0.1:8190 SERVER',
    },
  ],
  define(command) {
    command
      .option('--port <N>', 'the port to listen on (default: any that is free)')
      .option('--open', 'open the link in your browser');
  },
  async run(invocation) {
    const archive = archiveDir(invocation, await invocation.loadHost());
    const port = invocation.options.number('port', 0, 65_535) ?? 0;
    return serveArchiveAt(invocation, archive, { port, open: invocation.options.flag('open') });
  },
};

/** Serves until a person stops it; where a process does so already, tells its link. */
export async function serveArchiveAt(
  invocation: Invocation,
  archive: string,
  { port = 0, open }: { readonly port?: number; readonly open: boolean },
): Promise<number> {
  const { output, agent, commandName: command, interrupts } = invocation;
  const stopped = new Promise<void>((resolve) => {
    // Until it ends: a second Ctrl-C while it closes ends it at once.
    interrupts.during(() => {
      output.note('Closing: jobs are paused. Ctrl-C again stops at once.');
      resolve();
    });
  });
  const { serveArchive } = await import('../../server/index.ts');
  let server;
  try {
    const root = packageRoot() ?? '.';
    const screens = join(root, 'dist', 'renderer');
    const sample = join(root, 'build', 'sample');
    server = await serveArchive({ archive, agent, command, port, screens, sample });
  } catch (error) {
    const url = hasCode(error, 'ARCHIVE_HELD') ? await linkOfRunning(archive) : undefined;
    if (url === undefined) throw error;
    tellLink(output, url, open);
    return EXIT.done;
  }
  if (!server.hasScreens)
    output.note('The screens are not built: npm run build makes them. Commands reach the archive meanwhile.');
  if (!server.isFound)
    output.note(
      'The archive’s folder cannot be written to, so commands cannot find this server and will say that the archive is in use.',
    );
  tellLink(output, server.url, open);
  if (output.form === 'human') output.note('Ctrl-C ends it.');
  await stopped;
  for (const note of await server.close()) output.note(clean(note));
  return EXIT.done;
}

async function linkOfRunning(archive: string): Promise<string | undefined> {
  const { askForLink } = await import('../remote-host.ts');
  return askForLink(archive);
}

function tellLink(output: Output, url: string, open: boolean): void {
  output.json({ url });
  output.lines(url);
  if (open)
    openInBrowser(url, () => output.note('No browser could be started here. Open the link yourself.'));
  else if (output.form === 'human')
    output.note('Open this link in a browser on this machine. It works once; serve prints a fresh one.');
}

function openInBrowser(url: string, onFailure: () => void): void {
  const [program, args] = OPENERS[process.platform] ?? ['xdg-open', []];
  const child = spawn(program, [...args, url], { stdio: 'ignore', detached: true });
  child.on('error', onFailure);
  child.on('exit', (code) => {
    if (code !== null && code !== 0) onFailure();
  });
  child.unref();
}
