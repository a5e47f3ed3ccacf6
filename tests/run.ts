/**
 * `npm test`: vitest, and one thing more. V8 of Node 24 now and then aborts a process whose threads come and go (SIGTRAP; "Check
 * failed: jit_page.has_value()", nodejs/node#64500), whatever that process does. The tests of one process start and end more hosts
 * than a user does in months, so a file whose process ended in this way, and in no other, is said loudly and run once more.
 */
import { fileURLToPath } from 'node:url';
import { parseCLI, startVitest, type Vitest } from 'vitest/node';
import SkipsReporter from './support/skips-reporter.ts';

// Threads that read the sources need not strip their types anew each time: half of what opening a host costs here.
process.env.NODE_COMPILE_CACHE ??= fileURLToPath(new URL('../node_modules/.cache/compiled', import.meta.url));

const ABORTED = /^Worker exited unexpectedly with signal SIGTRAP .* while running test file (.+)$/;

const { filter, options } = parseCLI(['vitest', 'run', ...process.argv.slice(2)]);

async function run(files: readonly string[]): Promise<{ vitest: Vitest; skips: SkipsReporter }> {
  // The list of what was left out comes first, so that vitest's own summary closes the run.
  const skips = new SkipsReporter();
  return {
    vitest: await startVitest('test', [...files], { ...options, reporters: [skips, 'default'] }),
    skips,
  };
}

/** The files of processes that V8 aborted, where nothing else was wrong with the run. */
function abortedFiles({ state }: Vitest): string[] {
  const files = state.getUnhandledErrors().map((error) => {
    const { cause } = error as { cause?: { message?: string } };
    return ABORTED.exec(cause?.message ?? '')?.[1];
  });
  const failed = state.getTestModules().some((module) => module.state() === 'failed');
  return failed
    ? []
    : files.filter((file) => file !== undefined).filter((_, __, all) => all.length === files.length);
}

const first = await run(filter);
const aborted = first.skips.refused ? [] : abortedFiles(first.vitest);
await first.vitest.close();
if (aborted.length > 0) {
  process.stdout.write(
    `\n  V8 ABORTED the process of these files (SIGTRAP). Nothing else failed. They run once more:\n${aborted
      .map((file) => `     - ${file}\n`)
      .join('')}\n`,
  );
  process.exitCode = 0;
  await (await run(aborted)).vitest.close();
}
process.exit();
