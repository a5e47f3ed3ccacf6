/** Every gate of `npm run check` and of the test run itself is shown to close: what it should catch is planted. */
import { accessSync, constants, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Sandbox } from './sandbox.ts';

const tsc = 'node_modules/typescript/bin/tsc';
const eslint = 'node_modules/eslint/bin/eslint.js';
const vitest = 'node_modules/vitest/vitest.mjs';
const vite = 'node_modules/vite/bin/vite.js';

describe('check:types', () => {
  it('passes empty layers, and writes declarations outside the tree only', () => {
    using sandbox = new Sandbox({ 'shared/domain/one.ts': 'export const one = 1;\n' });
    expect(sandbox.run(tsc, ['--build'])).toMatchObject({ status: 0, stdout: '' });
    expect(readdirSync(join(sandbox.path, 'shared/domain'))).toEqual(['one.ts']);
    expect(readdirSync(join(sandbox.path, '.cache/types/shared/domain'))).toEqual(['one.d.ts']);
  });

  it('catches a type error, also one that comes through another layer', () => {
    using sandbox = new Sandbox({
      'shared/domain/one.ts': 'export const one: { n: number } = { n: 1 };\n',
      'electron/core/a/two.ts':
        "import { one } from '../../../shared/domain/one.ts';\nexport const two: string = one.n;\n",
    });
    const { status, stdout } = sandbox.run(tsc, ['--build']);
    expect(status).not.toBe(0);
    expect(stdout).toContain('electron/core/a/two.ts(2,14): error TS2322');
  });

  it('knows neither Node nor a browser in shared, and no import against the arrows', () => {
    using sandbox = new Sandbox({
      'shared/domain/node.ts': 'export const cwd = process.cwd();\n',
      'shared/domain/dom.ts': 'export const title = document.title;\n',
      'electron/adapters/storage/up.ts': 'export const up = 1;\n',
      'electron/core/a/up.ts': "export { up } from '../../adapters/storage/up.ts';\n",
    });
    const { stdout } = sandbox.run(tsc, ['--build']);
    expect(stdout).toMatch(/shared\/domain\/node\.ts.*process/);
    expect(stdout).toMatch(/shared\/domain\/dom\.ts.*document/);
    expect(stdout).toMatch(/electron\/core\/a\/up\.ts.*TS6307/);
  });
});

describe('check:lint', () => {
  it('passes an innocent file and catches each planted fault by its rule', () => {
    const faults: Record<string, [text: string, rule: string]> = {
      'shared/domain/any.ts': ['export const x: any = 1;\n', '@typescript-eslint/no-explicit-any'],
      'shared/domain/long.ts': [`${'// line\n'.repeat(400)}export const x = 1;\n`, 'max-lines'],
      'shared/domain/loose.ts': ['export const same = (a: string, b: string) => a == b;\n', 'eqeqeq'],
      'electron/host/console.ts': ["console.log('on stdout');\n", 'no-console'],
      'electron/host/floating.ts': [
        'const write = async (): Promise<void> => Promise.resolve();\nwrite();\n',
        '@typescript-eslint/no-floating-promises',
      ],
      'electron/host/misused.ts': [
        'const run = async (): Promise<void> => Promise.resolve();\n[1].forEach(run);\n',
        '@typescript-eslint/no-misused-promises',
      ],
      'shared/domain/switch.ts': [
        "export function f(x: 'a' | 'b'): number {\n  switch (x) {\n    case 'a':\n      return 1;\n  }\n  return 2;\n}\n",
        '@typescript-eslint/switch-exhaustiveness-check',
      ],
      'shared/domain/types.ts': [
        "import { Fine } from './fine.ts';\nexport type Alias = Fine;\n",
        '@typescript-eslint/consistent-type-imports',
      ],
      'tests/unit/only.test.ts': [
        "import { it } from 'vitest';\nit.only('one', () => undefined);\n",
        'no-restricted-syntax',
      ],
      'tests/unit/skip.test.ts': [
        "import { describe } from 'vitest';\ndescribe.skip.each([1])('one', () => undefined);\n",
        'no-restricted-syntax',
      ],
      'tests/unit/option.test.ts': [
        "import { it } from 'vitest';\nit('one', { skip: true }, () => undefined);\n",
        'no-restricted-syntax',
      ],
    };
    const innocent = {
      'shared/domain/fine.ts': 'export interface Fine {\n  n: number;\n}\n',
      'electron/cli/fine.ts': "console.log('a result');\n",
    };
    const planted = Object.entries(faults).map(([path, [text]]) => [path, text] as const);
    using sandbox = new Sandbox({ ...innocent, ...Object.fromEntries(planted) });
    const { status, stdout } = sandbox.run(eslint, ['.', '--max-warnings', '0', '--format', 'json']);
    expect(status).toBe(1);
    const results = JSON.parse(stdout) as { filePath: string; messages: { ruleId: string }[] }[];
    const found = results
      .filter((result) => result.messages.length > 0)
      .map((result) => [
        result.filePath.slice(sandbox.path.length + 1),
        result.messages.map((one) => one.ruleId),
      ]);
    expect(Object.fromEntries(found)).toEqual(
      Object.fromEntries(Object.entries(faults).map(([path, [, rule]]) => [path, [rule]])),
    );
  });
});

