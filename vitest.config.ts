import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    // A process for each file: native modules and worker threads do not share one safely.
    pool: 'forks',
    // Two at a time on any machine: many tests start the bundle, hash and fsync, and time limits must hold anywhere.
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // A focused test that was committed would hide all others.
    allowOnly: false,
    // The list of what was left out comes first, so that vitest's own summary closes the run.
    reporters: ['./tests/support/skips-reporter.ts', 'default'],
    restoreMocks: true,
    unstubEnvs: true,
  },
});
