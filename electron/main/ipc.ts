/** What a page may ask of the shell. Each message is looked at twice: who sent it, and whether it is what it should be. */
import type { PathValue } from '../../shared/contract/common.ts';
import { CHANNELS } from '../../shared/shell/channels.ts';
import { isOwnFrame, type Sender } from './origin.ts';

interface Event<Port> {
  readonly senderFrame: Sender | null;
  readonly ports?: readonly Port[];
}

/** Of ipcMain, what is used. */
export interface IpcMain<Port> {
  handle(channel: string, listener: (event: Event<Port>, ...args: unknown[]) => unknown): void;
  on(channel: string, listener: (event: Event<Port>, ...args: unknown[]) => void): unknown;
}

export interface Acts<Port> {
  connect(port: Port): void;
  chooseFolder(title: string): Promise<PathValue | undefined>;
  reveal(path: string): boolean;
  notify(title: string, body: string): void;
  setProgress(share: number | undefined): void;
  openArchive(path: string): Promise<void>;
}

const LONGEST_TITLE = 200;
const LONGEST_BODY = 1000;
const LONGEST_PATH = 4096;

export function answerPages<Port>(ipc: IpcMain<Port>, acts: Acts<Port>): void {
  const handle = (channel: string, act: (...args: unknown[]) => unknown): void => {
    ipc.handle(channel, (event, ...args) => {
      if (!isOwnFrame(event.senderFrame)) throw new Error('Only the app itself is answered.');
      return act(...args);
    });
  };
  const hear = (channel: string, act: (event: Event<Port>, ...args: unknown[]) => void): void => {
    ipc.on(channel, (event, ...args) => {
      if (isOwnFrame(event.senderFrame)) act(event, ...args);
    });
  };
  hear(CHANNELS.connect, ({ ports = [] }) => {
    const [port] = ports;
    if (port !== undefined && ports.length === 1) acts.connect(port);
  });
  handle(CHANNELS.chooseFolder, (title) => acts.chooseFolder(textOf(title, LONGEST_TITLE) ?? ''));
  handle(CHANNELS.reveal, (value) => {
    const path = systemPath(value);
    return path !== undefined && acts.reveal(path);
  });
  handle(CHANNELS.openArchive, (value) => {
    const path = systemPath(value);
    if (path === undefined)
      throw new Error(
        'An archive must stand at an absolute path whose name is UTF-8. Choose another folder.',
      );
    return acts.openArchive(path);
  });
  hear(CHANNELS.notify, (_event, title, body) => {
    const head = textOf(title, LONGEST_TITLE);
    if (head !== undefined) acts.notify(head, textOf(body, LONGEST_BODY) ?? '');
  });
  hear(CHANNELS.progress, (_event, share) => {
    if (share === undefined || share === null) acts.setProgress(undefined);
    else if (typeof share === 'number' && share >= 0 && share <= 1) acts.setProgress(share);
  });
}

function textOf(value: unknown, longest: number): string | undefined {
  return typeof value === 'string' ? value.slice(0, longest) : undefined;
}

/** Electron takes paths as text: one that is not UTF-8 cannot be said to it, and its printed form would name another file. */
function systemPath(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || !('display' in value) || 'bytes' in value)
    return undefined;
  const { display } = value;
  if (typeof display !== 'string' || display.length > LONGEST_PATH || display.includes('\0'))
    return undefined;
  return /^(\/|[A-Za-z]:[\\/]|\\\\)/.test(display) ? display : undefined;
}