describe('check:dead', () => {
  const script = 'scripts/dead-code.ts';
  const main = "import { used } from '../../shared/domain/a.ts';\nconsole.log(used);\n";

  it('passes when every export is used, re-exported and used, or excused', () => {
    using sandbox = new Sandbox({
      'shared/domain/a.ts': [
        "export { used } from './b.ts';",
        '/** @testonly */',
        'export const probe = 1;',
        '/** For other programs. @public */',
        'export function offered(): void {}',
      ].join('\n'),
      'shared/domain/b.ts':
        'export interface Options { n: number }\nexport const used = (o: Options): number => o.n;\n',
      'electron/cli/main.ts': main,
    });
    expect(sandbox.run(script)).toMatchObject({ status: 0 });
  });

  it('names file and line of an unused export, and of one that only a test uses', () => {
    using sandbox = new Sandbox({
      'shared/domain/a.ts': 'export const used = 1;\n\nexport const unused = 2;\nexport const tested = 3;\n',
      'shared/domain/c.ts': 'export default 1;\nexport type Unused = string;\n',
      'electron/cli/main.ts': main,
      'tests/unit/a.test.ts': "import { tested } from '../../shared/domain/a.ts';\nconsole.log(tested);\n",
    });
    const { status, stdout } = sandbox.run(script);
    expect(status).toBe(1);
    expect(stdout.split('\n').slice(0, -2)).toEqual([
      'shared/domain/a.ts:3 unused: nothing imports it',
      'shared/domain/a.ts:4 tested: only tests import it (mark it @testonly or remove it)',
      'shared/domain/c.ts:1 default: nothing imports it',
      'shared/domain/c.ts:2 Unused: nothing imports it',
    ]);
  });
});

describe('the test run', () => {
  const skipping = [
    "import { it } from 'vitest';",
    "import { describeWith, itWith, longOnly } from '../support/skips.ts';",
    "it('runs', () => undefined);",
    "itWith({ tool: ['sh', 'no-such-tool'] }, 'reads a dump', () => undefined);",
    "describeWith({ that: 'a tape deck', available: false }, 'tapes', () => { it('spools', () => undefined); });",
    "longOnly('a whole night', () => undefined);",
  ].join('\n');

  it('names what was left out with its reason, and closes with the summary', () => {
    using sandbox = new Sandbox({ 'tests/unit/skipping.test.ts': skipping });
    const { status, stdout } = sandbox.run(vitest, ['run']);
    expect(status).toBe(0);
    expect(stdout).toContain(
      [
        '  Left out of this run:',
        '   needs no-such-tool, not on the PATH',
        '     - tests/unit/skipping.test.ts > reads a dump',
        '   needs a tape deck',
        '     - tests/unit/skipping.test.ts > tapes > spools',
        '   long run only (npm run test:long)',
        '     - tests/unit/skipping.test.ts > a whole night',
      ].join('\n'),
    );
    expect(stdout.slice(stdout.indexOf('a whole night'))).toMatch(/Tests {2}1 passed \| 3 skipped \(4\)/);
  });

  it('fails where nothing may be left out, except for what is long', () => {
    using sandbox = new Sandbox({ 'tests/unit/skipping.test.ts': skipping });
    const { status, stdout } = sandbox.run(vitest, ['run'], { HOLDFAST_NO_SKIPS: '1' });
    expect(status).toBe(1);
    expect(stdout).toMatch(/Tests {2}2 failed \| 1 passed \| 1 skipped \(4\)/);
  });

  it('fails there also when a test leaves itself out', () => {
    const text = "import { it } from 'vitest';\nit('shy', (t) => t.skip('not today'));\n";
    using sandbox = new Sandbox({ 'tests/unit/shy.test.ts': text });
    expect(sandbox.run(vitest, ['run'])).toMatchObject({ status: 0 });
    const strict = sandbox.run(vitest, ['run'], { HOLDFAST_NO_SKIPS: '1' });
    expect(strict.status).toBe(1);
    expect(strict.stdout).toContain('   not today\n     - tests/unit/shy.test.ts > shy');
  });
});

