// The walls of the house (design.md, "The house"). Arrows run one way: renderer → shared ← electron, and within electron
// main, cli, server → host → workers → adapters → core → shared. Type-only imports count as imports.
// tests/architecture/walls.test.ts plants one violation per rule; a rule without a plant fails there.

/** A layer may import from its own folder and from those listed; tests and scripts have rules of their own. */
function layer(name, folder, allowed, comment) {
  const others = ['shared', 'electron', 'renderer'].map((top) => `^${top}/`);
  return {
    name,
    comment,
    severity: 'error',
    from: { path: `^${folder}/` },
    to: { path: others, pathNot: [folder, ...allowed].map((path) => `^${path}/`) },
  };
}

/** Built-in modules of Node by their names, with or without `node:`. */
const builtin = (...names) => `^(node:)?(${names.join('|')})$`;

module.exports = {
  forbidden: [
    // Layers
    layer(
      'shared-stands-alone',
      'shared',
      [],
      'Both sides read shared: whatever it imports would be dragged into the other one.',
    ),
    layer(
      'core-imports-only-shared',
      'electron/core',
      ['shared'],
      'Core speaks to the world through the ports it declares, so that it can be tested without a disk and outlive any adapter.',
    ),
    layer(
      'adapters-import-only-core-and-shared',
      'electron/adapters',
      ['electron/core', 'shared'],
      'An adapter implements a port. The host injects the worker pool; an adapter that reached up for it could not run in a worker.',
    ),
    layer(
      'workers-import-only-below',
      'electron/workers',
      ['electron/adapters', 'electron/core', 'shared'],
      'A worker takes paths and returns values; importing the host would start a second host in every thread.',
    ),
    layer(
      'host-imports-only-below',
      'electron/host',
      ['electron/workers', 'electron/adapters', 'electron/core', 'shared'],
      'The host is driven by shells and knows none of them: the same host runs behind Electron, the command line and the server.',
    ),
    layer(
      'cli-imports-only-host-and-shared',
      'electron/cli',
      ['electron/host', 'electron/server', 'shared'],
      'The command line drives the same contract as the screens; a short cut into core or an adapter would be a second behaviour. (It starts the loopback shell and is driven through it: server, too.)',
    ),
    layer(
      'server-imports-only-host-and-shared',
      'electron/server',
      ['electron/host', 'shared'],
      'The loopback shell serves the contract and nothing else: what it can reach, a hostile page might.',
    ),
    layer(
      'main-imports-only-host-and-shared',
      'electron/main',
      ['electron/host', 'shared'],
      'The Electron shell starts the host as a process of its own; work done in main would freeze every window.',
    ),
    layer(
      'preload-is-only-a-bridge',
      'electron/preload',
      ['shared'],
      'The preload script stands between a page and Node: whatever it imports is within reach of the page.',
    ),
    layer(
      'renderer-imports-only-shared',
      'renderer',
      ['shared'],
      'The renderer has no Node and speaks to the host through the contract only.',
    ),

    // Finer walls
    {
      name: 'domain-does-not-know-the-contract',
      comment:
        'The domain is what is true; the contract is how it is said. The contract may change with a transport.',
      severity: 'error',
      from: { path: '^shared/domain/' },
      to: { path: '^shared/contract/' },
    },
    {
      name: 'threads-take-only-types-of-the-contract',
      comment:
        'The contract brings its schemas and their library: eight megabytes in every thread that loads one constant of it.',
      severity: 'error',
      from: { path: '^electron/(adapters|workers)/' },
      to: { path: '^shared/contract/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'shared-imports-no-node-builtin',
      comment: 'Shared also runs in a browser window, where there is no Node.',
      severity: 'error',
      from: { path: '^shared/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'renderer-imports-no-node-builtin',
      comment:
        'The renderer is sandboxed: a built-in module would be missing at run time, and is an invitation to open the sandbox.',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'core-does-no-input-or-output',
      comment:
        'Core has no fs, no network, no threads, no processes: those are ports. Only built-ins that compute are allowed.',
      severity: 'error',
      from: { path: '^electron/core/' },
      to: {
        dependencyTypes: ['core'],
        pathNot: builtin(
          'assert',
          'buffer',
          'crypto',
          'events',
          'path',
          'path/posix',
          'string_decoder',
          'timers/promises',
          'util',
        ),
      },
    },
    {
      name: 'adapters-do-not-know-each-other',
      comment:
        'One folder per port, exchangeable one by one; what two adapters need together belongs in core or is wired by the host.',
      severity: 'error',
      from: { path: '^electron/adapters/([^/]+)/' },
      to: { path: '^electron/adapters/', pathNot: '^electron/adapters/$1/' },
    },
    {
      name: 'workers-use-only-storage-and-audio',
      comment:
        'Only the host knows all adapters. Workers read bytes and never see the database, which has one writer.',
      severity: 'error',
      from: { path: '^electron/workers/' },
      to: { path: '^electron/adapters/', pathNot: '^electron/adapters/(storage|audio)/' },
    },
    {
      name: 'sqlite-only-in-its-adapter',
      comment:
        'One place holds SQL and the one writer; a second connection elsewhere would break "the catalogue has one writer".',
      severity: 'error',
      from: { pathNot: '^(electron/adapters/sqlite|tests)/' },
      to: { path: '(^|/)(node_modules/(@types/)?better-sqlite3(/|$)|better-sqlite3$)|^(node:)?sqlite$' },
    },
    {
      name: 'electron-only-in-its-shell',
      comment:
        'Everything but main and preload must run headless: command line, server, audits with the app closed.',
      severity: 'error',
      from: { pathNot: '^(electron/(main|preload)|tests)/' },
      to: { path: '(^|/)node_modules/electron(/|$)|^electron(/(main|common|renderer|utility))?$' },
    },
    {
      name: 'features-do-not-import-features',
      comment: 'A feature can be read, changed and removed alone; what two share belongs in ui or app.',
      severity: 'error',
      from: { path: '^renderer/features/([^/]+)/' },
      to: { path: '^renderer/features/', pathNot: '^renderer/features/$1/' },
    },
    {
      name: 'features-do-not-know-the-frame',
      comment: 'The app wires features together, not the other way round.',
      severity: 'error',
      from: { path: '^renderer/features/' },
      to: { path: '^renderer/app/' },
    },
    {
      name: 'ui-knows-no-feature',
      comment:
        'The design system is used by all features, so it can know none of them, nor where data comes from.',
      severity: 'error',
      from: { path: '^renderer/ui/' },
      to: { path: '^renderer/(app|features|client)/' },
    },
    {
      name: 'client-alone-chooses-the-transport',
      comment:
        'The same screens run over a MessagePort and a WebSocket only while a single folder knows which.',
      severity: 'error',
      from: { path: '^renderer/', pathNot: '^renderer/client/' },
      to: { path: '(^|/)(node_modules/)?@orpc/(client|server)(/|$)' },
    },

    // Hygiene
    {
      name: 'nothing-imports-tests',
      comment: 'Test code is not shipped, and what is shipped must not behave differently under test.',
      severity: 'error',
      from: { pathNot: '^tests/' },
      to: { path: '^tests/' },
    },
    {
      name: 'nothing-imports-scripts',
      comment: 'Scripts are tools for developers and are not shipped.',
      severity: 'error',
      from: { path: '^(shared|electron|renderer)/' },
      to: { path: '^scripts/' },
    },
    {
      name: 'no-dev-dependency-in-production',
      comment:
        'An installation without development dependencies would not start. (The renderer is bundled and Electron is the app itself: exempt.)',
      severity: 'error',
      from: { path: '^(shared|electron)/', pathNot: '^electron/(main|preload)/' },
      to: {
        dependencyTypes: ['npm-dev'],
        dependencyTypesNot: ['npm', 'npm-optional', 'npm-peer'],
        pathNot: 'node_modules/(@types|electron)/',
      },
    },
    {
      name: 'only-declared-dependencies',
      comment: 'A package that is only somebody else’s dependency can vanish with the next lockfile.',
      severity: 'error',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'], pathNot: 'node_modules/@types/' },
    },
    {
      name: 'no-unresolvable-import',
      comment:
        'What cannot be resolved fails at run time, perhaps only at night. (Electron comes with the app: its own rule.)',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^electron(/(main|common|renderer|utility))?$' },
    },
    {
      name: 'no-circular-import',
      comment:
        'In a cycle no module can be understood, tested or loaded first: some binding is undefined when it is needed.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-orphan',
      comment:
        'A module that nothing imports and that imports nothing is left over. (Declarations are read by the compiler.)',
      severity: 'error',
      from: {
        orphan: true,
        pathNot: [
          '\\.d\\.ts$',
          '^renderer/public/',
          '^electron/(cli|main|preload|server)/main\\.ts$',
          '^scripts/[^/]+$',
        ],
      },
      to: {},
    },
  ],
  options: {
    // TypeScript's own view of imports: with plain JavaScript output the type-only ones would have vanished.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    combinedDependencies: false,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['^dist/', '^\\.cache/', '^tests/fixtures/audio/', 'tsconfig\\.json$'] },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'require', 'default', 'types'],
      mainFields: ['module', 'main', 'types', 'typings'],
    },
  },
};
