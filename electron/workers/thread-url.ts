/**
 * Where a thread of this folder stands. From sources Node runs the .ts file as it is; in the bundle it is
 * dist/<name>.mjs, seen from dist/ or from dist/chunks/.
 */
import { existsSync } from 'node:fs';

export function threadUrl(name: string): URL {
  if (import.meta.url.endsWith('.ts')) return new URL(`./${name}.ts`, import.meta.url);
  const beside = new URL(`./${name}.mjs`, import.meta.url);
  return existsSync(beside) ? beside : new URL(`../${name}.mjs`, import.meta.url);
}
