import { chmodSync, globSync, readFileSync, utimesSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path/posix';
import { defineConfig, type Plugin } from 'vite';

/** The one Node build: command line, host and every thread, from TypeScript to dist/. */
const root = import.meta.dirname;
const guard = readFileSync(join(root, 'scripts/guard.mjs'), 'utf8');

/**
 * Files that are started as threads, and the process of the host that Electron starts: each becomes dist/<name>.mjs, so that it
 * can be found by its name.
 */
const threads = globSync(
  ['electron/**/*-thread.ts', 'electron/workers/**/*-worker.ts', 'electron/main/host-entry.ts'],
  { cwd: root },
);
const input: Record<string, string> = { main: 'electron/cli/main.ts' };
for (const file of threads.sort()) {
  const name = basename(file, '.ts');
  if (name in input)
    throw new Error(`two threads would be built as dist/${name}.mjs: ${file}, ${input[name]}`);
  input[name] = file;
}

/**
 * Sources start a thread with `new URL('./hash-worker.ts', import.meta.url)`, which Node runs as it stands. In the
 * bundle the same expression must name dist/hash-worker.mjs, seen from whichever chunk it ended up in.
 */
function threadUrls(): Plugin {
  const expression =
    /new URL\(\s*(["'`])(?:[^"'`]*\/)?([\w-]+-(?:worker|thread))\.ts\1,\s*import\.meta\.url\s*\)/g;
  return {
    name: 'holdfast:thread-urls',
    renderChunk(code, chunk) {
      const rewritten = code.replace(expression, (_match, _quote, name: string) => {
        if (!(name in input))
          this.error(`${chunk.fileName} starts ${name}.ts, which is not a thread of this build`);
        const path = relative(dirname(chunk.fileName), `${name}.mjs`);
        return `new URL(${JSON.stringify(path.startsWith('.') ? path : `./${path}`)}, import.meta.url)`;
      });
      return rewritten === code ? null : { code: rewritten, map: null };
    },
  };
}

/**
 * music-metadata 12 builds eleven tables of tag names anew for every file, a quarter of the time of reading tags; they
 * hold no state. One set of them serves a whole thread. The version is pinned, and another text than expected is an error.
 */
function sharedTagTables(): Plugin {
  const made = 'tagMapper = new CombinedTagMapper();';
  return {
    name: 'holdfast:shared-tag-tables',
    transform(code, id) {
      if (!id.endsWith('/music-metadata/lib/common/MetadataCollector.js')) return null;
      if (!code.includes(made)) this.error('music-metadata makes its tag tables in another way now');
      const shared = code.replace(made, 'tagMapper = sharedTagMapper;');
      return { code: `${shared}\nconst sharedTagMapper = new CombinedTagMapper();\n`, map: null };
    },
  };
}

/**
 * dist/holdfast.mjs is the guard, then main by a dynamic import: static imports are linked before the first line
 * runs, so an old Node would fail on them before the guard could speak. Stamped with the time the build began, so
 * that scripts/start.mjs sees a source saved meanwhile as newer.
 *
 * glibc gives each of some twenty threads a heap of its own, and what one frees no other uses: of an accession of 100,000
 * files 30 to 45 MB of 305 resident. Two heaps serve as fast. It is read before a program's first line, so it stands in
 * the launcher's; npm's launchers on Windows understand it, and systems without glibc heed it not.
 */
function launcher(): Plugin {
  let began = new Date();
  return {
    name: 'holdfast:launcher',
    buildStart() {
      began = new Date();
    },
    generateBundle() {
      const source = `#!/usr/bin/env -S MALLOC_ARENA_MAX=2 node\n${guard}import('./main.mjs');\n`;
      this.emitFile({ type: 'asset', fileName: 'holdfast.mjs', source });
    },
    writeBundle(options) {
      const file = join(options.dir ?? 'dist', 'holdfast.mjs');
      chmodSync(file, 0o755);
      utimesSync(file, began, began);
    },
  };
}

export default defineConfig({
  root,
  plugins: [threadUrls(), sharedTagTables(), launcher()],
  // Everything is bundled but the native module, which must find its own prebuilt binary.
  ssr: { noExternal: true, external: ['better-sqlite3'], target: 'node' },
  build: {
    ssr: true,
    target: 'node22',
    outDir: 'dist',
    emptyOutDir: true,
    // Names are kept (no minifying): a stack trace in a bug report should be readable without a map.
    minify: false,
    sourcemap: false,
    reportCompressedSize: false,
    rolldownOptions: {
      input,
      output: {
        format: 'esm',
        entryFileNames: '[name].mjs',
        chunkFileNames: 'chunks/[name]-[hash].mjs',
      },
    },
  },
});
