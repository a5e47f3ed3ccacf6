/** The application menu and the tray's, as templates. */
import type { MenuItemConstructorOptions } from 'electron';
import type { Health } from './host-messages.ts';
import { healthLine, WORDS } from './words.ts';

export interface MenuActs {
  go(place: string): void;
  chooseArchive(): void;
  openArchive(path: string): void;
  audit(): void;
  setAtLogin(isOn: boolean): void;
  showAbout(): void;
}

export interface MenuState {
  readonly platform: NodeJS.Platform;
  readonly isDevelopment: boolean;
  readonly isAtLogin: boolean;
  readonly recent: readonly { readonly name: string; readonly path: string }[];
}

const MOST_RECENT = 10;
const PLACES = [
  [WORDS.overview, '/overview'],
  [WORDS.holdings, '/holdings'],
  [WORDS.accessions, '/accessions'],
  [WORDS.fixity, '/fixity'],
  [WORDS.handOuts, '/hand-outs'],
  [WORDS.locations, '/locations'],
  [WORDS.log, '/log'],
] as const;

export function appMenu(acts: MenuActs, state: MenuState): MenuItemConstructorOptions[] {
  const { platform, isDevelopment, isAtLogin, recent } = state;
  const isMac = platform === 'darwin';
  const about = { label: WORDS.about, click: () => acts.showAbout() };
  const settings = {
    label: WORDS.settings,
    accelerator: 'CommandOrControl+,',
    click: () => acts.go('/settings/policy'),
  };
  const separator = { type: 'separator' } as const;
  const others = recent.slice(0, MOST_RECENT).map(({ name, path }) => ({
    label: `${name} — ${path}`.replaceAll('&', '&&'),
    click: () => acts.openArchive(path),
  }));
  const own: MenuItemConstructorOptions = {
    label: 'Holdfast',
    submenu: [about, separator, settings, separator, { role: 'hide' }, separator, { role: 'quit' }],
  };
  return [
    ...(isMac ? [own] : []),
    {
      label: WORDS.file,
      submenu: [
        {
          label: WORDS.newAccession,
          accelerator: 'CommandOrControl+N',
          click: () => acts.go('/accessions/new'),
        },
        { label: WORDS.audit, accelerator: 'CommandOrControl+Shift+U', click: () => acts.audit() },
        separator,
        {
          label: WORDS.openArchive,
          accelerator: 'CommandOrControl+O',
          click: () => acts.chooseArchive(),
        },
        {
          label: WORDS.recent,
          submenu: others.length > 0 ? others : [{ label: WORDS.noRecent, enabled: false }],
        },
        separator,
        {
          label: WORDS.atLogin,
          type: 'checkbox',
          checked: isAtLogin,
          click: ({ checked }) => acts.setAtLogin(checked),
        },
        ...(isMac ? [] : [separator, settings]),
        separator,
        isMac ? { role: 'close' } : { role: 'quit', label: WORDS.quit },
      ],
    },
    { label: WORDS.edit, role: 'editMenu' },
    {
      label: WORDS.go,
      submenu: PLACES.map(([label, place], at) => ({
        label,
        accelerator: `CommandOrControl+${at + 1}`,
        click: () => acts.go(place),
      })),
    },
    {
      label: WORDS.view,
      submenu: [
        { role: 'resetZoom', label: WORDS.zoomReset },
        { role: 'zoomIn', label: WORDS.zoomIn },
        { role: 'zoomOut', label: WORDS.zoomOut },
        separator,
        { role: 'togglefullscreen', label: WORDS.fullScreen },
        ...(isDevelopment
          ? [separator, { role: 'toggleDevTools', label: WORDS.devTools } as MenuItemConstructorOptions]
          : []),
      ],
    },
    ...(isMac ? [] : [{ label: WORDS.help, submenu: [about] }]),
  ];
}

export function trayMenu(
  acts: { open(): void; audit(): void; quit(): void },
  health: Health | undefined,
): MenuItemConstructorOptions[] {
  return [
    { label: healthLine(health), enabled: false },
    { type: 'separator' },
    { label: WORDS.open, click: () => acts.open() },
    { label: WORDS.audit, enabled: (health?.replicas ?? 0) > 0, click: () => acts.audit() },
    { type: 'separator' },
    { label: WORDS.quit, click: () => acts.quit() },
  ];
}

/** The glyph says by its shape whether a person is needed: the same circle, with a notch. */
export function trayGlyph(health: Health | undefined): 'tray' | 'tray-notch' {
  return health !== undefined && (health.findings > 0 || health.overdue > 0) ? 'tray-notch' : 'tray';
}
