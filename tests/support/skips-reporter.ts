/**
 * Names every test that was left out, with its reason, before vitest's own summary. Under HOLDFAST_NO_SKIPS=1 one that
 * was left out for any reason but its length, Electron's program, or a right that the machine does not give, makes the run fail,
 * whichever way it was left out.
 */
import type { Reporter, TestCase, TestModule, TestSuite, Vitest } from 'vitest/node';
import { isRefused } from './skips.ts';

/** The reason given with the test, or with a suite around it, or with `ctx.skip('…')`. */
function reasonOf(test: TestCase): string | undefined {
  let task: TestCase | TestSuite | TestModule = test;
  while (task.type !== 'module') {
    const reason = task.meta().skipReason;
    if (reason !== undefined) return reason;
    task = task.parent;
  }
  const result = test.result();
  return result.state === 'skipped' ? result.note : undefined;
}

export default class SkipsReporter implements Reporter {
  /** Something was left out that should have run. */
  refused = false;
  #filtered = false;

  onInit(vitest: Vitest): void {
    this.#filtered = vitest.config.testNamePattern !== undefined;
  }

  onTestRunEnd(modules: readonly TestModule[]): void {
    const left = new Map<string, string[]>();
    for (const module of modules) {
      for (const test of module.children.allTests('skipped')) {
        const reason = reasonOf(test);
        // `vitest -t name` marks everything else as skipped: that was asked for, and is no news.
        if (reason === undefined && this.#filtered) continue;
        const names = left.get(reason ?? 'NO REASON GIVEN') ?? [];
        left.set(reason ?? 'NO REASON GIVEN', [...names, `${module.relativeModuleId} > ${test.fullName}`]);
      }
    }
    if (left.size === 0) return;
    const lines = [...left].flatMap(([reason, names]) => [
      `   ${reason}`,
      ...names.map((name) => `     - ${name}`),
    ]);
    process.stdout.write(`\n  Left out of this run:\n${lines.join('\n')}\n`);

    this.refused = process.env.HOLDFAST_NO_SKIPS === '1' && [...left.keys()].some(isRefused);
    if (this.refused) {
      process.stdout.write(
        '\n  HOLDFAST_NO_SKIPS=1: a test was left out that should have run. The run has failed.\n',
      );
      process.exitCode = 1;
    }
  }
}
