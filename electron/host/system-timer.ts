import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { readArchiveFile } from '../adapters/sqlite/archive-file.ts';
import { ask, removeTimerFiles, wantedBy, writeTimerFiles } from '../adapters/system-timer/timer-files.ts';
import {
  launchdAgent,
  systemdUnits,
  timerMark,
  windowsTask,
  type TimerFile,
} from '../core/schedules/system-timer.ts';

interface TimerOptions {
  /** The archive's folder. */
  readonly archive: string;
  /** How this program is started, without its own words. */
  readonly program: readonly string[];
  readonly agent: string;
  /** Default: the system it runs on. */
  readonly platform?: NodeJS.Platform;
}

interface Timer {
  readonly files: readonly { readonly path: string; readonly text: string }[];
  /** Whether the system has taken it over: if not, it does with the next login. */
  readonly isRunning: boolean;
}

/** What `installTimer` would write. @throws HoldfastError ARCHIVE_NOT_FOUND, BAD_INPUT */
export function describeTimer(options: TimerOptions): Timer {
  return { files: place(options).files, isRunning: false };
}

/** Writes the timer and has the system start it; nothing is started but what was written here. */
export async function installTimer(options: TimerOptions): Promise<Timer> {
  const { files, mark, encoding, system } = place(options);
  await writeTimerFiles(
    files.map((file) => ({ ...file, encoding })),
    mark,
  );
  return { files, isRunning: await system.start(files.map(({ path }) => path)) };
}

/** Stops and removes the timer. Returns what was removed. */
export async function uninstallTimer(options: TimerOptions): Promise<string[]> {
  const { files, mark, encoding, system } = place(options);
  await system.stop(files.map(({ path }) => path));
  const removed = await removeTimerFiles(
    files.map(({ path }) => ({ path, encoding })),
    mark,
  );
  await system.forget();
  return removed;
}

interface Placed {
  readonly files: readonly { readonly path: string; readonly text: string }[];
  readonly mark: string;
  readonly encoding: 'utf8' | 'utf16le';
  readonly system: System;
}

interface System {
  start(paths: readonly string[]): Promise<boolean>;
  stop(paths: readonly string[]): Promise<void>;
  forget(): Promise<void>;
}

function place({ archive, program, agent, platform = process.platform }: TimerOptions): Placed {
  const dir = resolve(archive);
  const { id, name } = readArchiveFile(dir);
  const command = [...program, 'schedule', 'run-due', '--quiet', '--archive', dir, '--agent', agent];
  const order = { archiveId: id, archiveName: name, command };
  const mark = timerMark(id);
  const at = (folder: string, ...files: readonly TimerFile[]) =>
    files.map((file) => ({ path: join(folder, file.name), text: file.text }));
  switch (platform) {
    case 'darwin':
      return {
        files: at(join(homedir(), 'Library', 'LaunchAgents'), launchdAgent(order)),
        mark,
        encoding: 'utf8',
        system: LAUNCHD,
      };
    case 'win32': {
      const local = process.env['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local');
      return {
        files: at(join(local, 'Holdfast'), windowsTask(order)),
        mark,
        encoding: 'utf16le',
        system: taskScheduler(id),
      };
    }
    default: {
      const config = process.env['XDG_CONFIG_HOME'] ?? '';
      const folder = join(config === '' ? join(homedir(), '.config') : config, 'systemd', 'user');
      return { files: at(folder, ...systemdUnits(order)), mark, encoding: 'utf8', system: SYSTEMD };
    }
  }
}

const SYSTEMD: System = {
  async start([, timer = '']) {
    await wantedBy(timer, 'timers.target');
    const unit = unitOf(timer);
    await ask('systemctl', ['--user', 'daemon-reload']);
    // Another folder may go before ours: only what was written here is started.
    const loaded = await ask('systemctl', ['--user', 'show', '--property=FragmentPath', '--value', unit]);
    return loaded === timer && (await ask('systemctl', ['--user', 'start', unit])) !== undefined;
  },
  async stop([, timer = '']) {
    const unit = unitOf(timer);
    const loaded = await ask('systemctl', ['--user', 'show', '--property=FragmentPath', '--value', unit]);
    if (loaded === timer) await ask('systemctl', ['--user', 'stop', unit]);
  },
  async forget() {
    await ask('systemctl', ['--user', 'daemon-reload']);
  },
};

function unitOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

const LAUNCHD: System = {
  async start([agent = '']) {
    return (await ask('launchctl', ['bootstrap', domain(), agent])) !== undefined;
  },
  async stop([agent = '']) {
    await ask('launchctl', ['bootout', domain(), agent]);
  },
  forget: () => Promise.resolve(),
};

function domain(): string {
  return `gui/${String(process.getuid?.() ?? 0)}`;
}

function taskScheduler(archiveId: string): System {
  const name = `Holdfast\\${archiveId}`;
  return {
    async start([task = '']) {
      return (await ask('schtasks', ['/Create', '/F', '/TN', name, '/XML', task])) !== undefined;
    },
    async stop() {
      await ask('schtasks', ['/Delete', '/F', '/TN', name]);
    },
    forget: () => Promise.resolve(),
  };
}
