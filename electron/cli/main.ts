/**
 * The entry of the command line. The bundle starts it behind scripts/guard.mjs (vite.node.config.ts), so that an old Node
 * is told so before anything native is loaded. The host is imported late: help, version and completion need no catalogue.
 */
import { EXIT } from './errors.ts';
import { packageVersion } from './package-root.ts';
import { processIo } from './io.ts';
import { runCli } from './run.ts';
import { readWords } from './words.ts';

const io = processIo();
const code = await runCli(readWords(), {
  io,
  version: packageVersion(),
  async loadHost(needs) {
    if (needs === undefined) return import('../host/index.ts');
    const threads = (await import('../host/start-threads.ts')).startThreads(needs);
    const host = await import('../host/index.ts');
    return { ...host, openHost: (options) => host.openHost({ ...options, threads }) };
  },
});
// Not process.exit at once: on a pipe the last lines may still be on their way.
process.stdout.write('', () => setImmediate(end));

function end(): void {
  const failure = io.outFailure();
  if (failure === undefined) process.exit(code);
  // Half a result must not pass for a whole one.
  io.err(
    `The results could not be written (${failure}). What was done is recorded: make room for them, then ask again.\n`,
  );
  process.exit(EXIT.incomplete);
}
