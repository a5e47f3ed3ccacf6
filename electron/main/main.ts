/** The Electron shell, put together. What each part promises stands, and is tested, in the part. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  MessageChannelMain,
  nativeImage,
  nativeTheme,
  Notification,
  powerSaveBlocker,
  protocol,
  screen,
  session,
  shell as system,
  Tray,
  utilityProcess,
  type MessagePortMain,
} from 'electron';
import { readScreens } from '../host/screens.ts';
import { AppWindow } from './app-window.ts';
import { archiveOfFile, askedBy } from './arguments.ts';
import { HostLog } from './host-log.ts';
import { answerPages } from './ipc.ts';
import { JobsAtWork } from './jobs-at-work.ts';
import { listen, Refused } from './listening.ts';
import { lockContents, lockSession } from './lock-down.ts';
import { atLogin } from './login.ts';
import { Memory } from './memory.ts';
import { appMenu, trayGlyph, trayMenu } from './menu.ts';
import { PRIVILEGED, SCHEME } from './origin.ts';
import { answer } from './protocol.ts';
import { Shell } from './shell.ts';
import { placeOfLink } from '../../shared/shell/places.ts';
import { windowOptions } from './window-options.ts';
import { healthLine } from './words.ts';

const isDevelopment = !app.isPackaged;
const root = app.getAppPath();
const dist = join(root, 'dist');
const icons = join(root, 'build', 'icons');
// Threads and the native module are real files, so the host is started from where they stand.
const hostEntry = join(dist, 'host-entry.mjs').replace(/app\.asar(?=[\\/])/, 'app.asar.unpacked');

app.enableSandbox();
protocol.registerSchemesAsPrivileged([PRIVILEGED]);
app.on('web-contents-created', (_event, contents) => lockContents(contents));
if (!app.requestSingleInstanceLock()) app.quit();
else run();

function run(): void {
  const memory = new Memory(join(app.getPath('userData'), 'window.json'));
  const log = new HostLog();
  const window = new AppWindow({
    memory,
    make: (options) => new BrowserWindow(options),
    options: (bounds) =>
      windowOptions({
        bounds,
        preload: join(dist, 'electron', 'preload.cjs'),
        icon: join(icons, '512x512.png'),
        isDark: nativeTheme.shouldUseDarkColors,
        isDevelopment,
      }),
    displays: () => screen.getAllDisplays().map(({ workArea }) => workArea),
  });
  const login = atLogin({
    platform: process.platform,
    app,
    configFolder: app.getPath('appData'),
    // An AppImage runs from a folder that is gone when it ends.
    program: process.env['APPIMAGE'] ?? process.execPath,
  });
  const chooseFolder = async (title: string): Promise<string | undefined> => {
    const options = { title, properties: ['openDirectory' as const] };
    const { current } = window;
    const chosen = await (current === undefined
      ? dialog.showOpenDialog(options)
      : dialog.showOpenDialog(current, options));
    return chosen.filePaths[0];
  };
  const notify = (title: string, body: string): void => {
    if (Notification.isSupported()) new Notification({ title, body }).show();
  };
  let tray: Tray | undefined;
  let mayEnd = false;
  const shell = new Shell<MessagePortMain>({
    window,
    memory,
    log,
    chooseFolder,
    jobs: new JobsAtWork(powerSaveBlocker),
    fork() {
      const child = utilityProcess.fork(hostEntry, [], { serviceName: 'Holdfast archive', stdio: 'pipe' });
      child.stderr?.on('data', (text: Buffer) => log.write(text.toString('utf8')));
      child.stdout?.resume();
      return child;
    },
    async ask({ title, detail, buttons, cancel }) {
      const options = { type: 'question' as const, message: title, detail, buttons: [...buttons] };
      return (await dialog.showMessageBox({ ...options, cancelId: cancel, noLink: true })).response;
    },
    tell: notify,
    isArchive: (path) => existsSync(join(path, 'archive.json')),
    refresh: () => refresh(),
    exit() {
      mayEnd = true;
      app.quit();
    },
  });
  const orTell = (act: Promise<void>): void => {
    act.catch((error: unknown) => {
      dialog.showErrorBox('Holdfast', error instanceof Error ? error.message : String(error));
    });
  };
  const acts = {
    go: (place: string) => window.go(place),
    open: () => window.show(),
    chooseArchive: () => orTell(shell.chooseArchive()),
    openArchive: (path: string) => orTell(shell.openArchive(path)),
    audit: () => shell.audit(),
    quit: () => app.quit(),
    showAbout: () => app.showAboutPanel(),
    setAtLogin(isOn: boolean) {
      login.set(isOn);
      refresh();
    },
  };
  function refresh(): void {
    if (!app.isReady()) return;
    const state = { platform: process.platform, isDevelopment, isAtLogin: login.isOn, recent: shell.recent };
    Menu.setApplicationMenu(Menu.buildFromTemplate(appMenu(acts, state)));
    tray?.setImage(nativeImage.createFromPath(join(icons, `${trayGlyph(shell.health)}.png`)));
    tray?.setToolTip(healthLine(shell.health));
    tray?.setContextMenu(Menu.buildFromTemplate(trayMenu(acts, shell.health)));
  }

  answerPages<MessagePortMain>(ipcMain, {
    connect: (port) => shell.connect(port),
    async chooseFolder(title) {
      const path = await chooseFolder(title);
      // As in the preload script: a name that is not UTF-8 cannot be told.
      return path === undefined || path.includes('\u{fffd}') ? undefined : { display: path };
    },
    reveal(path) {
      if (!existsSync(path)) return false;
      system.showItemInFolder(path);
      return true;
    },
    notify,
    setProgress: (share) => window.setProgress(share),
    openArchive: (path) => shell.openArchive(path),
  });

  app.setAboutPanelOptions({
    applicationName: 'Holdfast',
    applicationVersion: app.getVersion(),
    copyright: 'MIT License',
    iconPath: join(icons, '512x512.png'),
  });
  app.on('second-instance', (_event, words) =>
    orTell(app.whenReady().then(() => shell.again(askedBy(words.slice(1))))),
  );
  app.on('open-url', (event, link) => {
    event.preventDefault();
    const place = placeOfLink(link);
    if (place !== undefined) orTell(app.whenReady().then(() => window.go(place)));
  });
  app.on('open-file', (event, path) => {
    event.preventDefault();
    const archive = archiveOfFile(path);
    if (archive !== undefined) orTell(app.whenReady().then(() => shell.again({ archive, isHidden: false })));
  });
  app.on('activate', () => orTell(app.whenReady().then(() => window.show())));
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  app.on('before-quit', (event) => {
    if (mayEnd) return;
    event.preventDefault();
    orTell(shell.quit());
  });
  orTell(
    app.whenReady().then(async () => {
      lockSession(session.defaultSession, { isDevelopment });
      const screens = readScreens(join(dist, 'renderer'));
      protocol.handle(SCHEME, (request) =>
        answer(request, {
          screens,
          async listen(replica) {
            const { port1, port2 } = new MessageChannelMain();
            if (!shell.listen(replica, port2)) throw new Refused('HOST_AWAY', 'No archive is open.');
            return listen(port1);
          },
        }),
      );
      if (!isDevelopment) app.setAsDefaultProtocolClient('holdfast');
      tray = new Tray(nativeImage.createFromPath(join(icons, 'tray.png')));
      tray.on('click', () => window.show());
      refresh();
      await shell.start(askedBy(process.argv.slice(isDevelopment ? 2 : 1)));
    }),
  );
}
