/** The bags of a managed location, as somebody finds and checks them who has never heard of Holdfast. */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The folders of the bags of the only archive in a managed location, by name. */
export function bagsIn(root: string): string[] {
  const archive = readdirSync(root).find((name) => /^[0-9a-f-]{36}$/.test(name)) ?? '';
  const folder = join(root, archive, 'bags');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .sort()
    .map((name) => join(folder, name));
}

/** Fails where a bag is not what its own manifests say. */
export function sha256sum(bag: string): void {
  for (const manifest of ['tagmanifest-sha256.txt', 'manifest-sha256.txt'])
    execFileSync('sha256sum', ['--check', '--strict', '--quiet', manifest], { cwd: bag });
}
