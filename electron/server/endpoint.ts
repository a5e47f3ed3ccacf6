/**
 * How the command line finds the process that has the archive open: a file in the archive that only its user can read. It says
 * where to call and holds a secret that lasts as long as the process; what a crash leaves behind opens nothing.
 */
import {
  closeSync,
  constants,
  fstatSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

export interface Endpoint {
  readonly port: number;
  readonly secret: string;
  readonly pid: number;
}

const NAME = 'host-endpoint.json';
const SCHEMA = 1;

export function publishEndpoint(archive: string, endpoint: Endpoint): void {
  const path = join(archive, NAME);
  const part = `${path}.${endpoint.pid}.part`;
  rmSync(part, { force: true });
  // Made anew with its mode, so that it is at no moment another user's to read.
  writeFileSync(part, `${JSON.stringify({ schema: SCHEMA, ...endpoint })}\n`, { mode: 0o600, flag: 'wx' });
  renameSync(part, path);
}

/** Removes what this process wrote, and nothing that another one wrote since. */
export function withdrawEndpoint(archive: string, { secret }: Endpoint): void {
  if (readEndpoint(archive)?.secret === secret) rmSync(join(archive, NAME), { force: true });
}

/** Undefined where there is none, or none that only this user could have written and can read. */
export function readEndpoint(archive: string): Endpoint | undefined {
  try {
    const file = openSync(join(archive, NAME), constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
    try {
      const stats = fstatSync(file);
      const own = process.getuid?.();
      if (!stats.isFile() || (own !== undefined && (stats.uid !== own || (stats.mode & 0o077) !== 0)))
        return undefined;
      return endpointOf(JSON.parse(readFileSync(file, 'utf8')));
    } finally {
      closeSync(file);
    }
  } catch {
    // None, or none that is whole: whoever asks goes on as if nobody could be called.
    return undefined;
  }
}

function endpointOf(value: unknown): Endpoint | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { schema, port, secret, pid } = value as Partial<Record<string, unknown>>;
  if (schema !== SCHEMA || typeof port !== 'number' || typeof secret !== 'string' || typeof pid !== 'number')
    return undefined;
  return { port, secret, pid };
}
