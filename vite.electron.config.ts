import { join } from 'node:path/posix';
import { defineConfig } from 'vite';

/**
 * The Electron shell, from TypeScript to dist/electron: main as a module, and the preload script as the one CommonJS file that a
 * sandboxed page can be given. The host's process is part of the Node build, beside the threads that it starts.
 */
const root = import.meta.dirname;
export default defineConfig(({ mode }) => ({
  root,
  ssr: { noExternal: true, external: ['electron'], target: 'node' },
  build: {
    ssr: true,
    target: 'node24',
    outDir: join(root, 'dist/electron'),
    emptyOutDir: false,
    minify: false,
    sourcemap: false,
    reportCompressedSize: false,
    rolldownOptions: {
      input: mode === 'preload' ? { preload: 'electron/preload/main.ts' } : { main: 'electron/main/main.ts' },
      output:
        mode === 'preload'
          ? { format: 'cjs', entryFileNames: '[name].cjs' }
          : { format: 'esm', entryFileNames: '[name].mjs', chunkFileNames: 'chunks/[name]-[hash].mjs' },
    },
  },
}));
