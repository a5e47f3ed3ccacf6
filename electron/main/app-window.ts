/** The one window: made when it is wanted, where it stood last, and remembered when it goes. */
import type { BrowserWindow, BrowserWindowConstructorOptions } from 'electron';
import { CHANNELS } from '../../shared/shell/channels.ts';
import { isPlace } from '../../shared/shell/places.ts';
import { ORIGIN } from './origin.ts';
import type { ShellWindow } from './shell.ts';
import { restoredState, type Rectangle } from './window-state.ts';
import type { Bounds } from './window-options.ts';

interface WindowParts {
  readonly make: (options: BrowserWindowConstructorOptions) => BrowserWindow;
  readonly options: (bounds: Bounds) => BrowserWindowConstructorOptions;
  readonly displays: () => readonly Rectangle[];
  readonly memory: { readonly value: { readonly window?: unknown }; set(change: { window: unknown }): void };
}

export class AppWindow implements ShellWindow {
  readonly #parts: WindowParts;
  #window: BrowserWindow | undefined;
  /** Where to go once the page listens. */
  #place = '/overview';

  constructor(parts: WindowParts) {
    this.#parts = parts;
  }

  get current(): BrowserWindow | undefined {
    return this.#window;
  }

  show(): void {
    if (this.#window === undefined) return this.#make();
    if (this.#window.isMinimized()) this.#window.restore();
    this.#window.show();
    this.#window.focus();
  }

  go(place: string): void {
    // What asks has been checked where it came in; this is the last place before it becomes an address.
    if (!isPlace(place)) return;
    this.#place = place;
    if (this.#window === undefined) return this.#make();
    this.show();
    // A page that is not there yet would not hear it.
    if (this.#window.webContents.isLoadingMainFrame()) this.#load(this.#window);
    else this.#window.webContents.send(CHANNELS.navigate, place);
  }

  reload(): void {
    this.#window?.webContents.reload();
  }

  setProgress(share: number | undefined): void {
    this.#window?.setProgressBar(share ?? -1);
  }

  #make(): void {
    const { make, options, displays, memory } = this.#parts;
    const { isMaximized, ...bounds } = restoredState(memory.value.window, displays());
    const window = make(options(bounds));
    this.#window = window;
    window.once('ready-to-show', () => {
      if (isMaximized) window.maximize();
      window.show();
    });
    window.on('close', () => {
      memory.set({ window: { ...window.getNormalBounds(), isMaximized: window.isMaximized() } });
    });
    window.on('closed', () => {
      this.#window = undefined;
      this.#place = '/overview';
    });
    this.#load(window);
  }

  #load(window: BrowserWindow): void {
    // A page that cannot be loaded is shown as such by Chromium; nothing is to be done here.
    window.loadURL(`${ORIGIN}${this.#place}`).catch(() => undefined);
  }
}
