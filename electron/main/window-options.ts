import type { BrowserWindowConstructorOptions } from 'electron';

export interface Bounds {
  readonly x?: number;
  readonly y?: number;
  readonly width: number;
  readonly height: number;
}

const PAPER = { light: '#faf8f3', dark: '#14181d' } as const;

/** A window that shows the app's own screens and can do nothing but through the bridge. */
export function windowOptions(options: {
  readonly preload: string;
  readonly icon: string;
  readonly bounds: Bounds;
  readonly isDark: boolean;
  readonly isDevelopment: boolean;
}): BrowserWindowConstructorOptions {
  const { preload, icon, bounds, isDark, isDevelopment } = options;
  return {
    ...bounds,
    minWidth: 800,
    minHeight: 600,
    show: false,
    title: 'Holdfast',
    icon,
    backgroundColor: isDark ? PAPER.dark : PAPER.light,
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      safeDialogs: true,
      // Chromium would fetch its dictionaries from the network.
      spellcheck: false,
      devTools: isDevelopment,
    },
  };
}
