import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * Where a program keeps what it remembers of its own for one user: no settings of an archive, nothing that is missed when it is
 * gone (XDG Base Directory Specification; Application Support; %LOCALAPPDATA%).
 */
export function defaultStateFolder(): string {
  const home = homedir();
  switch (process.platform) {
    case 'darwin':
      return join(home, 'Library', 'Application Support', 'Holdfast', 'state');
    case 'win32':
      return join(process.env['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local'), 'Holdfast', 'state');
    default:
      return join(process.env['XDG_STATE_HOME'] ?? join(home, '.local', 'state'), 'holdfast');
  }
}