describe('the build and npm start', () => {
  const house = {
    'shared/domain/double.ts': 'export const double = (n: number): number => 2 * n;\n',
    'electron/workers/double-worker.ts':
      "import { parentPort } from 'node:worker_threads';\nimport { double } from '../../shared/domain/double.ts';\nparentPort?.postMessage(double(21));\n",
    'electron/host/ask.ts':
      "import { Worker } from 'node:worker_threads';\nexport const ask = (): Promise<unknown> =>\n  new Promise((resolve) => {\n    new Worker(new URL('../workers/double-worker.ts', import.meta.url)).once('message', resolve);\n  });\n",
    'electron/cli/main.ts':
      "import { ask } from '../host/ask.ts';\nimport { double } from '../../shared/domain/double.ts';\nconsole.log(JSON.stringify([process.argv.slice(2), process.cwd(), double(1), await ask()]));\nprocess.exitCode = 7;\n",
  };

  it('makes a bundle that starts its threads, can be executed, and holds no path of this machine', () => {
    using sandbox = new Sandbox(house);
    expect(sandbox.run(vite, ['build', '--config', 'vite.node.config.ts'])).toMatchObject({ status: 0 });
    const built = sandbox.run('dist/holdfast.mjs', ['status']);
    expect(JSON.parse(built.stdout)).toEqual([['status'], sandbox.path, 2, 42]);
    accessSync(join(sandbox.path, 'dist/holdfast.mjs'), constants.X_OK);
    // Twenty threads with a heap each of their own cost an accession 40 MB.
    expect(readFileSync(join(sandbox.path, 'dist/holdfast.mjs'), 'utf8')).toMatch(
      /^#!\/usr\/bin\/env -S MALLOC_ARENA_MAX=2 node\n/,
    );
    for (const file of readdirSync(join(sandbox.path, 'dist'), { recursive: true, withFileTypes: true })) {
      if (file.isFile())
        expect(readFileSync(join(file.parentPath, file.name), 'utf8')).not.toContain(sandbox.path);
    }
  });

  it('refuses a thread that the build does not know', () => {
    const url = "console.log(new URL('../workers/lost-worker.ts', import.meta.url).href);\n";
    using sandbox = new Sandbox({ 'electron/cli/main.ts': url });
    const { status, stderr } = sandbox.run(vite, ['build', '--config', 'vite.node.config.ts']);
    expect(status).not.toBe(0);
    expect(stderr).toContain('lost-worker.ts, which is not a thread of this build');
  });

  it('builds quietly when needed, stands where the person stood, and hands on the exit code', () => {
    using sandbox = new Sandbox(house);
    const start = () =>
      sandbox.run('scripts/start.mjs', ['--in', 'some folder'], { INIT_CWD: join(sandbox.path, 'shared') });
    const expected = [['start', '--in', 'some folder'], join(sandbox.path, 'shared'), 2, 42];
    const first = start();
    expect(first).toMatchObject({ status: 7, stderr: '' });
    expect(JSON.parse(first.stdout)).toEqual(expected);

    sandbox.write({
      'shared/domain/double.ts': 'export const double = (n: number): number => n + n + 0.5;\n',
    });
    expect(JSON.parse(start().stdout)).toEqual([...expected.slice(0, 2), 2.5, 42.5]);

    sandbox.write({ 'shared/domain/double.ts': 'export const double = (\n' });
    const broken = start();
    expect(broken).toMatchObject({ status: 3, stdout: '' });
    expect(broken.stderr).toContain('Holdfast could not be built');
  });
});
