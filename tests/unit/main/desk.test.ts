import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, it } from 'vitest';
import { HostLog } from '../../../electron/main/host-log.ts';
import { atLogin, desktopEntry } from '../../../electron/main/login.ts';
import { Memory } from '../../../electron/main/memory.ts';
import { appMenu, trayGlyph, trayMenu, type MenuActs } from '../../../electron/main/menu.ts';
import { isPlace } from '../../../shared/shell/places.ts';
import { tempFolder } from '../../support/temp.ts';

const root = join(import.meta.dirname, '..', '..', '..');

function flat(items: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
  return items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? flat(item.submenu) : [])]);
}

function menuOf(platform: NodeJS.Platform, isDevelopment = false) {
  const went: string[] = [];
  const acts: MenuActs = {
    go: (place) => went.push(place),
    chooseArchive: () => went.push('choose'),
    openArchive: (path) => went.push(`open ${path}`),
    audit: () => went.push('audit'),
    setAtLogin: (isOn) => went.push(`login ${String(isOn)}`),
    showAbout: () => went.push('about'),
  };
  const recent = [{ name: 'Tapes & reels', path: '/tapes' }];
  return { went, items: flat(appMenu(acts, { platform, isDevelopment, isAtLogin: false, recent })) };
}

describe('the application menu', () => {
  it.each(['linux', 'darwin', 'win32'] as const)(
    'leads to places that exist, by keys used once (%s)',
    (platform) => {
      const { items, went } = menuOf(platform);
      for (const item of items) item.click?.({ checked: true } as never, undefined, undefined as never);
      expect(went.filter((each) => each.startsWith('/')).every(isPlace)).toBe(true);
      expect(went).toEqual(
        expect.arrayContaining([
          '/overview',
          '/holdings',
          '/accessions/new',
          '/settings/policy',
          'audit',
          'choose',
          'open /tapes',
          'login true',
          'about',
        ]),
      );
      const keys = items.flatMap(({ accelerator }) => (accelerator === undefined ? [] : [accelerator]));
      expect(new Set(keys).size).toBe(keys.length);
      expect(items.map(({ role }) => role)).toEqual(
        expect.arrayContaining(['quit', 'zoomIn', 'togglefullscreen']),
      );
    },
  );

  it('has developer tools in development only, and never a reload', () => {
    const roles = (isDevelopment: boolean) => menuOf('linux', isDevelopment).items.map(({ role }) => role);
    expect(roles(false)).not.toContain('toggleDevTools');
    expect(roles(true)).toContain('toggleDevTools');
  });
});

describe('the tray', () => {
  const acts = { open: () => undefined, audit: () => undefined, quit: () => undefined };

  it('says in words and by its shape whether a person is needed', () => {
    const calm = { findings: 0, overdue: 0, awaiting: 0, replicas: 3 };
    expect(trayGlyph(calm)).toBe('tray');
    expect(trayGlyph({ ...calm, overdue: 1 })).toBe('tray-notch');
    expect(trayMenu(acts, { ...calm, findings: 2 })[0]?.label).toBe('Holdfast: 2 findings to look at');
    expect(trayMenu(acts, undefined)[0]?.label).toBe('Holdfast: no archive is open');
    for (const glyph of ['tray', 'tray@2x', 'tray-notch', 'tray-notch@2x', '512x512'])
      expect(existsSync(join(root, 'build', 'icons', `${glyph}.png`)), glyph).toBe(true);
  });
});

describe('starting at login', () => {
  const items = {
    getLoginItemSettings: () => ({ openAtLogin: false }),
    setLoginItemSettings: () => undefined,
  };

  it('is an autostart file on Linux', () => {
    const configFolder = tempFolder();
    const login = atLogin({ platform: 'linux', app: items, configFolder, program: '/opt/Holdfast/holdfast' });
    expect(login.isOn).toBe(false);
    login.set(true);
    expect(login.isOn).toBe(true);
    const text = readFileSync(join(configFolder, 'autostart', 'holdfast.desktop'), 'utf8');
    expect(text).toContain('\nExec="/opt/Holdfast/holdfast" --hidden\n');
    login.set(false);
    login.set(false);
    expect(login.isOn).toBe(false);
  });

  it('quotes a program whose path means something to a shell', () => {
    expect(desktopEntry('/a "b" $c %d')).toContain('Exec="/a \\\\"b\\\\" \\\\$c %%d" --hidden');
  });

  it('is asked of the system elsewhere', () => {
    const set: unknown[] = [];
    const app = { ...items, setLoginItemSettings: (settings: unknown) => set.push(settings) };
    atLogin({ platform: 'darwin', app, configFolder: '/none', program: '/x' }).set(true);
    expect(set).toEqual([{ openAtLogin: true, args: ['--hidden'] }]);
  });
});

describe('what is kept between starts', () => {
  it('is read again, and anything else in its file is not believed', () => {
    const file = join(tempFolder(), 'holdfast', 'window.json');
    new Memory(file).set({ archive: '/a', resume: { archive: '/a', jobs: ['job-1'] } });
    expect(new Memory(file).value).toEqual({ archive: '/a', resume: { archive: '/a', jobs: ['job-1'] } });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const kept = new Memory(file);
    kept.set({ resume: undefined });
    expect(new Memory(file).value).toEqual({ archive: '/a' });
    for (const text of ['', '[', 'null', '7', '{"archive":7,"resume":{"archive":"/a","jobs":[1]}}']) {
      writeFileSync(file, text);
      expect(new Memory(file).value).toEqual({});
    }
  });

  it('is a log of the host that does not grow beyond two files', () => {
    const archive = tempFolder();
    const log = new HostLog({ largest: 100 });
    log.write('before it opened\n');
    log.useArchive(archive);
    for (let at = 0; at < 50; at += 1) log.write(`line ${at} of what it wrote\n`);
    const file = join(archive, 'logs', 'app-host.log');
    expect(statSync(file).size).toBeLessThanOrEqual(100);
    expect(statSync(`${file}.1`).size).toBeLessThanOrEqual(100);
    expect(readFileSync(file, 'utf8')).toContain('line 49 ');
  });
});
