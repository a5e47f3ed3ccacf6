/**
 * Weighs what a window loads before its first page can be drawn: the entry of dist/renderer with everything that it imports
 * statically, scripts gzipped as a server would send them. `file bytes` a line; exit 1 above the budget.
 */
import { readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { gzipSync } from 'node:zlib';

/** 350 KB, gzipped. */
export const INITIAL_SCRIPT_BUDGET = 350_000;

export interface Weighed {
  readonly file: string;
  readonly bytes: number;
  readonly gzipped: number;
}

/** Static imports of a bundled module: `import … from "./x.js"` and `import"./x.js"`, never `import("./x.js")`. */
function staticImports(code: string): string[] {
  const statement =
    /(?:^|[;\n}])\s*(?:import|export)\s*(?:[\w$*{}\s,]+?\s*from\s*)?(["'])(\.{1,2}\/[^"']+\.js)\1/g;
  return [...code.matchAll(statement)].flatMap((match) => match[2] ?? []);
}

/** Every script that index.html asks for, and what those import before they run. */
export function initialScripts(dir: string): Weighed[] {
  const html = readFileSync(join(dir, 'index.html'), 'utf8');
  const asked = [...html.matchAll(/<(?:script|link)\b[^>]*\b(?:src|href)="\/([^"]+\.js)"/g)];
  const waiting = asked.flatMap((match) => match[1] ?? []);
  const weighed = new Map<string, Weighed>();
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (weighed.has(file)) continue;
    const code = readFileSync(join(dir, file));
    weighed.set(file, { file, bytes: code.length, gzipped: gzipSync(code).length });
    for (const imported of staticImports(code.toString('utf8')))
      waiting.push(posix.join(dirname(file), imported));
  }
  return [...weighed.values()].sort((a, b) => b.gzipped - a.gzipped);
}

if (import.meta.main) {
  const scripts = initialScripts(process.argv[2] ?? join(import.meta.dirname, '../dist/renderer'));
  const total = scripts.reduce((sum, { gzipped }) => sum + gzipped, 0);
  for (const { file, bytes, gzipped } of scripts) console.log(`${file} ${bytes} ${gzipped} gzipped`);
  console.log(`${total} of ${INITIAL_SCRIPT_BUDGET} bytes gzipped, in ${scripts.length} scripts`);
  // A page that asks for no script at all was not built as it should be.
  process.exitCode = scripts.length === 0 || total > INITIAL_SCRIPT_BUDGET ? 1 : 0;
}
