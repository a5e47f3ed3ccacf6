/** What a page of the app sees at `window.holdfast`. renderer/client/bridge.ts declares the same; a test holds them equal. */
import type { PathValue } from '../../shared/contract/common.ts';
import { CHANNELS } from '../../shared/shell/channels.ts';

export interface Bridge {
  readonly kind: 'electron';
  readonly platform: 'linux' | 'darwin' | 'win32';
  chooseFolder(title: string): Promise<PathValue | undefined>;
  pathOfFile(file: File): PathValue | undefined;
  reveal(path: PathValue): Promise<boolean>;
  notify(title: string, body: string): void;
  setProgress(share: number | undefined): void;
  readonly openArchive?: (path: PathValue) => Promise<void>;
  onNavigate?(listener: (to: string) => void): () => void;
}

/** Of ipcRenderer, what is used. */
export interface Ipc {
  invoke(channel: string, ...args: unknown[]): Promise<unknown>;
  send(channel: string, ...args: unknown[]): void;
  on(channel: string, listener: (event: unknown, ...args: unknown[]) => void): unknown;
  removeListener(channel: string, listener: (event: unknown, ...args: unknown[]) => void): unknown;
}

export function makeBridge(
  ipc: Ipc,
  system: { readonly platform: string; pathForFile(file: File): string },
): Bridge {
  return {
    kind: 'electron',
    platform: system.platform === 'darwin' || system.platform === 'win32' ? system.platform : 'linux',
    chooseFolder: async (title) => (await ipc.invoke(CHANNELS.chooseFolder, title)) as PathValue | undefined,
    pathOfFile(file) {
      const path = system.pathForFile(file);
      // Chromium tells names as text: one that is not UTF-8 cannot be told, and must not become another file's.
      return path === '' || path.includes('\u{fffd}') ? undefined : { display: path };
    },
    reveal: async (path) => (await ipc.invoke(CHANNELS.reveal, path)) === true,
    notify: (title, body) => ipc.send(CHANNELS.notify, title, body),
    setProgress: (share) => ipc.send(CHANNELS.progress, share),
    openArchive: async (path) => {
      await ipc.invoke(CHANNELS.openArchive, path);
    },
    onNavigate(listener) {
      // The event of Electron stays here: a page that had it could speak to the shell on any channel.
      const told = (_event: unknown, to: unknown): void => {
        if (typeof to === 'string') listener(to);
      };
      ipc.on(CHANNELS.navigate, told);
      return () => {
        ipc.removeListener(CHANNELS.navigate, told);
      };
    },
  };
}
