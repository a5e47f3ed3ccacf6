/** The walls hold: one violation planted for every rule is caught, by that rule alone, and modules are really read. */
import { spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root, Sandbox } from './sandbox.ts';

interface Rules {
  forbidden: { name: string; comment?: string }[];
}
const rules = createRequire(import.meta.url)(join(root, '.dependency-cruiser.cjs')) as Rules;

interface Plant {
  /** The module that breaks the rule. */
  at: string;
  /** What it imports; written as type-only where the rule must see those too. */
  text: string;
  /** What it needs around it, innocent in itself. */
  beside?: Record<string, string>;
}

const value = 'export const value = 1;\n';
const anchor = "import { z } from 'zod';\nexport const anchored = z;\n";
const importing = (path: string): string => `import { anchored } from '${path}';\nexport { anchored };\n`;
const typeOnly = (path: string): string =>
  `import type { anchored } from '${path}';\nexport type A = typeof anchored;\n`;

/** One violation per rule, by the rule's name. */
const plants: Record<string, Plant> = {
  'shared-stands-alone': {
    at: 'shared/domain/planted-up.ts',
    text: typeOnly('../../electron/core/anchor/anchor.ts'),
  },
  'core-imports-only-shared': {
    at: 'electron/core/fixity/planted-up.ts',
    text: typeOnly('../../adapters/storage/anchor.ts'),
  },
  'adapters-import-only-core-and-shared': {
    at: 'electron/adapters/storage/planted-up.ts',
    text: typeOnly('../../workers/anchor.ts'),
  },
  'workers-import-only-below': { at: 'electron/workers/planted-up.ts', text: typeOnly('../host/anchor.ts') },
  'host-imports-only-below': { at: 'electron/host/planted-up.ts', text: typeOnly('../cli/anchor.ts') },
  'cli-imports-only-host-and-shared': {
    at: 'electron/cli/planted-down.ts',
    text: typeOnly('../core/anchor/anchor.ts'),
  },
  'server-imports-only-host-and-shared': {
    at: 'electron/server/planted-down.ts',
    text: typeOnly('../adapters/storage/anchor.ts'),
  },
  'main-imports-only-host-and-shared': {
    at: 'electron/main/planted-down.ts',
    text: importing('../workers/anchor.ts'),
  },
  'preload-is-only-a-bridge': {
    at: 'electron/preload/planted-down.ts',
    text: importing('../host/anchor.ts'),
  },
  'renderer-imports-only-shared': {
    at: 'renderer/app/planted-across.ts',
    text: typeOnly('../../electron/core/anchor/anchor.ts'),
  },
  'domain-does-not-know-the-contract': {
    at: 'shared/domain/planted-contract.ts',
    text: typeOnly('../contract/anchor.ts'),
  },
  'threads-take-only-types-of-the-contract': {
    at: 'electron/adapters/storage/planted-schema.ts',
    text: importing('../../../shared/contract/anchor.ts'),
  },
  'shared-imports-no-node-builtin': {
    at: 'shared/contract/planted-builtin.ts',
    text: "import type { Hash } from 'node:crypto';\nexport type H = Hash;\n",
  },
  'renderer-imports-no-node-builtin': {
    at: 'renderer/ui/planted-builtin.ts',
    text: "import { join } from 'node:path';\nexport { join };\n",
  },
  'core-does-no-input-or-output': {
    at: 'electron/core/fixity/planted-fs.ts',
    text: "import { open } from 'node:fs/promises';\nexport { open };\n",
  },
  'adapters-do-not-know-each-other': {
    at: 'electron/adapters/audio/planted-neighbour.ts',
    text: typeOnly('../storage/anchor.ts'),
  },
  'workers-use-only-storage-and-audio': {
    at: 'electron/workers/planted-database.ts',
    text: importing('../adapters/sqlite/anchor.ts'),
  },
  'sqlite-only-in-its-adapter': {
    at: 'electron/host/planted-database.ts',
    text: "import type Database from 'better-sqlite3';\nexport type D = Database;\n",
  },
  'electron-only-in-its-shell': {
    at: 'electron/host/planted-electron.ts',
    text: "import { app } from 'electron';\nexport { app };\n",
  },
  'features-do-not-import-features': {
    at: 'renderer/features/fixity/planted-neighbour.ts',
    text: typeOnly('../holdings/anchor.ts'),
  },
  'features-do-not-know-the-frame': {
    at: 'renderer/features/fixity/planted-frame.ts',
    text: importing('../../app/anchor.ts'),
  },
  'ui-knows-no-feature': {
    at: 'renderer/ui/planted-feature.ts',
    text: importing('../features/holdings/anchor.ts'),
  },
  'client-alone-chooses-the-transport': {
    at: 'renderer/features/fixity/planted-transport.ts',
    text: "import client from '@orpc/client';\nexport { client };\n",
  },
  'nothing-imports-tests': {
    at: 'electron/host/planted-tests.ts',
    text: typeOnly('../../tests/support/anchor.ts'),
  },
  'nothing-imports-scripts': {
    at: 'electron/host/planted-scripts.ts',
    text: importing('../../scripts/anchor.ts'),
  },
  'no-dev-dependency-in-production': {
    at: 'electron/host/planted-dev.ts',
    text: "import check from 'fast-check';\nexport { check };\n",
  },
  'only-declared-dependencies': {
    at: 'electron/host/planted-undeclared.ts',
    text: "import undeclared from 'undeclared';\nexport { undeclared };\n",
  },
  'no-unresolvable-import': { at: 'electron/host/planted-nowhere.ts', text: importing('./nowhere.ts') },
  'no-circular-import': {
    at: 'electron/core/fixity/planted-cycle.ts',
    text: "import type { B } from './planted-cycle-back.ts';\nexport interface A { b: B }\n",
    beside: {
      'electron/core/fixity/planted-cycle-back.ts':
        "import type { A } from './planted-cycle.ts';\nexport interface B { a?: A }\n",
    },
  },
  'no-orphan': { at: 'electron/core/fixity/planted-orphan.ts', text: value },
};

