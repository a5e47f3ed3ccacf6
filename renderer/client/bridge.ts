import type { PathValue } from '../../shared/contract/common.ts';

/**
 * What the preload script of the Electron shell puts at `window.holdfast`; electron/preload mirrors it. Everything else comes
 * through the contract.
 *
 * The line to the host is a MessagePort, which cannot cross a contextBridge. The page posts `{type: CONNECT, nonce}` to its own
 * window; the preload script answers with `{type: PORT, nonce}` and the port in `event.ports[0]`. The nonce ties the answer to
 * the question: a page that posts a port of its own does not know it. Asked again after a loss, the shell opens a new line.
 */
export interface Bridge {
  readonly kind: 'electron';
  readonly platform: 'linux' | 'darwin' | 'win32';
  /** Native dialog; undefined when it was dismissed. */
  chooseFolder(title: string): Promise<PathValue | undefined>;
  /** Undefined for what was not dragged from the file system. */
  pathOfFile(file: File): PathValue | undefined;
  /** Shows it in the system's file manager; false where that cannot be done. */
  reveal(path: PathValue): Promise<boolean>;
  notify(title: string, body: string): void;
  /** On the dock or taskbar, from 0 to 1; undefined takes it away. */
  setProgress(share: number | undefined): void;
  /** Opens another archive in this window. Absent where the shell cannot. */
  readonly openArchive?: (path: PathValue) => Promise<void>;
  /** A place in the app that a menu or a link asks for, as the path of an address. Returns the end of listening. */
  onNavigate?(listener: (to: string) => void): () => void;
}

export const CONNECT = 'holdfast:connect';
export const PORT = 'holdfast:port';

declare global {
  interface Window {
    readonly holdfast?: Bridge;
  }
}
