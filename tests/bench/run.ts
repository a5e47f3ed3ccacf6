/** The figures to reach, each against a peer in the same run; docs/benchmarks.md tells how to read them. */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { BenchContext, type Figure } from './context.ts';
import { app } from './figures/app.ts';
import { appPages } from './figures/app-pages.ts';
import { audit } from './figures/audit.ts';
import { bags } from './figures/bags.ts';
import { catalogue } from './figures/catalogue.ts';
import { deepFlac } from './figures/deep-flac.ts';
import { deposit } from './figures/deposit.ts';
import { describe } from './figures/describe.ts';
import { largeArchive } from './figures/large-archive.ts';
import { flacFiles, largeFiles } from './figures/large-files.ts';
import { millionFiles } from './figures/million-files.ts';
import { rebuild } from './figures/rebuild.ts';
import { records } from './figures/records.ts';
import { rescan } from './figures/rescan.ts';
import { taggedFiles } from './figures/tagged-files.ts';
import { machine, notMeasured, table, verdict, type FigureResult } from './report.ts';

/** In the order in which they run: large-archive measures what million-files leaves. */
const figures: readonly Figure[] = [
  largeFiles,
  flacFiles,
  deepFlac,
  audit,
  taggedFiles,
  rescan,
  rebuild,
  describe,
  deposit,
  bags,
  catalogue,
  records,
  appPages,
  app,
  millionFiles,
  largeArchive,
];

const USAGE = `node tests/bench/run.ts [--only NAME]… [--quick] [--json FILE] [--dir DIR] [--dist DIR]

  --only NAME   only this figure; may be given several times
  --quick       smaller and fewer rounds, and says so: for a look, not for a verdict
  --minutes N   how long the app is used before its heap is weighed (default: 3; the whole run: 30)
  --json FILE   everything that was measured, as JSON
  --dir DIR     work in a folder below DIR (default: the system's folder for temporary files)
  --dist DIR    the built bundle (default: dist)
  --collections DIR
                put the made files below DIR, for instance /dev/shm, where the system takes files out of its page cache
                while they are still wanted (default: as --dir)

${figures.map(({ name, about }) => `  ${name.padEnd(14)}${about}`).join('\n')}
`;

function options() {
  return parseArgs({
    options: {
      only: { type: 'string', multiple: true, default: [] },
      quick: { type: 'boolean', default: false },
      minutes: { type: 'string', default: '3' },
      json: { type: 'string' },
      dir: { type: 'string', default: tmpdir() },
      collections: { type: 'string' },
      dist: { type: 'string', default: join(import.meta.dirname, '../../dist') },
      help: { type: 'boolean', default: false },
    },
  }).values;
}

/** Answers 0 when everything that was measured holds, 1 when something does not, 2 on wrong usage. */
async function main(): Promise<number> {
  const { only, quick, minutes, json, dir, collections = dir, dist, help } = options();
  const unknown = only.filter((name) => figures.every((figure) => figure.name !== name));
  const bundle = resolve(dist, 'holdfast.mjs');
  if (help || unknown.length > 0 || !(Number(minutes) > 0) || !existsSync(bundle)) {
    if (unknown.length > 0) process.stderr.write(`no such figure: ${unknown.join(', ')}\n\n`);
    else if (!help) process.stderr.write(`there is no ${bundle}: npm run build makes it\n\n`);
    process.stderr.write(USAGE);
    return help ? 0 : 2;
  }
  const work = mkdtempSync(join(resolve(dir), 'holdfast-bench-'));
  const made = mkdtempSync(join(resolve(collections), 'holdfast-bench-files-'));
  const cleanUp = () => {
    for (const folder of [work, made]) rmSync(folder, { recursive: true, force: true });
  };
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)
    process.once(signal, () => {
      cleanUp();
      process.exit(code);
    });
  // The bundle's first line asks for `node`: the one that runs this.
  process.env['PATH'] = [dirname(process.execPath), process.env['PATH']].join(delimiter);
  const began = machine();
  try {
    const context = new BenchContext(work, made, bundle, quick, Number(minutes));
    const results: (FigureResult & { name: string })[] = [];
    for (const figure of figures) {
      if (only.length > 0 && !only.includes(figure.name)) continue;
      context.say(`\n${figure.name}: ${figure.about}`);
      const result = await figure.measure(context).catch((error: unknown) => failed(figure, error));
      results.push({ name: figure.name, ...result });
      for (const row of result.rows) context.say(`  ${row.name}: ${verdict(row)}`);
    }
    print(results, began, quick);
    if (json !== undefined) {
      const machineAtEnd = machine();
      writeFileSync(
        json,
        `${JSON.stringify({ machine: began, machineAtEnd, quick, figures: results }, null, 2)}\n`,
      );
    }
    return results.some(({ rows }) => rows.some(({ holds }) => holds === false)) ? 1 : 0;
  } finally {
    cleanUp();
  }
}

/** One figure that breaks must not hide the others. */
function failed(figure: Figure, error: unknown): FigureResult {
  const notes = [error instanceof Error ? (error.stack ?? error.message) : String(error)];
  return {
    rows: [{ ...notMeasured(figure.name, NaN, 'ratio', 'it failed, see below'), holds: false }],
    commands: [],
    notes,
  };
}

function print(results: readonly (FigureResult & { name: string })[], began: string, quick: boolean): void {
  const lines = [began];
  if (availableParallelism() > 2)
    lines.push(
      'The figures are meant for two cores; this machine has more, which favours whoever uses them.',
    );
  if (quick) lines.push('A quick run: for a look, not for a verdict.');
  lines.push('', table(results.flatMap(({ rows }) => rows)));
  for (const { name, commands, notes } of results) {
    lines.push('', name, ...commands.map((command) => `  $ ${command}`), ...notes.map((note) => `  ${note}`));
  }
  process.stdout.write(`${lines.join('\n')}\n`);
}

process.exitCode = await main();
