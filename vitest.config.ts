import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    // A process for each file: native modules and worker threads do not share one safely.
    pool: 'forks',
    // V8 guards its code by keys where the processor has them, and aborts when threads that end race for these.
    execArgv: ['--no-memory-protection-keys'],
    // Two at a time on any machine: many tests start the bundle, hash and fsync, and time limits must hold anywhere.
    maxWorkers: 2,
    // The long run invents names for minutes on end.
    testTimeout: process.env['HOLDFAST_LONG'] === '1' ? 1_800_000 : 240_000,
    hookTimeout: 240_000,
    expect: { poll: { timeout: 60_000 } },
    // A focused test that was committed would hide all others.
    allowOnly: false,
    // The list of what was left out comes first, so that vitest's own summary closes the run.
    reporters: ['./tests/support/skips-reporter.ts', 'default'],
    restoreMocks: true,
    unstubEnvs: true,
  },
});
