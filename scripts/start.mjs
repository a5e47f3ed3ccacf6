// `npm start -- ARGS`: build if the bundle is missing or older than its sources, then hand everything over to it.
import './guard.mjs';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const bundle = join(root, 'dist', 'holdfast.mjs');
const screens = join(root, 'dist', 'renderer', 'index.html');
const shell = join(root, 'dist', 'electron', 'preload.cjs');
const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
// In this order: the Node build empties dist. Without the renderer's sources there is the command line only.
const configs = [['vite.node.config.ts'], ['vite.renderer.config.ts']].filter(([each]) =>
  existsSync(join(root, each)),
);
// The shell is built only where there is an Electron to run it.
if (electronProgram() !== undefined)
  configs.push(['vite.electron.config.ts'], ['vite.electron.config.ts', '--mode', 'preload']);
const sources = [
  'shared',
  'electron',
  'renderer',
  'package.json',
  'package-lock.json',
  'vite.node.config.ts',
  'vite.renderer.config.ts',
  'vite.electron.config.ts',
  'scripts/guard.mjs',
];

/** The newest change below a path, in ms. Folders count too: a deleted source changes only its folder. */
function newest(path) {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return 0;
  if (!stat.isDirectory()) return stat.mtimeMs;
  return readdirSync(path).reduce((latest, name) => Math.max(latest, newest(join(path, name))), stat.mtimeMs);
}

/** The build stamps the bundle with the time it began, so a source saved while it ran is newer. */
function isStale() {
  const built = statSync(bundle, { throwIfNoEntry: false });
  if (built === undefined || (configs.length > 1 && !existsSync(screens))) return true;
  if (electronProgram() !== undefined && !existsSync(shell)) return true;
  return sources.some((source) => newest(join(root, source)) > built.mtimeMs);
}

function build() {
  for (const [config, ...options] of configs) {
    const args = [vite, 'build', '--config', join(root, config), ...options, '--logLevel', 'warn'];
    const result = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
    if (result.status === 0) continue;
    process.stderr.write(
      `${result.stdout ?? ''}${result.stderr ?? ''}Holdfast could not be built; nothing was started.\n`,
    );
    process.exit(3);
  }
}

if (isStale()) {
  // An install without development dependencies cannot build: it runs what it was shipped with.
  if (existsSync(vite)) build();
  else if (!existsSync(bundle)) {
    process.stderr.write('Holdfast is not installed yet: run "npm ci" in this folder first.\n');
    process.exit(3);
  }
}

/** Electron is the app's own window; its npm package comes without the program, which is fetched apart. */
function electronProgram() {
  const folder = join(root, 'node_modules', 'electron');
  try {
    const program = join(folder, 'dist', readFileSync(join(folder, 'path.txt'), 'utf8').trim());
    return existsSync(program) ? program : undefined;
  } catch {
    return undefined;
  }
}

// A person at a terminal wants to see the archive; a script wants what `start` prints, and its exit code.
const args = process.argv.slice(2);
const isPerson = process.stdin.isTTY === true && process.stdout.isTTY === true;
const asksForText = args.some((word) => ['--json', '--help', '-h', '-q', '--quiet'].includes(word));
const program = isPerson && !asksForText ? electronProgram() : undefined;
if (isPerson && !asksForText && program === undefined) {
  process.stderr.write('No Electron runtime is installed: the screens will open in your browser.\n');
  args.unshift('--then-serve');
}

// Without a word of what to take in, the app itself invites. With one it is taken in first, and the app shows it next time.
const opensApp = program !== undefined && args.length === 0;
// npm changes to the package's folder; paths on the command line are relative to where the person stood.
const child = spawn(opensApp ? program : process.execPath, opensApp ? [root] : [bundle, 'start', ...args], {
  cwd: process.env.INIT_CWD || process.cwd(),
  stdio: 'inherit',
  // As the launcher's first line says it, which is not read here.
  env: { MALLOC_ARENA_MAX: '2', ...process.env },
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT']) {
  process.on(signal, () => {
    // A terminal has already sent Ctrl-C to the whole group; a second one would read as "now, at once".
    const fromTerminal = process.stdin.isTTY === true && (signal === 'SIGINT' || signal === 'SIGQUIT');
    if (!fromTerminal) child.kill(signal);
  });
}
child.on('error', (error) => {
  process.stderr.write(`Holdfast could not be started: ${error.message}\n`);
  process.exit(3);
});
child.on('exit', (code, signal) => {
  process.exit(signal === null ? (code ?? 3) : 128 + constants.signals[signal]);
});
