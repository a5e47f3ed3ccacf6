/** The built renderer, read into memory at the start, for whichever shell shows it: no request ever becomes a path on disk. */
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';

export interface Asset {
  readonly bytes: Buffer;
  readonly type: string;
  readonly isHashed: boolean;
}

export interface Screens {
  /** The page of the app, its nonce put in. */
  page(nonce: string): string;
  /** By the path of its address. */
  asset(path: string): Asset | undefined;
}

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.txt': 'text/plain; charset=utf-8',
};
const PLACEHOLDER = '__CSP_NONCE__';
/** As vite names what it builds: `assets/main-BqX2f9aL.js`. */
const HASHED = /^\/assets\/.*-[\w-]{8}\.\w+$/;

/** Undefined where the renderer was not built. Links are left out: only files that stand in the folder are shown. */
export function readScreens(dir: string): Screens | undefined {
  const assets = new Map<string, Asset>();
  if (lstatSync(dir, { throwIfNoEntry: false })?.isDirectory() !== true) return undefined;
  readFolder(dir, '', assets);
  const index = assets.get('/index.html');
  if (index === undefined) return undefined;
  // Asked for by this name it would come without a policy.
  assets.delete('/index.html');
  const template = index.bytes.toString('utf8');
  return {
    page: (nonce) => template.replaceAll(PLACEHOLDER, nonce),
    asset: (path) => assets.get(path),
  };
}

/** Not readdir's own recursion: that follows links to folders. */
function readFolder(folder: string, address: string, assets: Map<string, Asset>): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const file = join(folder, entry.name);
    const path = `${address}/${entry.name}`;
    if (entry.isDirectory()) readFolder(file, path, assets);
    if (!entry.isFile()) continue;
    const type = path === '/index.html' ? 'text/html' : TYPES[extname(entry.name)];
    if (type !== undefined)
      assets.set(path, { bytes: readFileSync(file), type, isHashed: HASHED.test(path) });
  }
}
