import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * Where a person's archive stands unless they say otherwise: the folder that the platform keeps for data of programs
 * (XDG Base Directory Specification; Application Support; %LOCALAPPDATA%).
 */
export function defaultArchiveDir(): string {
  const home = homedir();
  switch (process.platform) {
    case 'darwin':
      return join(home, 'Library', 'Application Support', 'Holdfast', 'archive');
    case 'win32':
      return join(process.env['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local'), 'Holdfast', 'archive');
    default:
      return join(process.env['XDG_DATA_HOME'] ?? join(home, '.local', 'share'), 'holdfast', 'archive');
  }
}
