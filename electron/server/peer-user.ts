/**
 * Whose connection it is. Every user of a machine can reach 127.0.0.1, and see the links that others' programs are started
 * with; on Linux the system says which user opened a connection, and only this one (and root, who can read everything anyway) is answered.
 */
import { readFileSync } from 'node:fs';

/** Columns of /proc/net/tcp (proc(5)). */
const LOCAL = 1;
const REMOTE = 2;
const UID = 7;

/** False only where the system says that another user opened the connection from `remotePort`. */
export function isOwnConnection(remotePort: number, localPort: number): boolean {
  const own = process.getuid?.();
  if (process.platform !== 'linux' || own === undefined) return true;
  for (const table of ['tcp', 'tcp6']) {
    const uid = uidIn(table, `:${hex(remotePort)}`, `:${hex(localPort)}`);
    if (uid !== undefined) return uid === own || uid === 0;
  }
  return true;
}

function uidIn(table: string, from: string, to: string): number | undefined {
  let text: string;
  try {
    text = readFileSync(`/proc/net/${table}`, 'latin1');
  } catch {
    // A system without /proc, or without IPv6: the token and the cookie are what guards there.
    return undefined;
  }
  for (const line of text.split('\n')) {
    // Cheaper than cutting each of what may be thousands of lines.
    if (!line.includes(from)) continue;
    const columns = line.trim().split(/\s+/);
    // 127.0.0.1, also as an IPv6 socket writes it; in the byte order of the machine.
    const isLoopback = /(0100007F|7F000001):\w+$/.test(columns[LOCAL] ?? '');
    if (isLoopback && columns[LOCAL]?.endsWith(from) === true && columns[REMOTE]?.endsWith(to) === true)
      return Number(columns[UID]);
  }
  return undefined;
}

function hex(port: number): string {
  return port.toString(16).toUpperCase().padStart(4, '0');
}
