import type { PathValue } from '../../shared/contract/common.ts';
import type { Bridge } from './bridge.ts';

/** What only a desktop can do. A browser answers that it cannot, so that a screen offers another way. */
export interface Desktop {
  readonly kind: 'electron' | 'browser';
  /** Native dialog; undefined when it was dismissed. `unsupported`: use the design system's own picker with `folders.list`. */
  chooseFolder(
    title: string,
  ): Promise<{ readonly path: PathValue } | { readonly unsupported: true } | undefined>;
  /** Path of a dropped file or folder; a browser never tells. */
  pathOfFile(file: File): PathValue | undefined;
  /** Shows it in the file manager; false where that cannot be done. */
  reveal(path: PathValue): Promise<boolean>;
  /** Nothing where notifications are not allowed. */
  notify(title: string, body: string): void;
  /** On the dock or taskbar, from 0 to 1; undefined takes it away. */
  setProgress(share: number | undefined): void;
  /** Opens another archive; absent where this window cannot. */
  readonly openArchive?: (path: PathValue) => Promise<void>;
  /** Listens for places that a menu or a link asks for; nothing in a browser, whose address bar does it. */
  onNavigate(listener: (to: string) => void): () => void;
}

const browser: Desktop = {
  kind: 'browser',
  chooseFolder: () => Promise.resolve({ unsupported: true }),
  pathOfFile: () => undefined,
  reveal: () => Promise.resolve(false),
  notify(title, body) {
    // Never asks: a permission prompt nobody expects is refused, and then for ever.
    if ('Notification' in window && Notification.permission === 'granted') new Notification(title, { body });
  },
  setProgress: () => undefined,
  onNavigate: () => () => undefined,
};

export function desktopOf(bridge: Bridge | undefined): Desktop {
  if (bridge === undefined) return browser;
  const { openArchive } = bridge;
  return {
    kind: 'electron',
    async chooseFolder(title) {
      const path = await bridge.chooseFolder(title);
      return path === undefined ? undefined : { path };
    },
    pathOfFile: (file) => bridge.pathOfFile(file),
    reveal: (path) => bridge.reveal(path),
    notify: (title, body) => bridge.notify(title, body),
    setProgress: (share) => bridge.setProgress(share),
    onNavigate: (listener) => bridge.onNavigate?.(listener) ?? (() => undefined),
    ...(openArchive === undefined ? {} : { openArchive: (path: PathValue) => openArchive(path) }),
  };
}

/** The audio of a replica, with range requests, from whichever shell served the page. */
export function mediaUrl(replicaId: string): string {
  return `/media/${encodeURIComponent(replicaId)}`;
}
