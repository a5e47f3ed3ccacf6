import react from '@vitejs/plugin-react';
import { join } from 'node:path/posix';
import { defineConfig } from 'vite';

/**
 * The renderer, from TypeScript to dist/renderer: what the loopback shell and the Electron shell both serve. Built after the
 * Node build, which empties dist.
 */
const root = import.meta.dirname;

export default defineConfig({
  root: join(root, 'renderer'),
  // Addresses of places in the app have several segments, so assets are named from the top.
  base: '/',
  plugins: [react()],
  build: {
    outDir: join(root, 'dist/renderer'),
    emptyOutDir: true,
    // Electron 45 and any browser of its year.
    target: 'chrome144',
    // The content policy takes scripts, styles and fonts from the server only: nothing inline, no data: addresses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    sourcemap: false,
    reportCompressedSize: false,
    // scripts/renderer-budget.ts weighs what a window loads first; a single chunk says little about that.
    chunkSizeWarningLimit: 1_000,
  },
});
