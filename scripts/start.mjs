// `npm start -- ARGS`: build if the bundle is missing or older than its sources, then hand everything over to it.
import './guard.mjs';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const bundle = join(root, 'dist', 'holdfast.mjs');
const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
const sources = [
  'shared',
  'electron',
  'package.json',
  'package-lock.json',
  'vite.node.config.ts',
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
  return built === undefined || sources.some((source) => newest(join(root, source)) > built.mtimeMs);
}

function build() {
  const args = [vite, 'build', '--config', join(root, 'vite.node.config.ts'), '--logLevel', 'warn'];
  const result = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
  if (result.status === 0) return;
  process.stderr.write(
    `${result.stdout ?? ''}${result.stderr ?? ''}Holdfast could not be built; nothing was started.\n`,
  );
  process.exit(3);
}

if (isStale()) {
  // An install without development dependencies cannot build: it runs what it was shipped with.
  if (existsSync(vite)) build();
  else if (!existsSync(bundle)) {
    process.stderr.write('Holdfast is not installed yet: run "npm ci" in this folder first.\n');
    process.exit(3);
  }
}

// npm changes to the package's folder; paths on the command line are relative to where the person stood.
const child = spawn(process.execPath, [bundle, 'start', ...process.argv.slice(2)], {
  cwd: process.env.INIT_CWD || process.cwd(),
  stdio: 'inherit',
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
