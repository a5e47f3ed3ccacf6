import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { _electron } from '@playwright/test';
import { expect } from 'vitest';
import { itWithElectron } from '../support/skips.ts';
import { tempFolder } from '../support/temp.ts';

const root = join(import.meta.dirname, '..', '..');

function electronProgram(): string | undefined {
  const folder = join(root, 'node_modules', 'electron');
  if (!existsSync(join(folder, 'path.txt'))) return undefined;
  const program = join(folder, 'dist', readFileSync(join(folder, 'path.txt'), 'utf8').trim());
  return existsSync(program) ? program : undefined;
}

itWithElectron(
  electronProgram(),
  'the app opens in Electron, in a page without Node, and shows the archive',
  async (program) => {
    const home = tempFolder();
    const app = await _electron.launch({
      executablePath: program,
      args: [root, `--user-data-dir=${join(home, 'user')}`],
      env: {
        ...process.env,
        HOME: home,
        XDG_DATA_HOME: join(home, 'data'),
        XDG_STATE_HOME: join(home, 'state'),
      },
    });
    try {
      const page = await app.firstWindow();
      // What only the host can have said: the line to it carries the contract.
      await page.getByRole('heading', { level: 1, name: 'This archive holds nothing yet.' }).waitFor();
      expect(page.url()).toBe('app://holdfast/overview');
      const seen = await page.evaluate(() => {
        const names = globalThis as unknown as Record<string, unknown>;
        return [typeof names['require'], typeof names['process'], typeof names['holdfast']];
      });
      expect(seen).toEqual(['undefined', 'undefined', 'object']);
      expect(existsSync(join(home, 'data', 'holdfast', 'archive', 'archive.json'))).toBe(true);
    } finally {
      await app.close();
    }
  },
);