/** Where a module stands for the plants to import. */
const anchored = [
  'shared/domain',
  'shared/contract',
  'electron/core/anchor',
  'electron/adapters/storage',
  'electron/adapters/sqlite',
  'electron/workers',
  'electron/host',
  'electron/cli',
  'scripts',
  'tests/support',
  'renderer/app',
  'renderer/features/holdings',
  'renderer/client',
];

/** Modules that break nothing; those called allowed do what looks suspicious and is not. */
const innocent: Record<string, string> = {
  ...Object.fromEntries(anchored.map((folder) => [`${folder}/anchor.ts`, anchor])),
  'electron/core/anchor/allowed.ts': "import { createHash } from 'node:crypto';\nexport { createHash };\n",
  'electron/core/anchor/posix.ts': "import { join } from 'node:path/posix';\nexport { join };\n",
  'electron/adapters/sqlite/allowed.ts': "import Database from 'better-sqlite3';\nexport { Database };\n",
  'electron/adapters/storage/allowed.ts': typeOnly('../../core/anchor/anchor.ts'),
  'electron/workers/allowed.ts': importing('../adapters/storage/anchor.ts'),
  'electron/host/allowed.ts': importing('../adapters/sqlite/anchor.ts'),
  'electron/cli/allowed.ts': importing('../host/anchor.ts'),
  'electron/main/allowed.ts': "import { app } from 'electron';\nexport { app };\n",
  'renderer/client/allowed.ts': "import client from '@orpc/client';\nexport { client };\n",
  'renderer/features/holdings/allowed.ts': importing('../../client/anchor.ts'),
  'shared/contract/allowed.ts': importing('../domain/anchor.ts'),
  'tests/unit/allowed.ts': "import check from 'fast-check';\nexport { check };\n",
  'tests/unit/allowed-too.ts': importing('../../electron/adapters/sqlite/anchor.ts'),
};

const packages = [
  'zod',
  'better-sqlite3',
  'electron',
  'fast-check',
  '@orpc/client',
  'typescript',
  'vitest',
  'undeclared',
];

/** The real manifest, and Electron, which comes with the app. */
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  devDependencies: Record<string, string>;
};
manifest.devDependencies.electron ??= '0.0.0';
innocent['package.json'] = JSON.stringify(manifest);

interface Cruise {
  summary: { totalCruised: number; violations: { from: string; rule: { name: string } }[] };
}

const depcruise = 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs';

function cruise(sandbox: Sandbox, ...folders: string[]): Cruise['summary'] {
  const config = ['--config', '.dependency-cruiser.cjs', '--output-type', 'json'];
  return (JSON.parse(sandbox.run(depcruise, [...config, ...folders]).stdout) as Cruise).summary;
}

describe('the walls between the layers', () => {
  it('every rule says why it is there, and has a plant', () => {
    expect(rules.forbidden.filter((rule) => (rule.comment ?? '').length < 30)).toEqual([]);
    expect(rules.forbidden.map((rule) => rule.name).sort()).toEqual(Object.keys(plants).sort());
  });

  it('what is allowed is not forbidden', () => {
    using sandbox = new Sandbox(innocent, packages);
    const found = cruise(sandbox, 'shared', 'electron', 'renderer', 'scripts', 'tests');
    expect(found.violations).toEqual([]);
    expect(found.totalCruised).toBeGreaterThanOrEqual(Object.keys(innocent).length);
  });

  it('each planted violation is caught by its own rule and by no other', () => {
    using sandbox = new Sandbox(innocent, packages);
    for (const plant of Object.values(plants)) sandbox.write({ [plant.at]: plant.text, ...plant.beside });
    const caught = new Map<string, Set<string>>();
    for (const violation of cruise(sandbox, 'shared', 'electron', 'renderer', 'scripts', 'tests')
      .violations) {
      const at = violation.from.replace('planted-cycle-back', 'planted-cycle');
      caught.set(at, (caught.get(at) ?? new Set<string>()).add(violation.rule.name));
    }
    const expected = Object.entries(plants).map(([rule, plant]) => [plant.at, [rule]] as const);
    expect(Object.fromEntries([...caught].map(([at, names]) => [at, [...names]]))).toEqual(
      Object.fromEntries(expected),
    );
  });

  it('the real tree is scanned, all of it, and keeps the rules', () => {
    const folders = ['shared', 'electron', 'scripts', 'tests'];
    const args = ['--config', '.dependency-cruiser.cjs', '--output-type', 'json', ...folders];
    const result = spawnSync(process.execPath, [join(root, depcruise), ...args], {
      cwd: root,
      encoding: 'utf8',
      maxBuffer: 256 * 1024 * 1024,
    });
    const { summary } = JSON.parse(result.stdout) as Cruise;
    expect(summary.violations.map(({ from, rule }) => `${from}: ${rule.name}`)).toEqual([]);
    const sources = globSync(
      folders.map((folder) => `${folder}/**/*.ts`),
      { cwd: root },
    );
    expect(sources.length).toBeGreaterThan(0);
    expect(summary.totalCruised).toBeGreaterThanOrEqual(sources.length);
  });
});
