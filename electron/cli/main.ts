/**
 * The entry of the command line. The bundle starts it behind scripts/guard.mjs (vite.node.config.ts), so that an old Node
 * is told so before anything native is loaded. The host is imported late: help, version and completion need no catalogue.
 */
import { packageVersion } from './package-root.ts';
import { processIo } from './io.ts';
import { runCli } from './run.ts';
import { readWords } from './words.ts';

const code = await runCli(readWords(), {
  io: processIo(),
  version: packageVersion(),
  loadHost: () => import('../host/index.ts'),
});
// Not process.exit at once: on a pipe the last lines may still be on their way.
process.stdout.write('', () => process.exit(code));
