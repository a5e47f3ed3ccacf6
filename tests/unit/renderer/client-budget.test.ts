import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { INITIAL_SCRIPT_BUDGET, initialScripts } from '../../../scripts/renderer-budget.ts';

const built = join(import.meta.dirname, '../../../dist/renderer');

describe('what a window loads before its first page', () => {
  it('stays within its budget', () => {
    expect(existsSync(join(built, 'index.html')), 'the renderer is built by npm run build').toBe(true);
    const scripts = initialScripts(built);
    // An entry whose imports were not found would weigh next to nothing.
    expect(scripts.length).toBeGreaterThan(3);
    const total = scripts.reduce((sum, { gzipped }) => sum + gzipped, 0);
    expect(total).toBeGreaterThan(100_000);
    expect(total).toBeLessThanOrEqual(INITIAL_SCRIPT_BUDGET);
  });
});
