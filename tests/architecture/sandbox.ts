/** A copy of the house without its contents: the real configuration, empty layers, and whatever a test plants. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export const root = dirname(dirname(import.meta.dirname));

const configuration = [
  'package.json',
  'tsconfig.base.json',
  'tsconfig.json',
  'eslint.config.js',
  '.dependency-cruiser.cjs',
  'vite.node.config.ts',
  'vitest.config.ts',
  'shared/tsconfig.json',
  'electron/core/tsconfig.json',
  'electron/adapters/tsconfig.json',
  'electron/workers/tsconfig.json',
  'electron/host/tsconfig.json',
  'electron/server/tsconfig.json',
  'electron/cli/tsconfig.json',
  'electron/main/tsconfig.json',
  'electron/preload/tsconfig.json',
  'renderer/tsconfig.json',
  'scripts/tsconfig.json',
  'scripts/dead-code.ts',
  'scripts/guard.mjs',
  'scripts/start.mjs',
  'tests/tsconfig.json',
  'tests/support/skips.ts',
  'tests/support/skips-reporter.ts',
];

export interface Outcome {
  status: number | null;
  stdout: string;
  stderr: string;
}

export class Sandbox {
  readonly path: string;

  /** @param files what stands in it, by path. Without `packages`, node_modules is the real one, by a link. */
  constructor(files: Readonly<Record<string, string>>, packages?: readonly string[]) {
    this.path = realpathSync(mkdtempSync(join(tmpdir(), 'holdfast-walls-')));
    for (const path of configuration) cpSync(join(root, path), join(this.path, path));
    if (packages === undefined) symlinkSync(join(root, 'node_modules'), join(this.path, 'node_modules'));
    for (const name of packages ?? []) {
      const folder = `node_modules/${name}`;
      this.write({
        [`${folder}/package.json`]: JSON.stringify({ name }),
        [`${folder}/index.js`]: '',
        [`${folder}/node.js`]: '',
      });
    }
    this.write(files);
  }

  write(files: Readonly<Record<string, string>>): void {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(this.path, path)), { recursive: true });
      writeFileSync(join(this.path, path), text);
    }
  }

  /** Runs a tool of the real node_modules (or a script of the sandbox) in the sandbox, with this Node. */
  run(script: string, args: readonly string[] = [], env: Readonly<Record<string, string>> = {}): Outcome {
    const file = script.startsWith('node_modules/') ? join(root, script) : join(this.path, script);
    const result = spawnSync(process.execPath, [file, ...args], {
      cwd: this.path,
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
      env: { PATH: process.env.PATH, HOME: this.path, NO_COLOR: '1', ...env },
    });
    return { status: result.status, stdout: result.stdout, stderr: result.stderr };
  }

  [Symbol.dispose](): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
