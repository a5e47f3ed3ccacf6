/** Starting with the session, hidden. Electron knows how on macOS and Windows; on Linux it is a file (XDG Autostart). */
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { HIDDEN } from './arguments.ts';

export interface AtLogin {
  readonly isOn: boolean;
  set(isOn: boolean): void;
}

interface LoginItems {
  getLoginItemSettings(options: { args: string[] }): { readonly openAtLogin: boolean };
  setLoginItemSettings(settings: { openAtLogin: boolean; args: string[] }): void;
}

export function atLogin(system: {
  readonly platform: NodeJS.Platform;
  readonly app: LoginItems;
  /** Where programs of this user are configured: $XDG_CONFIG_HOME. */
  readonly configFolder: string;
  readonly program: string;
}): AtLogin {
  const { platform, app, configFolder, program } = system;
  if (platform !== 'linux') {
    return {
      get isOn() {
        return app.getLoginItemSettings({ args: [HIDDEN] }).openAtLogin;
      },
      set: (isOn) => app.setLoginItemSettings({ openAtLogin: isOn, args: [HIDDEN] }),
    };
  }
  const file = join(configFolder, 'autostart', 'holdfast.desktop');
  return {
    get isOn() {
      return existsSync(file);
    },
    set(isOn) {
      if (!isOn) return rmSync(file, { force: true });
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, desktopEntry(program));
    },
  };
}

/** An entry as the Desktop Entry Specification (1.5) wants it: quoted, with its reserved characters escaped twice. @testonly */
export function desktopEntry(program: string): string {
  const quoted = program
    .replace(/["`$\\]/g, '\\$&')
    .replaceAll('\\', '\\\\')
    .replaceAll('%', '%%');
  return [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Holdfast',
    'Comment=Keeps watch over recorded sound',
    `Exec="${quoted}" ${HIDDEN}`,
    'Icon=holdfast',
    'Terminal=false',
    'X-GNOME-Autostart-enabled=true',
    '',
  ].join('\n');
}
